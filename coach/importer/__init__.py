"""What comes into the journal: exports, journals of other machines, other programs' files."""
