"""The versions of an entry: when each was kept, what it changed, and bringing one back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.browse.entry_index import EntryIndex, IndexedEntry, Status
from coach.browse.versions import Change, Version, bring_back, versions
from coach.flows.choices import list_named, referred
from coach.flows.content import flow_title
from coach.store.journal import JournalError
from coach.util.dates import say_day
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.base.theme import MUTED
from screens.browse.entry_list import Look
from screens.browse.reader import Reader, body
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say
from screens.widgets.sheet import SheetLine


class HistoryScreen(CoachScreen[None]):
    """Lists the versions of one entry, newest first, above what each changed."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS = [
        key("history.bring", "r", "bring"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def __init__(self, entry_id: str) -> None:
        super().__init__()
        self.entry_id = entry_id
        self.versions: list[Version] = []
        self.around: EntryIndex = EntryIndex()
        """What the entry refers to."""

    def compose(self) -> ComposeResult:
        """Lays out the entry's title, its versions, and what the one under the cursor changed."""
        self.words = Wording("browse", self.lang)
        yield Say(self.words("history.title"), id="title")
        yield OptionList(markup=False, compact=True, id="versions")
        yield Reader(id="changes")
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads the versions off this thread."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Reads the versions and lists them."""
        coach = self.coach

        def read_versions() -> list[Version]:
            entry = coach.workspace.journal.get(self.entry_id)
            if entry is None:
                return []
            others = referred(entry, coach.workspace.journal.get)
            self.around = EntryIndex(
                items={id_: IndexedEntry(id_, other, Status.DONE) for id_, other in others.items()},
                internships=others,
            )
            return versions(
                entry, coach.workspace.content, self.lang, list_named(entry, others.get)
            )

        try:
            self.versions = await asyncio.to_thread(read_versions)
        except JournalError as error:
            coach.tell(coach.explain(error))
            return
        if not self.versions:
            self.dismiss(None)
            return
        title = flow_title(self.versions[0].entry, coach.workspace.content, self.lang)
        self.query_one("#title", Say).update(f"{self.words('history.title')} · {title}")
        listed = self.query_one("#versions", OptionList)
        listed.set_options([Option(self._line(version)) for version in self.versions])
        listed.highlighted = 0

    def _line(self, version: Version) -> Content:
        say = self.words
        if version.first:
            told = say("history.first")
        elif version.changes:
            told = say.count("history.changes", len(version.changes))
        else:
            told = say("history.same")
        sign = self.symbols.radios[version.in_force]
        force = f" · {say('history.now')}" if version.in_force else ""
        when = moment(version.entry.updated_at, self.lang)
        return Content.assemble(
            (f"{sign} ", "$primary"), when, (f"  {told}", MUTED), (force, "$primary")
        )

    @property
    def chosen(self) -> Version | None:
        """The version under the cursor."""
        at = self.query_one("#versions", OptionList).highlighted
        return self.versions[at] if at is not None and at < len(self.versions) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        version = self.chosen
        if version is not None:
            self.query_one(Reader).show(list(self._lines(version)))
        self.refresh_bindings()

    def _lines(self, version: Version) -> Iterator[SheetLine]:
        say = self.words
        if version.first:
            yield SheetLine(Content.styled(say("history.first.more"), MUTED))
        elif not version.changes:
            yield SheetLine(Content.styled(say("history.same.more"), MUTED))
        for change in version.changes:
            yield from self._change(change)
        yield SheetLine(Content())
        if not version.first:
            yield SheetLine(Content.styled(say("history.whole"), MUTED))
        coach = self.coach
        look = Look(
            self.around, coach.workspace.content, self.symbols, self.lang, coach.workspace.today, []
        )
        yield from body(IndexedEntry("", version.entry, Status.DONE), look)

    def _change(self, change: Change) -> Iterator[SheetLine]:
        say = self.words
        yield SheetLine(Content.styled(change.label, "bold"))
        if not change.before and not change.after:
            return
        names = say("before"), say("after")
        width = max(map(len, names)) + 2
        for name, text, style in zip(
            names, (change.before, change.after), (MUTED, ""), strict=True
        ):
            lead = f"  {name.ljust(width)}"
            for paragraph in (text or say("nothing")).split("\n"):
                yield SheetLine(
                    Content.styled(paragraph, style if text else f"italic {MUTED}"), lead
                )
                lead = " " * len(lead)
        yield SheetLine(Content())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The version in force needs no bringing back."""
        if action == "bring" and self.is_mounted:
            return self.chosen is not None and not self.chosen.in_force
        return True

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        # A click or enter only looks: what changes something has a key of its own.
        self.query_one(Reader).focus()

    @work(exclusive=True, group="bring")
    async def action_bring(self) -> None:
        """Makes this version the one in force, as a new one: nothing is lost."""
        version, coach = self.chosen, self.coach
        if version is None:
            return
        if version.in_force:
            coach.tell(self.words("history.is"))
            return
        try:
            await asyncio.to_thread(bring_back, coach.workspace.journal, version.entry)
        except JournalError as error:
            coach.tell(coach.explain(error))
            return
        coach.tell(self.words("history.back"))
        self.load()

    def action_close(self) -> None:
        """Back to the entries."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("browse", self)


def moment(stamp: str, lang: str) -> str:
    """A time as kept (UTC) as one reads it, where one is: 'vendredi 20 novembre 2026, 17:42'."""
    try:
        local = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    return f"{say_day(local.date(), lang)}, {local:%H:%M}"
