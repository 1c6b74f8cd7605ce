"""Days that matter, as a list and as a calendar file."""
