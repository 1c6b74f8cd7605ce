"""What the coach says and asks: read, checked, and refused with file and key when broken."""

from pathlib import Path
from typing import Any

import pytest
from making import both, field, raw_flow, step, write_toml

from coach.features.registry import PROVIDERS, load_content
from coach.flows.content import COMMANDS, Content, load_flow
from coach.proofs.skill_list import load_skills, skill_names
from coach.util.data_files import ContentError

AB = ["a", "b"]


def write(folder: Path, text: str, name: str = "own") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path, flow: dict[str, Any]) -> str:
    """Why a flow cannot be used; the error names its file."""
    path = write(folder, write_toml(flow))
    with pytest.raises(ContentError) as error:
        load_flow(path, PROVIDERS)
    assert error.value.path == path
    assert str(path) in str(error.value)
    return error.value.why


# Structure


def without(flow: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in flow.items() if name not in names}


def changed(where: str, **more: Any) -> dict[str, Any]:
    """A flow of one step with one choice, with `more` put in its head, step, field or option."""
    option = {"id": "a", "label": both("A")}
    one = field("choice", "it", options=[option])
    page = step("one", one)
    flow = raw_flow(page)
    place = {"flow": flow, "step": page, "field": one, "option": one["options"][0]}[where]
    place.update(more)
    return flow


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("flow", "$"),
        ("step", "$.steps[0]"),
        ("field", "$.steps[0].fields[0]"),
        ("option", "$.steps[0].fields[0].options[0]"),
    ],
)
def test_an_unknown_key_is_an_error_that_names_it(tmp_path: Path, where: str, place: str) -> None:
    why = refused(tmp_path, changed(where, lable="x"))
    assert "`lable`" in why
    assert where == "flow" or place in why


@pytest.mark.parametrize(
    ("where", "key"),
    [("flow", "title"), ("step", "title"), ("field", "label"), ("option", "label")],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_missing_language_is_an_error(tmp_path: Path, where: str, key: str, lang: str) -> None:
    why = refused(tmp_path, changed(where, **{key: {lang: "seul"}}))
    missing = "en" if lang == "fr" else "fr"
    assert f"`{missing}`" in why
    assert key in why


@pytest.mark.parametrize("key", ["id", "version", "title", "summary", "steps"])
def test_a_missing_key_is_an_error(tmp_path: Path, key: str) -> None:
    assert f"`{key}`" in refused(tmp_path, without(raw_flow(step("one")), key))


def test_an_unknown_kind_is_an_error(tmp_path: Path) -> None:
    assert "$.steps[0].fields[0]" in refused(tmp_path, changed("field", kind="slider"))


@pytest.mark.parametrize("text", ["id = ", "a\x00b = 1", "][", "a = " + "[" * 5000])
def test_a_file_that_is_no_toml_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(ContentError) as error:
        load_flow(write(tmp_path, text), PROVIDERS)
    assert error.value.path.name == "own.toml"


def test_a_file_that_is_no_text_or_no_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b'id = "\xff"')
    (tmp_path / "folder.toml").mkdir()
    for name in ("own", "folder", "none"):
        with pytest.raises(ContentError) as error:
            load_flow(tmp_path / f"{name}.toml", PROVIDERS)
        assert error.value.path.stem == name
        assert error.value.why


# References


def dangling_flows() -> list[tuple[str, str, dict[str, Any]]]:
    met = field("choices", "met", options=AB)
    word = field("line", "word")
    cond = [{"field": "word", "filled": True}]
    return [
        ("$.steps", "always", raw_flow()),
        ("$.steps", "always", raw_flow(step("one", when=[{"known": "company", "filled": True}]))),
        ("$.steps[1].id", "twice", raw_flow(step("one"), step("one"))),
        ("$.steps[1].id", "twice", raw_flow(step("one", word), step("word"))),
        ("$.steps[1].fields[0].id", "twice", raw_flow(step("one", word), step("two", word))),
        ("$.steps[0].fields[1].id", "twice", raw_flow(step("one", word, word))),
        (
            "$.steps[1].fields[0].id",
            "twice",
            raw_flow(step("one"), step("two", field("line", "one"))),
        ),
        ("$.steps[0].each", "`met`", raw_flow(step("one", each="met"), step("two", met))),
        ("$.steps[1].each", "`word`", raw_flow(step("one", word), step("two", each="word"))),
        ("$.steps[0].panel", "`x`", raw_flow(step("one", panel="x"))),
        (
            "$.steps[0].fields[0].start_from",
            "`x`",
            raw_flow(step("one", word | {"start_from": "x"})),
        ),
        (
            "$.steps[0].fields[0].source",
            "`x`",
            raw_flow(step("one", field("choice", "a", source="x"))),
        ),
        ("$.steps[0].fields[0]", "options", raw_flow(step("one", field("choice", "a")))),
        ("$.steps[0].fields[0]", "options", raw_flow(step("one", met | {"source": "causes"}))),
        (
            "$.steps[0].fields[0].options",
            "twice",
            raw_flow(step("one", field("choice", "a", options=["x", "x"]))),
        ),
        (
            "$.steps[0].fields[0].offers",
            "`x`",
            raw_flow(step("one", field("rows", "a", offers="x"))),
        ),
        (
            "$.steps[0].fields[0].columns",
            "ids",
            raw_flow(step("one", field("rows", "a", columns=[]))),
        ),
        (
            "$.steps[0].fields[0].columns",
            "ids",
            raw_flow(step("one", field("rows", "a", columns=["x", "x"]))),
        ),
        (
            "$.steps[0].fields[0].columns",
            "ids",
            raw_flow(step("one", field("rows", "a", columns=["id"]))),
        ),
        (
            "$.steps[0].fields[0].columns",
            "ids",
            raw_flow(step("one", field("rows", "a", columns=["note"]))),
        ),
        (
            "$.steps[1].when[0].field",
            "`word`",
            raw_flow(step("zero"), step("one", when=cond), step("two", word)),
        ),
        (
            "$.steps[1].when[0].known",
            "`x`",
            raw_flow(step("zero"), step("one", when=[{"known": "x"}])),
        ),
        (
            "$.steps[1].when[0].item",
            "each",
            raw_flow(step("zero"), step("one", when=[{"item": "label"}])),
        ),
        ("$.steps[1].when[0]", "one of", raw_flow(step("zero"), step("one", when=[{"has": "a"}]))),
        (
            "$.steps[1].when[0]",
            "one of",
            raw_flow(step("zero", word), step("one", when=[{"field": "word", "known": "company"}])),
        ),
        (
            "$.steps[1].when[0].any[0].field",
            "`x`",
            raw_flow(step("zero"), step("one", when=[{"any": [{"field": "x"}]}])),
        ),
        (
            "$.steps[0].fields[0].when[0].field",
            "`x`",
            raw_flow(step("one", word | {"when": [{"field": "x"}]})),
        ),
        ("$.headline", "`x.y`", raw_flow(step("one", word), headline=["word", "x.y"])),
    ]


