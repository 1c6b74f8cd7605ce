"""The lab and its lists: weeks, internships, objectives, calendar."""
