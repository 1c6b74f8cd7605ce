"""Files on the disk: atomic writing, locks, encryption, where data lies, settings."""
