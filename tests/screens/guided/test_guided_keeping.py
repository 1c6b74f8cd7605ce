"""Nothing typed is lost: drafts while typing, disks that fill, the retry that succeeds."""

import asyncio
import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from making import field, step
from piloting import Desk, back_home, block, guided, opened, paste, told, until
from textual import events

from coach.disk import atomic_files
from screens.common.dialogs import Ask

TWO = (step("one", field("text", "it")), step("two", field("line", "more")))


@pytest.fixture
def own(desk: Desk) -> Desk:
    desk.own_flow(*TWO)
    return desk


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A disk without room; gives the tries to write there were."""
    tries: list[int] = []

    def refuse(handle: int, data: bytes) -> None:
        tries.append(len(data))
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(atomic_files, "write_all", refuse)
        yield tries


async def test_a_draft_is_never_more_than_a_second_old_while_typing_without_a_pause(
    own: Desk,
) -> None:
    async with own.session() as pilot:
        ages: list[float] = []
        typed: list[float] = []
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            pilot.app.post_message(events.Key("a", "a"))
            typed.append(time.monotonic())
            await asyncio.sleep(0.04)
            kept = [draft.entry.answers["it"] for draft in own.drafts()]
            length = len(kept[0]) if kept else 0
            if length < len(typed):
                ages.append(time.monotonic() - typed[length])
        assert len(typed) > 20
        assert max(ages) < 1.0


async def test_the_status_says_when_the_draft_was_kept(own: Desk) -> None:
    async with own.session() as pilot:
        await paste(pilot, "Trié")
        await until(pilot, lambda: told(pilot.app, "guided.kept.at"), "kept")
        assert [draft.entry.answers for draft in own.drafts()] == [{"it": "Trié"}]


async def test_what_was_typed_and_taken_back_leaves_no_former_text_in_the_draft(own: Desk) -> None:
    own.own_flow(*TWO, scope="internship")
    async with own.session() as pilot:
        await paste(pilot, "Bonjour")
        await pilot.press("ctrl+n", "ctrl+n")
        await back_home(pilot)
    async with own.session() as pilot:
        await paste(pilot, "Tout le monde")
        await until(pilot, lambda: own.drafts(), "a draft")
        block(pilot, "it").widget.text = "Bonjour"
        await until(
            pilot, lambda: "monde" not in str([d.entry.answers for d in own.drafts()]), "taken back"
        )
        await pilot.press("ctrl+s")
        await back_home(pilot)
    assert own.drafts() == []


async def test_a_draft_that_cannot_be_written_says_why_keeps_the_text_and_is_tried_again(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.store.draft_file.RETRY_SECONDS", 0.2)
    async with own.session() as pilot:
        with full_disk(monkeypatch) as tries:
            await paste(pilot, "Trié")
            await until(pilot, lambda: told(pilot.app, "errors.disk_full"), "said")
            assert told(pilot.app, "guided.still.here")
            assert guided(pilot).query_one("#status").has_class("bad")
            assert block(pilot, "it").raw() == "Trié"
            assert tries
        # nothing more is typed: it is tried again by itself
        await until(pilot, lambda: own.drafts(), "the retry", patience=12)
        await until(pilot, lambda: told(pilot.app, "guided.kept.at"), "said too")
        assert not guided(pilot).query_one("#status").has_class("bad")
        assert [draft.entry.answers for draft in own.drafts()] == [{"it": "Trié"}]


async def test_a_session_that_cannot_be_kept_stays_on_screen_and_is_kept_on_the_retry(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.guided.ending.RETRY_EVERY", 0.3)
    async with own.session() as pilot:
        await paste(pilot, "Trié")
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        with full_disk(monkeypatch) as tries:
            await pilot.press("ctrl+n")
            await until(pilot, lambda: told(pilot.app, "errors.disk_full"), "said")
            await until(pilot, lambda: len(tries) > 3, "tried again")
            assert guided(pilot).session.answers["it"] == "Trié"
            # it can be written in meanwhile
            await paste(pilot, "encore")
            assert block(pilot, "more").raw() == "encore"
        await back_home(pilot)
    (entry,) = own.entries("labo")
    assert entry.answers == {"it": "Trié", "more": "encore"}
    assert own.drafts() == []


async def test_quitting_while_nothing_can_be_written_asks_first(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with own.session() as pilot:
        with full_disk(monkeypatch):
            await paste(pilot, "Trié")
            await pilot.press("ctrl+q")
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
            assert told(pilot.app, "errors.disk_full")
            await pilot.press("escape")
            await opened(pilot, "one")
            assert block(pilot, "it").raw() == "Trié"
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app._exit, "exit")
    assert [draft.entry.answers for draft in own.drafts()] == [{"it": "Trié"}]


async def test_leaving_while_nothing_can_be_written_asks_first(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with own.session() as pilot:
        with full_disk(monkeypatch):
            await paste(pilot, "Trié")
            await pilot.press("ctrl+s")
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
            await pilot.press("escape")
            await opened(pilot, "one")
            assert block(pilot, "it").raw() == "Trié"
        await pilot.press("ctrl+s")
        await back_home(pilot)
    assert [draft.entry.answers for draft in own.drafts()] == [{"it": "Trié"}]


async def test_going_back_to_write_on_stops_the_retry_from_closing_the_session(
    own: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.guided.ending.RETRY_EVERY", 0.3)
    async with own.session() as pilot:
        await paste(pilot, "Trié")
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        with full_disk(monkeypatch):
            await pilot.press("ctrl+n")
            await until(pilot, lambda: told(pilot.app, "errors.disk_full"), "said")
            await pilot.press("escape")
            await opened(pilot, "one")
        await asyncio.sleep(0.8)
        assert guided(pilot).session.page.step.id == "one"
        assert own.entries("labo") == []


async def test_a_journal_that_becomes_unreadable_does_not_end_the_session(own: Desk) -> None:
    async with own.session() as pilot:
        await paste(pilot, "Trié")
        journal = own.folder / "journal.json"
        journal.mkdir()
        await asyncio.sleep(1.3)
        assert block(pilot, "it").raw() == "Trié"
        journal.rmdir()
        await pilot.press("ctrl+s")
        await back_home(pilot)
    assert len(own.drafts()) == 1
