"""Browsing saved entries: an entry as text, search, earlier versions, edits, the filtered list.

- `entry_reader`: an entry as titles, labels and words
- `entry_index`: the list and its filters; `index_builder` makes it from the journal
- `text_index`: finds words; `excerpts`: where they stand in an entry
- `edits`: tags, trash, undoing; `versions`: what changed, bringing one back
"""
