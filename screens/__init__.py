"""The app's screens: Textual only. They read and write through `coach`, never a file."""
