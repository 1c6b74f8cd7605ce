"""What the law gives an intern in France: allowance, length, missions; dated figures."""
