"""The passphrase in the app: asked before anything is read, set, changed and taken off."""

import pytest
from faulting import Faults
from making import entry_of
from piloting import Desk, burst, opened, says, told, until
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from coach.disk import encryption as sealing
from coach.maintenance.passphrase import lock
from coach.store.journal import Journal
from coach.util.wording import Wording
from screens.common.passphrase import AskPassphrase, set_passphrase

SECRET = "quatre mots sans rapport"
WORDS = "zanzibar"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


@pytest.fixture
def locked(desk: Desk) -> Desk:
    desk.journal.save(entry_of("note", answers={"text": WORDS}))
    lock(desk.journal, SECRET)
    return desk


async def asked(pilot: Pilot[int]) -> AskPassphrase:
    await until(pilot, lambda: isinstance(pilot.app.screen, AskPassphrase), "the question")
    screen = pilot.app.screen
    assert isinstance(screen, AskPassphrase)
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    return screen


async def test_it_is_asked_before_home_reads_anything(locked: Desk) -> None:
    app = locked.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await burst(pilot, *"wrong")  # typed before the question shows: it waits for it
        await asked(pilot)
        assert not app.home._begun and not says(app, WORDS)
        await pilot.press("enter")
        await until(pilot, lambda: told(app, "copies.passphrase.wrong"), "the wrong one is told")
        assert not says(app, "wrong")
        await burst(pilot, *SECRET)
        assert not says(app, SECRET)
        await pilot.press("enter")
        await until(pilot, lambda: app.home._begun and says(app, WORDS), "home")


@pytest.mark.parametrize("pasted", [False, True])
async def test_a_no_break_space_typed_or_pasted_is_the_space_of_the_terminal(
    desk: Desk, pasted: bool
) -> None:
    desk.journal.save(entry_of("note", answers={"text": WORDS}))
    lock(desk.journal, "un\u00a0deux trois")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        if pasted:
            app.post_message(events.Paste("un\u202fdeux trois"))
        else:
            await burst(pilot, *"un\u202fdeux trois")
        await pilot.press("enter")
        await until(pilot, lambda: app.home._begun and says(app, WORDS), "home")


async def test_a_session_waits_for_it_too(locked: Desk) -> None:
    async with locked.app("weekly").run_test(size=(60, 20)) as pilot:
        await asked(pilot)
        await burst(pilot, *SECRET)
        await pilot.click("#go")
        await opened(pilot)


async def test_without_it_the_app_ends(locked: Desk) -> None:
    app = locked.app()
    async with app.run_test() as pilot:
        await asked(pilot)
        await pilot.press("escape")
    assert app.return_code == 0 and app.return_value == 0


async def test_another_window_that_locks_is_noticed(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": WORDS}))
    async with desk.home() as pilot:
        other = Journal(desk.folder)
        lock(other, SECRET)
        await asked(pilot)
        await burst(pilot, *SECRET)
        await pilot.press("enter")
        other.save(entry_of("note", answers={"text": "tombouctou"}))
        await until(pilot, lambda: says(pilot.app, "tombouctou"), "what the other wrote")


async def test_a_crash_shows_no_word_of_the_student(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.journal.save(entry_of("note", answers={"text": WORDS}))
    app = desk.app()
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await until(pilot, lambda: app.home._begun)

            def broken(words: str) -> float:
                return len(words) / 0

            app.call_later(broken, WORDS)
            await pilot.pause(0.2)
    said = capsys.readouterr().err
    assert "ZeroDivisionError, test_passphrase.py:" in said and WORDS not in said


async def test_a_file_in_the_way_is_named_at_once_and_at_the_next_opening(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": WORDS}))
    bad = desk.folder / "backups" / "old.coach"
    bad.parent.mkdir()
    bad.write_text(WORDS)
    with Faults(desk.folder) as faults:
        faults.hit, faults.lasting = ("open", str(bad)), True
        async with desk.home(size=(100, 40), notifications=True) as pilot:
            pilot.app.call_later(pilot.app.run_worker, set_passphrase(pilot.app))  # type: ignore[arg-type]
            await asked(pilot)
            for _ in range(2):
                await burst(pilot, *SECRET)
                await pilot.press("enter")
            await until(pilot, lambda: bad.name in toasts(pilot), "what is in the way")
            assert Wording("cli", "fr")("lock.partly") in toasts(pilot)
            assert Wording("copies", "fr")("passphrase.done") not in toasts(pilot)
        app = desk.app()
        async with app.run_test(size=(100, 40)) as pilot:
            await asked(pilot)
            await burst(pilot, *SECRET)
            await pilot.press("enter")
            await until(pilot, lambda: app.home._begun and bad.name in toasts(pilot), "told again")
    assert bad.read_text() == WORDS
    assert sealing.is_sealed((desk.folder / "journal.json").read_bytes())


def toasts(pilot: Pilot[int]) -> str:
    """What is said in passing."""
    return "\n".join(one.message for one in pilot.app._notifications)
