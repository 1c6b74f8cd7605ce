"""The sheet of a phantom project (one that nobody asked for): one page to show.

Made from the sheet as corrected by the student, else from the answers. Without answers it is a page
to fill in, with the strongest proofs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.documents.base import Model, Private
from coach.features.cv.lines import cv_line
from coach.features.phantom.sheet import HEADINGS, draft_project_sheet
from coach.store.answers import text_of
from coach.util.text import word_count
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.store.entries import Entry

FLOW = "phantom"
PAGE = 420
"""Words that one page holds with its headings."""
PRIVATE = "reframe-phantom"
"""The key of the project that the wizard after a bad internship found."""


@dataclass(frozen=True, kw_only=True)
class PhantomProject(Model):
    """The sheet: (heading, text) for each part; `open` are (heading, prompt) of missing parts."""

    place: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)


def model(dossier: Dossier) -> PhantomProject:
    """The newest project; the private one where it was ticked and there is no other."""
    say = Wording("document_phantom_project", dossier.lang)
    private = _private(dossier)
    told = dossier.entries(FLOW, everywhere=True)
    if private is not None and PRIVATE in dossier.included:
        told = [private]
    title, place, parts = (
        read_sheet(_text(told[0], dossier), dossier.lang) if told else ("", "", [])
    )
    known = {heading for heading, _ in parts}
    sheet = Wording("phantom", dossier.lang)
    missing = [] if any(not heading for heading in known) else HEADINGS
    return PhantomProject(
        title=title or say("title"),
        place=place,
        parts=parts,
        open=[(sheet(name), say(name)) for name in missing if sheet(name) not in known],
        proofs=[]
        if parts
        else [cv_line(p.action, p.impact, dossier.lang) for p in dossier.best(3)],
        warnings=_warnings(parts, say),
        private=[Private(PRIVATE, say("private"))] if private is not None else [],
    )


def _private(dossier: Dossier) -> Entry | None:
    told = dossier.private_entries("reframe", everywhere=True)
    return next((one for one in told if one.answers.get("phantom_title")), None)


def _text(entry: Entry, dossier: Dossier) -> str:
    written = text_of(entry.answers, "project_sheet")
    return written if word_count(written) else draft_project_sheet(dossier.context_of(entry))


def read_sheet(text: str, lang: str) -> tuple[str, str, list[tuple[str, str]]]:
    """(title, place, parts) of a sheet as `project_sheet` writes it and the student corrected it.

    A paragraph that begins with none of its headings becomes a part without one.
    """
    sheet = Wording("phantom", lang)
    known = {sheet(name) for name in HEADINGS}
    paragraphs = [one.strip().split("\n") for one in text.split("\n\n") if one.strip()]
    title, place = "", ""
    if paragraphs and paragraphs[0][0].strip() not in known and len(paragraphs[0]) <= 2:
        first = paragraphs.pop(0)
        title, place = first[0].strip(), " ".join(first[1:]).strip()
    parts: list[tuple[str, str]] = []
    for heading, *rest in paragraphs:
        if heading.strip() in known:
            parts.append((heading.strip(), "\n".join(rest).strip()))
        else:
            parts.append(("", "\n".join([heading, *rest]).strip()))
    return title, place, [part for part in parts if part[1]]


def _warnings(parts: list[tuple[str, str]], say: Wording) -> list[str]:
    if not parts:
        return [say("empty")]
    words = sum(word_count(text) for _, text in parts)
    return [say("long", n=words, most=PAGE)] if words > PAGE else []
