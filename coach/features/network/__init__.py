"""The address book, messages to people, the pitch, the map of who leads to whom."""
