"""Finds the data folder and the language to use, from options and the environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.disk.atomic_files import absent
from coach.util.wording import LANGUAGES


@dataclass(frozen=True)
class DataFolder:
    """The folder of one student's files; it need not exist yet."""

    folder: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "settings.toml"

    @property
    def flows(self) -> Path:
        """The student's own sessions, one TOML file each."""
        return self.folder / "flows"

    @property
    def guarded(self) -> bool:
        """Whether a passphrase locks the folder; costs one `stat` (see `coach.disk.keyring`)."""
        return not absent(self.folder / "journal.key")


def find_data_folder(data_dir: str = "", environ: Mapping[str, str] = os.environ) -> DataFolder:
    """The folder named by `--data-dir`, else by `COACH_DATA_DIR`, else the platform's default."""
    named = data_dir or environ.get("COACH_DATA_DIR", "")
    if named:
        # Absolute, so that messages and a changed working folder never lose it.
        return DataFolder(Path(os.path.abspath(os.path.expanduser(named))))  # noqa: PTH100, PTH111
    from platformdirs import user_data_path

    return DataFolder(user_data_path("coach", appauthor=False))


class UnknownLanguage(ValueError):
    """`value` from `source` (`--lang` or `COACH_LANG`) is not `fr` or `en`."""

    def __init__(self, source: str, value: str) -> None:
        super().__init__(f"{source}: {value}")
        self.source = source
        self.value = value


def named_language(option: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The language that `--lang` or else `COACH_LANG` names; '' where neither names one.

    Raises `UnknownLanguage`.
    """
    for source, value in (("--lang", option), ("COACH_LANG", environ.get("COACH_LANG") or None)):
        if value is not None:
            if value.lower() not in LANGUAGES:
                raise UnknownLanguage(source, value)
            return value.lower()
    return ""


def system_language(environ: Mapping[str, str] = os.environ) -> str:
    """The system's language: `fr` if the environment says French, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    if sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "fr" if locale.windows_locale.get(number, "").startswith("fr") else "en"
    return "en"
