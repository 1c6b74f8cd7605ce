"""What every screen shares: theme, keys, the queue of keys, base classes."""
