"""A guided session: pages, fields, rows, the draft that is kept.

- `guided`: the screen and its keys, upon `drawing` (what it shows) and `ending` (how it ends)
- `page`: one step; `field`: one field of it
- `rows`: a table and the form of one row
- `autosave`: the draft kept while it is typed; `kept_screen`: a screen that says how that goes
- `long_picker`: choosing one of many; `scale`: a number on a line; `paper`: lines of text
"""
