"""One guided session under way: what shows, what counts as answered, where one stands."""

from typing import Any

import pytest
from making import TODAY, field, flow_of, step

from coach.features.setbacks.situations import load_situations
from coach.flows.answer_parsing import Invalid
from coach.flows.conditions import meets
from coach.flows.content import Content
from coach.flows.field import Condition
from coach.flows.schema import Flow
from coach.flows.session import Page, Problem, Session
from coach.flows.student import StudentContext

AB = ["a", "b", "c"]


def session_of(
    flow: Flow, content: Content, answers: dict[str, Any] | None = None, **known: Any
) -> Session:
    at = known.pop("at", ("", ""))
    lang = known.pop("lang", "fr")
    return Session(flow, content, StudentContext(today=TODAY, **known), lang, answers, at)


def shown(session: Session) -> list[tuple[str, str]]:
    return [page.at for page in session.pages()]


def fields_shown(session: Session) -> list[str]:
    return [one.id for one in session.fields()]


def field_named(session: Session, name: str) -> Any:
    return next(f for s in session.flow.steps for f in s.fields if f.id == name)


def say(session: Session, name: str, raw: Any, page: Page | None = None) -> Any:
    """Answers the field `name`."""
    return session.put(field_named(session, name), raw, page)


# Conditions


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ({"has": "a"}, "a", True),
        ({"has": "a"}, "b", False),
        ({"has": "a"}, None, False),
        ({"has": "a"}, ["b", "a"], True),
        ({"has": ["a", "b"]}, "b", True),
        ({"has": ["a", "b"]}, ["c"], False),
        ({"has": "a"}, {"a": "yes"}, True),
        ({"lacks": "a"}, "a", False),
        ({"lacks": "a"}, "b", True),
        ({"lacks": "a"}, None, True),
        ({"lacks": ["a", "b"]}, ["c", "b"], False),
        ({"filled": True}, "x", True),
        ({"filled": True}, 0, True),
        ({"filled": True}, "", False),
        ({"filled": True}, [], False),
        ({"filled": True}, {}, False),
        ({"filled": True}, None, False),
        ({"filled": False}, None, True),
        ({"filled": False}, "x", False),
        ({"above": 3}, 4, True),
        ({"above": 3}, 3, False),
        ({"above": 3}, None, False),
        ({"above": 3}, "4", False),
        ({"below": 3}, 2.5, True),
        ({"below": 3}, 3, False),
        ({"below": 3}, None, False),
        ({"above": 1, "below": 3}, 2, True),
        ({"above": 1, "below": 3}, 3, False),
        ({"has": "a"}, [{"id": "1", "what": "x"}], False),
        ({}, None, True),
    ],
)
def test_what_meets_a_condition(condition: dict[str, Any], value: Any, holds: bool) -> None:
    assert meets(Condition(field="f", **condition), value) is holds


def test_a_field_shows_as_soon_as_an_answer_on_its_page_says_so(content: Content) -> None:
    flow = flow_of(
        step(
            "one",
            field("scale", "sting"),
            field("line", "who", when=[{"field": "sting", "above": 3}]),
        )
    )
    session = session_of(flow, content)
    assert fields_shown(session) == ["sting"]
    say(session, "sting", 4)
    assert fields_shown(session) == ["sting", "who"]
    say(session, "sting", None)
    assert fields_shown(session) == ["sting"]


def test_all_conditions_must_hold_and_any_takes_one(content: Content) -> None:
    flow = flow_of(
        step("first", field("choice", "where", options=AB), field("line", "why")),
        step("both", when=[{"field": "where", "has": "a"}, {"field": "why", "filled": True}]),
        step(
            "either",
            when=[{"any": [{"field": "where", "has": "b"}, {"field": "why", "filled": True}]}],
        ),
    )
    session = session_of(flow, content)
    assert shown(session) == [("first", "")]
    say(session, "where", "b")
    assert shown(session) == [("first", ""), ("either", "")]
    say(session, "where", "a")
    say(session, "why", "pour voir")
    assert shown(session) == [("first", ""), ("both", ""), ("either", "")]


