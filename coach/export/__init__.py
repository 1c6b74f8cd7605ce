"""What leaves the journal: json, md, html, csv, and a single entry."""
