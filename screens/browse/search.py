"""Finding entries: the words typed, the filters, the list drawn anew at each key."""

from __future__ import annotations

from dataclasses import replace

from textual import on, work
from textual.widgets import Input

from coach.browse.entry_index import EntryIndex, Filter, IndexedEntry, Status
from screens.browse.actions import Acting
from screens.browse.entry_list import EntryList, Look
from screens.browse.filters import NAMES, FilterBar, dialog_for, menu, with_filter
from screens.common.pickers import PickDays, PickOne
from screens.widgets.act import Act
from screens.widgets.say import Say


class Finding(Acting):
    """A screen that lists what the words and filters let through."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Filter()
        self.index = EntryIndex()
        self.look: Look | None = None
        self.loaded = False
        """Whether the journal was read, so that the list says how it is."""

    @property
    def entries(self) -> EntryList:
        """The list."""
        return self.query_one(EntryList)

    @property
    def current(self) -> IndexedEntry | None:
        """The entry under the cursor."""
        return self.entries.current

    def read_later(self) -> None:
        """The entry under the cursor changed: it is to be read soon."""
        raise NotImplementedError

    # Drawing

    def find(self, *, show: str = "", anew: bool = False) -> None:
        """Draws what `wanted` lets through: the cursor stays, begins `anew`, or goes to `show`."""
        coach, former = self.coach, self.look
        self.look = Look(
            self.index,
            coach.workspace.content,
            self.symbols,
            self.lang,
            coach.workspace.today,
            self.wanted.words,
            former.choices if former and former.lang == self.lang else {},
        )
        found = self.index.find(self.wanted)
        entries = self.entries
        at = show or ("" if anew or not entries.current else entries.current.key)
        place = 0 if anew else entries.highlighted or 0
        entries.fill(found, self.look, at=at, place=place)
        self._count(len(found))
        self.draw_filters()
        self.read_later()
        self.offer()

    def _count(self, found: int) -> None:
        say, wanted = self.words, self.wanted
        total = self.index.total(wanted)
        trash = wanted.status == Status.TRASH
        if wanted == Filter(status=wanted.status if trash else ""):
            told = say.count("count.trash" if trash else "count.all", total)
        else:
            told = say("count", n=found, total=total)
        bare = wanted == Filter()
        # Its width is fixed, so that a key in the search lays nothing out anew.
        self.query_one("#count", Say).update("" if bare and not total else told, layout=False)
        if found:
            self.say_nothing("")
        elif bare:
            self.say_nothing(say("empty"))
        else:
            self.say_nothing(say("none.trash" if trash and not total else "none"))

    def say_nothing(self, text: str) -> None:
        """Says why the list is empty, in its place; '' brings the list back."""
        line = self.query_one("#nothing", Say)
        if str(line.content) == text:
            return
        line.say(text)
        self.entries.display = not text

    def draw_filters(self) -> None:
        """Says what the filters let through."""
        if self.loaded:
            self.query_one(FilterBar).show(self.wanted, self.index)

    # Asking

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self.wanted = replace(self.wanted, text=event.value)
        if self.loaded:
            self.find(anew=True)

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        self.entries.focus()

    def narrow(self, wanted: Filter) -> None:
        """Shows what `wanted` lets through, from the top."""
        self.wanted = wanted
        self.find(anew=True)

    @on(Act.Done)
    def _filter_asked(self, event: Act.Done) -> None:
        if event.name in NAMES:
            self.set_filter(event.name)
        else:
            self.action_clear()

    @work(exclusive=True, group="filter")
    async def set_filter(self, name: str) -> None:
        """Asks what filter `name` lets through."""
        if name == "dates":
            wanted = self.wanted
            days = await self.app.push_screen_wait(PickDays(wanted.since, wanted.until))
            if days is not None:
                self.narrow(replace(self.wanted, since=days[0], until=days[1]))
            return
        dialog = dialog_for(name, self.wanted, self.index, self.lang)
        value = await self.app.push_screen_wait(dialog)
        if value is not None:
            self.narrow(with_filter(self.wanted, name, value))

    @work(exclusive=True, group="filter")
    async def action_filter(self) -> None:
        """Asks which filter to set: for narrow terminals, and for the keyboard."""
        offered = menu(self.wanted, self.index, self.lang)
        name = await self.app.push_screen_wait(PickOne(self.words("ask.menu"), offered, ""))
        if name:
            self.set_filter(name)

    def action_clear(self) -> None:
        """Shows everything again."""
        with self.prevent(Input.Changed):
            self.query_one("#search", Input).value = ""
        self.narrow(Filter())
        self.entries.focus()
