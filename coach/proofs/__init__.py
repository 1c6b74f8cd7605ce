"""Proofs and the skills they show."""
