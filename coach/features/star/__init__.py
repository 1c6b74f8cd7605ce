"""STAR stories of proofs: situation, task, action, result."""
