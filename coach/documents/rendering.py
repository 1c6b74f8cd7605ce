"""Makes documents: fills a template with its model, and checks the length.

A value in `{{ … }}` is escaped for Markdown, confidential names replaced. Only `Md`, which filters
return, is inserted as Markdown; models never hold it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from coach.documents.base import Document, document_words
from coach.documents.markdown import markdown_line, markdown_text
from coach.util.data_files import data_path

if TYPE_CHECKING:
    from jinja2 import Environment

    from coach.documents.base import Maker, Model
    from coach.documents.dossier import Dossier


class Md(str):
    """Text that is Markdown already."""

    __slots__ = ()


@cache
def _environment() -> Environment:
    # Imported here: commands that make no document do not wait for it.
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(data_path("documents")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


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


def render(name: str, model: Model, dossier: Dossier) -> str:
    """The Markdown of the document `name`.

    Templates see `m` (the model), `say` (its words), `common` (those that all documents share),
    `quote(words)` and `colon`, as the language writes them.
    Filters: `text` keeps paragraphs and line ends of an answer, `day` writes a date,
    `write` makes a place for the student to write, with what belongs there.
    """
    from coach.util.wording import Wording

    def shown(value: Any) -> str:
        if isinstance(value, Md):
            return value
        return Md(markdown_line(dossier.discreet("" if value is None else str(value))))

    def text(value: str) -> Md:
        return Md(markdown_text(dossier.discreet(value)))

    def write(value: str) -> Md:
        """A quote block: a space for the student to write, with its prompt."""
        return Md("> " + markdown_text(dossier.discreet(value)).replace("\n", "\n> "))

    def day(value: str | date) -> str:
        from coach.util.dates import say_day

        return say_day(date.fromisoformat(value) if isinstance(value, str) else value, dossier.lang)

    def quote(value: str) -> Md:
        """`value` between quotation marks."""
        from coach.language.quotes import quoted

        return Md(markdown_line(dossier.discreet(quoted(value, dossier.lang))))

    common = Wording("documents", dossier.lang)
    environment = _environment().overlay(finalize=shown)
    environment.filters = environment.filters | {"text": text, "write": write, "day": day}
    words = document_words(name, dossier.lang)
    made = environment.get_template(f"{name}.md.j2").render(
        m=model, say=words, common=common, quote=quote, colon=Md(common("colon"))
    )
    if dossier.lang == "fr":
        made = _joined(made)
    return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"


def _joined(text: str) -> str:
    """`text` with no-break spaces before French signs, so that no line begins with a colon."""
    text = re.sub(r"(?<=[^\s|]) (?=(?:[:;?!%€]|°C)(?:[\s.,)|*]|$)|»)", "\N{NO-BREAK SPACE}", text)
    return text.replace("« ", "«\N{NO-BREAK SPACE}")
