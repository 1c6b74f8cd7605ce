"""Widgets of the coach's own, each in a file with its style."""
