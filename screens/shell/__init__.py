"""The frame of the app: navigation, terminal driver, palette, shutdown.

- `navigation`: opens sessions and screens; `destinations`: the table of screens by name
- `palette`: the command palette
- `shutdown`: how the app ends; `crash`: by a signal; `driver`: when its terminal is closed
"""
