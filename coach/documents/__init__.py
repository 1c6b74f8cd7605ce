"""What every document needs, from what was kept to a file.

- `dossier`: all that documents read: the journal without what is private
- `base`: `Model` and `Document`, the types of every document; `shared`: rows that several tell
- `rendering`: a model filled into its template
- `limits`: what says that a document is too long
- `markdown`: words escaped into Markdown, Markdown read as blocks
- `formats`: Markdown as a file, by its ending; `docx` and `pptx`: Word and slides
"""
