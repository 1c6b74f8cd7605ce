"""Phantom projects, which nobody asked for: the one-page sheet."""
