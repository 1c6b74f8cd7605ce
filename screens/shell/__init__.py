"""What holds the app together.

- `context`: the journal, content and settings that screens work with
- `navigation`: opens sessions and screens; `destinations`: the table of screens by name
- `palette`: the command palette
- `shutdown`: how the app ends; `crash`: by a signal; `driver`: when its terminal is closed
"""
