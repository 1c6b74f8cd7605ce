"""Asks one field line by line, whatever its kind."""

import re
from collections.abc import Iterable

from coach.flows.schema import (
    Checklist,
    Choice,
    Choices,
    Date,
    Field,
    Line,
    Number,
    Paragraph,
    Scale,
)
from coach.flows.session import Pick
from coach.language.care import heard
from coach.plain.asking import Asking
from coach.plain.rows import ask_rows
from coach.plain.terminal import GoBack
from coach.util.text import clean_line, fold, seconds_spoken, word_count

BLANK = re.compile("_{3,}")


class FieldAsking(Asking):
    """Asks the fields of a session, whatever their kind."""

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
            ask_rows(self, field)

    # Kinds

    def _short(self, field: Line | Scale | Date | Number) -> None:
        """A line, a number, a day, a scale: one line of input."""
        if isinstance(field, Scale):
            low, high = (self.session.say(one) for one in (field.low_label, field.high_label))
            self.talk.tell("scale", low=field.low, high=field.high, least=low, most=high)
        elif isinstance(field, Number) and field.unit:
            self.talk.tell("unit", unit=self.session.say(field.unit))
        self._blanks(field)
        self.shown(field)
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
        if self.shown(field) is None:
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
        self.talk.tell("several" if field.listed else "one", n=len(picks))
        self.shown(field)
        while True:
            line = self.hear(lambda: self.help(field)).strip()
            if not line:
                self.keep(field)
                return
            if line == "-":
                self.put(field, [] if field.listed else "")
                return
            ids = choose(line, picks, several=field.listed)
            if ids is None:
                self.talk.tell("wrong_number", n=len(picks))
            elif self.put(field, ids if field.listed else ids[0]):
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