def test_a_condition_looks_at_what_is_known_about_the_student(content: Content) -> None:
    flow = flow_of(
        step("always"),
        step("kept", when=[{"known": "intention", "filled": True}]),
        step("place", when=[{"known": "company", "filled": False}]),
    )
    assert shown(session_of(flow, content)) == [("always", ""), ("place", "")]
    known = session_of(flow, content, intention="Appeler", company="Lumen")
    assert shown(known) == [("always", ""), ("kept", "")]


def test_a_condition_looks_at_the_repeated_item_and_at_what_was_said_about_it(
    content: Content,
) -> None:
    flow = flow_of(
        step("first", field("rows", "rows")),
        step(
            "again",
            field("choice", "really", options=["yes", "no"]),
            each="rows",
            when=[{"item": "who", "filled": True}],
        ),
        step("after", each="rows", when=[{"field": "really", "has": "no"}]),
    )
    rows = [{"id": "1", "what": "x", "who": "Léa"}, {"id": "2", "what": "y"}]
    session = session_of(flow, content, {"rows": rows})
    assert shown(session) == [("first", ""), ("again", "1")]
    say(session, "really", "no", session.pages()[1])
    assert shown(session) == [("first", ""), ("again", "1"), ("after", "1")]


# Repeated steps


def repeated() -> Flow:
    return flow_of(
        step("first", field("choices", "met", options=AB)),
        step("one", field("line", "learned", start="{item.label} !"), each="met"),
        step("last", field("line", "end")),
    )


def test_a_repeated_step_comes_once_for_each_chosen_item_in_their_own_order(
    content: Content,
) -> None:
    session = session_of(repeated(), content)
    assert shown(session) == [("first", ""), ("last", "")]
    say(session, "met", ["c", "a"])
    assert shown(session) == [("first", ""), ("one", "a"), ("one", "c"), ("last", "")]


def test_answers_about_an_item_are_keyed_by_it(content: Content) -> None:
    session = session_of(repeated(), content)
    say(session, "met", ["a", "b"])
    a, b = session.pages()[1:3]
    say(session, "learned", "Trier", a)
    say(session, "learned", "Ranger", b)
    assert session.answers["one"] == {"a": {"learned": "Trier"}, "b": {"learned": "Ranger"}}
    say(session, "met", ["b", "c"])
    assert session.value(field_named(session, "learned"), session.pages()[1]) == "Ranger"
    assert session.value(field_named(session, "learned"), session.pages()[2]) == "Option c !"


def test_rows_repeat_a_step_by_their_id_and_an_empty_first_cell_does_not(
    content: Content,
) -> None:
    flow = flow_of(
        step("first", field("rows", "rows")), step("one", each="rows", title="{item.label}")
    )
    rows = [{"id": "1", "what": "Tri"}, {"id": "2", "who": "Léa"}]
    session = session_of(flow, content, {"rows": rows})
    assert shown(session) == [("first", ""), ("one", "1")]
    page = session.pages()[1]
    assert session.say(page.step.title, page) == "Tri"
    rows[0]["what"] = "Rangement"
    assert shown(session)[1] == ("one", "1")
    assert session.say(page.step.title, session.pages()[1]) == "Rangement"


def test_odd_answers_of_an_imported_entry_repeat_nothing(content: Content) -> None:
    flow = flow_of(step("first", field("rows", "rows")), step("one", each="rows"))
    for odd in ("text", 3, ["text", 3, None], {"id": "1"}, [{"what": "sans id"}]):
        session = session_of(flow, content, {"rows": odd, "one": "text"})
        assert ("first", "") in shown(session)
        assert session.finished() is not None


# Prefilled texts


def test_a_prefilled_text_shows_but_counts_only_once_the_student_went_past_it(
    content: Content,
) -> None:
    flow = flow_of(
        step("one", field("line", "it", start="Bonjour {company}")), step("two", field("line", "x"))
    )
    session = session_of(flow, content, company="Lumen")
    it = field_named(session, "it")
    assert session.value(it) == "Bonjour Lumen"
    assert not session.answered(it)
    assert session.finished() == {}
    session.next()
    assert session.answers == {"it": "Bonjour Lumen"}
    assert session.finished() == {"it": "Bonjour Lumen"}


