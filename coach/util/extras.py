"""The command that installs an extra into the environment that runs.

It names what the extra needs and never this program itself: nobody has to have published it.
"""

import os
import shlex
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

EXTRAS: dict[str, tuple[str, ...]] = {
    "crypt": ("cryptography>=44",),
    "office": ("python-docx>=1.2,<2", "python-pptx>=1.0,<2"),
}
"""What each extra of `pyproject.toml` needs (a test holds the two together)."""


def install_command(extra: str) -> str:
    """The command that installs `extra`, for the environment that runs now; one line to copy."""
    prefix = Path(sys.prefix)
    return command_for(
        EXTRAS[extra],
        prefix,
        sys.executable or str(prefix / "bin" / "python"),
        kind=kind_of(prefix, Path(sys.base_prefix)),
        windows=os.name == "nt",
    )


def kind_of(prefix: Path, base: Path) -> str:
    """What made the environment at `prefix`: `pipx`, `uv`, `venv`, `system`, or `managed` for a
    system whose packager keeps pip out.

    `uv` is also a virtual environment without a pip of its own.
    """
    if (prefix / "pipx_metadata.json").is_file():
        return "pipx"
    if (prefix / "uv-receipt.toml").is_file():
        return "uv"
    if prefix != base:
        return "venv" if find_spec("pip") else "uv"
    import sysconfig

    marker = Path(sysconfig.get_path("stdlib")) / "EXTERNALLY-MANAGED"
    return "managed" if marker.is_file() else "system"


def command_for(
    needed: Sequence[str], prefix: Path, python: str, *, kind: str, windows: bool = False
) -> str:
    """The command that installs `needed` where the interpreter is `python`; `kind` as `kind_of`
    tells it. Quoted for a POSIX shell, on Windows for cmd and PowerShell.
    """
    if kind == "pipx":
        words = ["pipx", "inject", prefix.name]
    elif kind == "uv":
        words = ["uv", "pip", "install", "--python", python]
    else:
        words = [python, "-m", "pip", "install"]
        words += ["--break-system-packages"] if kind == "managed" else []
    words += needed
    if not windows:
        return shlex.join(words)
    # PowerShell runs a quoted path only behind `&`, cmd only without it: quoted where it must be.
    return " ".join(f'"{one}"' if set(one) & set(" <>&^|()") else one for one in words)
