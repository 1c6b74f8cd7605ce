"""Errors of the journal's files, each with the key of its sentence."""

import errno
from pathlib import Path
from typing import NamedTuple


class SpokenError(Exception):
    """Something that is told to the student: `key` names the sentence, `values` fills it."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return f"{self.key}: {', '.join(f'{name}={value}' for name, value in self.values.items())}"


class JournalError(SpokenError):
    """The journal could not do what was asked; nothing was changed, and a later try may succeed.

    (But for "restored_partly", "only_locked", "unsure_copy", "perhaps_kept", which say what was.)

    `key` names the sentence to show ("disk_full", "read_only", "not_writable", "not_readable",
    "folder_missing", "folder_is_file", "locked", "newer", "not_storable", "unknown_entry",
    "draft_exists", "draft_open", "sealed", "wrong_passphrase", "other_key", "key_damaged",
    "no_crypt", "failed", "restored_partly", …); `values` fills it (`path`, `version`, `reason`, …).
    """


_KEYS = {
    errno.ENOSPC: "disk_full",
    errno.EFBIG: "disk_full",  # the limit of a user's file size
    getattr(errno, "EDQUOT", errno.ENOSPC): "disk_full",
    errno.EROFS: "read_only",
    errno.ENOENT: "folder_missing",
    errno.ENOTDIR: "folder_is_file",
    errno.EEXIST: "folder_is_file",
}


def trouble(error: OSError, path: Path, *, reading: bool = False) -> JournalError:
    """The `JournalError` that says what `error` means to a student, about `path`."""
    if error.errno in (errno.EACCES, errno.EPERM):
        key = "not_readable" if reading else "not_writable"
    else:
        key = _KEYS.get(error.errno or 0, "failed")
    return JournalError(key, path=str(path), reason=reason_of(error))


class Unfinished(NamedTuple):
    """A file that could not be processed, and why; the work went on without it."""

    path: Path
    reason: str


def reason_of(error: OSError | JournalError) -> str:
    """The system's message for `error`; the name of its type where there is none."""
    if isinstance(error, JournalError):
        return error.values.get("reason", error.key)
    return error.strerror or type(error).__name__
