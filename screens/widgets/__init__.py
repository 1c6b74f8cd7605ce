"""Widgets that several areas use, each in a file with its style."""
