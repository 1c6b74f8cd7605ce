"""One guided session under way: its present page, its answers, what is missing; no display."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coach.flows.answer_parsing import Invalid, kept_value, parse_answer
from coach.flows.content import Content
from coach.flows.pages import Page, Pages, Pick, Position
from coach.flows.panel import PanelLine
from coach.flows.schema import (
    Field,
    Flow,
)
from coach.flows.student import StudentContext
from coach.language.care import heard
from coach.store.entries import Answers
from coach.util.text import clean_line

__all__ = ["Page", "Pick", "Position", "Problem", "Session"]


@dataclass(frozen=True)
class Problem:
    """A field (of the page at `at`) without which the entry cannot be done; `column` within rows.

    `unread` when the field holds text that is not a valid answer.
    """

    at: Position
    field: str
    column: str = ""
    unread: bool = False


class Session(Pages):
    """Runs `flow`: pages, answers, prefilled texts, what is missing.

    `answers` is changed in place; for a repeated step it holds step id → item id → field id →
    value. `at` is the position to begin at; if it no longer shows, the nearest one before it.
    """

    def __init__(
        self,
        flow: Flow,
        content: Content,
        known: StudentContext,
        lang: str,
        answers: Answers | None = None,
        at: Position = ("", ""),
    ) -> None:
        super().__init__(flow, content, known, lang, answers)
        self.go(at)

    # Answers

    def value(self, field: Field, page: Page | None = None) -> Any:
        """The answer to `field`, else its prefill, else None."""
        page = page or self.page
        own = self._own(page)
        return own[field.id] if field.id in own else self.start(field, page)

    def answered(self, field: Field, page: Page | None = None) -> bool:
        """Whether the student answered `field` (emptying a prefilled one counts)."""
        return field.id in self._own(page or self.page)

    def start(self, field: Field, page: Page | None = None) -> Any:
        """The prefill of `field`, or None."""
        page = page or self.page
        if field.start_from and field.listed:
            return self.content.providers.propose(field.start_from, self.context(page)) or None
        if field.start_from:
            return self.content.providers.draft(field.start_from, self.context(page)) or None
        if field.start is None:
            return None
        try:
            return parse_answer(
                field, self.say(field.start, page), self._ids(field), self.known.today
            )
        except Invalid:
            return None

    def put(self, field: Field, raw: Any, page: Page | None = None) -> Any:
        """Sets `raw` as the answer to `field` and returns it as stored; None clears it.

        Raises `Invalid` when it is not a valid answer. The former answer then stays, except of a
        day or a number: these store the text as typed, so that it is not lost, and `problems`
        lists the field.
        """
        page = page or self.page
        own = self._own(page, make=True)
        try:
            value = parse_answer(field, raw, self._ids(field), self.known.today)
        except Invalid:
            if field.kept_unread:
                own[field.id] = clean_line(str(raw))
            raise
        if value is None:
            own.pop(field.id, None)
        else:
            own[field.id] = value
        return value

    def answers_on(self, page: Page) -> Answers:
        """The answers on `page`: field id → value."""
        return self._own(page)

    def keep(self, page: Page | None = None) -> None:
        """Stores the prefills of `page` as answers, once the student leaves the page."""
        page = page or self.page
        for field in self.fields(page):
            if not self.answered(field, page) and (value := self.start(field, page)) is not None:
                self._own(page, make=True)[field.id] = value

    def _ids(self, field: Field) -> set[str]:
        if field.picked:
            return {item["id"] for item in self._source(field)}
        return set()

    def panel(self, page: Page | None = None, today: date | None = None) -> list[PanelLine]:
        """The lines of the panel of `page` (default: the present one), [] where it has none.

        `today` is the day of reading, where that is not the day of the session.
        """
        page = page or self.page
        if not page.step.panel:
            return []
        context = self.context(page)
        if today is not None:
            context = replace(context, known=replace(context.known, today=today))
        return self.content.providers.show(page.step.panel, context)

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
        """Stores this page's prefills and goes to the next page; False on the last one."""
        here = self.page
        self.keep(here)
        places = [page.at for page in self.pages()]
        following = places.index(here.at) + 1 if here.at in places else self.index
        if following >= len(places):
            return False
        self.index = following
        return True

    def skip_told(self) -> None:
        """Goes to the first page with an unanswered question, else to the last page."""
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
        """(Number of this page from 1, total or None if unknown, minutes left).

        The total is unknown while a later step repeats over a question not asked yet.
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
        """The fields without which the entry cannot be done, page by page."""
        found: list[Problem] = []
        for page in self.pages():
            for field in self.fields(page):
                value = self.value(field, page)
                if field.required and kept_value(field, value) is None:
                    found.append(Problem(page.at, field.id))
                if field.kept_unread and not self._reads(field, value):
                    found.append(Problem(page.at, field.id, unread=True))
                needed = [column.id for column in field.columns if column.required]
                found += [
                    Problem(page.at, field.id, column)
                    for row in (value if needed and isinstance(value, list) else [])
                    for column in needed
                    if isinstance(row, dict) and not row.get(column)
                ][:1]
        return found

    def _reads(self, field: Field, value: Any) -> bool:
        """Whether a stored value is a valid answer to `field`."""
        try:
            parse_answer(field, value, self._ids(field), self.known.today)
        except Invalid:
            return False
        return True

    def _untouched(self, field: Field, page: Page, value: Any) -> bool:
        """Whether `value` is still the prefill, unchanged, or still has its blanks."""
        if not isinstance(value, str) or not (field.start or field.start_from):
            return False
        offered = self.say(field.start, page) if field.start else self.start(field, page)
        if not isinstance(offered, str) or value.strip() != offered.strip():
            return False
        return offered.endswith(" ") or "___" in offered

    def finished(self) -> Answers:
        """The answers of the fields that show, without the prefills of pages never reached and
        without sentence beginnings that the student left unchanged.
        """
        final: Answers = {}
        for page in self.pages():
            own = self._own(page)
            for field in self.fields(page):
                if field.id not in own or (value := kept_value(field, own[field.id])) is None:
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
        """Whether an answer on `page` calls for the calm line (see `coach.language.care`)."""

        page = page or self.page
        for field in self.fields(page):
            value = self._own(page).get(field.id)
            if value is None:
                # What would be drafted from such answers is not, and the line says why.
                if (
                    field.start_from
                    and heard(self.context(page).answers)
                    and not self.value(field, page)
                ):
                    return True
                continue
            if field.calms(value) or (not field.picked and heard(value)):
                return True
        return False
