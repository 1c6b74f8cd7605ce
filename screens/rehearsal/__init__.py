"""Rehearsal: the deck and the practice of one question."""
