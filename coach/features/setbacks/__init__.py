"""After a bad internship or interview: the story, the pocket card, causes, situations."""
