"""Asks one field line by line, whatever its kind.

On every question `?` alone gives help, `<` alone goes back, `-` alone empties the answer and an
empty line keeps what is there.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from coach.browse.entry_reader import read_value
from coach.flows.answer_parsing import Invalid
from coach.flows.pages import Position
from coach.flows.remarks import remarks
from coach.flows.schema import (
    Checklist,
    Choice,
    Choices,
    Column,
    Date,
    Field,
    Line,
    Number,
    Paragraph,
    Scale,
)
from coach.flows.session import Pick, Session
from coach.language.care import calm_line, heard
from coach.plain.terminal import GoBack, Talk
from coach.util.text import clean_line, fold, seconds_spoken, word_count
from coach.util.wording import Wording

BLANK = re.compile("_{3,}")


class Asking:
    """Asks the fields of `session`; `save` is called after every line that changed something."""

    def __init__(self, session: Session, talk: Talk, save: Callable[[], None]) -> None:
        self.session = session
        self.talk = talk
        self.save = save
        self.asked: set[str] = set()
        """What the coach asked back about the field under way."""
        self.calmed: set[Position] = set()
        """The pages on which the calm line was said, which is done once a page."""
        self.done_rows: set[str] = set()
        """Ids of rows that were offered to be completed, which is done once."""

    def ask(self, field: Field) -> None:
        """Asks `field` and keeps what is answered; raises GoBack, Ended, JournalError."""
        self.asked.clear()
        self.talk.say()
        self.talk.say(self.session.say(field.label))
        if isinstance(field, Checklist):
            self._checklist(field)
        elif isinstance(field, Choice | Choices):
            self._pick(field)
        elif isinstance(field, Paragraph):
            self._paragraph(field)
        elif isinstance(field, Line | Scale | Date | Number):
            self._short(field)
        else:
            from coach.plain.rows import ask_rows

            ask_rows(self, field)

    # One question

    def hear(self, helped: Callable[[], None]) -> str:
        """A line that is neither `?` (which is answered) nor `<`; raises GoBack, Ended."""
        while True:
            line = self.talk.hear()
            if line.strip() == "<":
                raise GoBack
            if line.strip() != "?":
                return line
            helped()

    def help(self, field: Field, column: Column | None = None) -> None:
        """Says the help and the example of a field, or of one column of its rows."""
        step = self.session.page.step
        about = column or field
        texts = [step.help, field.help, column.help if column else None]
        found = [self.session.say(text) for text in texts if text]
        if example := about.example:
            found.append(self.talk.words("example", text=self.session.say(example)))
        self.talk.say("\n".join(found) or self.talk.words("no_help"))

    def put(self, field: Field, raw: Any) -> bool:
        """Takes an answer; says why and gives False when it can be none."""
        try:
            self.session.put(field, raw)
        except Invalid as error:
            self.talk.say(Wording("errors", self.talk.lang)(error.key, **error.values))
            return False
        self.save()
        return True

    def keep(self, field: Field) -> None:
        """Counts what prefills `field` as its answer: the student went past it."""
        if not self.session.answered(field) and (value := self.session.start(field)) is not None:
            self.put(field, value)

    def calm(self) -> None:
        """Says the calm line where something on the page asks for it."""
        at = self.session.page.at
        if at not in self.calmed and self.session.calm():
            self.calmed.add(at)
            self.talk.say(calm_line(self.talk.lang))

    def remark(self, found: list[str]) -> None:
        """Says gently what the coach notices, each thing once a field."""
        for text in found:
            if text not in self.asked:
                self.asked.add(text)
                self.talk.tell("nudge", text=text)

    def remarks(self, field: Field) -> None:
        """Says what the coach notices about the answer to `field`."""
        value, today = self.session.value(field), self.session.known.today
        told = self.session.told(self.session.page)
        self.remark(remarks(field, value, self.talk.lang, today, told))

    def _shown(self, field: Field) -> Any:
        """Says what was answered, or is proposed, and gives it."""
        value = self.session.value(field)
        if value in (None, "", [], {}):
            return None
        self.talk.tell("answered" if self.session.answered(field) else "proposed")
        self.talk.shown(read_value(self.session, field, value, self.session.page))
        return value

    # Kinds

    def _short(self, field: Line | Scale | Date | Number) -> None:
        """A line, a number, a day, a scale: one line of input."""
        if isinstance(field, Scale):
            low, high = (self.session.say(one) for one in (field.low_label, field.high_label))
            self.talk.tell("scale", low=field.low, high=field.high, least=low, most=high)
        elif isinstance(field, Number) and field.unit:
            self.talk.tell("unit", unit=self.session.say(field.unit))
        self._blanks(field)
        self._shown(field)
        while True:
            line = self.hear(lambda: self.help(field)).strip()
            if not line:
                self.keep(field)
                break
            if self.put(field, "" if line == "-" else line):
                break
        if line not in ("", "-") or not isinstance(field, Date):
            self.remarks(field)

    def _paragraph(self, field: Paragraph) -> None:
        self._blanks(field)
        if self._shown(field) is None:
            self.talk.tell("text")
        lines: list[str] = []
        while True:
            try:
                line = self.hear(lambda: self.help(field))
            except GoBack:
                self.keep(field)
                raise
            if not lines and line.strip() == "-":
                self.put(field, "")
                break
            if not line.strip():
                break
            lines.append(line)
            self.put(field, "\n".join(lines))
        self.keep(field)
        text = str(self.session.value(field) or "")
        if field.spoken and text and not heard(text):
            n = word_count(text)
            self.talk.tell("spoken", n=n, seconds=seconds_spoken(text))
        self.remarks(field)

    def _blanks(self, field: Field) -> None:
        """Asks for what goes into each `___` of a proposed sentence."""
        text = self.session.value(field)
        if not isinstance(text, str) or not BLANK.search(text):
            return
        self.talk.shown(text)
        filled: list[str] = []
        pieces = BLANK.split(text)
        while len(filled) < len(pieces) - 1:
            at = len(filled)
            before = clean_line(pieces[at])[-40:]
            after = clean_line(pieces[at + 1])[:40]
            self.talk.tell("blank", n=at + 1, of=len(pieces) - 1, before=before, after=after)
            try:
                filled.append(self.hear(lambda: self.help(field)).strip() or "___")
            except GoBack:
                if not filled:
                    raise
                filled.pop()
                continue
            rest = ["___"] * (len(pieces) - 1 - len(filled))
            self.put(field, _woven(pieces, [*filled, *rest]))

    def _pick(self, field: Choice | Choices) -> None:
        picks = self.session.picks(field)
        for number, pick in enumerate(picks, 1):
            self.talk.say(f"  {number}. {_told(pick)}")
        self.talk.tell("several" if isinstance(field, Choices) else "one", n=len(picks))
        self._shown(field)
        while True:
            line = self.hear(lambda: self.help(field)).strip()
            if not line:
                self.keep(field)
                return
            if line == "-":
                self.put(field, [] if isinstance(field, Choices) else "")
                return
            ids = choose(line, picks, several=isinstance(field, Choices))
            if ids is None:
                self.talk.tell("wrong_number", n=len(picks))
            elif self.put(field, ids if isinstance(field, Choices) else ids[0]):
                return

    def _checklist(self, field: Checklist) -> None:
        picks, marks = self.session.picks(field), self.session.marks(field)
        self.talk.say(", ".join(f"{n} {mark.label}" for n, mark in enumerate(marks, 1)))
        value: dict[str, str] = dict(self.session.value(field) or {})
        at = 0
        while at < len(picks):
            pick = picks[at]
            self.talk.tell("point", n=at + 1, of=len(picks), label=pick.label)
            if now := next((m.label for m in marks if m.id == value.get(pick.id)), ""):
                self.talk.shown(now)
            try:
                line = self.hear(lambda: self.help(field)).strip()
            except GoBack:
                if at == 0:
                    raise
                at -= 1
                continue
            if line == "-":
                value.pop(pick.id, None)
            elif line:
                ids = choose(line, marks)
                if ids is None:
                    self.talk.tell("wrong_number", n=len(marks))
                    continue
                value[pick.id] = ids[0]
            if line:
                self.put(field, value)
            at += 1


def choose(line: str, picks: list[Pick], *, several: bool = False) -> list[str] | None:
    """The ids that `line` names by number or by name; None when it names none, or too many."""
    numbers = re.split(r"[\s,;]+", line.strip(" ,;."))
    if all(one.isascii() and one.isdigit() and len(one) < 4 for one in numbers):
        chosen = [int(one) for one in numbers]
        if all(1 <= one <= len(picks) for one in chosen) and (several or len(chosen) == 1):
            return [picks[one - 1].id for one in chosen]
        return None
    whole = _named(line, picks)
    if whole is not None or not several:
        return [whole] if whole is not None else None
    found = [_named(part, picks) for part in re.split("[,;]", line) if part.strip()]
    ids = [one for one in found if one is not None]
    return ids if ids and len(ids) == len(found) else None


def _named(text: str, picks: Iterable[Pick]) -> str | None:
    wanted = fold(clean_line(text)).rstrip(".")
    labels = {pick.id: fold(clean_line(pick.label)) for pick in picks}
    exact = [id_ for id_, label in labels.items() if wanted in (label, id_)]
    begun = [id_ for id_, label in labels.items() if len(wanted) > 1 and label.startswith(wanted)]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def _told(pick: Pick) -> str:
    """An option and its help as one thing to read."""
    stop = "" if pick.label.endswith((".", "?", "…")) else "."
    return f"{pick.label}{stop} {pick.help}" if pick.help else pick.label


def _woven(pieces: list[str], between: list[str]) -> str:
    return pieces[0] + "".join(one + piece for one, piece in zip(between, pieces[1:], strict=True))
