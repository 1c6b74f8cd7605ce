"""Backup, restore, passphrase, and the doctor that looks every file over.

- `backup`: writes and lists backups
- `restore`: brings a former state back; `restore_report`: says what that does
- `passphrase`: sets, changes, removes the passphrase of all files
- `doctor`: looks the folder over: `folder_checks` without reading a word, `content_checks` reading
- `finding`: what the doctor can find
"""