def test_emptying_a_prefilled_text_is_an_answer_and_clearing_brings_it_back(
    content: Content,
) -> None:
    flow = flow_of(step("one", field("line", "it", start="Bonjour")), step("two"))
    session = session_of(flow, content)
    say(session, "it", "")
    session.next()
    assert session.value(field_named(session, "it")) == ""
    assert session.finished() == {}
    say(session, "it", None)
    assert session.value(field_named(session, "it")) == "Bonjour"


def test_what_a_student_wrote_is_not_prefilled_over(content: Content) -> None:
    flow = flow_of(step("one", field("line", "it", start="Bonjour")), step("two"))
    session = session_of(flow, content)
    say(session, "it", "Bonsoir")
    session.next()
    assert session.answers["it"] == "Bonsoir"


def test_a_prefilled_choice_must_be_one_there_is(content: Content) -> None:
    flow = flow_of(
        step(
            "one",
            field("choice", "good", options=AB, start="b"),
            field("choice", "odd", options=AB, start="z"),
            field("scale", "five", start="5"),
            field("scale", "nine", start="9"),
        )
    )
    session = session_of(flow, content)
    values = {one.id: session.value(one) for one in session.fields()}
    assert values == {"good": "b", "odd": None, "five": 5, "nine": None}


# Texts


def test_texts_are_filled_from_what_is_known_and_answered_and_never_twice(
    content: Content,
) -> None:
    flow = flow_of(
        step("one", field("line", "name")),
        step("two", title="{name} chez {company}, {nobody}"),
    )
    session = session_of(flow, content, company="{name}")
    say(session, "name", "{company}")
    page = session.pages()[1]
    assert session.say(page.step.title, page) == "{company} chez {name}, {nobody}"


def test_texts_come_in_the_language_of_the_session(content: Content) -> None:
    flow = flow_of(step("one", field("choice", "it", options=["a"])))
    for lang, label in (("fr", "Option a"), ("en", "Option a (en)")):
        session = session_of(flow, content, lang=lang)
        assert session.picks(field_named(session, "it"))[0].label == label


def test_options_come_from_a_library_or_from_the_objectives(content: Content) -> None:
    flow = flow_of(
        step("one", field("choices", "met", source="situations")),
        step("two", field("checklist", "progress", source="objectives")),
    )
    goals = [{"id": "main", "label": "Mener une réunion", "help": "seul"}]
    session = session_of(flow, content, objectives=goals)
    met = session.picks(field_named(session, "met"))
    assert [pick.id for pick in met] == [one.id for one in load_situations()]
    assert met[0].help == load_situations()[0].recognise.fr
    assert [p.label for p in session.picks(field_named(session, "progress"))] == [
        "Mener une réunion"
    ]
    assert [p.id for p in session.marks(field_named(session, "progress"))] == ["yes", "no"]
    with pytest.raises(Invalid):
        say(session, "progress", {"other": "yes"})


# Answers


def test_a_bad_answer_leaves_the_one_before_it(content: Content) -> None:
    session = session_of(flow_of(step("one", field("scale", "it"))), content)
    say(session, "it", 4)
    with pytest.raises(Invalid):
        say(session, "it", 9)
    assert session.answers == {"it": 4}


def test_none_clears_an_answer(content: Content) -> None:
    session = session_of(flow_of(step("one", field("scale", "it"))), content)
    say(session, "it", 4)
    assert say(session, "it", "") is None
    assert session.answers == {}


# Moving


def test_next_and_back_walk_the_pages_and_stop_at_the_ends(content: Content) -> None:
    session = session_of(repeated(), content)
    assert not session.back()
    say(session, "met", ["a"])
    assert [session.next(), session.page.at] == [True, ("one", "a")]
    assert [session.next(), session.page.at, session.last] == [True, ("last", ""), True]
    assert not session.next()
    assert session.page.at == ("last", "")
    assert session.back()
    assert session.page.at == ("one", "a")


def test_next_goes_on_from_here_when_its_own_answer_hides_or_adds_pages(
    content: Content,
) -> None:
    flow = flow_of(
        step("where", field("choice", "on_site", options=["here", "school"])),
        step("proofs", when=[{"field": "on_site", "lacks": "school"}]),
        step("recap"),
    )
    session = session_of(flow, content)
    say(session, "on_site", "school")
    session.next()
    assert session.page.at == ("recap", "")


