"""A proof told as situation, task, action, result."""
