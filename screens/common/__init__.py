"""Dialogs, the list screen, asking for a path or a passphrase."""
