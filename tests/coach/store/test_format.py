"""`docs/format.md` is true: what reads the files by that page alone gets every word back."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Cli

from coach.demo import build
from coach.flows.schema import (
    Checklist,
    Choice,
    Choices,
    Date,
    Line,
    Number,
    Paragraph,
    Rows,
    Scale,
)
from coach.store.entries import Draft, Entry
from coach.store.journal import Journal
from coach.util.text import texts

PAGE = (Path(__file__).parents[3] / "docs" / "format.md").read_text("utf-8")
TODAY = date(2026, 11, 20)

# Knows nothing but the page; prints each version as `id, revision, in force, trashed, texts`.
READER = """
import json, pathlib, sys

def words(answer):
    if isinstance(answer, str):
        return [answer] if answer else []
    if isinstance(answer, list):
        return [word for part in answer for word in words(part)]
    if isinstance(answer, dict):
        return [word for key, part in answer.items() if key != "id" for word in words(part)]
    return []

def tell(version, in_force):
    trashed = version["deleted_at"] is not None
    said = words(version["answers"])
    print(json.dumps([version["id"], version["revision"], in_force, trashed, said]))

folder = pathlib.Path(sys.argv[1])
try:
    journal = json.loads((folder / "journal.json").read_bytes())
    assert journal["schema"] == 1
    for entry in journal["entries"].values():
        tell(entry, True)
        for earlier in entry["history"]:
            tell(earlier, False)
except (FileNotFoundError, ValueError):
    versions = []
    for line in (folder / "journal.recent.jsonl").read_text("utf-8").splitlines():
        found = json.loads(line)
        versions += found if isinstance(found, list) else [found]
    former = folder / "journal.previous.json"
    for entry in json.loads(former.read_bytes())["entries"].values() if former.exists() else []:
        versions += [entry, *entry["history"]]
    highest = {}
    for version in versions:
        rank = (version["updated_at"], version["revision"])
        highest[version["id"]] = max(rank, highest.get(version["id"], ("", "")))
    for version in {one["revision"]: one for one in versions}.values():
        rank = (version["updated_at"], version["revision"])
        tell(version, rank == highest[version["id"]])
for path in folder.glob("drafts/*.json"):
    tell(json.loads(path.read_bytes())["entry"], False)
"""

VersionRow = tuple[str, str, bool, bool, tuple[str, ...]]


def read_by_the_page(folder: Path) -> set[VersionRow]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", READER, str(folder)],
        capture_output=True,
        check=True,
        text=True,
    )
    return {
        (id_, revision, force, trashed, tuple(said))
        for id_, revision, force, trashed, said in map(json.loads, done.stdout.splitlines())
    }


def as_the_app_sees(folder: Path) -> set[VersionRow]:
    def row(version: dict[str, Any], force: bool) -> VersionRow:
        # The app does not search the id of the note that a row came from; the page does not care.
        said = tuple(words(version["answers"]))
        return version["id"], version["revision"], force, version["deleted_at"] is not None, said

    journal = Journal(folder)
    found: set[VersionRow] = set()
    for entry in journal.entries(history=True) + journal.entries(history=True, trash=True):
        found.add(row({n: getattr(entry, n) for n in entry.__struct_fields__}, True))
        found |= {row(earlier, False) for earlier in entry.history}
    for draft in journal.drafts.list():
        found.add(row({n: getattr(draft.entry, n) for n in draft.entry.__struct_fields__}, False))
    return found


def words(answer: Any) -> list[str]:
    if isinstance(answer, dict):
        return [word for key, part in answer.items() if key != "id" for word in words(part)]
    if isinstance(answer, list):
        return [word for part in answer for word in words(part)]
    return texts(answer)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path / "demo", "fr", TODAY)
    journal = Journal(tmp_path / "demo")
    entries = journal.entries()
    entries[0].answers["word"] = "Élan"
    journal.save(entries[0])
    journal.trash(entries[1].id)
    return tmp_path / "demo"


@pytest.mark.parametrize("bad", [None, b"", b"{half", b"\0" * 100])
def test_a_program_that_knows_only_the_page_reads_every_version(
    folder: Path, bad: bytes | None
) -> None:
    expected = as_the_app_sees(folder)
    if bad is not None:
        (folder / "journal.json").write_bytes(bad)
    assert read_by_the_page(folder) == expected
    assert any(trashed for *_, trashed, _ in expected) and len(expected) > 20


def test_the_examples_are_what_the_app_reads_and_writes(tmp_path: Path) -> None:
    journal, draft = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    folder = tmp_path / "coach"
    (folder / "drafts").mkdir(parents=True)
    (folder / "journal.json").write_text(journal, "utf-8")
    name = json.loads(draft)["entry"]["id"]
    (folder / "drafts" / f"{name}.json").write_text(draft, "utf-8")
    here = Journal(folder)
    assert [one.answers["word"] for one in here.entries()] == ["Déclic"] and here.notices == []
    assert [one.answers["text"] for one in here.entries(trash=True)] == [
        "Called the suppliers: 8% off"
    ]
    assert [one.entry.answers["company"] for one in here.drafts.list()] == ["Ébénisterie Morvan"]
    here.save(here.entries()[0])
    assert (folder / "journal.json").read_text("utf-8").splitlines()[2] == journal.splitlines()[2]
    assert Cli(tmp_path / "other")("import", str(folder)).out.startswith("3 entrées ajoutées")


def test_the_page_names_every_key_and_every_kind_of_answer(folder: Path) -> None:
    keys = {*Entry.__struct_fields__, *Draft.__struct_fields__, "draft", "under_way"}
    assert keys <= set(re.findall(r"`(\w+)`", PAGE))
    # One row of its table per kind, those alike together, and one for repeated steps.
    table = PAGE.split("## answers")[1].split("\n## ")[0]
    together = [{Line, Paragraph, Choice}, {Scale, Number}, {Date}, {Choices}, {Checklist}]
    assert len(re.findall(r"^\| .* \|$", table, re.MULTILINE)) == len([*together, {Rows}]) + 2


def test_the_page_names_every_file(folder: Path) -> None:
    Cli(folder)("export", str(folder / "copy.json"))
    assert Cli(folder)("backup").code == 0
    os.utime(folder / "journal.json", (0, 0))
    Cli(folder)("note", "le lendemain")
    assert (folder / "generations").is_dir() and (folder / "backups").is_dir()
    (folder / "journal (1).json").write_bytes((folder / "journal.json").read_bytes())
    Cli(folder)("import")
    (folder / "journal.json").write_bytes(b"")
    Journal(folder).entries()
    (folder / "copy.json").unlink()
    named = re.findall(r"`([^`]+)`", PAGE.split("| File |")[1].split("\nIf ")[0])
    forms = [_form(one) for one in named]
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            assert any(re.fullmatch(form, name) for form in forms), name


def _form(name: str) -> str:
    """A pattern for the files that the page calls `name`."""
    form = re.escape(name).replace("ID", ".*").replace("…", ".*").replace(r"\*", ".*")
    form = form.replace(r"2026\-11\-24", r"\d{4}-\d\d-\d\d")
    return f"{form}.*" if name.endswith("/") else rf"(?:.*/)?{form}"
