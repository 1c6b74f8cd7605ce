"""Reading what was kept: an entry as text, search, earlier versions, edits, the filtered list."""
