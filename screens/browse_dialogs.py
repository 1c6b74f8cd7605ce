"""The small questions of browsing: what to filter by, tags, and where to export to."""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeAlias, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach.amending import parse_tags
from coach.browsing import since_day, until_day
from coach.days import say_day
from coach.text import fold, one_line
from coach.wording import Wording
from screens.base import CoachDialog
from screens.keys import key
from screens.theme import MUTED
from screens.widgets.act import Act
from screens.widgets.say import Say

T = TypeVar("T")

MANY = 10
"""From how many choices on the first letters can be typed."""

Choice: TypeAlias = tuple[str, str, int]
"""What to choose: its value, its label, how many have it (0: not counted)."""
Days: TypeAlias = tuple["date | None", "date | None"]


class Question(CoachDialog["T | None"], Generic[T]):
    """A dialog that answers with what was asked for, or None when left."""

    CSS_PATH = "browse.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-tall")]
    BINDINGS = [key("dialog.close", "escape", "dismiss(None)")]


class PickOne(Question[str]):
    """Offers choices; answers with the value of one, '' for any, None when left."""

    def __init__(self, title: str, offered: list[Choice], current: str, nothing: str = "") -> None:
        super().__init__()
        self.question = title
        self.offered = offered
        self.current = current
        self.nothing = nothing
        self.shown = offered

    def compose(self) -> ComposeResult:
        """The question, a line to type in where there are many choices, the choices."""
        with VerticalScroll(classes="dialog pick", can_focus=False):
            yield Say(self.question, classes="title")
            if len(self.offered) > MANY:
                yield Input(placeholder=Wording("browse", self.lang)("narrow"), compact=True)
            yield OptionList(markup=False, compact=True)
            if self.nothing:
                yield Say(self.nothing, classes="muted")

    def on_mount(self) -> None:
        """The choice that holds has the cursor."""
        self.fill("")
        options = self.query_one(OptionList)
        options.display = bool(self.offered)
        at = next((i for i, one in enumerate(self.shown) if one[0] == self.current), 0)
        options.highlighted = at if self.shown else None
        options.focus()

    def fill(self, typed: str) -> None:
        """Shows the choices that hold what was typed."""
        wanted = fold(typed.strip())
        self.shown = [one for one in self.offered if wanted in fold(one[1])]
        options = self.query_one(OptionList)
        options.set_options([Option(self._line(*one)) for one in self.shown])
        options.highlighted = 0 if self.shown else None

    def _line(self, value: str, label: str, count: int) -> Content:
        sign = self.symbols.radios[value == self.current]
        number = f"  {count}" if count else ""
        return Content.assemble((f"{sign} ", "$primary"), Content(label), (number, MUTED))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.fill(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self.shown:
            self.dismiss(self.shown[0][0])

    def key_down(self) -> None:
        """From the line one types in, down goes to the choices."""
        self.query_one(OptionList).focus()

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
        self.read()

    def read(self) -> bool:
        """Reads both days and says them; False when one is no day."""
        say, today = Wording("browse", self.lang), self.coach.today
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
        if event.input.id == "since" and self.read():
            self.query_one("#until", Input).focus()
        else:
            self._apply()

    def _apply(self) -> None:
        if self.read():
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
