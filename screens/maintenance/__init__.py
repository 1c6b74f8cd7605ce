"""Copies and passphrase."""
