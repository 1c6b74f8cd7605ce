"""Each kind of field, answered by key and by mouse, slips said beside it."""

from typing import Any

import pytest
from making import field, step
from piloting import Desk, back_home, block, burst, guided, opened, paste, rows, shown, told, until
from textual.pilot import Pilot
from textual.widgets import Input

from screens.guided.scale import ScalePicker
from screens.widgets.picker import PickLine

ABC = ["a", "b", "c"]
ALONE: list[Any] = ["a", "b", {"id": "none", "alone": True}]
KINDS: list[tuple[dict[str, Any], str, Any]] = [
    (field("line", "line"), "a b", "ab"),
    (field("text", "text"), "a enter b", "a\nb"),
    (field("scale", "scale"), "4", 4),
    (field("scale", "ten", low=0, high=10), "1 0", 10),
    (field("scale", "zero", low=0, high=10), "0", 0),
    (field("scale", "arrows"), "right right right left", 4),
    (field("choice", "choice", options=ABC), "down space", "b"),
    (field("choice", "digit", options=ABC), "3", "c"),
    (field("choices", "choices", options=ABC), "space down down space", ["a", "c"]),
    (field("choices", "alone", options=ALONE), "1 2 3", ["none"]),
    (
        field("checklist", "checklist", options=ABC),
        "1 2 right",
        {"a": "yes", "b": "no", "c": "yes"},
    ),
    (field("date", "date"), "2 3 / 1 1", "2026-11-23"),
    (field("number", "number"), "3 5 , 5", 35.5),
    (field("rows", "rows"), "a enter b", [{"what": "a", "who": "b"}]),
    (field("sides", "pairs"), "a tab b", [{"left": "a", "right": "b"}]),
]


def without_ids(answer: Any) -> Any:
    if isinstance(answer, list) and answer and isinstance(answer[0], dict):
        return [{key: cell for key, cell in row.items() if key != "id"} for row in answer]
    return answer


async def test_every_kind_is_answered_by_keys_that_arrive_in_one_burst(desk: Desk) -> None:
    desk.own_flow(*(step(f"s_{made['id']}", made) for made, _, _ in KINDS))
    async with desk.session() as pilot:
        for made, keys, _ in KINDS:
            await opened(pilot, f"s_{made['id']}")
            await burst(pilot, *keys.split(), "ctrl+n")
        await back_home(pilot)
    (entry,) = desk.entries("labo")
    found = {name: without_ids(answer) for name, answer in entry.answers.items()}
    assert found == {made["id"]: answer for made, _, answer in KINDS}


async def test_every_kind_is_answered_with_the_mouse(desk: Desk) -> None:
    desk.own_flow(
        step("one", field("scale", "scale"), field("choice", "choice", options=ABC)),
        step(
            "two",
            field("choices", "choices", options=ABC),
            field("checklist", "checklist", options=ABC),
        ),
        step("three", field("line", "line"), field("text", "text")),
        step("four", field("rows", "rows")),
    )
    async with desk.session() as pilot:
        answers = guided(pilot).session.answers
        scale = block(pilot, "scale").query_one(ScalePicker)
        # padding of one, then cells of three with one between
        await pilot.click(scale, offset=(1 + 4 * 3 + 1, 0))
        await pilot.click(block(pilot, "choice").query(PickLine)[1])
        assert answers == {"scale": 4, "choice": "b"}
        await to_next(pilot, "two")
        await pilot.click(block(pilot, "choices").query(PickLine)[2])
        await pilot.click(block(pilot, "choices").query(PickLine)[0])
        await pilot.click(block(pilot, "checklist").query(PickLine)[1])
        assert answers["choices"] == ["c", "a"]
        assert answers["checklist"] == {"b": "yes"}
        # a click on a mark gives that mark, a second one takes it back
        marks = block(pilot, "checklist").query(".sign")
        await pilot.click(marks[0], offset=(len("○ Réponse yes  "), 0))
        await pilot.click(marks[1], offset=(0, 0))
        assert answers["checklist"] == {"a": "no"}
        await pilot.click(block(pilot, "choices").query(PickLine)[2])
        assert answers["choices"] == ["a"]
        await to_next(pilot, "three")
        for name in ("text", "line"):
            await pilot.click(block(pilot, name).widget)
            await paste(pilot, f"dans {name}")
        assert (answers["line"], answers["text"]) == ("dans line", "dans text")
        await to_next(pilot, "four")
        await paste(pilot, "Trié")
        await pilot.click("#add")
        await paste(pilot, "Rangé")
        await pilot.click("#up")
        assert [row["what"] for row in answers["rows"]] == ["Rangé", "Trié"]
        # a click on a line of the table opens that row in the form
        await pilot.click(rows(pilot).grid, offset=(3, 2))
        await paste(pilot, "Léa", rows(pilot).query_one("#cell-who", Input))
        assert answers["rows"][1] == answers["rows"][1] | {"what": "Trié", "who": "Léa"}


async def to_next(pilot: Pilot[int], name: str) -> None:
    await pilot.press("ctrl+n")
    await opened(pilot, name)


