"""The pitch: on one page, a problem seen somewhere and the assignment that would move it forward.

Source: seed 'internship as career lab' (the problem → solution approach). Without
answers of its wizard it is made from the strongest proofs, with spaces to write the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coach.documents.base import Model
from coach.language.sentences import END, Writer
from coach.proofs.all_proofs import all_proofs
from coach.proofs.proof import Proof
from coach.store.answers import ids_of, number_of, rows_of, text_of
from coach.util.text import one_line, word_count
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier

FLOW = "pitch"
PAGE = 400
"""Words of a page with six headings, about."""
BEST = 3
"""The number of proofs shown where none was picked, and of promised results."""
TITLE = 110


@dataclass(frozen=True, kw_only=True)
class Pitch(Model):
    """The texts of the page; '' or [] where the student still has to write."""

    company: str = ""
    to: str = ""
    weeks: int = 0
    problem: str = ""
    where: str = ""
    cost: str = ""
    proposal: str = ""
    deliverables: list[tuple[str, str]] = field(default_factory=list)
    """(what, when)."""
    results: list[str] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    project: str = ""
    why: str = ""
    next: str = ""


def model(dossier: Dossier) -> Pitch:
    """The newest pitch, or the one of the present session."""
    say, writer = Wording("document_pitch", dossier.lang), Writer(dossier.lang)
    found = dossier.entries(FLOW, everywhere=True)
    answers = found[0].answers if found else {}

    def line(name: str) -> str:
        text = writer.tidy(answers.get(name))
        return END.sub("", one_line(text, 400)) if word_count(text) else ""

    def sentences(name: str) -> str:
        return " ".join(map(writer.whole, writer.sentences(answers.get(name))))

    def title_of(name: str, title: str) -> str:
        other = dossier.snapshot.by_id.get(text_of(answers, name))
        return one_line(text_of(other.answers, title), TITLE) if other else ""

    from coach.flows.choices import PROJECTS

    proposal = line("pitch_title")
    reader = dossier.snapshot.by_id.get(text_of(answers, "pitch_contact"))
    picked = _picked(dossier, answers)
    pitch = Pitch(
        title=writer.cap(one_line(proposal, TITLE)) if proposal else say("title"),
        company=line("pitch_company"),
        to=title_of("pitch_contact", "name") or line("pitch_to"),
        weeks=int(number_of(answers, "pitch_weeks") or 0),
        problem=sentences("pitch_problem"),
        where=line("pitch_where"),
        cost=writer.cap(sentences("pitch_cost")),
        proposal=proposal,
        deliverables=[
            (END.sub("", what), text_of(row, "by"))
            for row in rows_of(answers, "pitch_deliverables")
            if (what := text_of(row, "what"))
        ],
        results=[
            writer.cap(END.sub("", result))
            for row in rows_of(answers, "pitch_results")
            if (result := text_of(row, "result"))
        ],
        proofs=picked or dossier.best(BEST),
        project=next((one for n in PROJECTS.values() if (one := title_of("pitch_project", n))), ""),
        why=sentences("pitch_why"),
        next=sentences("pitch_next"),
    )
    at_hr = reader is not None and reader.answers.get("position") == "hr"
    return _with_warnings(pitch, say, at_hr)


def _picked(dossier: Dossier, answers: dict[str, Any]) -> list[Proof]:
    known = {proof.key: proof for proof in all_proofs(dossier.snapshot)}
    return [known[key] for key in ids_of(answers, "pitch_proofs") if key in known]


def _with_warnings(pitch: Pitch, say: Wording, at_hr: bool) -> Pitch:
    """`pitch` with warnings on what to choose, add or cut."""
    from coach.language.nudges import verdict

    told = []
    if not pitch.problem:
        told.append(say("empty"))
    elif not verdict(f"{pitch.problem} {pitch.cost}").quantified:
        told.append(say("no_figure"))
    if pitch.problem and len(pitch.results) != BEST:
        told.append(say.count("results_are", len(pitch.results)))
    if at_hr:
        told.append(say("hr"))
    words = sum(
        map(
            word_count,
            [
                *(pitch.title, pitch.problem, pitch.where, pitch.cost, pitch.proposal),
                *(pitch.project, pitch.why, pitch.next, *pitch.results),
                *(f"{what} {by}" for what, by in pitch.deliverables),
                *(f"{one.action} {one.impact} {one.feedback}" for one in pitch.proofs),
            ],
        )
    )
    if words > PAGE:
        told.append(say("long", n=words, most=PAGE))
    pitch.warnings.extend(told)
    return pitch
