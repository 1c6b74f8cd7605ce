"""The address book and the map."""
