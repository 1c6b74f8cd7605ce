"""Typed data from the content's TOML files: texts in both languages, structs that refuse slips."""

from pathlib import Path
from typing import TypeVar

import msgspec

from coach.util.data_files import ContentError, read_toml

T = TypeVar("T")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages, side by side."""

    fr: str
    en: str

    def get(self, lang: str) -> str:
        """The text in `lang` (`fr` or `en`)."""
        return self.en if lang == "en" else self.fr


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what is read from files: keywords only, and no key that is not known."""


def read_struct(path: Path, kind: type[T], key: str = "") -> T:
    """The TOML file at `path` (or what stands under `key` in it) as `kind`.

    Raises `ContentError` with the file, the place in it and what is wrong.
    """
    data = read_toml(path)
    if key and key not in data:
        raise ContentError(path, f"no [[{key}]]")
    try:
        return msgspec.convert(data[key] if key else data, kind)
    except msgspec.ValidationError as error:
        raise ContentError(path, str(error)) from error
