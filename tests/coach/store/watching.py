"""Looks for the student's words in clear, in every file, at each step on the disk."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

STEPS = ("fsync", "replace", "rename", "link", "unlink", "close", "truncate")


class Watch:
    """Looks for `marker` in every file of `folders`; counts looks, files read and bytes found."""

    def __init__(self, marker: str, *folders: Path) -> None:
        self.marker = marker.encode()
        self.folders = folders
        self.looks = 0
        self.files = 0
        self.found: list[tuple[int, str]] = []
        """The look and the file, for each file in which the marker could be read."""
        self.clear = 0

    def look(self) -> None:
        """Reads every file there is now."""
        self.looks += 1
        for folder in self.folders:
            for path in folder.rglob("*"):
                try:
                    data = path.read_bytes() if path.is_file() else b""
                except OSError:  # a temporary one, gone by now
                    continue
                self.files += 1
                n = data.count(self.marker)
                if n:
                    self.clear += n * len(self.marker)
                    self.found.append((self.looks, str(path)))

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Looks before and after each step on the disk from now on."""
        for name in STEPS:
            original = getattr(os, name)

            def looked(*a: Any, _original: Callable[..., Any] = original, **k: Any) -> Any:
                self.look()
                result = _original(*a, **k)
                self.look()
                return result

            monkeypatch.setattr(os, name, looked)

    @property
    def told(self) -> str:
        """'1,234 looks at 56,789 files: bytes found in clear: 0'."""
        return f"{self.looks:,} looks at {self.files:,} files: bytes found in clear: {self.clear}"
