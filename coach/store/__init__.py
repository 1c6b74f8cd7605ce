"""The journal: entries, revisions, drafts, the file's format, recovery, the snapshot."""
