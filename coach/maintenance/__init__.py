"""Backup, restore, passphrase, and the doctor that looks every file over."""
