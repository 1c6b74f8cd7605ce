"""A guided session line by line, on any two streams: for a pipe, a screen reader, a dumb terminal.

The draft is written after every line, so that whatever ends the process costs the line under way
at most. A page without a question is read out and not waited at.
"""

from typing import TextIO

from coach.browse.headline import headline
from coach.disk.errors import JournalError
from coach.flows.draft_session import DraftSession, Incomplete
from coach.plain.fields import FieldAsking
from coach.plain.terminal import Ended, GoBack, Talk
from coach.store.answers import rows_of
from coach.store.entries import Entry, iso_week
from coach.store.messages import explain


def run(draft_session: DraftSession, inp: TextIO, out: TextIO | None, lang: str) -> int:
    """Asks the whole session; 0 when it was kept, 1 when it ended before (the draft is kept).

    What went wrong is said on standard error.
    """
    talk = Talk(inp, out, lang)
    runner = _Runner(draft_session, talk)
    with talk.listening():
        try:
            return runner.run()
        except (Ended, KeyboardInterrupt, OSError):
            return runner.leave()


class _Runner:
    def __init__(self, draft_session: DraftSession, talk: Talk) -> None:
        self.draft_session = draft_session
        self.session = draft_session.session
        self.talk = talk
        self.asking = FieldAsking(self.session, talk, self.save)
        self.trouble = ""

    def run(self) -> int:
        self._greet()
        self._header()
        at = 0
        while True:
            fields = self.session.fields()
            if at < len(fields):
                try:
                    self.asking.ask(fields[at])
                    at += 1
                except GoBack:
                    at = self._back(at)
                    continue
                self.asking.calm()
            elif self.session.next():
                self.save()
                self._header()
                at = 0
            else:
                try:
                    return self._finish()
                except Incomplete as error:
                    at = self._missing(error)

    # Saying

    def _greet(self) -> None:
        title = self.session.flow.title.get(self.talk.lang)
        week = self.session.known.week_number
        about = self.session.flow.scope == "week" and week
        self.talk.say(
            self.talk.words("title_week", title=title, week=week or "") if about else title
        )
        if self.draft_session.resumed:
            self.talk.tell("resumed")
        elif self.draft_session.kept is not None:
            self.talk.tell("reopened")
        self.talk.tell("how")

    def _header(self) -> None:
        """Says where one stands, what the step is about, and what the coach worked out for it."""
        page = self.session.page
        number, total, minutes = self.session.progress()
        self.talk.say()
        self.talk.tell(
            "step_of" if total else "step",
            step=number,
            total=total or 0,
            minutes=minutes,
            title=self.session.say(page.step.title),
        )
        if page.step.intro:
            self.talk.say(self.session.say(page.step.intro))
        if page.step.panel:
            for line in self.session.panel(page):
                self.talk.say(f"- {line.plain}" if line.kind == "bullet" else line.plain)

    # Moving

    def _back(self, at: int) -> int:
        """Goes to the question before the one numbered `at`, and gives its number."""
        if at > 0:
            return at - 1
        here = self.session.page.at
        while self.session.back():
            if fields := self.session.fields():
                self._header()
                return len(fields) - 1
        self.session.go(here)
        self.talk.tell("first")
        return 0

    def _missing(self, error: Incomplete) -> int:
        problem = error.problems[0]
        self.session.go(problem.at)
        fields = self.session.fields()
        at = next((i for i, field in enumerate(fields) if field.id == problem.field), 0)
        names = [self.session.say(fields[at].label)]
        names += [
            column.label.get(self.talk.lang)
            for column in getattr(fields[at], "columns", ())
            if column.id == problem.column
        ]
        self.talk.say()
        self.talk.tell("missing", what=", ".join(names))
        return at

    # Keeping

    def save(self) -> None:
        """Writes the draft; a failure is said once, and the next line tries again."""
        if not self.draft_session.changed:
            return
        try:
            self.draft_session.file.write(self.draft_session.snapshot())
            self.trouble = ""
        except JournalError as error:
            if error.key != self.trouble:
                self.talk.warn(explain(error, self.talk.lang))
            self.trouble = error.key

    def leave(self) -> int:
        """Ends before the end: the draft stays, and how to go on is said on standard error."""
        try:
            stays = self.draft_session.leave()
        except JournalError as error:
            self.talk.warn(explain(error, self.talk.lang))
            return 1
        self.talk.warn(
            self.talk.words("kept_draft", command=self._command())
            if stays
            else self.talk.words("nothing")
        )
        return 1

    def _command(self) -> str:
        """What to type to go on."""
        entry, flow = self.draft_session.entry, self.session.flow
        command = f"coach {flow.id} --plain"
        if flow.scope == "week" and entry.week != iso_week(
            self.draft_session.journal.clock().date()
        ):
            return f"{command} --week {entry.week}"
        return command

    def _finish(self) -> int:
        try:
            entry = self.draft_session.finish()
        except JournalError as error:
            self.talk.warn(explain(error, self.talk.lang))
            self.talk.warn(self.talk.words("still_draft", command=self._command()))
            return 1
        self._close(entry)
        return 0

    def _close(self, entry: Entry) -> None:
        """Says what was kept."""
        from coach.language.care import heard

        say = self.talk
        say.say()
        weighs = heard(entry.answers)  # then it is neither quoted nor counted
        words = "" if weighs else headline(entry, self.session.content, 60)
        title = self.session.flow.title.get(say.lang)
        say.tell("kept_words" if words else "kept", title=title, words=words)
        for step in self.session.flow.steps:
            for field in step.fields:
                rows = rows_of(entry.answers, field.id)
                if field.shape == "rows" and rows and not weighs:
                    label = field.label.get(say.lang)
                    say.tell("count", label=label, n=str(len(rows)))
        say.tell("read_again", id=entry.id[:8])
