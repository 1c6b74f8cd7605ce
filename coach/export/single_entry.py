"""One entry taken out of the journal: a Markdown file where the student wants it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach.disk.errors import JournalError
from coach.disk.saved_copy import save_copy
from coach.export.export import entry_markdown
from coach.util.text import clean_line

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.store.entries import Entry


def file_name(entry: Entry) -> str:
    """A name for its file: '2026-11-20-weekly.md'; signs that a name may not hold become '-'."""
    name = f"{entry.date}-{entry.flow}"
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in name).strip(".") + ".md"


def place_for(typed: str, entry: Entry) -> Path:
    """The file that `typed` means: `~` is the home folder, a folder gets `file_name` in it."""
    path = Path(clean_line(typed))
    try:
        path = path.expanduser()
    except RuntimeError:
        # `~name` of somebody who is not on this machine: a file of that name then.
        path = Path.cwd() / path
    return path / file_name(entry) if path.is_dir() else path


def take_out(
    entry: Entry,
    path: Path,
    content: Content,
    lang: str,
    named: list[dict[str, str]],
    *,
    force: bool = False,
) -> None:
    """Writes `entry` to `path` as Markdown, for its owner alone.

    Raises FileExistsError where a file is there and `force` is not set; JournalError("os_at")
    when it cannot be written.
    """
    text = entry_markdown(entry, content, lang, named)
    try:
        save_copy(path, text.encode("utf-8", "replace"), force=force)
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise JournalError("os_at", path=str(path), why=why) from error
