"""The student's settings: wrong values fall back to defaults, writing keeps the file's comments.

`settings.toml` is theirs to edit:

    lang = "fr"              # or "en"
    theme = "coach-dark"
    internship = "…"         # the id of the one under way, when several are
    ascii = false            # plain signs only
    quiet = []               # steps put aside with "not now"
    [keys]                   # what a command's key is: its id = one key or several
    note = "ctrl+t"
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.util.wording import LANGUAGES, Wording


@dataclass(frozen=True)
class Settings:
    """The settings; each has a default."""

    lang: str | None = None
    theme: str = ""
    internship: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    """Binding id → its keys, separated by commas."""
    ascii: bool = False
    quiet: list[str] = field(default_factory=list)
    """Advice that the guide must not repeat (see `coach.features.guide.guide.Advice.quiet`), oldest
    first."""


class _Wrong(ValueError):
    """An invalid value; the message is its key."""


def load(path: Path, lang: str = "") -> tuple[Settings, str | None]:
    """The settings in `path`, and one sentence about what is wrong with the file, or None.

    Never raises and never writes: settings that cannot be read take their defaults. The sentence
    is in `lang`, else in the language that the file or the machine names.
    """
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), _say(lang, "unreadable", path, error.strerror or type(error).__name__)
    except (ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        if line:
            return Settings(), _say(lang, "broken_line", path, line[1])
        return Settings(), _say(lang, "broken", path)
    values: dict[str, Any] = {}
    wrong = []
    for name, check in _CHECKS.items():
        if name in data:
            try:
                values[name] = check(data[name])
            except _Wrong as error:
                wrong.append(str(error) or name)
    settings = Settings(**values)
    problem = _say(lang or settings.lang or "", "wrong", path, wrong[0]) if wrong else None
    return settings, problem


def _say(lang: str, key: str, path: Path, why: str = "") -> str:
    from coach.disk.locations import system_language

    return Wording("errors", lang or system_language())(f"settings.{key}", path=str(path), why=why)


def _lang(value: Any) -> str:
    if value not in LANGUAGES:
        raise _Wrong
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong
    return value


def _optional(value: Any) -> str | None:
    return _text(value) or None


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong
    return value


def _keys(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _Wrong
    for name, keys in value.items():
        if not isinstance(keys, str):
            raise _Wrong(f"keys.{name}")
    return dict(value)


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Wrong
    return list(value)


_CHECKS = {
    "lang": _lang,
    "theme": _text,
    "internship": _optional,
    "keys": _keys,
    "ascii": _bool,
    "quiet": _texts,
}


def store(path: Path, **changes: Any) -> None:
    """Writes `changes` into the settings file, keeping its comments and other settings.

    None removes a setting. A file that is not TOML is first kept under a dated name. The file is
    written atomically with mode 0600; raises OSError.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from coach.disk.atomic_files import dated, write_atomic

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    real = path.resolve()
    try:
        document = tomlkit.parse(real.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (TOMLKitError, ValueError, RecursionError):
        real.rename(dated(real, "broken"))
        document = tomlkit.document()
    for name, value in changes.items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value
    write_atomic(real, tomlkit.dumps(document).encode("utf-8"))
