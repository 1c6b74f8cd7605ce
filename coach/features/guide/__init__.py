"""The one next best step, from rules that are data."""
