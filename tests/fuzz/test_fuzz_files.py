"""Flows, settings, imports and sentences at random: an answer or one sentence each time."""

import copy
import json
import tempfile
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from cli_tools import Cli
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from making import TODAY, write_toml
from scale import figure, scaled

from coach.demo import build
from coach.disk.settings import Settings, load, store
from coach.export.export import render
from coach.features.registry import load_content
from coach.flows.session import Session
from coach.flows.student import StudentContext
from coach.store.journal import Journal
from coach.util.data_files import ContentError, data_path

tried: dict[str, int] = {}


def much(fast: int, whole: int) -> settings:
    return settings(
        max_examples=scaled(fast, whole),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def count(what: str) -> None:
    tried[what] = tried.get(what, 0) + 1


# Flows

SOURCES = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in sorted(data_path("flows").glob("*.toml"))
}
VALUE = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5)
    | st.sampled_from(["", "rows", "text", "{x}", "{", "energy", "labo", "note"])
    | st.just({"fr": "a", "en": "b"}) | st.just({"fr": "a"}),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(["id", "fr", "en", "kind", "x"]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    """One of the coach's own sessions with a few things in it changed, taken out or put twice."""
    flow: dict[str, Any] = copy.deepcopy(SOURCES[draw(st.sampled_from(sorted(SOURCES)))])
    flow["id"] = "labo"
    flow["steps"] = flow["steps"][: draw(st.integers(1, 4))]
    for _ in range(draw(st.integers(0, 3))):
        place: Any = flow
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and draw(st.integers(0, 3)):
                place = place[key]
                continue
            deed = draw(st.sampled_from(["change", "remove", "add"]))
            if deed == "change":
                place[key] = copy.deepcopy(draw(VALUE))  # what is drawn is not to be changed
            elif deed == "remove":
                del place[key]
            elif isinstance(place, dict):
                name = draw(st.sampled_from(["when", "each", "source", "x", "low"]))
                place[name] = copy.deepcopy(draw(VALUE))
            else:
                place.append(copy.deepcopy(place[key]))
            break
    return flow


@given(flows(), st.lists(st.text(max_size=8) | st.sampled_from(["1", "<", "?", ""]), max_size=12))
@much(25, 1500)
def test_a_changed_flow_works_or_is_told_with_its_file(
    flow: dict[str, Any], typed: list[str]
) -> None:
    count("flows")
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        (data / "flows").mkdir()
        path = data / "flows" / "labo.toml"
        path.write_text(write_toml(flow), "utf-8", "replace")
        cli = Cli(data)
        content = load_content(data / "flows")
        works, errors = content.own_flows()
        assert len(works) + len(errors) == 1
        said = cli("labo", "--plain", stdin="\n".join(typed))
        assert said.code in (0, 1) and "cassé" not in said.err, said.err
        assert cli("--help").code == cli("list").code == 0
        if works:
            session = Session(works[0], content, StudentContext(today=TODAY), "fr", {})
            while session.next():
                session.page  # noqa: B018
        else:
            assert str(path) in said.err


@given(st.text(max_size=200) | st.binary(max_size=200))
@much(15, 500)
def test_a_flow_of_random_bytes_is_told(junk: str | bytes) -> None:
    count("flows")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "labo.toml"
        path.write_bytes(junk.encode("utf-8", "replace") if isinstance(junk, str) else junk)
        works, errors = load_content(Path(place)).own_flows()
        assert not works and isinstance(errors[0], ContentError)


# Settings

TOML = st.dictionaries(
    st.sampled_from(["lang", "theme", "internship", "keys", "ascii", "other"]), VALUE, max_size=5
).map(write_toml)


@given(TOML | st.text(max_size=80) | st.binary(max_size=80))
@example("[keys]\nnote = 'ctrl+t'\n[keys]\n")
@example("lang = " + "[" * 5000)
@example("a" + ".a" * 3000 + " = 1")
@much(60, 2000)
def test_settings_are_read_or_told_and_can_be_changed(junk: str | bytes) -> None:
    count("settings")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "settings.toml"
        path.write_bytes(junk.encode("utf-8", "replace") if isinstance(junk, str) else junk)
        found, problem = load(path, "fr")
        assert isinstance(found, Settings) and (problem is None or str(path) in problem)
        store(path, lang="en", theme="nord")
        after, _ = load(path, "fr")
        assert (after.lang, after.theme) == ("en", "nord")
        if problem is None:
            assert (after.keys, after.ascii) == (found.keys, found.ascii)
        assert Cli(Path(place))("list").code == 0


# Imports

with tempfile.TemporaryDirectory() as _place:
    build(Path(_place) / "demo", "fr", TODAY)
    EXPORT = render(Journal(Path(_place) / "demo"), "json", load_content, "fr", TODAY)[0]
    JOURNAL = (Path(_place) / "demo" / "journal.json").read_bytes()
JRNL = json.dumps(
    {"entries": [{"title": "a", "body": "b", "date": "2026-11-20", "time": "10:00", "tags": []}]}
).encode()


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file to import with a piece of it cut, doubled or replaced."""
    good = draw(st.sampled_from([EXPORT, JOURNAL, JRNL]))
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + draw(st.sampled_from([1, 30, 3000])))))
    pieces = [b"", good[start:end] * 2, b"null", b"[]", b"{}", b'"x"', b"-1e999", b"9" * 400]
    piece = draw(st.sampled_from(pieces) | st.binary(max_size=8))
    return good[:start] + piece + good[end:]


@given(damaged() | st.binary(max_size=100))
@much(25, 1500)
def test_a_damaged_import_is_taken_in_or_told_in_one_line(data: bytes) -> None:
    count("imports")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "x.json"
        path.write_bytes(data)
        cli = Cli(Path(place) / "coach")
        said = cli("import", str(path))
        assert "cassé" not in said.err and said.code in (0, 1), said.err
        assert said.code == 0 or len(said.err.splitlines()) == 1
        again = cli("import", str(path))
        assert again.code == said.code and "ajoutée" not in again.out
        assert cli("list").code == 0


# Sentences

WORDS = [
    *("j'ai", "fait", "3", "h", "1 500 €", "toujours", "ma", "faute", "«", "»", '"', "'", "___"),
    *("\n", "\x1b[31m", "\ud800", "😀", "incroyable", "they", "never", "told", "me", "12/03", "->"),
]


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
@much(60, 3000)
def test_any_sentence_is_reviewed(text: str) -> None:
    count("sentences")
    with tempfile.TemporaryDirectory() as place:
        cli = Cli(Path(place))
        said = cli("review", "--json", "--", text)
        assert said.code in (0, 2), said.err
        if said.code == 0:
            assert set(said.json) == {
                "care",
                "quantified",
                "vague",
                "blame",
                "varnish",
                "questions",
            }
            assert cli("review", "--", text).code == 0


@given(st.text(max_size=12), st.sampled_from(["weekly", "internship", "note"]), st.dates())
@much(20, 600)
def test_odd_arguments_are_told(text: str, flow: str, day: date) -> None:
    count("arguments")
    with tempfile.TemporaryDirectory() as place:
        cli = Cli(Path(place))
        for args in (
            *(("note", "--", text), ("list", "--search", text), ("list", "--since", text)),
            *(("show", "--", text), ("list", "--until", f"{day}"), ("list", "--flow", text)),
            (flow, "--plain", "--week", text),
        ):
            said = cli(*args, stdin=text)
            assert said.code in (0, 1, 2) and "cassé" not in said.err, (args, said.err)


def test_how_many_files() -> None:
    told = ", ".join(f"{n:,} {what}" for what, n in tried.items())
    figure(f"fuzz: {told}: 0 tracebacks, 0 hangs")
