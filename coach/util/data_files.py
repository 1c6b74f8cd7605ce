"""Reads the TOML files of the content, with errors that name the file."""

from pathlib import Path
from typing import Any


class ContentError(Exception):
    """A content file cannot be used; says which file, where in it, and why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; raises `ContentError` when it cannot be read as one."""
    # Imported here: the first screen paints before any file of words is needed.
    import tomllib

    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise ContentError(path, error.strerror or str(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContentError(path, str(error)) from error
