"""The address book, messages to people, the pitch, the map of who introduced whom."""
