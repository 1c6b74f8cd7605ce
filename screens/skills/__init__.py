"""Skills, their chart, a framework's coverage, proofs as stories."""
