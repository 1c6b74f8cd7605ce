"""Documents shown before they are written."""
