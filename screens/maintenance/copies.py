"""Copies, former states and the passphrase: what keeps the journal safe, on one list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from coach.store.journal import JournalError
from coach.util.wording import Wording
from screens.base.keys import key
from screens.base.screen import CoachDialog
from screens.base.theme import MUTED
from screens.common.list_screen import ListScreen
from screens.widgets.act import Act
from screens.widgets.say import Say

if TYPE_CHECKING:
    from coach.maintenance.backup import Backup
    from coach.maintenance.finding import CheckedFolder, Finding

T = TypeVar("T")


class RestoreDialog(CoachDialog[bool]):
    """Lines to read, and one thing to do about them (`go`; '' for none); whether to do it."""

    BINDINGS = [key("dialog.close", "escape", "dismiss(False)")]

    def __init__(self, title: str, lines: list[Content | str], go: str, leave: str) -> None:
        super().__init__()
        self.heading = title
        self.lines = lines
        self.go = go
        self.leave = leave

    def compose(self) -> ComposeResult:
        """Title, lines that scroll, answers that stay in sight."""
        with VerticalGroup(classes="dialog wide"):
            yield Say(self.heading, classes="title")
            with VerticalScroll(classes="report"):
                for line in self.lines:
                    yield Say(line)
            with HorizontalGroup(classes="answers"):
                yield Act(self.leave, "leave")
                if self.go:
                    yield Act(self.go, "go")

    def on_mount(self) -> None:
        """The safe answer has the cursor."""
        self.query_one("#leave").focus()

    @on(Act.Done)
    def _done(self, event: Act.Done) -> None:
        self.dismiss(event.name == "go")


class CopiesScreen(ListScreen):
    """The screen of backups: what can be done, then each copy that can be restored."""

    area = "safe"
    takes_note = False
    BINDINGS = [
        key("help", "f1", "help"),
        key("list.close", "escape,q", "close"),
    ]

    def lines(self) -> tuple[list[tuple[str, Content]], int]:
        """Off this thread: it looks into the folder."""
        from coach.maintenance.backup import list_backups
        from coach.maintenance.restore_report import name_of

        say = Wording("copies", self.lang)
        journal = self.coach.workspace.journal
        journal.entries()
        locked = journal.keyring.state != "plain"
        ways = ["copy", "change", "unlock", "check"] if locked else ["copy", "lock", "check"]
        shown = [(way, self._line(say(f"way.{way}"), say(f"way.{way}.more"))) for way in ways]
        self.kept: list[Backup] = list_backups(journal.folder)
        for number, one in enumerate(self.kept):
            line = self._line(name_of(one, self.lang), say("way.restore"))
            shown.append((str(number), line))
        return shown, 0

    def _line(self, what: str, more: str) -> Content:
        return Content.assemble(what, (f"  {more}", MUTED))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.do(event.option_id or "")

    @work(exclusive=True, group="doing")
    async def do(self, way: str) -> None:
        """Does what was chosen, then shows how things are now."""
        from screens.common.passphrase import set_passphrase, take_off_passphrase

        if way in ("lock", "change"):
            await set_passphrase(self.coach)
        elif way == "unlock":
            await take_off_passphrase(self.coach)
        elif way == "copy":
            await self._copy()
        elif way == "check":
            await self._check()
        elif way:
            await self._restore(self.kept[int(way)])
        self.fill()

    async def _tried(self, deed: Callable[[], T]) -> T | None:
        """What `deed` gives, done off this thread; None, and said, where it could not."""
        from coach.maintenance.restore import BadBackup

        try:
            return await asyncio.to_thread(deed)
        except JournalError as error:
            if await self.coach.navigation.unlock_for(error):
                return await self._tried(deed)
            why = self.coach.explain(error)
        except BadBackup as error:
            why = Wording("cli", self.lang)(f"restore.{error.key}", **error.values)
        except FileExistsError:
            raise
        except OSError as error:
            why = Wording("errors", self.lang)("os", why=error.strerror or type(error).__name__)
        self.coach.notify(why, severity="warning", timeout=20)
        return None

    # Copies

    async def _copy(self) -> None:
        from coach.maintenance.backup import back_up, new_name
        from coach.util.text import clean_line
        from screens.common.pickers import AskPath

        say = Wording("copies", self.lang)
        journal = self.coach.workspace.journal
        typed: str | None = await self.coach.push_screen_wait(
            AskPath(
                str(new_name(Path.home())),
                say("way.copy"),
                say("copy.help"),
                say("copy.write"),
            )
        )
        if not typed:
            return
        target = Path(clean_line(typed))
        try:
            target = target.expanduser()
            written = await self._tried(lambda: back_up(journal, target))
        except FileExistsError:
            if not await self.coach.ask(say("copy.replace", path=str(target))):
                return
            written = await self._tried(lambda: back_up(journal, target, force=True))
        except RuntimeError:  # `~name` of somebody who is not on this machine
            written = None
        if written is not None:
            self.coach.notify(say("copy.done", path=str(written)), timeout=20)

    # Former states

    async def _restore(self, kept: Backup) -> None:
        from coach.maintenance.restore import plan_restore, read_state, restore
        from coach.maintenance.restore_report import name_of, preview

        say = Wording("copies", self.lang)
        coach = self.coach
        former = await self._tried(lambda: read_state(coach.workspace.journal, kept.path))
        if former is None:
            return
        planned = await self._tried(lambda: plan_restore(coach.workspace.journal, former))
        if planned is None:
            return
        lines: list[Content | str] = [*preview(planned, coach.workspace.content, self.lang, 64)]
        if not planned.empty:
            lines.append(say("restore.first"))
        go = "" if planned.empty else say("restore.go")
        agreed: bool | None = await coach.push_screen_wait(
            RestoreDialog(name_of(kept, self.lang), lines, go, say("restore.leave"))
        )
        if not agreed:
            return
        before = await self._tried(lambda: restore(coach.workspace.journal, former))
        if before is not None:
            coach.tell(say("restore.done"))

    # Looking it over

    async def _check(self) -> None:
        from coach.maintenance.doctor import examine_folder, mend_findings

        say = Wording("copies", self.lang)
        found = await self._tried(partial(examine_folder, self._checked_folder()))
        while found is not None:
            mends = any(one.mend is not None for one in found)
            go = say("check.mend") if mends else ""
            agreed: bool | None = await self.coach.push_screen_wait(
                RestoreDialog(say("check.title"), self._told(found), go, say("check.leave"))
            )
            if not agreed:
                return
            await self._tried(partial(mend_findings, found))
            found = await self._tried(partial(examine_folder, self._checked_folder()))

    def _checked_folder(self) -> CheckedFolder:
        from coach.maintenance.finding import CheckedFolder
        from coach.store.journal import Journal

        coach = self.coach
        journal = Journal(
            coach.workspace.data_folder.folder, keyring=coach.workspace.journal.keyring
        )
        return CheckedFolder(
            coach.workspace.data_folder, journal, coach.workspace.content, self.lang
        )

    def _told(self, found: list[Finding]) -> list[Content | str]:
        from coach.maintenance.doctor import describe_findings

        say = Wording("cli", self.lang)
        styles = {"ok": MUTED, "note": MUTED, "problem": "$warning"}
        lines: list[Content | str] = []
        for one, what, todo in describe_findings(found, self.lang):
            level = (f"{say(f'doctor.{one.level}')}  ", styles[one.level])
            more = f" {todo}" if todo else ""
            lines.append(Content.assemble(level, what, (more, MUTED)))
        return lines
