"""Text, dates, wording and data files: what everything else may use."""
