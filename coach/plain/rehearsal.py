"""A rehearsal line by line, on any two streams: question, answer, what it is like, how it felt."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from coach.disk.errors import JournalError
from coach.features.rehearsal.cards import read_confidence
from coach.features.rehearsal.deck import TARGET, build_deck
from coach.features.rehearsal.practice import Practice
from coach.features.rehearsal.proof_matching import find_matching_proofs
from coach.features.rehearsal.sentences import (
    calm,
    comes_back_on,
    help_lines,
    judged,
    origin,
    proof_lines,
    recap,
)
from coach.flows.panel import PanelLine
from coach.plain.terminal import Ended, Talk
from coach.proofs.all_proofs import all_proofs
from coach.store.messages import explain
from coach.store.snapshot import Snapshot, refresh_snapshot
from coach.util.wording import Wording

if TYPE_CHECKING:
    from datetime import date

    from coach.flows.draft_session import DraftSession


def run(
    draft_session: DraftSession, inp: TextIO, out: TextIO | None, lang: str, today: date
) -> int:
    """Asks the questions of a rehearsal; 0 when it was kept, 1 when it ended before.

    The draft is written after every line. Raises JournalError when the journal cannot be read.
    """
    kept = refresh_snapshot(draft_session.journal)
    practice = Practice(draft_session, build_deck(kept, lang), today)
    runner = _Runner(draft_session, practice, kept, Talk(inp, out, lang))
    with runner.talk.listening():
        try:
            return runner.run()
        except (Ended, KeyboardInterrupt, OSError):
            return runner.leave()


class _Runner:
    def __init__(
        self, draft_session: DraftSession, practice: Practice, kept: Snapshot, talk: Talk
    ) -> None:
        self.draft_session = draft_session
        self.practice = practice
        self.kept = kept
        self.talk = talk
        self.say = Wording("rehearsal", talk.lang)

    def run(self) -> int:
        self.talk.say(self.say("title"))
        self.talk.say(self.say("plain.how", target=str(TARGET)))
        while not self.practice.over:
            self._ask()
        if not self.practice.rated:
            return self.leave()
        return self._finish()

    def _ask(self) -> None:
        practice, talk = self.practice, self.talk
        card = practice.card
        talk.say()
        number = self.say("number", n=practice.at + 1, total=len(practice.cards))
        talk.say(f"{number} · {card.question}")
        talk.say(origin(card, self.say))
        if not self._answer():
            practice.skip()
            return
        self._lines(judged(practice, self.say))
        weighs = bool(calm(practice, talk.lang))
        if not weighs:
            talk.say(self.say("plain.rate"))
        confidence = None
        while confidence is None:
            line = talk.hear()
            if weighs and not line.strip():
                practice.skip()  # after the calm line nothing is asked: an empty line goes on
                return
            confidence = read_confidence(line)
        day = practice.rate(confidence)
        self._save()
        talk.say(comes_back_on(day, practice.today, self.say))

    def _answer(self) -> bool:
        """Hears an answer; False where the question is passed over."""
        practice, talk = self.practice, self.talk
        begun = monotonic()
        row = practice.row
        told = str(row.get("answer") or "")
        if told:
            talk.say(self.say("plain.so_far"))
            talk.shown(told)
        while line := talk.hear():
            if line.strip() == "?":
                for one in help_lines(practice.card, self.say):
                    talk.say(one)
                found = find_matching_proofs(practice.card, all_proofs(self.kept), talk.lang)
                self._lines(proof_lines(found, self.say))
                continue
            if line.strip() == "+":
                return False
            told = f"{told}\n{line}" if told else line
            practice.answer(told, seconds=round(monotonic() - begun))
            self._save()
        return True

    def _lines(self, lines: list[PanelLine]) -> None:
        for line in lines:
            if line.kind == "heading":
                self.talk.say()
            self.talk.say(f"* {line.text}" if line.kind == "nudge" else line.text)

    def _save(self) -> None:
        self._tried(lambda: self.draft_session.file.write(self.draft_session.snapshot()))

    def _tried(self, write: Callable[[], object]) -> bool:
        try:
            write()
        except JournalError as error:
            self.talk.warn(explain(error, self.talk.lang))
            return False
        return True

    def _finish(self) -> int:
        lines = recap(self.practice, self.say)
        if not self._tried(self.draft_session.finish):
            return 1
        self.talk.say()
        self.talk.say(self.say.count("done", self.practice.rated))
        self._lines(lines)
        return 0

    def leave(self) -> int:
        """Ends before the end: what is rated is kept, what is half done stays a draft."""
        if self.practice.whole:
            return 0 if self._tried(self.draft_session.finish) else 1
        stays = False

        def leave() -> None:
            nonlocal stays
            stays = self.draft_session.leave()

        if self._tried(leave):
            words = Wording("plain", self.talk.lang)
            command = "coach rehearsal --plain"
            told = words("kept_draft", command=command) if stays else self.say("nothing_done")
            self.talk.warn(told)
        return 1
