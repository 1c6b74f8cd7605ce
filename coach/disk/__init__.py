"""Files on the disk: atomic writing, locks, encryption, where data lies, settings.

- `atomic_files`: write a temporary file, fsync, rename, fsync the folder
- `saved_copy`: a file written where the student says
- `file_lock`: locks between processes
- `keyring`: the keys of a data folder; `encryption`: sealing bytes with them
- `locations`: where the data folder is, which language to speak
- `settings`: `settings.toml`
- `errors`: `JournalError`: what went wrong with a file
"""
