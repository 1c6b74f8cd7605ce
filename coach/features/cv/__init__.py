"""CV lines, sentences to say, the CV sheet and the interview story."""
