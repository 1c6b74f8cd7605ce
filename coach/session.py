"""One guided session under way: which step, which answers, what shows when. Knows no terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coach.answers import Invalid, kept, parse
from coach.conditions import meets
from coach.content import Content
from coach.entries import Answers, texts
from coach.flow import (
    Checklist,
    Choice,
    Choices,
    Condition,
    Date,
    Field,
    Flow,
    Number,
    Option,
    Pairs,
    Pickable,
    Rows,
    Scale,
    Step,
    Text,
)
from coach.flow_check import LIBRARIES
from coach.text import clean_line, fill
from coach.view import Background, View

Item = dict[str, str]
Position = tuple[str, str]


@dataclass(frozen=True)
class Page:
    """A step as it stands before the student: for a repeated one, with its item."""

    step: Step
    item: Item | None = None

    @property
    def at(self) -> Position:
        """Where this is, in a way that survives added and removed items: (step id, item id)."""
        return self.step.id, self.item["id"] if self.item else ""


@dataclass(frozen=True)
class Pick:
    """An option as shown: texts in the student's language, filled."""

    id: str
    label: str
    help: str = ""
    alone: bool = False
    calm: bool = False


@dataclass(frozen=True)
class Problem:
    """A field (of the page at `at`) that `done` still needs; `column` within rows.

    `unread` when something is there that can be no answer.
    """

    at: Position
    field: str
    column: str = ""
    unread: bool = False


