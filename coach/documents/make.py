"""Makes a document: fills its template with its model and checks its length."""

from __future__ import annotations

from collections.abc import Callable

from coach.documents.base import Document, Maker, document_words
from coach.documents.dossier import Dossier
from coach.documents.rendering import render


def make_from(name: str, maker: Maker, dossier: Dossier) -> Document:
    """The document `name`, made from `dossier` by the module `maker`."""
    model = maker.model(dossier)
    markdown = render(name, model, dossier)
    check: Callable[[str, str], list[str]] | None = getattr(maker, "check", None)
    return Document(
        name=name,
        lang=dossier.lang,
        title=dossier.discreet(model.title),
        markdown=markdown,
        readers=document_words(name, dossier.lang)("readers"),
        warnings=[*model.warnings, *(check(markdown, dossier.lang) if check else [])],
        private=model.private,
        drawing=model.drawing,
    )
