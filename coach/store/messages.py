"""Sentences for journal errors and notices: what happened, where, what to do."""

from pathlib import Path

from coach.disk.errors import JournalError
from coach.store.notices import Notice
from coach.util.wording import Wording


def explain(error: JournalError, lang: str) -> str:
    """One sentence for `error` in `lang`."""
    return Wording("errors", lang)(error.key, **error.values)


def describe_crash(error: BaseException | None) -> str:
    """The type and place of an unexpected error: 'KeyError, reading.py:12'.

    Its message is left out, since it may hold the student's words and end up in a log.
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
