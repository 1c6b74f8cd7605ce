"""Base classes and helpers that every screen uses.

- `coach`: what a screen may ask of the app
- `screen`: base classes of screens and dialogs; `leaving`: they answer once and leave in order
- `key_queue`: keys act in the order they were pressed
- `keys`: one definition of each command: key, footer, help, palette
- `theme`: colours; `symbols`: signs with an ASCII stand-in
- `clipboard`: copying
"""
