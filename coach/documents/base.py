"""The documents that come out of what was written: each a model and a template.

A document is the module of its name here, whose `model(dossier)` gives all that its template
`data/documents/NAME.md.j2` shows, and the words in `data/wording/document_NAME.toml`. Each works
at once from the best-ranked proofs; what its wizard adds comes on top.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier

NAMES = (
    *("story", "cv", "phantom-project", "skills", "review", "recommendation", "value-defence"),
    *("report", "defence", "pitch", "map", "rights"),
)
"""Every document, in the order in which menus list them."""
MODULES = {name: name.replace("-", "_") for name in NAMES}


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


def make(name: str, dossier: Dossier) -> Document:
    """The document `name` from `dossier`; raises UnknownDocument."""
    if name not in MODULES:
        raise UnknownDocument(name)
    from coach.documents.rendering import render
    from coach.util.wording import Wording

    maker: Maker = import_module(f"coach.documents.base.{MODULES[name]}")
    model = maker.model(dossier)
    markdown = render(name, model, dossier)
    check: Callable[[str, str], list[str]] | None = getattr(maker, "check", None)
    say = Wording(f"document_{MODULES[name]}", dossier.lang)
    return Document(
        name=name,
        lang=dossier.lang,
        title=dossier.discreet(model.title),
        markdown=markdown,
        readers=say("readers"),
        warnings=[*model.warnings, *(check(markdown, dossier.lang) if check else [])],
        private=model.private,
        drawing=model.drawing,
    )
