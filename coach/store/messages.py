"""What went wrong, or happened on opening, in the student's words: what, where, what to do."""

from pathlib import Path

from coach.disk.errors import JournalError
from coach.store.notices import Notice
from coach.util.wording import Wording


def explain(error: JournalError, lang: str) -> str:
    """One sentence for `error` in `lang`."""
    return Wording("errors", lang)(error.key, **error.values)


def describe_crash(error: BaseException | None) -> str:
    """'KeyError, reading.py:12': the kind and place of a slip of ours.

    Not what it says: that may hold a student's words, and a terminal's log is no place for them.
    """
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__) if error else []
    where = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__ if error else '?'}{where}"


def tell_notice(notice: Notice, lang: str) -> str:
    """One sentence for `notice` in `lang`."""
    # A journal that was missing, or on a disk that cannot be written, left no file aside.
    key = f"notice.{notice.key}" + ("_bare" if notice.values.get("aside") == "" else "")
    return Wording("errors", lang)(key, **notice.values)
