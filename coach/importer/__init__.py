"""What comes into the journal: exports, journals of other machines, other programs' files.

- `reader`: what is in a file or folder; `jrnl`: entries of that program
- `checker`: each entry checked and completed
- `importer`: takes it into the journal; `report`: says what that did
"""
