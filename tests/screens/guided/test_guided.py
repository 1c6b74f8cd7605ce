"""A session on the screen: its help, its answers so far, moving about, leaving, ending."""

import base64
import signal
from typing import Any

import pyperclip
import pytest
from making import TODAY, field, internship_of, step
from piloting import (
    Desk,
    back_home,
    block,
    burst,
    guided,
    opened,
    paste,
    rows,
    says,
    shown,
    told,
    until,
)
from textual.pilot import Pilot

from coach.store.entries import new_entry
from coach.util.clock import now
from coach.util.wording import Wording
from screens.common.dialogs import Ask
from screens.widgets.act import Act
from screens.widgets.say import Say

TWO = (step("one", field("line", "first", example="Un mot")), step("two", field("line", "second")))


async def to_next(pilot: Pilot[int], name: str) -> None:
    await pilot.press("ctrl+n")
    await opened(pilot, name)


def note(desk: Desk, text: str) -> str:
    """A note that another program takes; its id."""
    entry = new_entry("note", lang="fr", day=TODAY, moment=now(), answers={"text": text})
    entry.status = "done"
    return desk.journal.save(entry).id


# What is in sight


@pytest.fixture
def news_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happened is in sight for some seconds, which a busy machine may take to look."""
    monkeypatch.setattr("screens.guided.kept_screen.KeptScreen.NEWS_SECONDS", 3600)


async def test_the_top_says_where_one_is_and_how_long_it_takes(desk: Desk) -> None:
    desk.own_flow(
        step("one", field("choices", "met", options=["a", "b"]), minutes=4),
        step("again", field("line", "x"), each="met", minutes=2),
        step("end"),
        title="Labo",
    )
    async with desk.session() as pilot:
        top = shown(pilot.app).splitlines()[0]
        assert "Labo" in top
        # how many steps there are is not promised before the choices
        assert says(pilot.app, Wording("guided", "fr")("step", step=1, minutes=7))
        await burst(pilot, "1", "2")
        await to_next(pilot, "again")
        assert told(pilot.app, "guided.step.of", step=2, total=4, minutes=5)


async def test_the_week_told_is_named_at_the_top(desk: Desk) -> None:
    desk.journal.save(internship_of("2026-11-09", "2027-01-29", company="Lumen"))
    async with desk.session("weekly") as pilot:
        title = guided(pilot).session.flow.title.fr
        assert told(pilot.app, "guided.top.week", title=title, week=2)


async def test_help_and_example_unfold_and_fold_again(desk: Desk) -> None:
    desk.own_flow(
        step(
            "one",
            field("line", "it", help="Une aide.", example="Un exemple."),
            field("line", "bare"),
            help="Une aide pour la page.",
        )
    )
    async with desk.session() as pilot:
        example = Wording("guided", "fr")("example", text="Un exemple.")
        texts = ["Une aide.", example, "Une aide pour la page."]
        assert not any(text in shown(pilot.app) for text in texts)
        await pilot.press("f1")
        assert all(text in shown(pilot.app) for text in texts)
        await pilot.press("f1")
        assert not any(text in shown(pilot.app) for text in texts)


async def test_answers_stand_beside_the_step_or_behind_a_key(desk: Desk) -> None:
    desk.own_flow(*TWO)
    async with desk.session(size=(120, 30)) as pilot:
        await paste(pilot, "Déclic")
        await to_next(pilot, "two")

        def answers() -> bool:
            return "Champ first" in shown(pilot.app) and "Déclic" in shown(pilot.app)

        def none() -> bool:
            return "Déclic" not in shown(pilot.app)

        await until(pilot, lambda: answers() and "Champ second" in shown(pilot.app), "beside")
        await pilot.resize_terminal(80, 24)
        await until(pilot, none, "the step alone")
        await pilot.press("f2")
        await until(pilot, lambda: answers() and not guided(pilot).page_box.display, "behind f2")
        await pilot.press("f2")
        await until(pilot, lambda: none() and guided(pilot).page_box.display, "the step again")


async def test_with_nothing_said_yet_the_answers_say_so(desk: Desk) -> None:
    desk.own_flow(*TWO)
    async with desk.session() as pilot:
        await pilot.press("f2")
        assert told(pilot.app, "guided.answers.none")


# Moving and leaving


async def test_enter_goes_from_field_to_field_then_to_the_next_step(desk: Desk) -> None:
    desk.own_flow(
        step("one", field("line", "a"), field("scale", "b"), field("line", "c")), step("two")
    )
    async with desk.session() as pilot:
        await burst(pilot, "x", "enter", "4", "enter", "y", "enter")
        await opened(pilot, "two")
        assert guided(pilot).session.answers == {"a": "x", "b": 4, "c": "y"}


async def test_tab_goes_round_the_fields(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "a"), field("text", "b"), field("line", "c")))
    async with desk.session() as pilot:
        for name in ("b", "c"):
            await pilot.press("tab")
            assert pilot.app.focused is block(pilot, name).widget
        await pilot.press("shift+tab")
        assert pilot.app.focused is block(pilot, "b").widget


async def test_a_bound_key_and_the_letters_around_it_keep_their_order(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "a")), step("two", field("text", "b")), step("three"))
    async with desk.session() as pilot:
        keys = ["x", "backspace", "y", "left", "z"]
        await burst(pilot, *keys, "ctrl+n", *keys, "ctrl+n")
        await opened(pilot, "three")
        assert guided(pilot).session.answers == {"a": "zy", "b": "zy"}


async def test_left_and_opened_again_it_goes_on_at_the_same_step(desk: Desk) -> None:
    desk.own_flow(*TWO)
    async with desk.session() as pilot:
        await paste(pilot, "Déclic")
        await to_next(pilot, "two")
        await pilot.press("ctrl+s")
        await back_home(pilot)
    async with desk.session() as pilot:
        await opened(pilot, "two")
        assert told(pilot.app, "guided.resumed")
        await pilot.press("escape")
        await opened(pilot, "one")
        assert block(pilot, "first").raw() == "Déclic"


async def test_escape_on_the_first_step_leaves_and_without_an_answer_leaves_no_draft(
    desk: Desk,
) -> None:
    desk.own_flow(*TWO)
    async with desk.session() as pilot:
        await pilot.press("escape")
        await back_home(pilot)
    assert desk.drafts() == []
    async with desk.session() as pilot:
        await paste(pilot, "Déclic")
        await pilot.press("escape")
        await back_home(pilot)
    assert [draft.entry.answers for draft in desk.drafts()] == [{"first": "Déclic"}]


@pytest.mark.parametrize("how", ["ctrl+q", "f10", "SIGTERM", "SIGHUP"])
async def test_quitting_and_being_ended_keep_the_last_key(desk: Desk, how: str) -> None:
    desk.own_flow(*TWO)
    async with desk.session() as pilot:
        await burst(pilot, "a", "b")
        if how.startswith("SIG"):
            signal.raise_signal(getattr(signal, how))
        else:
            await burst(pilot, "c", how)
        await until(pilot, lambda: not pilot.app.is_running or pilot.app._exit, "exit")
    typed = "ab" if how.startswith("SIG") else "abc"
    assert [draft.entry.answers for draft in desk.drafts()] == [{"first": typed}]
    assert pilot.app.return_value == (1 if how.startswith("SIG") else 0)


async def test_a_draft_is_thrown_away_after_asking_and_goes_to_the_trash(desk: Desk) -> None:
    desk.own_flow(*TWO)
    async with desk.session() as pilot:
        await paste(pilot, "Déclic")
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        assert told(pilot.app, "guided.discard.ask")
        # the safe answer has the cursor
        await pilot.press("enter")
        await opened(pilot, "one")
        assert block(pilot, "first").raw() == "Déclic"
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        await pilot.press("right", "enter")
        await back_home(pilot)
    assert desk.drafts() == []
    assert [one.answers for one in desk.journal.entries(trash=True)] == [{"first": "Déclic"}]


async def test_leaving_the_program_while_a_question_is_open_keeps_the_draft(desk: Desk) -> None:
    desk.own_flow(*TWO)
    async with desk.session() as pilot:
        await paste(pilot, "Déclic")
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app._exit, "exit")
    assert pilot.app.return_value == 0
    assert [draft.entry.answers for draft in desk.drafts()] == [{"first": "Déclic"}]


async def test_a_session_is_opened_once_however_often_it_is_asked_for(desk: Desk) -> None:
    async with desk.home(notifications=True) as pilot:
        await burst(pilot, "e", "e", "e")
        await opened(pilot, "accept")
        assert len(pilot.app.screen_stack) == 2
        assert not told(pilot.app, "errors.draft_open")
        # what was typed after the first is for the session
        assert block(pilot, "company").raw() == "ee"


async def test_what_is_typed_while_a_session_opens_is_not_lost(desk: Desk) -> None:
    async with desk.home() as pilot:
        await burst(pilot, "n", *"Tri des bacs", "enter")
        await until(pilot, lambda: desk.entries("note"), "the note")
    assert desk.entries("note")[0].answers == {"text": "Tri des bacs"}


async def test_a_session_that_cannot_open_says_why_and_home_goes_on(desk: Desk) -> None:
    desk.data_folder.flows.mkdir()
    (desk.data_folder.flows / "labo.toml").write_text("steps = 3")
    for name, said in (("labo", "labo.toml"), ("nowhere", "nowhere")):
        async with desk.app(name).run_test(notifications=True) as pilot:
            await until(pilot, lambda said=said: says(pilot.app, said), said)
            app: Any = pilot.app
            await until(pilot, lambda app=app: app.home._begun, "home")
            await pilot.press("f1")
            await until(pilot, lambda: told(pilot.app, "help.home"), "keys act again")


async def test_the_second_window_on_a_draft_is_told(desk: Desk) -> None:
    async with desk.session("weekly") as first:
        await paste(first, "Déclic", block(first, "word").widget)
        async with desk.app("weekly").run_test(notifications=True) as second:
            await until(second, lambda: told(second.app, "errors.draft_open"), "told")
        await first.press("ctrl+s")
        await back_home(first)
    assert [draft.entry.answers["word"] for draft in desk.drafts()] == ["Déclic"]


# The weekly session, from start to end


async def test_a_week_is_told_from_start_to_end(desk: Desk) -> None:
    desk.journal.save(internship_of("2026-11-09", "2027-01-29", company="Lumen", objective="Mener"))
    async with desk.home(notifications=True) as pilot:
        await pilot.press("w")
        await opened(pilot, "checkin")
        await burst(pilot, "enter", "4", "enter", "3", "enter", *"calme", "ctrl+n")
        await opened(pilot, "proofs")
        await paste(pilot, "Trié les bacs")
        await burst(pilot, "tab", "tab")
        await paste(pilot, "10 h -> 2 h")
        await to_next(pilot, "difficulty")
        await burst(pilot, *"pluie", "ctrl+n")
        await opened(pilot, "goals")
        await burst(pilot, "3", "ctrl+n")
        for name in ("asking", "next", "recap"):
            await opened(pilot, name)
            await pilot.press("ctrl+n")
        await back_home(pilot)
        await until(pilot, lambda: told(pilot.app, "app.done.weekly"), "told")
        await until(pilot, lambda: told(pilot.app, "home.strip.done", n=1), "the strip")
    assert desk.drafts() == []
    (entry,) = desk.entries("weekly")
    (row,) = entry.answers.pop("achievements")
    assert row == {"id": row["id"], "action": "Trié les bacs", "impact": "10 h -> 2 h"}
    assert entry.answers == {
        "on_site": "here",
        "energy": 4,
        "mood": 3,
        "word": "calme",
        "hard": "pluie",
        "progress": {"main": "forward"},
    }


async def test_a_week_at_school_is_one_answer(desk: Desk) -> None:
    async with desk.session("weekly") as pilot:
        assert len(guided(pilot).page_box.blocks) == 4
        await pilot.press("2")
        await until(pilot, lambda: len(guided(pilot).page_box.blocks) == 1, "the rest hides")
        await pilot.press("ctrl+n")
        await opened(pilot, "recap")
        await pilot.press("ctrl+n")
        await back_home(pilot)
    assert desk.entries("weekly")[0].answers == {"on_site": "school"}


# What the coach notices


def notices(pilot: Pilot[int]) -> list[str]:
    lines = guided(pilot).query(".notice").results(Say)
    return [line for say in lines if say.display for line in str(say.visual).splitlines()]


async def test_nudges_are_gentle_at_most_two_and_block_nothing(desk: Desk) -> None:
    desk.own_flow(
        step(
            "one",
            field("text", "it", nudges=["blame", "vague", "figure", "varnish", "went_well"]),
        ),
        step("two"),
    )
    async with desk.session() as pilot:
        assert notices(pilot) == []
        await paste(pilot, "Tout s'est super bien passé, mon tuteur est un incapable")
        await until(pilot, lambda: notices(pilot), "a nudge")
        assert 1 <= len(notices(pilot)) <= 2
        await to_next(pilot, "two")


async def test_the_calm_line_comes_and_goes_with_a_heavy_answer(desk: Desk) -> None:
    async with desk.session("reframe") as pilot:

        def calm() -> bool:
            return "3114" in shown(pilot.app)

        assert not calm()
        await burst(pilot, "1", "0")
        await until(pilot, calm, "the calm line")
        await pilot.press("4")
        await until(pilot, lambda: not calm(), "no calm line")


@pytest.mark.usefixtures("news_stay")
async def test_a_story_says_how_long_it_takes_to_say_and_is_copied(
    desk: Desk, no_clipboard: list[str]
) -> None:
    desk.own_flow(step("one", field("text", "it", spoken=True, copy=True)))
    async with desk.session() as pilot:
        await paste(pilot, "mot " * 50)
        await until(pilot, lambda: told(pilot.app, "guided.spoken", n=50, seconds=20), "count")
        await pilot.click(guided(pilot).query_one("#copy", Act))
        await until(pilot, lambda: told(pilot.app, "guided.copied.desktop"), "copied")
    assert no_clipboard == ["mot " * 50]


@pytest.mark.usefixtures("news_stay")
async def test_without_a_desktop_the_terminal_is_asked_to_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: str) -> None:
        raise pyperclip.PyperclipException("no clipboard here")

    monkeypatch.setattr("pyperclip.copy", none)
    desk.own_flow(step("one", field("text", "it", spoken=True, copy=True)))
    async with desk.session() as pilot:
        written: list[str] = []
        monkeypatch.setattr(pilot.app._driver, "write", written.append)
        await paste(pilot, "Léa")
        await pilot.click(guided(pilot).query_one("#copy", Act))
        await until(pilot, lambda: told(pilot.app, "guided.copied.terminal"), "copied")
    encoded = base64.b64encode("Léa".encode()).decode()
    assert f"\x1b]52;c;{encoded}\a" in written


async def test_a_drafted_text_is_written_again_after_asking(desk: Desk) -> None:
    desk.own_flow(
        step("one", field("line", "role"), field("line", "company")),
        step("two", field("text", "it", start_from="recruiter_message")),
    )
    async with desk.session() as pilot:
        await to_next(pilot, "two")
        drafted = str(block(pilot, "it").raw())
        assert drafted
        await paste(pilot, "À moi. ")
        mine = block(pilot, "it").raw()
        await pilot.click(guided(pilot).query_one("#redraft", Act))
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        await pilot.press("enter")
        await opened(pilot, "two")
        assert block(pilot, "it").raw() == mine
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask), "the question")
        await pilot.press("right", "enter")
        await until(pilot, lambda: block(pilot, "it").raw() == drafted, "drafted again")
        block(pilot, "it").widget.focus()
        await pilot.press("ctrl+z")
        assert block(pilot, "it").raw() == mine


# Notes


async def test_a_note_taken_elsewhere_comes_in_while_the_session_is_open(desk: Desk) -> None:
    async with desk.session("weekly") as pilot:
        await pilot.press("ctrl+n")
        await opened(pilot, "proofs")
        await paste(pilot, "Rangé la rés")
        note(desk, "Trié les bacs")
        await until(pilot, lambda: len(rows(pilot).value) == 2, "the note")
        await paste(pilot, "erve")
        assert [row["action"] for row in rows(pilot).value] == ["Rangé la réserve", "Trié les bacs"]
        await pilot.press("ctrl+s")
        await back_home(pilot)
    (draft,) = desk.drafts()
    assert [row["action"] for row in draft.entry.answers["achievements"]] == [
        "Rangé la réserve",
        "Trié les bacs",
    ]


@pytest.mark.usefixtures("news_stay")
async def test_a_note_is_taken_from_within_a_session_and_joins_it(desk: Desk) -> None:
    async with desk.session("weekly") as pilot:
        await paste(pilot, "Déclic", block(pilot, "word").widget)
        await pilot.press("ctrl+t")
        await opened(pilot, "quick")
        await paste(pilot, "Trié les bacs")
        await pilot.press("enter")
        await opened(pilot, "checkin")
        await until(pilot, lambda: told(pilot.app, "guided.notes.came", n=1), "the note")
        assert block(pilot, "word").raw() == "Déclic"
        await to_next(pilot, "proofs")
        assert [row["action"] for row in rows(pilot).value] == ["Trié les bacs"]


async def test_a_note_that_comes_while_another_is_being_written_is_not_missed(desk: Desk) -> None:
    async with desk.session("weekly") as pilot:
        await to_next(pilot, "proofs")
        await pilot.press("ctrl+t")
        await opened(pilot, "quick")
        note(desk, "Trié les bacs")
        await pilot.pause(1.3)
        await pilot.press("escape")
        await opened(pilot, "proofs")
        await until(pilot, lambda: len(rows(pilot).value) == 1, "the note")
