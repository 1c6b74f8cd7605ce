"""A whole evening in the app on a locked journal: at no moment can a word be read on the disk.

Every file of the data folder, of the temporary folder and of the home folder is read before and
after each step on the disk. What the student takes out on purpose goes elsewhere, and is the only
thing there.
"""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from making import TODAY, draft_of, entry_of, internship_of
from piloting import Desk, back_home, burst, opened, paste, says, until
from scale import figure, scaled
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TextArea
from watching import Watch

from coach.disk import encryption as sealing
from coach.features.skills.coverage import load
from coach.maintenance.backup import back_up
from coach.maintenance.doctor import examine_folder
from coach.maintenance.finding import CheckedFolder
from coach.maintenance.passphrase import lock
from coach.store.journal import Journal
from screens.common.passphrase import AskPassphrase
from screens.documents.documents import DocumentScreen
from screens.rehearsal.practice import PracticeScreen

MARKER = "zanzibar"
SECRET = "quatre mots sans rapport"
EVENINGS = scaled(1, 5)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A journal with the marker in all it holds, locked; nothing else is in the folders."""
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)
    for name, variable in (("temp", "TMPDIR"), ("home", "HOME"), ("home", "XDG_CACHE_HOME")):
        (tmp_path / name).mkdir(exist_ok=True)
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    desk = Desk(tmp_path / "coach")
    journal = desk.journal
    question = {"id": "q", "question": f"Pourquoi {MARKER} ?", "firmer": MARKER}
    row = {"id": "r", "action": f"Trié {MARKER}", "skill": MARKER, "impact": "3 h gagnées"}
    for entry in (
        internship_of("2026-11-02", "2027-01-29", company=MARKER),
        entry_of("interview", answers={"company": MARKER, "questions": [question]}),
        entry_of("weekly", answers={"word": MARKER, "achievements": [row]}),
        entry_of("contact", answers={"name": MARKER, "circle": "family", "memory": MARKER}),
    ):
        journal.save(entry)
    draft = draft_of(entry_of("car", id="car", answers={"context": MARKER}))
    with journal.drafts.open("car") as file:
        file.write(draft)
    lock(journal, SECRET)
    return desk


class Evening:
    """What a student does in the app, one thing after another."""

    def __init__(self, desk: Desk, pilot: Pilot[int], out: Path) -> None:
        self.desk = desk
        self.pilot = pilot
        self.app: Any = pilot.app
        self.out = out

    async def let_in(self) -> None:
        await until(self.pilot, lambda: isinstance(self.app.screen, AskPassphrase), "the question")
        await until(self.pilot, lambda: isinstance(self.app.focused, Input))
        await burst(self.pilot, *SECRET, "enter")
        await until(self.pilot, lambda: self.app.home._begun, "home")

    async def note(self) -> None:
        await self.pilot.press("n")
        await opened(self.pilot)
        await paste(self.pilot, f"Une note {MARKER}")
        await self.pilot.press("enter")
        await back_home(self.pilot)

    async def leave_a_week_half_done(self) -> None:
        await self.pilot.press("w")
        screen = await opened(self.pilot)
        word = next(one for one in screen.query(Input))
        before = self._drafts()
        await paste(self.pilot, f"{MARKER} à demi", word)
        await self._kept(before)
        await self.pilot.press("ctrl+s")
        await back_home(self.pilot)

    async def rehearse(self) -> None:
        await self.pilot.press("r")
        await until(self.pilot, lambda: self.app.screen.query(OptionList), "the deck")
        await until(self.pilot, lambda: says(self.app, MARKER), "the question")
        await self.pilot.press("enter")
        await until(self.pilot, lambda: isinstance(self.app.screen, PracticeScreen), "asking")
        await until(self.pilot, lambda: self.app.screen.query(TextArea), "the answer")
        before = self._drafts()
        await paste(self.pilot, f"Parce que {MARKER}", self.app.screen.query_one(TextArea))
        await self._kept(before)
        await self.pilot.press("escape")
        await back_home(self.pilot)

    async def _kept(self, before: dict[str, bytes]) -> None:
        await until(self.pilot, lambda: self._drafts() != before, "a draft on the disk")

    def _drafts(self) -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in self.desk.folder.glob("drafts/*.json")}

    async def look_at_documents(self) -> None:
        for name in ("map", "cv", "story", "report"):
            screen = DocumentScreen(name)
            self.app.push_screen(screen)
            await until(self.pilot, lambda one=screen: one.document is not None, name)  # type: ignore[misc]
            await self.pilot.press("y")
        await self._export(screen, self.out / "report.docx")
        for _ in range(4):
            await self.pilot.press("escape")
        await back_home(self.pilot)

    async def _export(self, screen: Any, path: Path) -> None:
        await self.pilot.press("x")
        await until(self.pilot, lambda: self.app.screen is not screen, "where to")
        line = self.app.screen.query_one(Input)
        line.value = str(path)
        await self.pilot.press("enter")
        await until(self.pilot, path.exists, "the file")
        await until(self.pilot, lambda: self.app.screen is screen, "the document again")

    async def take_the_calendar(self) -> None:
        self.app.navigation.open_place("calendar")
        await until(self.pilot, lambda: self.app.screen is not self.app.home, "the calendar")
        await self._export(self.app.screen, self.out / "coach.ics")
        await self.pilot.press("escape")
        await back_home(self.pilot)

    async def look_over_all(self) -> None:
        for data_folder in (
            "coverage",
            "stars",
            "skills",
            "objectives",
            "network",
            "map",
            "browse",
        ):
            self.app.navigation.open_place(data_folder)
            await until(self.pilot, lambda: self.app.screen is not self.app.home, data_folder)
            await self.pilot.pause(0.1)
            await self.pilot.press("escape")
            if self.app.screen is not self.app.home:
                await self.pilot.press("escape")
            await back_home(self.pilot)

    def keep_it_safe(self) -> None:
        journal = self.app.workspace.journal
        framework = self.out / "school.csv"
        framework.write_text(f"label\n{MARKER} en équipe\n")
        load(journal, framework, lang="fr", today=TODAY)
        framework.unlink()
        back_up(journal, None)
        examine_folder(
            CheckedFolder(self.desk.data_folder, journal, self.app.workspace.content, "fr")
        )
        lock(journal, SECRET)


async def test_at_no_moment_of_an_evening_can_a_word_be_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    watch = Watch(MARKER, desk.folder, tmp_path / "temp", tmp_path / "home")
    watch.look()
    assert watch.files > 4 and watch.clear == 0
    watch.install(monkeypatch)
    for _ in range(EVENINGS):
        for path in out.iterdir():
            path.unlink()
        async with desk.app().run_test(size=(80, 24)) as pilot:
            evening = Evening(desk, pilot, out)
            await evening.let_in()
            await evening.note()
            await evening.leave_a_week_half_done()
            await evening.rehearse()
            await evening.look_at_documents()
            await evening.take_the_calendar()
            await evening.look_over_all()
            evening.keep_it_safe()
        watch.look()
        assert sorted(path.name for path in out.iterdir()) == ["coach.ics", "report.docx"]
    with pytest.raises(ZeroDivisionError):
        async with desk.app().run_test(size=(80, 24)) as pilot:
            await Evening(desk, pilot, out).let_in()
            await pilot.press("s")
            await opened(pilot)

            def broken(words: str) -> float:
                return len(words) / 0

            pilot.app.call_later(broken, MARKER)
            await pilot.pause(0.2)
    watch.look()
    assert MARKER not in capsys.readouterr().err
    journal = Journal(desk.folder)
    journal.keyring.open(SECRET)
    texts = [str(one.answers) for one in journal.entries()]
    assert sum(f"Une note {MARKER}" in text for text in texts) == EVENINGS
    assert any(f"{MARKER} à demi" in str(one.entry.answers) for one in journal.drafts.list())
    figure(f"locked: {EVENINGS} evening{'s' * (EVENINGS > 1)} in the app, {watch.told}")
    assert watch.looks > 100 and (watch.clear, watch.found) == (0, [])
