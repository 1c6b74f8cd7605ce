"""Browsing saved entries: an entry as text, search, earlier versions, edits, the filtered list."""
