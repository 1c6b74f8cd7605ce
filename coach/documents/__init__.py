"""What every document needs: the dossier it reads, templates filled, Markdown, Word, slides."""
