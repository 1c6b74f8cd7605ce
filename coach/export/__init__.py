"""What leaves the journal: json, md, html, csv, and a single entry.

- `export`: everything, in the format that the ending names
- `listing`: what is exported, and as JSON; `pages`: Markdown and HTML; `sheet`: CSV
- `single_entry`: one entry as Markdown
"""
