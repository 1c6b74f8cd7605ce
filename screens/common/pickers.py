"""The small questions of browsing: what to filter by, tags, and where to export to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach.browse.edits import parse_tags
from coach.browse.entry_index import since_day, until_day
from coach.util.dates import say_day
from coach.util.text import fold, one_line
from coach.util.wording import Wording
from screens.base.key_queue import settled
from screens.base.keys import key
from screens.base.screen import CoachDialog
from screens.base.theme import MUTED
from screens.widgets.act import Act
from screens.widgets.say import Say

T = TypeVar("T")

PickerChoice: TypeAlias = tuple[str, str, int]
"""What to choose: its value, its label, how many have it (0: not counted)."""
Days: TypeAlias = tuple["date | None", "date | None"]


class Question(CoachDialog["T | None"], Generic[T]):
    """A dialog that answers with what was asked for, or None when left."""

    CSS_PATH = Path(__file__).with_name("pickers.tcss")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-tall")]
    BINDINGS = [key("dialog.close", "escape", "dismiss(None)")]


class PickOne(Question[str]):
    """Offers choices; answers with the value of one, '' for any, None when left.

    The cursor stays in the line one types in: letters narrow the choices at once, arrows go through
    them, and enter takes the one that is marked; nothing where none holds what was typed.
    """

    BINDINGS = [
        Binding("up", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("home", "move('first')", show=False, priority=True),
        Binding("end", "move('last')", show=False, priority=True),
    ]

    def __init__(
        self, title: str, offered: list[PickerChoice], current: str, nothing: str = ""
    ) -> None:
        super().__init__()
        self.question = title
        self.offered = offered
        self.current = current
        self.nothing = nothing
        self.shown = offered

    def compose(self) -> ComposeResult:
        """The question, a line to type in, the choices."""
        with VerticalScroll(classes="dialog pick", can_focus=False):
            yield Say(self.question, classes="title")
            if self.offered:
                yield Input(placeholder=Wording("browse", self.lang)("narrow"), compact=True)
            options = OptionList(markup=False, compact=True)
            options.can_focus = False
            yield options
            yield Say(self.nothing, classes="muted", id="nothing")

    def on_mount(self) -> None:
        """The choice that holds is marked."""
        self.fill("")
        options = self.query_one(OptionList)
        at = next((i for i, one in enumerate(self.shown) if one[0] == self.current), 0)
        options.highlighted = at if self.shown else None

    def fill(self, typed: str) -> None:
        """Shows the choices that hold what was typed; marks the one that is it, else the first
        that begins with it, else the first.
        """
        wanted = fold(typed.strip())
        names = [(one, fold(one[1])) for one in self.offered]
        self.shown = [one for one, name in names if wanted in name]
        found = [name for _, name in names if wanted in name]
        begins = [at for at, name in enumerate(found) if name.startswith(wanted)]
        options = self.query_one(OptionList)
        options.set_options([Option(self._line(*one)) for one in self.shown])
        options.highlighted = (
            found.index(wanted) if wanted in found else next(iter([*begins, 0])) if found else None
        )
        options.display = bool(self.shown)
        none = Wording("browse", self.lang)("narrow.none")
        self.query_one("#nothing", Say).say(none if self.offered and not found else self.nothing)

    def _line(self, value: str, label: str, count: int) -> Content:
        sign = self.symbols.radios[value == self.current]
        number = f"  {count}" if count else ""
        return Content.assemble((f"{sign} ", "$primary"), Content(label), (number, MUTED))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.fill(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and self.shown:
            self.dismiss(self.shown[at][0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In what was typed, home and end go to its ends."""
        typed = any(line.value for line in self.query(Input))
        return not (typed and parameters in (("first",), ("last",)))

    async def action_move(self, how: str) -> None:
        """Marks another choice, of those that what was typed leaves."""
        await settled(self)
        options = self.query_one(OptionList)
        if options.size:
            getattr(options, f"action_{how}")()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.shown[event.option_index][0])


