"""The journal and the drafts: everything that is kept, its files, and how it is brought back.

- `journal`: saving, deleting, reading entries; what the rest of the program calls
- `table`: the stored entries in memory, read again when another program wrote
- `storage`: the TinyDB storage beneath it, one file replaced whole
- `file_format`: that file as bytes
- `answers`: reads answers that may hold anything
- `entries`: `Entry` and `Draft`, the types of what is kept
- `revisions`: the versions of an entry, joined without losing one
- `reconciliation`: joins what other files have and the journal lacks
- `drafts`: the drafts of a data folder; `draft_file`: one of them, and its writer
- `recovery`: what is done on reading: join, migrate, bring back
- `recovery_files`: the last good copy and the versions since, from which it is brought back
- `daily_copies`: the journal as it stood at the end of each of the last ten days
- `machine_log`: what was saved on this machine, for folders that machines share
- `append_only`: a file that grows line by line
- `sync_copies`: second copies that a synchronising tool left
- `migrations`: from an older schema to the present one
- `snapshot`: every entry decoded once, followed as it changes; what screens and documents read
- `notices`: what happened on opening; `messages`: the sentences for it and for errors
"""
