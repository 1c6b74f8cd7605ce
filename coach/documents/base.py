"""The documents that come out of what was written: each a model and a template.

A document is a module of a feature whose `model(dossier)` gives all that the template
`data/documents/NAME.md.j2` shows, with the words of `data/wording/document_NAME.toml`. Each works
at once from the best-ranked proofs; what its wizard adds comes on top.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier


class UnknownDocument(KeyError):
    """There is no document of that name."""


@dataclass(frozen=True)
class Private:
    """A piece that stays out of a document unless the student ticks it; `label` says what it is."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Model:
    """Base of what a document's template shows.

    `warnings` are sentences for the student about what to choose or cut, never part of the
    document; `private` the pieces that could be added by ticking them. `drawing` is a picture for
    HTML (an SVG figure, its words escaped and names replaced), which its Markdown says in words.
    """

    title: str
    drawing: str = ""
    warnings: list[str] = field(default_factory=list)
    private: list[Private] = field(default_factory=list)


class Maker(Protocol):
    """What the module of a document holds.

    It may also have `check(markdown, lang)`: what the finished text exceeds, one sentence each.
    """

    def model(self, dossier: Dossier) -> Model:
        """All that its template shows."""


@dataclass(frozen=True)
class Document:
    """A document as Markdown, with what to tell the student about it."""

    name: str
    lang: str
    title: str
    markdown: str
    readers: str
    """Who may read it: 'your tutor, your school'."""
    warnings: list[str]
    private: list[Private]
    drawing: str = ""
    """An SVG figure that HTML shows below the title."""


def document_words(name: str, lang: str) -> Wording:
    """The words of the document `name`: `data/wording/document_NAME.toml`."""
    return Wording(f"document_{name.replace('-', '_')}", lang)