@pytest.mark.parametrize(
    ("kind", "more", "typed", "said"),
    [
        ("date", {}, "bientôt", {}),
        ("number", {"most": 80}, "99", {"least": 0, "most": 80}),
    ],
)
async def test_a_slip_is_said_beside_the_field_kept_as_typed_and_blocks_no_leaving(
    desk: Desk, kind: str, more: dict[str, Any], typed: str, said: dict[str, Any]
) -> None:
    desk.own_flow(
        step("one", field("line", "first")),
        step("two", field(kind, "it", **more)),
        step("three"),
    )
    async with desk.session() as pilot:
        await pilot.press("a")
        await to_next(pilot, "two")
        await paste(pilot, typed)
        await until(pilot, lambda: told(pilot.app, f"errors.{kind}", **said), "the slip")
        # one can go on, and is asked again at the end alone
        await to_next(pilot, "three")
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        assert told(pilot.app, f"errors.{kind}", **said)
        assert pilot.app.focused is block(pilot, "it").widget
        assert block(pilot, "it").raw() == typed
        await pilot.press("escape")
        await opened(pilot, "one")
        await to_next(pilot, "two")
        await pilot.press("ctrl+s")
        await back_home(pilot)
    assert [draft.entry.answers for draft in desk.drafts()] == [{"first": "a", "it": typed}]
    async with desk.session() as pilot:
        await opened(pilot, "two")
        assert block(pilot, "it").raw() == typed


async def test_what_is_required_is_asked_for_at_the_end_alone(desk: Desk) -> None:
    columns = [{"id": "what", "required": True}, "who"]
    desk.own_flow(
        step("one", field("line", "must", required=True)),
        step("two", field("rows", "rows", columns=columns)),
        step("three"),
    )
    async with desk.session() as pilot:
        await to_next(pilot, "two")
        await paste(pilot, "Léa", rows(pilot).query_one("#cell-who", Input))
        await to_next(pilot, "three")
        await pilot.press("ctrl+n")
        await opened(pilot, "one")
        assert told(pilot.app, "guided.required")
        assert pilot.app.focused is block(pilot, "must").widget
        await pilot.press("a")
        await to_next(pilot, "two")
        await to_next(pilot, "three")
        await pilot.press("ctrl+n")
        await opened(pilot, "two")
        assert told(pilot.app, "guided.required")
        await until(pilot, lambda: pilot.app.focused is rows(pilot)._input("what"), "the cell")
        await pilot.press("b")
        await to_next(pilot, "three")
        await pilot.press("ctrl+n")
        await back_home(pilot)
    (entry,) = desk.entries("labo")
    assert entry.answers["must"] == "a"


async def test_a_day_is_said_back_as_it_was_understood(desk: Desk) -> None:
    desk.one_field(field("date", "it"))
    async with desk.session() as pilot:
        await paste(pilot, "lundi")
        await until(pilot, lambda: "lundi 23 novembre 2026" in shown(pilot.app), "the day")


async def test_fields_show_and_hide_at_once(desk: Desk) -> None:
    desk.own_flow(
        step(
            "one",
            field("scale", "sting"),
            field("line", "who", when=[{"field": "sting", "above": 3}]),
            field("line", "last"),
        )
    )
    async with desk.session() as pilot:

        def fields() -> list[str]:
            return [one.field.id for one in guided(pilot).page_box.blocks]

        assert fields() == ["sting", "last"]
        await burst(pilot, "5", "tab", "a")
        await until(pilot, lambda: fields() == ["sting", "who", "last"], "who shows")
        # what was typed in the same burst is for the field that came
        await until(pilot, lambda: guided(pilot).session.answers.get("who") == "a", "typed")
        await paste(pilot, "na", block(pilot, "who").widget)
        block(pilot, "sting").widget.focus()
        await pilot.press("2")
        await until(pilot, lambda: fields() == ["sting", "last"], "who hides")
        assert guided(pilot).session.answers["who"] == "ana"
        await pilot.press("ctrl+n")
        await back_home(pilot)
    (entry,) = desk.entries("labo")
    assert "who" not in entry.answers
    assert entry.history == []
    (former,) = desk.journal.get(entry.id).history
    assert former["answers"]["who"] == "ana"


async def test_a_prefilled_text_counts_once_the_student_went_past_it(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "it", start="Bonjour")), step("two"))
    async with desk.session() as pilot:
        assert block(pilot, "it").raw() == "Bonjour"
        await pilot.press("escape")
        await back_home(pilot)
    assert desk.drafts() == []
    async with desk.session() as pilot:
        await to_next(pilot, "two")
        assert guided(pilot).session.answers == {"it": "Bonjour"}
        await pilot.press("escape")
        await opened(pilot, "one")
        assert block(pilot, "it").raw() == "Bonjour"


async def test_a_very_long_answer_is_typed_kept_and_shown(desk: Desk) -> None:
    desk.one_field(field("text", "it"))
    text = "Un mot de plus. " * 6250
    assert len(text) == 100_000
    async with desk.session() as pilot:
        await paste(pilot, text)
        await pilot.press("a")
        await pilot.press("ctrl+n")
        await back_home(pilot)
    (entry,) = desk.entries("labo")
    assert entry.answers["it"] == text + "a"


async def test_what_is_pasted_is_cleaned(desk: Desk) -> None:
    desk.own_flow(step("one", field("line", "line"), field("text", "text")))
    nasty = "\x1b[31mrouge\x1b[0m \x1b]52;c;eA==\x07ok\ud800"
    async with desk.session() as pilot:
        await paste(pilot, nasty)
        await paste(pilot, nasty, block(pilot, "text").widget)
        await pilot.press("ctrl+n")
        await back_home(pilot)
    (entry,) = desk.entries("labo")
    assert entry.answers == {"line": "rouge ok\ufffd", "text": "rouge ok\ufffd"}
