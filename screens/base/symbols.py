"""Signs that help the eye, each with an ASCII stand-in; none carries meaning alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Symbols:
    """The signs in use: Unicode, or ASCII for terminals and fonts that have no others."""

    done: str = "●"
    begun: str = "◐"
    empty: str = "○"
    off: str = "–"
    to_come: str = "·"
    now: str = "▹"
    missed: str = "○"
    arrow: str = "▶"
    nudge: str = "◇"
    calm: str = "♡"
    check: str = "✓"
    boxes: tuple[str, str] = ("☐", "☑")
    radios: tuple[str, str] = ("○", "●")
    bars: str = "▁▂▃▅▇"
    shades: str = " ░▒▓█"
    """From none to most."""
    fill: str = "━"
    """A step of a bar that goes from left to right."""
    rule: str = "─"
    light: str = "☼"
    dark: str = "☾"
    up: str = "↑"
    down: str = "↓"
    cross: str = "✕"
    degrees: tuple[str, str, str] = ("①", "②", "③")
    """How many handshakes away somebody is."""
    hub: str = "★"
    dormant: str = "◌"


UNICODE = Symbols()
ASCII = Symbols(
    done="#",
    begun="+",
    empty="o",
    off="-",
    to_come=".",
    now="v",
    missed="_",
    arrow=">",
    nudge="*",
    calm="*",
    check="ok",
    boxes=("[ ]", "[x]"),
    radios=("( )", "(o)"),
    bars="12345",
    shades=" .:+#",
    fill="=",
    rule="-",
    light="light",
    dark="dark",
    up="^",
    down="v",
    cross="x",
    degrees=("(1)", "(2)", "(3)"),
    hub="*",
    dormant="~",
)


def signs_of(console: object, *, plain: bool) -> Symbols:
    """The signs that `console` can show; those of ASCII where `plain` ones are wanted."""
    encoding = (getattr(console, "encoding", "") or "utf-8").lower()
    return ASCII if plain or "utf" not in encoding else UNICODE
