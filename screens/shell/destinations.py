"""The places of the app: what opens by name, from home, from the lab, from the palette."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.flows.draft_session import DraftSession
    from coach.store.entries import Entry
    from screens.base.screen import CoachScreen


SCREENS = {
    "weeks": "screens.lab.lists:WeeksScreen",
    "own": "screens.lab.lists:OwnScreen",
    "documents": "screens.documents.documents:DocumentsScreen",
    "calendar": "screens.lab.calendar:AgendaScreen",
    "objectives": "screens.lab.objectives:ObjectivesScreen",
    "internship": "screens.lab.internships:InternshipsScreen",
    "lab": "screens.lab.lab:LabScreen",
    "map": "screens.network.map:MapScreen",
    "network": "screens.network.contacts:NetworkScreen",
    "rehearsal": "screens.rehearsal.deck:DeckScreen",
    "safe": "screens.maintenance.copies:CopiesScreen",
    "coverage": "screens.skills.coverage:CoverageScreen",
    "skills": "screens.skills.skills:SkillsScreen",
    "stars": "screens.skills.stars:StarsScreen",
}
"""Screens by name, imported when opened. Each answers with the name of a place to open next, a
`Request` for a session, or None.
"""


SESSIONS = {"rehearsal": "screens.rehearsal.practice:PracticeScreen"}
"""Flows that have a screen of their own while they are told; read or changed later, they are
sessions as any. Made of the draft session and the request's item, it answers with the kept entry,
or None.
"""


def session_screen(draft_session: DraftSession, item: str) -> CoachScreen[Entry | None]:
    """The screen that runs `draft_session`."""
    flow = draft_session.flow.id
    if flow in SESSIONS and draft_session.kept is None:
        kind: Callable[[DraftSession, str], CoachScreen[Entry | None]] = _found(SESSIONS[flow])
        return kind(draft_session, item)
    from screens.guided.guided import GuidedScreen

    return GuidedScreen(draft_session)


def screen_of(name: str) -> type[CoachScreen[object]]:
    """The screen of that name; raises KeyError where there is none."""
    found: type[CoachScreen[object]] = _found(SCREENS[name])
    return found


def _found(where: str) -> Any:
    module, _, kind = where.partition(":")
    return getattr(import_module(module), kind)
