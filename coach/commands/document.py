"""`coach document`: a document for somebody else, written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.commands.command import Command, argument, flag, option, typed_path
from coach.commands.errors import Failed, Misused
from coach.util.wording import Wording

if TYPE_CHECKING:
    import click

    from coach.commands.invocation import Invocation


def make_command(say: Wording) -> Command:
    """The command, which speaks the language of `say`."""
    params = [
        argument("name", say("name"), offers=_names),
        argument("path", say("file")),
        flag(say, "document", "force"),
        option(say, "document", "include", say("pieces")),
    ]
    return Command("document", say, run_document, params)


def _names(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """The documents there are, for a shell to complete."""
    from coach.features.registry import DOCUMENTS

    return [name for name in DOCUMENTS if name.startswith(begun)]


def run_document(invocation: Invocation, *, name: str, path: str, force: bool, include: str) -> int:
    """Makes the document and writes it."""
    from coach.documents.base import UnknownDocument
    from coach.documents.formats import OfficeMissing, UnknownFormat, endings, write
    from coach.features.registry import DOCUMENTS, make_document

    words = Wording("documents", invocation.lang)
    target = typed_path(path)
    pieces = frozenset(piece.strip() for piece in include.split(",") if piece.strip())
    dossier = invocation.workspace.dossier(pieces)
    invocation.tell_notices()
    try:
        document = make_document(name, dossier)
    except UnknownDocument:
        raise Misused(
            invocation.say("document.none", name=name, names=", ".join(DOCUMENTS))
        ) from None
    unknown = dossier.included - {piece.key for piece in document.private}
    if unknown:
        offered = ", ".join(piece.key for piece in document.private) or "–"
        raise Misused(invocation.say("document.no_piece", name=min(unknown), names=offered))
    try:
        write(document, target, force=force)
    except UnknownFormat as error:
        named = ", ".join(endings(name))
        raise Misused(
            words("no_format", ending=error.ending or target.name, endings=named)
        ) from None
    except OfficeMissing as error:
        raise Failed(words("no_office", ending=error.ending, install=error.install)) from None
    except FileExistsError:
        raise Failed(invocation.say("export.exists", path=str(target))) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Failed(words("failed", path=str(target), why=why)) from error
    invocation.print(words("done", path=str(target)))
    invocation.print(words("readers", who=document.readers))
    for warning in document.warnings:
        invocation.warn(warning)
    return 0