def test_the_position_survives_items_that_come_and_go(content: Content) -> None:
    answers = {"met": ["a", "b", "c"]}
    session = session_of(repeated(), content, answers, at=("one", "b"))
    assert session.page.at == ("one", "b")
    # before it, one went: still at the same item
    again = session_of(repeated(), content, {"met": ["b", "c"]}, at=("one", "b"))
    assert again.page.at == ("one", "b")
    # the item itself went: the last page of its step
    again = session_of(repeated(), content, {"met": ["a", "c"]}, at=("one", "b"))
    assert again.page.at == ("one", "c")
    # the whole step went: the nearest before it
    again = session_of(repeated(), content, {}, at=("one", "b"))
    assert again.page.at == ("first", "")


def test_a_step_that_is_unknown_falls_back_to_the_first(content: Content) -> None:
    assert session_of(repeated(), content, {}, at=("gone", "")).page.at == ("first", "")


def test_a_page_that_vanishes_under_way_falls_back_without_an_error(content: Content) -> None:
    session = session_of(repeated(), content, {"met": ["a"]}, at=("last", ""))
    session.answers["met"] = []
    assert session.page.at == ("last", "")
    session.answers.clear()
    assert session.progress()[0] == 2


# Progress


def test_the_number_of_steps_is_not_promised_before_the_choices(content: Content) -> None:
    session = session_of(repeated(), content)
    assert session.progress()[:2] == (1, None)
    say(session, "met", ["a", "b"])
    assert session.progress()[:2] == (1, None)
    session.next()
    assert session.progress()[:2] == (2, 4)


def test_the_minutes_left_shrink_and_are_never_none(content: Content) -> None:
    flow = flow_of(*(step(name, minutes=minutes) for name, minutes in (("a", 6), ("b", 0.5))))
    session = session_of(flow, content)
    assert session.progress() == (1, 2, 6)
    session.next()
    assert session.progress() == (2, 2, 1)


# Ending


def test_only_done_needs_what_is_required(content: Content) -> None:
    flow = flow_of(
        step("one", field("line", "must", required=True)),
        step("two", field("line", "may")),
    )
    session = session_of(flow, content)
    assert session.next()
    assert session.problems() == [Problem(("one", ""), "must")]
    for blank in ("", "   "):
        session.answers["must"] = blank
        assert session.problems() == [Problem(("one", ""), "must")]
    session.answers["must"] = "oui"
    assert session.problems() == []


@pytest.mark.parametrize(
    ("kind", "more", "value"),
    [("scale", {"low": 0}, 0), ("number", {}, 0), ("choices", {"options": AB}, ["a"])],
)
def test_zero_is_an_answer_to_what_is_required(
    content: Content, kind: str, more: dict[str, Any], value: Any
) -> None:
    flow = flow_of(step("one", field(kind, "must", required=True, **more)))
    session = session_of(flow, content)
    assert session.problems()
    say(session, "must", value)
    assert session.problems() == []


def test_a_required_column_is_needed_in_each_row_and_named(content: Content) -> None:
    columns = [{"id": "what", "required": True}, "who"]
    flow = flow_of(step("one", field("rows", "rows", columns=columns)))
    rows = [{"id": "1", "what": "x"}, {"id": "2", "who": "y"}, {"id": "3", "who": "z"}]
    session = session_of(flow, content, {"rows": rows})
    assert session.problems() == [Problem(("one", ""), "rows", "what")]
    assert session_of(flow, content, {"rows": rows[:1]}).problems() == []


def test_what_is_hidden_is_never_missing(content: Content) -> None:
    flow = flow_of(
        step("one", field("choice", "where", options=AB)),
        step("two", field("line", "must", required=True), when=[{"field": "where", "has": "a"}]),
    )
    session = session_of(flow, content)
    assert session.problems() == []
    say(session, "where", "a")
    assert session.problems() == [Problem(("two", ""), "must")]


