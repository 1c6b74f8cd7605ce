"""Browsing: the list, search, filters, the reader, earlier versions."""
