"""What went wrong, or happened on opening, in the student's words: what, where, what to do."""

from coach.files import JournalError
from coach.notices import Notice
from coach.wording import Wording


def explain(error: JournalError, lang: str) -> str:
    """One sentence for `error` in `lang`."""
    return Wording("errors", lang)(error.key, **error.values)


def tell_notice(notice: Notice, lang: str) -> str:
    """One sentence for `notice` in `lang`."""
    # A journal that was missing, or on a disk that cannot be written, left no file aside.
    key = f"notice.{notice.key}" + ("_bare" if notice.values.get("aside") == "" else "")
    return Wording("errors", lang)(key, **notice.values)
