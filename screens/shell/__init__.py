"""What holds the app together: navigation, destinations, palette, how it ends."""
