"""The request to open a session; a module of its own, so that importing it is cheap."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SessionRequest:
    """The session to open: a flow, and which entry of it.

    `entry_id` is an entry (or draft) to open; `week` an ISO week for flows of scope `week`; `new`
    begins a new entry where a draft or entry would otherwise be opened. `given` are answers of a
    new entry: (field id, value). `item` is what to begin with in a session that lets one choose
    (a question to rehearse).
    """

    flow: str
    entry_id: str = ""
    week: str = ""
    new: bool = False
    given: tuple[tuple[str, Any], ...] = ()
    item: str = ""
