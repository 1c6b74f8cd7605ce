"""Documents: what comes out of the journal, to look through and then to write to a file."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, OptionList
from textual.widgets.option_list import Option

from coach.documents.base import Document, document_words
from coach.features.registry import DOCUMENTS, make_document
from coach.store.journal import JournalError
from coach.util.wording import Wording
from screens.base.clipboard import copy
from screens.base.coach import NOTICE_SECONDS
from screens.base.keys import key
from screens.base.screen import CoachScreen
from screens.base.theme import MUTED
from screens.widgets.act import Act
from screens.widgets.keyline import KeyLine
from screens.widgets.say import Say


class DocumentsScreen(CoachScreen["object | None"]):
    """A list of documents; `first` opens one at once."""

    CSS_PATH = "documents.tcss"
    BINDINGS = [
        key("documents.names", "c", "names"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self.first = first

    def compose(self) -> ComposeResult:
        """The title, a line for each document with what it is."""
        yield Say(Wording("documents", self.lang)("title"), id="title")
        yield OptionList(*map(self._line, DOCUMENTS), markup=False)
        yield KeyLine()

    def _line(self, name: str) -> Option:
        say = document_words(name, self.lang)
        text = Content.assemble((say("menu"), "bold"), "\n", (say("about"), MUTED))
        return Option(text, id=name)

    def on_mount(self) -> None:
        """The first document has the cursor."""
        self.query_one(OptionList).focus()
        if self.first:
            self.app.push_screen(DocumentScreen(self.first))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.app.push_screen(DocumentScreen(event.option_id or ""))

    def action_names(self) -> None:
        """The names that documents keep out."""
        from coach.documents.dossier import CONFIDENTIAL
        from coach.flows.request import SessionRequest

        kept = self.coach.workspace.snapshot().of(CONFIDENTIAL)
        self.coach.navigation.open_session(SessionRequest(CONFIDENTIAL, kept[0].id if kept else ""))

    def action_close(self) -> None:
        """Back home."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("documents", self)


class DocumentScreen(CoachScreen[None]):
    """One document as it would be written; private pieces come in when they are ticked."""

    CSS_PATH = "documents.tcss"
    BINDINGS = [
        key("document.export", "x", "export"),
        key("document.copy", "y", "copy"),
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self.document_name = name
        self.document: Document | None = None
        self.included: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """Who may read it, what is left to choose, the pages."""
        self.words = Wording("documents", self.lang)
        yield Say(self.words("loading"), id="title")
        with VerticalGroup(id="about"):
            yield Say(id="readers")
            yield Say(id="warnings")
            yield VerticalGroup(id="private")
        with VerticalScroll(id="paper"):
            yield Markdown(open_links=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Makes the document off this thread."""
        self.query_one("#paper").focus()
        self.make()

    def on_screen_resume(self) -> None:
        """Made anew: something may have been told meanwhile."""
        if self.document is not None:
            self.make()

    @work(exclusive=True)
    async def make(self) -> None:
        """Makes the document with the pieces ticked, and shows it."""
        try:
            dossier = await asyncio.to_thread(self.coach.workspace.dossier, self.included)
            document = await asyncio.to_thread(make_document, self.document_name, dossier)
        except JournalError as error:
            self.query_one("#title", Say).update(self.coach.explain(error))
            return
        self.document = document
        self.query_one("#title", Say).update(document.title)
        readers = self.words("readers", who=document.readers)
        self.query_one("#readers", Say).update(f"{readers} {self.words('safe')}")
        self.query_one("#warnings", Say).say("\n".join(document.warnings))
        await self._draw_private(document)
        await self.query_one(Markdown).update(document.markdown)

    async def _draw_private(self, document: Document) -> None:
        box = self.query_one("#private")
        await box.remove_children()
        if document.private:
            acts = [
                Act(f"{self.symbols.boxes[one.key in self.included]} {one.label}", one.key)
                for one in document.private
            ]
            await box.mount_all([Say(self.words("private")), *acts])

    @on(Act.Done)
    def _ticked(self, event: Act.Done) -> None:
        self.included ^= {event.name}
        self.make()

    def action_copy(self) -> None:
        """Copies the document's Markdown."""
        if self.document is not None:
            copy(self.app, self.document.markdown)
            self.coach.tell(self.words("copied"))

    @work(exclusive=True, group="act")
    async def action_export(self) -> None:
        """Asks where to, and writes the file in the format that its ending names."""
        from coach.documents.formats import OfficeMissing, UnknownFormat, endings, write
        from screens.common.write_file import write_file

        document = self.document
        if document is None:
            return
        offered = endings(document.name)
        named = ", ".join(offered)
        try:
            await write_file(
                self.coach,
                f"~/{document.name}{offered[0]}",
                self.words("export"),
                self.words("ask", endings=named),
                lambda path, force: write(document, path, force=force),
            )
        except UnknownFormat as error:
            self.coach.tell(self.words("no_format", ending=error.ending or "…", endings=named))
        except OfficeMissing as error:
            text = self.words("no_office", ending=error.ending, install=error.install)
            self.coach.notify(text, severity="warning", timeout=NOTICE_SECONDS)

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Says what one can do here."""
        self.coach.navigation.help("document", self)
