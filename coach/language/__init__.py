"""Reading and writing French and English sentences: figures, vagueness, care, verbs."""
