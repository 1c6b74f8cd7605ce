"""Browsing in the app: finding, reading, changing, undoing, taking out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import TODAY, draft_of, entry_of, internship_of
from piloting import Desk, opened, shown, until
from textual.pilot import Pilot
from textual.widgets import Input

from coach.browse.edits import amend_entry
from coach.browse.entry_index import EntryIndex, Facet, Filter, IndexedEntry, Status
from coach.features.registry import load_content
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.util.text import clean, fold
from coach.util.wording import Wording
from screens.base.symbols import UNICODE
from screens.base.theme import MUTED
from screens.browse import filters
from screens.browse.browse import BrowseScreen
from screens.browse.entry_list import DRAWN, FOUND, Look
from screens.browse.reader import Reader, sheet
from screens.common.dialogs import Ask
from screens.common.pickers import AskPath

SAY = Wording("browse", "fr")
RESTORED = SAY("restored", name="").split("{")[0].rstrip(" .:")
NASTY = [
    "[sad]",
    "[/]",
    "[@click=app.quit]x[/]",
    "{x}",
    "$primary",
    "👩‍🔧 e\u0301\u0323",
    "\u05e9\u05dc\u05d5\u05dd",
    "x" * 3000,
    "[b",
]


def week(id: str, day: Any = TODAY, **answers: Any) -> Entry:
    return entry_of("weekly", day, id=id, answers=answers)


@asynccontextmanager
async def browsing(
    desk: Desk, *entries: Entry, size: tuple[int, int] = (80, 24), **more: Any
) -> AsyncIterator[tuple[Pilot[int], BrowseScreen]]:
    """The app on browsing, which has read the journal."""
    if entries:
        desk.journal.merge(entries)
    app = desk.app("browse", **more)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: getattr(app.screen, "loaded", False), "browsing")
        screen = app.screen
        assert isinstance(screen, BrowseScreen)
        yield pilot, screen


async def typed(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*(" " if one == " " else one for one in text))


async def shows(pilot: Pilot[int], *texts: str) -> None:
    """Waits until the screen shows each of `texts`, wrapped or not."""

    def there(text: str) -> bool:
        drawn = shown(pilot.app)
        return text in drawn or " ".join(text.split()) in " ".join(drawn.split())

    for text in texts:
        await until(pilot, lambda text=text: there(text), text)


def listed(screen: BrowseScreen) -> list[str]:
    return [item.entry.id for item in screen.entries.found]


def at(screen: BrowseScreen) -> str:
    """The entry under the cursor."""
    return screen.current.entry.id if screen.current else ""


def said(pilot: Pilot[int]) -> str:
    """The passing messages."""
    return "\n".join(one.message for one in pilot.app._notifications)


# Finding


async def test_an_empty_journal_says_what_will_come_and_leaves_with_escape(desk: Desk) -> None:
    async with browsing(desk) as (pilot, screen):
        await shows(pilot, SAY("empty"))
        await pilot.press("e", "d", "t", "x", "h", "r", "enter", "n", "c")
        await pilot.press("escape")
        await until(pilot, lambda: screen not in pilot.app.screen_stack, "home")


async def test_words_narrow_the_list_as_they_are_typed(desk: Desk) -> None:
    entries = [week("a", hard="Collé à l'Établi"), week("b", hard="Noyer")]
    async with browsing(desk, *entries) as (pilot, screen):
        await shows(pilot, "2 entrées")
        await pilot.press("slash")
        await typed(pilot, "etabli colle")
        await shows(pilot, "1 sur 2", "Collé à l'Établi")
        line = screen.look.second(screen.entries.found[0], 60)  # type: ignore[union-attr]
        marked = {line.plain[s.start : s.end] for s in line.spans if s.style == FOUND}
        assert marked == {"Collé", "Établi"}
        await typed(pilot, "z")
        await shows(pilot, "0 sur 2", SAY("none"))
        await pilot.press("escape")
        await shows(pilot, "2 entrées", "Noyer")
        assert screen.focused is screen.entries


async def test_matches_are_marked_in_the_reading_view_which_begins_at_them(desk: Desk) -> None:
    long = "\n".join(f"ligne {n}" for n in range(80)) + "\nl'Établi"
    async with browsing(desk, week("a", hard=long), size=(120, 30)) as (pilot, screen):
        await pilot.press("slash")
        await typed(pilot, "etabli")
        await until(pilot, lambda: screen.query_one(Reader).first_match > 60)
        await shows(pilot, "ligne 79")

        def marked() -> list[str]:
            content = screen.query_one(Reader).sheet.render()
            return [content.plain[s.start : s.end] for s in content.spans if s.style == FOUND]

        await until(pilot, lambda: marked() == ["Établi"], "the whole word")


async def test_the_count_is_exact_and_the_first_are_drawn(desk: Desk) -> None:
    entries = [week(f"{n:04}", hard="mot") for n in range(DRAWN + 50)]
    async with browsing(desk, *entries) as (pilot, screen):
        await shows(pilot, "250 entrées")
        assert screen.entries.option_count == DRAWN + 1
        await pilot.press("end")
        assert screen.current is not None
        await shows(pilot, SAY.count("more", 50))


async def test_opening_on_an_entry_shows_it_wherever_it_stands(desk: Desk) -> None:
    entries = [week(f"{n:04}", hard=f"mot {n}") for n in range(DRAWN + 50)]
    desk.journal.merge(entries)
    last = desk.entries()[-1]
    async with desk.home() as pilot:
        pilot.app.navigation.open_browse(last.id)  # type: ignore[attr-defined]
        await shows(pilot, f"{last.answers['hard']}", "Qu'est-ce qui a été difficile ?")


async def test_filters_are_set_by_keys_and_cleared_by_one(desk: Desk) -> None:
    rows = [{"id": "1", "action": "Vendu", "skill": "[b]Vente"}]
    entries = [week("a", achievements=rows, mood=5), entry_of("note", id="b", tags=["[/]"])]
    async with browsing(desk, *entries) as (pilot, screen):
        for downs, choice in ((0, ["weekly", "note"]), (2, ["[b]vente"]), (3, ["[/]"])):
            await pilot.press("f", *["down"] * downs, "enter")
            await shows(pilot, SAY("any.flow"))
            await pilot.press("down", "enter")
            await until(pilot, lambda: screen.is_current and len(listed(screen)) == 1)
            assert {screen.wanted.flow, screen.wanted.skill, screen.wanted.tag} & set(choice)
            await shows(pilot, SAY("filter.clear"))
            await pilot.press("c")
            assert len(listed(screen)) == 2
        await pilot.press("f", "end", "enter")
        await shows(pilot, SAY("ask.mood"))
        await pilot.press("end", "enter")
        await shows(pilot, "1 sur 2", SAY("mood.high"))


async def test_dates_are_typed_and_understood(desk: Desk) -> None:
    from datetime import date

    entries = [week("old", date(2026, 9, 30)), week("new", date(2026, 11, 18))]
    async with browsing(desk, *entries) as (pilot, screen):
        await pilot.click("#dates")
        await shows(pilot, SAY("ask.dates"))
        await typed(pilot, "x")
        await shows(pilot, SAY("day.unread"))
        await pilot.press("backspace")
        await typed(pilot, "1 oct")
        await shows(pilot, "jeudi 1er octobre 2026")
        await pilot.press("enter", "enter")
        await shows(pilot, "1 sur 2", SAY("dates.since", since="01/10"))
        assert listed(screen) == ["new"]


async def test_the_mouse_opens_filters_entries_and_ways_back(desk: Desk) -> None:
    async with browsing(desk, week("a", hard="mot"), week("b", hard="noyer")) as (pilot, screen):
        await pilot.click("#status")
        await shows(pilot, SAY("ask.status"))
        await pilot.press("escape")
        await pilot.click("#list", offset=(5, 2))
        await until(pilot, lambda: screen.has_class("reading"))
        await shows(pilot, "Qu'est-ce qui a été difficile ?")


# Reading


async def test_reading_lies_over_the_list_where_it_is_narrow(desk: Desk) -> None:
    entry = week(
        "a", hard="Trois familles", achievements=[{"id": "1", "action": "Vu", "skill": "S"}]
    )
    async with browsing(desk, entry, week("b", word="Autre")) as (pilot, screen):
        at = next(i for i, item in enumerate(screen.entries.found) if item.entry.id == "a")
        await pilot.press("home", *["down"] * at, "enter")
        await shows(pilot, "Trois familles", "Tes réussites de la semaine", "compétence  S")
        assert not screen.entries.region.height
        await pilot.press("n" if at == 0 else "p")
        await shows(pilot, "Autre")
        await pilot.press("escape")
        assert screen.focused is screen.entries and screen.entries.region.height
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: bool(screen.query_one(Reader).region.width))


async def test_private_parts_say_so(desk: Desk) -> None:
    entry = entry_of("reframe", id="a", answers={"safety": ["none"]})
    async with browsing(desk, entry) as (pilot, _):
        await pilot.press("enter")
        await shows(pilot, f"({SAY('private')})")


async def test_what_another_program_writes_appears_within_a_second_or_so(desk: Desk) -> None:
    async with browsing(desk, week("a", hard="mot")) as (pilot, screen):
        await pilot.press("down")
        desk.journal.save(entry_of("note", id="new", answers={"text": "Arrivée d'ailleurs"}))
        await shows(pilot, "Arrivée d'ailleurs", "2 entrées")
        assert screen.current is not None and screen.current.entry.id == "a"


# Changing


async def test_editing_opens_the_session_and_the_change_is_seen(desk: Desk) -> None:
    entry = entry_of("note", id="a", answers={"text": "Avant"})
    async with browsing(desk, entry) as (pilot, screen):
        await pilot.press("e")
        guided = await opened(pilot)
        assert guided.draft_session.entry.id == "a"
        await typed(pilot, "X")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: pilot.app.screen is screen)
        await shows(pilot, "AvantX")
        kept = Journal(desk.folder).get("a")
        assert kept is not None and kept.history[0]["answers"] == {"text": "Avant"}


async def test_the_trash_can_be_undone_and_looked_into(desk: Desk) -> None:
    async with browsing(desk, week("a", hard="mot"), week("b", hard="noyer")) as (pilot, screen):
        first = listed(screen)[0]
        await pilot.press("d")
        # The list is read anew as soon as the file has changed, maybe before the act is told.
        await until(pilot, lambda: "Séance de la semaine, 20/11" in said(pilot), "it is told")
        await shows(pilot, "1 entrée")
        await pilot.press("u")
        await until(pilot, lambda: RESTORED in said(pilot), "it is told")
        await until(
            pilot, lambda: listed(screen)[:1] == [first] and at(screen) == first, "it is back"
        )
        await pilot.press("delete")
        await shows(pilot, "1 entrée")
        await pilot.press("f")
        await until(pilot, lambda: pilot.app.screen is not screen, "the filters")
        filters = pilot.app.screen
        await pilot.press(*["down"] * 4, "enter")
        await until(pilot, lambda: pilot.app.screen not in (screen, filters), "what to show")
        await pilot.press("end", "enter")
        await shows(pilot, SAY.count("count.trash", 1))
        assert listed(screen) == [first]
        await pilot.press("e", "d", "t")
        assert pilot.app.screen is screen
        await pilot.press("r")
        await shows(pilot, SAY("none.trash"))
        assert len(desk.entries()) == 2


async def test_a_draft_goes_to_the_trash_and_comes_back(desk: Desk) -> None:
    with desk.journal.drafts.open("a") as file:
        file.write(draft_of(week("a", hard="commencé")))
    async with browsing(desk) as (pilot, screen):
        await shows(pilot, "commencé", SAY("is.draft").lower())
        await pilot.press("d")
        await until(pilot, lambda: not listed(screen))
        await pilot.press("u")
        await shows(pilot, "commencé")
        assert [draft.entry.id for draft in desk.drafts()] == ["a"]


async def test_tags_are_typed_apart_at_commas(desk: Desk) -> None:
    async with browsing(desk, week("a", hard="mot")) as (pilot, _):
        await pilot.press("t")
        await shows(pilot, SAY("tags.ask", name="Séance de la semaine, 20/11"))
        await typed(pilot, "vente, [/], vente")
        await pilot.press("enter")
        await shows(pilot, "#vente  #[/]")
        assert desk.entries()[0].tags == ["vente", "[/]"]


async def test_a_failed_change_is_told_and_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.disk.errors import JournalError

    def full(*_: Any) -> Any:
        raise JournalError("disk_full", path="/x")

    async with browsing(desk, week("a", hard="mot")) as (pilot, screen):
        monkeypatch.setattr(Journal, "trash", full)
        await pilot.press("d")
        await until(pilot, lambda: "disque est plein" in said(pilot))
        assert listed(screen) == ["a"] and not screen.undoable


async def test_the_versions_tell_what_changed_and_come_back(desk: Desk) -> None:
    desk.journal.save(week("a", hard="Avant [b]"))
    amend_entry(desk.journal, "a", answers={"hard": "Après [/]"})
    async with browsing(desk) as (pilot, screen):
        await pilot.press("h")
        await shows(pilot, SAY("history.first"), SAY("history.now"), "Avant [b]", "Après [/]")
        await pilot.press("down")
        await shows(pilot, SAY("history.first.more"))
        await pilot.press("r")
        await until(pilot, lambda: SAY("history.back") in said(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await shows(pilot, "Avant [b]")
        assert len(desk.journal.get("a").history) == 2  # type: ignore[union-attr]


async def export(pilot: Pilot[int], target: Path) -> None:
    """Asks for an export to `target`."""
    await pilot.press("x")
    await until(pilot, lambda: isinstance(pilot.app.screen, AskPath))
    line = pilot.app.screen.query_one(Input)
    assert line.value == "~/2026-11-20-weekly.md"
    line.value = str(target)
    await pilot.press("enter")


async def test_one_entry_is_exported_and_nothing_is_written_over_unasked(
    desk: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "out.md"
    async with browsing(desk, week("a", hard="Trois familles")) as (pilot, screen):
        await export(pilot, target)
        await until(pilot, lambda: str(target) in said(pilot))
        assert "Trois familles" in target.read_text("utf-8")
        target.write_text("à moi", "utf-8")
        for answer in (["escape"], ["right", "enter"]):
            await export(pilot, target)
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            assert target.read_text("utf-8") == "à moi"
            await pilot.press(*answer)
            await until(pilot, lambda: pilot.app.screen is screen)
        await until(pilot, lambda: "Trois familles" in target.read_text("utf-8"))


async def test_an_export_that_fails_says_why(desk: Desk, tmp_path: Path) -> None:
    async with browsing(desk, week("a", hard="mot")) as (pilot, _):
        await export(pilot, tmp_path / "missing" / "x.md")
        await until(pilot, lambda: "missing" in said(pilot))


# Whatever was written, whatever the size


STYLES = {FOUND, MUTED, "", "bold", "bold $primary", "$primary", "$secondary", "italic"}
STYLES |= {f"italic {MUTED}", "$foreground 80%"}


@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=40), min_size=3, max_size=3))
def test_what_is_drawn_is_what_was_written_and_styled_by_us_alone(texts: list[str]) -> None:
    one, two, three = map(clean, texts)
    rows = [{"id": "1", "action": one, "skill": two, "impact": three}]
    entry = week("w", hard=three, word=one, achievements=rows, unknown=two)
    entry.tags = [two]
    item = IndexedEntry("w", entry, Status.DONE, tags={fold(two): two}, skills={fold(two): two})
    index = EntryIndex(items={"w": item}, facets={"tag": [Facet(fold(two), two, 1)]})
    words = [fold(word) for word in three.split()[:2]]
    look = Look(index, load_content(), UNICODE, "fr", TODAY, words)
    read = sheet(item, look)
    lines = [part for line in read for part in line.wrapped(60)]
    drawn = [look.first(item, 60), look.second(item, 60), *lines]
    assert {span.style for line in drawn for span in line.spans} <= STYLES
    assert all(line.cell_length <= 60 for line in drawn)
    whole = "\n".join(line.text.plain for line in read)
    for text in (one, two, three):
        assert all(part in whole for part in text.split("\n"))
    assert filters.describe_filter("tag", Filter(tag=fold(two)), index, "fr") == two


async def test_no_text_is_ever_markup(desk: Desk) -> None:
    about = internship_of("2026-10-12", "2026-12-18", company=NASTY[2], objective=NASTY[1])
    told = []
    for number, text in enumerate(NASTY):
        rows = [{"id": "1", "action": text, "skill": text, "impact": text, "feedback": text}]
        entry = week(f"w{number}", hard=text, word=text, achievements=rows)
        entry.internship, entry.tags = about.id, [text]
        told.append(entry)
    desk.journal.merge([about, *told])
    amend_entry(desk.journal, "w0", answers={"hard": NASTY[1]}, tags=[NASTY[2]])
    async with browsing(desk, size=(120, 40)) as (pilot, screen):
        await shows(pilot, *NASTY[1:5])
        for name, pressed in (("skill", "end"), ("tag", "down"), ("flow", "down")):
            screen.set_filter(name)
            await until(pilot, lambda: pilot.app.screen is not screen)
            await pilot.press(pressed, "enter")
            await until(pilot, lambda: pilot.app.screen is screen)
            assert 0 < len(listed(screen)) <= len(NASTY)
            screen.action_clear()
        screen.reload("w0")
        await until(pilot, lambda: screen.current and screen.current.entry.id == "w0")
        for key in ("h", "t", "x", "f"):
            await pilot.press(key)
            await until(pilot, lambda: pilot.app.screen is not screen)
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("d", "u")
        await until(pilot, lambda: RESTORED in said(pilot))
        assert pilot.app.is_running


@pytest.mark.parametrize("size", [(60, 20), (20, 5), (200, 60)])
async def test_any_size_shows_something_and_breaks_nothing(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with browsing(desk, week("a", hard="mot", energy=3, mood=2), size=size) as (
        pilot,
        screen,
    ):
        for keys in ("enter", "escape", "f", "escape", "t", "escape", "x", "escape", "h", "escape"):
            await pilot.press(keys)
            await pilot.pause()
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.resize_terminal(20, 5)
        await pilot.resize_terminal(100, 30)
        await shows(pilot, "mot")


async def test_a_hundred_thousand_characters_are_read_and_searched(desk: Desk) -> None:
    async with browsing(desk, week("a", hard="mot " * 25_000 + "trésor")) as (pilot, screen):
        await pilot.press("slash")
        await typed(pilot, "tresor")
        await shows(pilot, "1 sur 1", "trésor")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: screen.query_one(Reader).first_match > 1000)


async def test_english_and_plain_signs(fresh: Desk) -> None:
    fresh.settings('lang = "en"\nascii = true\n')
    async with browsing(fresh, week("a", hard="mot", mood=4), lang="en") as (pilot, _):
        await shows(pilot, "1 entry", "# 20 Nov  Weekly session", "mood 4", "session v")


async def test_the_filters_are_named_in_full_after_one_has_read_over_them(desk: Desk) -> None:
    async with browsing(desk, entry_of("note", answers={"text": "Tri"}), size=(60, 20)) as (
        pilot,
        screen,
    ):
        await pilot.press("enter")
        await until(pilot, lambda: screen.has_class("reading"), "reading")
        screen.find()  # as when another program wrote, or a dialog closed
        await pilot.press("escape")
        await until(pilot, lambda: not screen.has_class("reading"), "the list")
        await until(pilot, lambda: SAY("filter.flow") in shown(pilot.app), "the filters")
