"""One question asked line by line: what is heard, the help, what is kept and remarked on.

On every question `?` alone gives help, `<` alone goes back, `-` alone empties the answer and an
empty line keeps what is there.
"""

from collections.abc import Callable
from typing import Any

from coach.browse.entry_reader import read_value
from coach.flows.answer_parsing import Invalid
from coach.flows.field import Column
from coach.flows.pages import Position
from coach.flows.remarks import find_remarks
from coach.flows.schema import Field
from coach.flows.session import Session
from coach.language.care import calm_line
from coach.plain.terminal import GoBack, Talk
from coach.util.wording import Wording


class Asking:
    """Asks about `session`; `save` is called after every line that changed something."""

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
        told = self.session.answers_on(self.session.page)
        self.remark(find_remarks(field, value, self.talk.lang, today, told))

    def shown(self, field: Field) -> Any:
        """Says what was answered, or is proposed, and gives it."""
        value = self.session.value(field)
        if value in (None, "", [], {}):
            return None
        self.talk.tell("answered" if self.session.answered(field) else "proposed")
        self.talk.shown(read_value(self.session, field, value, self.session.page))
        return value
