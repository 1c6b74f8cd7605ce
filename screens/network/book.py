"""The base of the address book and the map: the list of people, read again when shown."""

from __future__ import annotations

import asyncio

from textual import on, work

from coach.features.network.contacts import Person, all_people, choice_labels
from coach.features.network.map import find_hubs
from coach.flows.choices import CONTACT
from coach.flows.request import SessionRequest
from coach.store.journal import JournalError
from coach.util.dates import short_day
from coach.util.text import one_line
from coach.util.wording import Wording
from screens.base.screen import CoachScreen
from screens.network.canvas import Canvas
from screens.widgets.say import Say

WIDE = 70
NEEDING = frozenset({"map", "filter", "by", "document"})
"""Actions that need somebody in the book."""


class BookScreen(CoachScreen["object | None"]):
    """Base of the list and the map: holds the people; opens the session of each."""

    CSS_PATH = "network.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Person] = []
        self.hubs: set[str] = set()
        self.labels: dict[str, dict[str, str]] = {}

    @property
    def say(self) -> Wording:
        """The words of the book and the map."""
        return Wording("network", self.lang)

    def on_mount(self) -> None:
        """The keys go to the people."""
        self.query_one(Canvas).focus()

    def on_screen_resume(self) -> None:
        """Read when it comes up, and anew each time: somebody may have been added meanwhile."""
        self.load_people()

    @work(exclusive=True)
    async def load_people(self) -> None:
        """Reads who there is, and shows it."""
        try:
            await asyncio.to_thread(self.gather_people)
        except JournalError as error:
            self.query_one("#empty", Say).say(self.coach.explain(error))
            return
        self.query_one("#empty", Say).say("" if self.found else self.say("empty"))
        self.query_one("#told").display = bool(self.found)
        self.refresh_bindings()
        self.draw()

    def gather_people(self) -> None:
        """Reads what is to be shown; called in a thread. Raises JournalError."""
        self.found = all_people(self.coach.workspace.snapshot())
        self.hubs = find_hubs(self.found)
        self.labels = choice_labels(self.coach.workspace.content, self.lang)

    def draw(self) -> None:
        """Shows who there is."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without anybody, only what adds somebody is offered; unknown until all is read."""
        return bool(self.found) or not self.labels or action not in NEEDING

    def on_resize(self) -> None:
        """Lines are cut to the width there is."""
        if self.labels:
            self.draw()

    @on(Canvas.Opened)
    def _opened(self, event: Canvas.Opened) -> None:
        self.coach.navigation.open_session(SessionRequest(CONTACT, event.what))

    @on(Canvas.Moved)
    def _moved(self, event: Canvas.Moved) -> None:
        person = next((one for one in self.found if one.id == event.what), None)
        if self.found:
            self.query_one("#told", Say).say(self._about(person) if person else self.say("nobody"))

    def _about(self, one: Person) -> str:
        """The one thing worth knowing of a person now."""
        if one.next_on is not None and one.status != "resting":
            step = one.next_step or self.say("next_step")
            day = short_day(one.next_on, self.lang)
            return self.say("next", day=day, step=one_line(step, 120))
        if one.dormant and one.reason:
            key = "news" if one.news else "memory"
            return self.say(key, it=one_line(one.reason, 110))
        told = " · ".join(filter(None, [one.work, one.field]))
        if one.position in ("junior", "director", "hr"):
            return self.say(one.position, who=one_line(one.name, 40))
        return told or self.say("more")

    def _legend(self) -> str:
        """The legend of the signs on the list and the map."""
        signs = self.symbols
        return f"{signs.hub} {self.say('hub')}  {signs.dormant} {self.say('dormant')}"

    def action_new(self) -> None:
        """Adds a person."""
        self.coach.navigation.open_session(SessionRequest(CONTACT, new=True))

    def action_close(self) -> None:
        """Back home."""
        self.dismiss(None)
