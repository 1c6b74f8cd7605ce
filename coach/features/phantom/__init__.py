"""A project that nobody asked for, on one page."""