def test_answers_of_what_no_longer_shows_are_pruned_at_the_end_and_only_then(
    content: Content,
) -> None:
    flow = flow_of(
        step("one", field("choice", "where", options=AB)),
        step("two", field("line", "word"), when=[{"field": "where", "lacks": "b"}]),
    )
    session = session_of(flow, content)
    say(session, "word", "Déclic")
    say(session, "where", "b")
    assert session.answers == {"where": "b", "word": "Déclic"}
    assert session.finished() == {"where": "b"}
    say(session, "where", "a")
    assert session.finished() == {"where": "a", "word": "Déclic"}


def test_what_was_said_about_an_item_let_go_is_pruned(content: Content) -> None:
    session = session_of(repeated(), content)
    say(session, "met", ["a", "b"])
    for page in session.pages()[1:3]:
        say(session, "learned", page.at[1], page)
    say(session, "met", ["b"])
    assert session.finished() == {"met": ["b"], "one": {"b": {"learned": "b"}}}


def test_a_finished_text_has_no_space_at_its_ends(content: Content) -> None:
    flow = flow_of(step("one", field("text", "it"), field("text", "blank")))
    session = session_of(flow, content, {"it": " Trié.\n", "blank": " \n"})
    assert session.finished() == {"it": "Trié."}


def test_the_view_holds_what_was_said_about_the_item_on_top(content: Content) -> None:
    session = session_of(repeated(), content)
    say(session, "met", ["a"])
    page = session.pages()[1]
    say(session, "learned", "Trier", page)
    view = session.context(page)
    assert view.answers["learned"] == "Trier"
    assert view.item is not None
    assert view.item["label"] == "Option a"
    assert "learned" not in session.context(session.pages()[0]).answers


# The calm line


@pytest.mark.parametrize(
    ("kind", "more", "raw", "calm"),
    [
        ("scale", {"low": 0, "high": 10, "calm_from": 9}, 9, True),
        ("scale", {"low": 0, "high": 10, "calm_from": 9}, 8, False),
        ("scale", {"low": 0, "high": 10}, 10, False),
        ("choices", {"options": [{"id": "a", "calm": True}, "b"]}, ["b", "a"], True),
        ("choices", {"options": [{"id": "a", "calm": True}, "b"]}, ["b"], False),
        ("choice", {"options": [{"id": "a", "calm": True}, "b"]}, "a", True),
    ],
)
def test_a_heavy_answer_brings_the_calm_line(
    content: Content, kind: str, more: dict[str, Any], raw: Any, calm: bool
) -> None:
    session = session_of(flow_of(step("one", field(kind, "it", **more))), content)
    assert not session.calm()
    say(session, "it", raw)
    assert session.calm() is calm


def test_a_listed_word_brings_the_calm_line_wherever_it_is_written(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.language import care

    monkeypatch.setattr(care, "listed_word", lambda text: "sombre" in text)
    flow = flow_of(step("one", field("line", "a"), field("rows", "b"), field("text", "c")))
    for answers in ({"a": "tout est sombre"}, {"b": [{"id": "1", "who": "sombre"}]}):
        assert session_of(flow, content, dict(answers)).calm()
    assert not session_of(flow, content, {"c": "clair"}).calm()


# What going on must not lose, and what it must not make up


@pytest.mark.parametrize(("kind", "raw"), [("date", "un de ces jours"), ("number", "trente")])
def test_what_cannot_be_read_is_kept_and_told_at_the_end(
    content: Content, kind: str, raw: str
) -> None:
    session = session_of(flow_of(step("a", field(kind, "x")), step("b")), content)
    with pytest.raises(Invalid):
        say(session, "x", raw)
    assert session.next()
    assert session.answers["x"] == raw
    assert session.problems() == [Problem(("a", ""), "x", unread=True)]


def test_a_beginning_that_nobody_went_on_with_is_no_answer(content: Content) -> None:
    beginning = field("line", "x", start="J'ai compris que ")
    whole = field("line", "y", start="Une phrase entière.")
    session = session_of(flow_of(step("a", beginning, whole), step("b")), content)
    assert session.next()
    assert session.finished() == {"y": "Une phrase entière."}
    say(session, "x", "J'ai compris que je préfère l'atelier", session.pages()[0])
    assert session.finished()["x"] == "J'ai compris que je préfère l'atelier"
