"""The same sessions line by line, for a pipe, a screen reader or a simple terminal."""
