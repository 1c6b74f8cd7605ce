"""The end of an internship: review, talks, value defence, report, recommendation."""
