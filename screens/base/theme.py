"""The coach's two themes: one calm column of text, one accent colour."""

from textual.theme import Theme

MUTED = "$foreground 70%"
"""The style of quiet words within a `Content` (where `$text-muted` has no meaning): 4.5 to 1 or
better against the lightest ground it stands on, as `text-muted` below."""

DARK = Theme(
    name="coach-dark",
    dark=True,
    primary="#e0a458",
    secondary="#8fb8a8",
    accent="#e0a458",
    warning="#e0a458",
    error="#e5786d",
    success="#8fbf88",
    foreground="#e6e1d6",
    background="#1b1d22",
    surface="#23262d",
    panel="#2b2f37",
    variables={
        "footer-key-foreground": "#e0a458",
        "input-selection-background": "#e0a458 30%",
        "block-cursor-text-style": "none",
        "text-muted": "#a9a6a0",
    },
)
LIGHT = Theme(
    name="coach-light",
    dark=False,
    primary="#93500f",
    secondary="#2f6354",
    accent="#93500f",
    warning="#93500f",
    error="#a83229",
    success="#2f6b34",
    foreground="#26241f",
    background="#faf7f0",
    surface="#f1ece1",
    panel="#e7e0d1",
    variables={
        "footer-key-foreground": "#93500f",
        "input-selection-background": "#93500f 25%",
        "block-cursor-text-style": "none",
        "text-muted": "#66635e",
    },
)