class PickDays(Question[Days]):
    """Asks for a first and a last day, says how it understood them; None when left."""

    def __init__(self, since: date | None, until: date | None) -> None:
        super().__init__()
        self.days: Days = (since, until)

    def compose(self) -> ComposeResult:
        """Two lines to type a day in, what was understood below each."""
        say = Wording("browse", self.lang)
        with VerticalScroll(classes="dialog pick", can_focus=False):
            yield Say(say("ask.dates"), classes="title")
            for name, day in zip(("since", "until"), self.days, strict=True):
                yield Say(say(name))
                value = f"{day:%d/%m/%Y}" if day else ""
                yield Input(value, placeholder=say(f"{name}.example"), compact=True, id=name)
                yield Say("", id=f"{name}-read", classes="muted")
            with HorizontalGroup(classes="answers"):
                yield Act(say("apply"), "apply")
                yield Act(say("dates.clear"), "all")

    @on(Input.Changed)
    def _typed(self) -> None:
        self.read_days()

    def read_days(self) -> bool:
        """Reads both days and says them; False when one is no day."""
        say, today = Wording("browse", self.lang), self.coach.workspace.today
        raw = {name: self.query_one(f"#{name}", Input).value.strip() for name in ("since", "until")}
        since = since_day(raw["since"], today)
        until = until_day(raw["until"], today, since)
        for name, day in (("since", since), ("until", until)):
            line = self.query_one(f"#{name}-read", Say)
            wrong = bool(raw[name]) and day is None
            line.update(say("day.unread") if wrong else say_day(day, self.lang) if day else "")
            line.set_class(wrong, "wrong")
        self.days = (since, until) if not (since and until and until < since) else (until, since)
        return (since is not None or not raw["since"]) and (until is not None or not raw["until"])

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == "since" and self.read_days():
            self.query_one("#until", Input).focus()
        else:
            self._apply()

    def _apply(self) -> None:
        if self.read_days():
            self.dismiss(self.days)

    @on(Act.Done)
    def _acted(self, event: Act.Done) -> None:
        if event.name == "all":
            self.dismiss((None, None))
        else:
            self._apply()


class AskTags(Question[list[str]]):
    """Asks for tags, apart at commas; answers with them, None when left."""

    def __init__(self, name: str, tags: list[str], known: list[str]) -> None:
        super().__init__()
        self.question = name
        self.tags = tags
        self.known = known

    def compose(self) -> ComposeResult:
        """The line, and the tags used before."""
        say = Wording("browse", self.lang)
        with VerticalScroll(classes="dialog pick", can_focus=False):
            yield Say(say("tags.ask", name=self.question), classes="title")
            yield Input(", ".join(self.tags), placeholder=say("tags.example"), compact=True)
            known = one_line(", ".join(self.known), 120)
            told = say("tags.help", tags=known) if known else say("tags.help.first")
            yield Say(told, classes="muted below")
            with HorizontalGroup(classes="answers"):
                yield Act(say("keep"), "keep")

    def on_mount(self) -> None:
        """What is typed comes after the tags there are."""
        line = self.query_one(Input)
        line.focus()
        line.action_end()

    @on(Input.Submitted)
    @on(Act.Done)
    def _done(self) -> None:
        self.dismiss(parse_tags(self.query_one(Input).value))


class AskPath(Question[str]):
    """Asks where a file is, or is to be; answers with what was typed, None when left."""

    def __init__(self, path: str, title: str = "", help: str = "", act: str = "") -> None:
        super().__init__()
        self.path = path
        self.question = title
        self.more = help
        self.act = act

    def compose(self) -> ComposeResult:
        """The line, with a place to begin with."""
        say = Wording("browse", self.lang)
        with VerticalScroll(classes="dialog pick", can_focus=False):
            yield Say(self.question or say("export.ask"), classes="title")
            yield Input(self.path, compact=True, select_on_focus=False)
            yield Say(self.more or say("export.help"), classes="muted below")
            with HorizontalGroup(classes="answers"):
                yield Act(self.act or say("write"), "write")

    @on(Input.Submitted)
    @on(Act.Done)
    def _done(self) -> None:
        self.dismiss(self.query_one(Input).value.strip() or None)
