"""The base types of documents: each document is a model and a template.

A document is a module of a feature whose `model(dossier)` returns all that the template
`data/documents/NAME.md.j2` shows, with the texts of `data/wording/document_NAME.toml`. Without
answers of its wizard, a document is made from the strongest proofs.
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
    """A private part that a document leaves out unless the student ticks it; `label` names it."""

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
    """The functions of a document's module.

    It may also have `check(markdown, lang)`: one sentence for each limit that the text exceeds.
    """

    def model(self, dossier: Dossier) -> Model:
        """The data for the template."""


@dataclass(frozen=True)
class Document:
    """A document as Markdown, with its warnings for the student."""

    name: str
    lang: str
    title: str
    markdown: str
    readers: str
    """The intended readers: 'your tutor, your school'."""
    warnings: list[str]
    private: list[Private]
    drawing: str = ""
    """An SVG figure that HTML shows below the title."""


def document_words(name: str, lang: str) -> Wording:
    """The words of the document `name`: `data/wording/document_NAME.toml`."""
    return Wording(f"document_{name.replace('-', '_')}", lang)
