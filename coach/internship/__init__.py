"""The internship: its weeks, objectives and weeks off site."""