class Session:
    """Runs `flow`: pages, answers, prefilled texts, what is missing.

    `answers` is changed in place; for a repeated step it holds step id → item id → field id →
    value. `at` is where to go on; a place that no longer shows falls back to the nearest before.
    """

    def __init__(
        self,
        flow: Flow,
        content: Content,
        known: Background,
        lang: str,
        answers: Answers | None = None,
        at: Position = ("", ""),
    ) -> None:
        self.flow = flow
        self.content = content
        self.known = known
        self.lang = lang
        self.answers: Answers = answers if answers is not None else {}
        self.index = 0
        self.go(at)

    # What shows

    def pages(self) -> list[Page]:
        """The pages that show, given the answers so far."""
        return list(self._pages())

    def _pages(self) -> Iterator[Page]:
        for step in self.flow.steps:
            if not step.each:
                if self._holds(step.when, step, None):
                    yield Page(step)
                continue
            for item in self.items(step.each):
                if self._holds(step.when, step, item):
                    yield Page(step, item)

    @property
    def page(self) -> Page:
        """The page under way."""
        pages = self.pages()
        self.index = min(self.index, len(pages) - 1)
        return pages[self.index]

    def fields(self, page: Page | None = None) -> list[Field]:
        """The fields of `page` (the one under way) that show."""
        page = page or self.page
        return [f for f in page.step.fields if self._holds(f.when, page.step, page.item)]

    def items(self, field_id: str) -> list[Item]:
        """What a repeated step over `field_id` comes once for: chosen options or filled rows."""
        field = self._field(field_id)
        value = self.answers.get(field_id)
        if isinstance(field, Choices) and isinstance(value, list):
            chosen = {item["id"]: item for item in self._source(field)}
            return [chosen[one] for one in chosen if one in value]
        if isinstance(field, Rows | Pairs) and isinstance(value, list):
            first = field.columns[0].id
            # An imported entry may hold anything: what is no row, or has no id, repeats nothing.
            rows = [row for row in value if isinstance(row, dict) and row.get("id")]
            return [row | {"label": row[first]} for row in rows if row.get(first)]
        return []

    def picks(self, field: Pickable, page: Page | None = None) -> list[Pick]:
        """The options of a choice, choices or checklist, in the student's language."""
        if field.source:
            return [
                Pick(one["id"], one["label"], one.get("help", "")) for one in self._source(field)
            ]
        page = page or self.page
        return [self._pick(option, page) for option in field.options]

    def marks(self, field: Checklist) -> list[Pick]:
        """What each point of a checklist can be answered with."""
        return [self._pick(option, self.page) for option in field.answers]

    def _pick(self, option: Option, page: Page) -> Pick:
        return Pick(
            option.id,
            self.say(option.label, page),
            self.say(option.help, page) if option.help else "",
            option.alone,
            option.calm,
        )

    def _source(self, field: Pickable) -> list[Item]:
        if field.source in LIBRARIES:
            return self.content.items(field.source, self.lang)
        if field.source:
            return self.known.offered(field.source, self.answers)
        return [
            {
                "id": option.id,
                "label": option.label.get(self.lang),
                "help": option.help.get(self.lang) if option.help else "",
                "text": option.text.get(self.lang) if option.text else "",
            }
            for option in field.options
        ]

    def say(self, text: Text, page: Page | None = None) -> str:
        """`text` in the student's language, filled from what is known and was answered."""
        page = page or self.page
        values = self.known.words()
        values |= {k: v for k, v in self.answers.items() if isinstance(v, str)}
        if page.item:
            values |= {f"item.{name}": value for name, value in page.item.items()}
        return fill(text.get(self.lang), values)

    # Answers

    def value(self, field: Field, page: Page | None = None) -> Any:
        """What was answered to `field`, else what prefills it, else None."""
        page = page or self.page
        own = self._own(page)
        return own[field.id] if field.id in own else self.start(field, page)

    def answered(self, field: Field, page: Page | None = None) -> bool:
        """Whether the student answered `field` (emptying a prefilled one counts)."""
        return field.id in self._own(page or self.page)

    def start(self, field: Field, page: Page | None = None) -> Any:
        """What prefills `field`, or None."""
        page = page or self.page
        if field.start_from and isinstance(field, Rows | Pairs | Choices):
            from coach.gathering import gather

            return gather(field.start_from, self.view(page)) or None
        if field.start_from:
            from coach.drafting import draft_text

            return draft_text(field.start_from, self.view(page)) or None
        if field.start is None:
            return None
        try:
            return parse(field, self.say(field.start, page), self._ids(field), self.known.today)
        except Invalid:
            return None

    def put(self, field: Field, raw: Any, page: Page | None = None) -> Any:
        """Takes `raw` as the answer to `field` and returns it as kept; None clears it.

        Raises `Invalid` when it cannot be an answer. What was there stays then, but for a day or
        a number: what was typed is kept as it is, so that going on loses nothing, and `problems`
        tells of it.
        """
        page = page or self.page
        own = self._own(page, make=True)
        try:
            value = parse(field, raw, self._ids(field), self.known.today)
        except Invalid:
            if isinstance(field, Date | Number):
                own[field.id] = clean_line(str(raw))
            raise
        if value is None:
            own.pop(field.id, None)
        else:
            own[field.id] = value
        return value

    def told(self, page: Page) -> Answers:
        """What was answered on `page`: field id → value."""
        return self._own(page)

    def keep(self, page: Page | None = None) -> None:
        """Counts the prefilled texts of `page` as answers: the student went past them."""
        page = page or self.page
        for field in self.fields(page):
            if not self.answered(field, page) and (value := self.start(field, page)) is not None:
                self._own(page, make=True)[field.id] = value

    def _ids(self, field: Field) -> set[str]:
        if isinstance(field, Choice | Choices | Checklist):
            return {item["id"] for item in self._source(field)}
        return set()

    def _own(self, page: Page, *, make: bool = False) -> Answers:
        if page.item is None:
            return self.answers
        step, item = page.at
        nested = self.answers.get(step)
        if not isinstance(nested, dict):
            nested = {}
        if make:
            self.answers[step] = nested
            own: Answers = nested.setdefault(item, {})
            return own
        found = nested.get(item, {})
        return found if isinstance(found, dict) else {}

    def view(self, page: Page | None = None) -> View:
        """This moment, for panels and drafted texts; a repeated item's answers come on top."""
        page = page or self.page
        answers = self.answers | self._about(page) if page.item else self.answers
        return View(answers, self.known, self.content, self.lang, page.item)

    def _about(self, page: Page) -> Answers:
        """All that repeated steps over the same field were told about this page's item."""
        told: Answers = {}
        for step in self.flow.steps:
            if step.each and step.each == page.step.each and page.item:
                told |= self._own(Page(step, page.item))
        return told

    # Conditions

    def _holds(self, when: list[Condition], step: Step, item: Item | None) -> bool:
        return all(self._one_holds(condition, step, item) for condition in when)

    def _one_holds(self, condition: Condition, step: Step, item: Item | None) -> bool:
        if condition.any:
            return any(self._one_holds(one, step, item) for one in condition.any)
        if condition.known:
            return meets(condition, self.known.known(condition.known))
        if condition.item:
            return meets(condition, (item or {}).get(condition.item))
        page = Page(step, item)
        told = self._about(page) if item else {}
        return meets(condition, told.get(condition.field, self.answers.get(condition.field)))

    def _field(self, field_id: str) -> Field | None:
        return next(
            (f for s in self.flow.steps if not s.each for f in s.fields if f.id == field_id), None
        )

    # Moving

    def go(self, at: Position) -> None:
        """Goes to the page `at`, or to the last page of its step, or stays at the first."""
        pages = self.pages()
        places = [page.at for page in pages]
        if at in places:
            self.index = places.index(at)
        else:
            order = [step.id for step in self.flow.steps]
            limit = order.index(at[0]) if at[0] in order else -1
            reached = [i for i, place in enumerate(places) if order.index(place[0]) <= limit]
            self.index = reached[-1] if reached else 0

    def next(self) -> bool:
        """Keeps this page's prefilled texts and goes on; False when it was the last."""
        here = self.page
        self.keep(here)
        places = [page.at for page in self.pages()]
        following = places.index(here.at) + 1 if here.at in places else self.index
        if following >= len(places):
            return False
        self.index = following
        return True

    def skip_told(self) -> None:
        """Goes to the first page that asks something not yet answered; stays at the last."""
        while not self.last and all(self.answered(field) for field in self.fields()):
            self.index += 1

    def back(self) -> bool:
        """Goes to the page before; False when there is none."""
        if self.index == 0:
            return False
        self.index -= 1
        return True

    @property
    def last(self) -> bool:
        """Whether this is the last page."""
        return self.index >= len(self.pages()) - 1

    def progress(self) -> tuple[int, int | None, int]:
        """(number of this page from 1, how many in all or None while unsure, minutes left).

        The total is not promised while a step ahead repeats over something still to be asked.
        """
        pages = self.pages()
        self.index = min(self.index, len(pages) - 1)
        ahead = {field.id for page in pages[self.index :] for field in page.step.fields}
        unsure = any(step.each in ahead for step in self.flow.steps if step.each)
        minutes = sum(page.step.minutes for page in pages[self.index :])
        minutes += sum(step.minutes for step in self.flow.steps if step.each in ahead and step.each)
        return self.index + 1, None if unsure else len(pages), max(1, round(minutes))

    # Ending

    def problems(self) -> list[Problem]:
        """What `done` still needs, page by page."""
        found: list[Problem] = []
        for page in self.pages():
            for field in self.fields(page):
                value = self.value(field, page)
                if field.required and kept(field, value) is None:
                    found.append(Problem(page.at, field.id))
                if isinstance(field, Date | Number) and not self._reads(field, value):
                    found.append(Problem(page.at, field.id, unread=True))
                if isinstance(field, Rows | Pairs):
                    needed = [column.id for column in field.columns if column.required]
                    found += [
                        Problem(page.at, field.id, column)
                        for row in (value if isinstance(value, list) else [])
                        for column in needed
                        if isinstance(row, dict) and not row.get(column)
                    ][:1]
        return found

    def _reads(self, field: Field, value: Any) -> bool:
        """Whether a kept value can be the answer to `field`."""
        try:
            parse(field, value, self._ids(field), self.known.today)
        except Invalid:
            return False
        return True

    def _untouched(self, field: Field, page: Page, value: Any) -> bool:
        """Whether `value` is still the beginning, or the sentence with blanks, that was offered."""
        if not isinstance(value, str) or not (field.start or field.start_from):
            return False
        offered = self.say(field.start, page) if field.start else self.start(field, page)
        if not isinstance(offered, str) or value.strip() != offered.strip():
            return False
        return offered.endswith(" ") or "___" in offered

    def finished(self) -> Answers:
        """The answers of what shows. Left out are prefilled texts of pages never reached, and
        beginnings of sentences that the student did not go on with.
        """
        final: Answers = {}
        for page in self.pages():
            own = self._own(page)
            for field in self.fields(page):
                if field.id not in own or (value := kept(field, own[field.id])) is None:
                    continue
                if self._untouched(field, page, own[field.id]):
                    continue
                if page.item is None:
                    final[field.id] = value
                else:
                    step, item = page.at
                    final.setdefault(step, {}).setdefault(item, {})[field.id] = value
        return final

    def calm(self, page: Page | None = None) -> bool:
        """Whether something on `page` asks for the calm line that points to someone to talk to."""
        from coach.care import listed_word

        page = page or self.page
        for field in self.fields(page):
            value = self._own(page).get(field.id)
            if value is None:
                continue
            if isinstance(field, Scale) and field.calm_from is not None:
                if isinstance(value, int) and value >= field.calm_from:
                    return True
            elif isinstance(field, Choice | Choices):
                chosen = {value} if isinstance(value, str) else set(value)
                if any(option.calm and option.id in chosen for option in field.options):
                    return True
            elif not isinstance(field, Checklist) and any(map(listed_word, texts(value))):
                return True
        return False