@pytest.mark.parametrize(("place", "word", "flow"), dangling_flows())
def test_a_reference_that_leads_nowhere_is_an_error_with_its_place(
    tmp_path: Path, place: str, word: str, flow: dict[str, Any]
) -> None:
    why = refused(tmp_path, flow)
    assert why.startswith(place)
    assert word in why


def test_a_repeated_step_may_look_at_what_was_said_about_the_item_before(tmp_path: Path) -> None:
    flow = raw_flow(
        step("one", field("choices", "met", options=AB)),
        step("two", field("choice", "really", options=AB), each="met"),
        step("three", each="met", when=[{"field": "really", "has": "a"}, {"item": "label"}]),
    )
    assert load_flow(write(tmp_path, write_toml(flow)), PROVIDERS).steps[2].each == "met"


# The student's own flows


def test_a_school_drops_its_own_session_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path, write_toml(raw_flow(step("one"), id="labo")), "labo")
    content = load_content(tmp_path)
    assert content.has("labo")
    assert content.flow("labo").title.fr == "Séance"
    flows, errors = content.own_flows()
    assert ([flow.id for flow in flows], errors) == (["labo"], [])


def test_what_is_wrong_with_an_own_session_is_told_beside_those_that_work(tmp_path: Path) -> None:
    write(tmp_path, write_toml(raw_flow(step("one"), id="labo")), "labo")
    write(tmp_path, "steps = 3", "casse")
    write(tmp_path, write_toml(raw_flow(step("one"), id="autre")), "nom")
    write(tmp_path, write_toml(raw_flow(step("one"), id="weekly")), "weekly")
    write(tmp_path, write_toml(raw_flow(step("one"), id="export")), "export")
    flows, errors = load_content(tmp_path).own_flows()
    assert [flow.id for flow in flows] == ["labo"]
    whys = {error.path.stem: error.why for error in errors}
    assert set(whys) == {"casse", "nom", "weekly", "export"}
    assert "`autre`" in whys["nom"]
    assert "`weekly`" in whys["weekly"]
    assert "`export`" in whys["export"]


def test_an_own_session_cannot_replace_the_coachs(tmp_path: Path) -> None:
    write(tmp_path, write_toml(raw_flow(step("one"), id="weekly")), "weekly")
    assert len(load_content(tmp_path).flow("weekly").steps) > 1


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_own_session_cannot_take_the_name_of_a_command(tmp_path: Path, name: str) -> None:
    write(tmp_path, write_toml(raw_flow(step("one"), id=name)), name)
    flows, errors = load_content(tmp_path).own_flows()
    assert flows == []
    assert f"`{name}`" in errors[0].why


def test_a_session_that_is_not_there_is_a_key_error(content: Content, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        content.flow("nowhere")
    assert not content.has("nowhere")
    assert load_content(tmp_path / "none").own_flows() == ([], [])


# The coach's own content


def test_every_session_of_the_coach_loads(content: Content) -> None:
    assert {"weekly", "reframe", "interview", "internship", "note"} <= set(content.paths)
    for name in content.paths:
        assert content.flow(name).id == name


def test_a_step_is_found_by_its_id(content: Content) -> None:
    found = content.step("weekly", "proofs")
    assert found is not None
    assert found.fields[0].id == "achievements"
    assert content.step("weekly", "nowhere") is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_libraries_give_items_with_texts_in_one_language(content: Content, lang: str) -> None:
    situations = content.items("situations", lang)
    assert len(situations) >= 14
    assert len({one["id"] for one in situations}) == len(situations)
    wanted = {"label", "help", "skill", "sentence_1", "sentence_2", "question", "sign"}
    wanted |= {"phantom_1", "phantom_2", "employer"}
    assert all(one[name] for one in situations for name in wanted)
    assert {one["id"] for one in situations if one["ask_again"]} >= {"conflict", "overload"}
    assert all(one["why"] and one["todo"] for one in content.items("causes", lang))
    assert content.items("nothing", lang) == []


def test_skills_come_with_their_other_names(content: Content) -> None:
    names = skill_names("fr")
    assert len(names) > len(load_skills())
    assert names[: len(load_skills())] == [skill.name.fr for skill in load_skills()]
