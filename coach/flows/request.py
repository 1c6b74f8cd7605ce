"""Which session is wanted. Apart from the engine, so that asking costs nothing to import."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SessionRequest:
    """Which session is wanted: a flow, and what of it.

    `entry_id` names an entry (or draft) to go on with; `week` an ISO week for flows of scope
    `week`; `new` begins anew where a draft or entry would otherwise be opened again. `given` are
    answers that a session begun anew has already: (field id, value). `item` is what it begins
    with, where the session lets one choose (a question to rehearse).
    """

    flow: str
    entry_id: str = ""
    week: str = ""
    new: bool = False
    given: tuple[tuple[str, Any], ...] = ()
    item: str = ""
