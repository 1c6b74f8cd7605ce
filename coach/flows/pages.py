"""The pages of a flow that show, given the answers so far, with their fields, options and texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coach.flows.choices import list_offered
from coach.flows.conditions import meets
from coach.flows.content import Content
from coach.flows.context import StepContext
from coach.flows.field import Condition, Option
from coach.flows.schema import Field, Flow, Item, Step
from coach.flows.student import StudentContext
from coach.store.answers import ids_of, nested_of, rows_of
from coach.store.entries import Answers
from coach.util.structs import Text
from coach.util.text import fill

Position = tuple[str, str]


@dataclass(frozen=True)
class Page:
    """One page: a step, with its item where the step repeats."""

    step: Step
    item: Item | None = None

    @property
    def at(self) -> Position:
        """(Step id, item id or ''): the position, stable while items are added or removed."""
        return self.step.id, self.item["id"] if self.item else ""


@dataclass(frozen=True)
class Pick:
    """An option as shown: texts in the student's language, filled."""

    id: str
    label: str
    help: str = ""
    alone: bool = False
    calm: bool = False


class Pages:
    """The pages of `flow` that show; `index` is the present one."""

    def __init__(
        self,
        flow: Flow,
        content: Content,
        known: StudentContext,
        lang: str,
        answers: Answers | None = None,
    ) -> None:
        self.flow = flow
        self.content = content
        self.known = known
        self.lang = lang
        self.answers: Answers = answers if answers is not None else {}
        self.index = 0

    def pages(self) -> list[Page]:
        """The pages that show, given the answers so far."""
        return list(self._pages())

    def _pages(self) -> Iterator[Page]:
        for step in self.flow.steps:
            for item in self.items(step.each) if step.each else (None,):
                if self._holds(step.when, step, item):
                    page = Page(step, item)
                    yield page
                    if self._ends(page):
                        return

    def _ends(self, page: Page) -> bool:
        """Whether an option chosen on `page` ends the session there."""
        told = self._own(page)
        return any(
            option.ends and told.get(field.id) == option.id
            for field in page.step.fields
            for option in field.options
        )

    @property
    def page(self) -> Page:
        """The present page."""
        pages = self.pages()
        self.index = min(self.index, len(pages) - 1)
        return pages[self.index]

    def fields(self, page: Page | None = None) -> list[Field]:
        """The fields of `page` (default: the present one) that show."""
        page = page or self.page
        return [f for f in page.step.fields if self._holds(f.when, page.step, page.item)]

    def items(self, field_id: str) -> list[Item]:
        """The items for which a step over `field_id` repeats: chosen options or filled rows."""
        field = self._field(field_id)
        if field is None or not field.listed:
            return []
        if field.picked:
            chosen = ids_of(self.answers, field_id)
            return [item for item in self._source(field) if item["id"] in chosen] if chosen else []
        first = field.columns[0].id
        # An imported entry may hold anything: a row without an id repeats nothing.
        rows = [row for row in rows_of(self.answers, field_id) if row.get("id")]
        return [row | {"label": row[first]} for row in rows if row.get(first)]

    def picks(self, field: Field, page: Page | None = None) -> list[Pick]:
        """The options of a choice, choices or checklist, in the student's language."""
        if field.source:
            return [
                Pick(one["id"], one["label"], one.get("help", "")) for one in self._source(field)
            ]
        page = page or self.page
        return [self._pick(option, page) for option in field.options]

    def marks(self, field: Field) -> list[Pick]:
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

    def _source(self, field: Field) -> list[Item]:
        if field.source in self.content.providers.libraries:
            return self.content.items(field.source, self.lang)
        if field.source:
            return list_offered(self.known, field.source, self.answers)
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
        """`text` in the student's language, its braces filled from the context and the answers."""
        page = page or self.page
        values = self.known.words()
        values |= {k: v for k, v in self.answers.items() if isinstance(v, str)}
        if page.item:
            values |= {f"item.{name}": value for name, value in page.item.items()}
        return fill(text.get(self.lang), values)

    # What was answered to it

    def _own(self, page: Page, *, make: bool = False) -> Answers:
        if page.item is None:
            return self.answers
        step, item = page.at
        if make:
            self.answers[step] = nested_of(self.answers, step)
            own: Answers = self.answers[step].setdefault(item, {})
            return own
        return nested_of(self.answers, step, item)

    def context(self, page: Page | None = None) -> StepContext:
        """The context of `page` for panels and drafted texts; answers about its item come first."""
        page = page or self.page
        answers = self.answers | self._about(page) if page.item else self.answers
        return StepContext(answers, self.known, self.content, self.lang, page.item)

    def _about(self, page: Page) -> Answers:
        """The answers of all steps that repeat over the same field, about this page's item."""
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
        value = told.get(condition.field, self.answers.get(condition.field))
        if value is None and item is None:
            value = self._of_items(condition.field)
        return meets(condition, value)

    def _of_items(self, field_id: str) -> list[Any]:
        """The answers to a field of repeated steps, one for each item."""
        steps = [s for s in self.flow.steps if s.each and any(f.id == field_id for f in s.fields)]
        told = (self._own(Page(step, item)) for step in steps for item in self.items(step.each))
        return [own[field_id] for own in told if field_id in own]

    def _field(self, field_id: str) -> Field | None:
        return next(
            (f for s in self.flow.steps if not s.each for f in s.fields if f.id == field_id), None
        )
