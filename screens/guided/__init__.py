"""A guided session: pages, fields, rows, the draft that is kept."""
