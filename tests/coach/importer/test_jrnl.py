"""What jrnl exports comes in as notes, once, with days and tags; what was changed here stays so."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Cli, only_line

from coach.store.journal import Journal

# As jrnl 4.1 writes it: `jrnl --export json`.
EXPORT = {
    "tags": {"@accueil": 2, "@équipe": 1},
    "entries": [
        {
            "title": "Trié les bacs avec @équipe @accueil.",
            "body": "Trois heures hier, une seule aujourd'hui.\nMme Roy : « enfin ».",
            "date": "2025-11-20",
            "time": "17:42",
            "tags": ["@équipe", "@accueil"],
            "starred": True,
        },
        {
            "title": "Rien de spécial",
            "body": "",
            "date": "2024-02-29",
            "time": "00:05",
            "tags": [],
            "starred": False,
        },
    ],
}


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "coach")


def written(path: Path, data: Any = EXPORT) -> str:
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False), "utf-8")
    return str(path)


def test_entries_become_notes_with_their_day_and_tags(cli: Cli, tmp_path: Path) -> None:
    path = written(tmp_path / "jrnl.json")
    assert cli("import", path).out == "2 entrées ajoutées.\n"
    first, second = cli.entries()
    assert (first["flow"], first["status"], first["date"]) == ("note", "done", "2025-11-20")
    assert first["tags"] == ["équipe", "accueil", "à retenir"] and first["week"] == "2025-W47"
    assert first["answers"]["text"].splitlines() == [
        "Trié les bacs avec @équipe @accueil.",
        "Trois heures hier, une seule aujourd'hui.",
        "Mme Roy : « enfin ».",
    ]
    assert (second["date"], second["tags"]) == ("2024-02-29", [])
    assert second["answers"] == {"text": "Rien de spécial"}
    assert len(cli.entries("--search", "bacs")) == 1
    assert cli("import", path).out == "2 déjà là.\n"
    assert Cli(cli.data, "en")("import", path).out == "2 already here.\n"


def test_what_was_changed_or_thrown_away_here_stays_so(cli: Cli, tmp_path: Path) -> None:
    path = written(tmp_path / "jrnl.json")
    cli("import", path)
    journal = Journal(cli.data)
    first, second = journal.entries()
    first.answers = {"text": "Corrigé"}
    journal.save(first)
    journal.trash(second.id)
    assert cli("import", path).out == "2 déjà là.\n"
    assert [one["answers"]["text"] for one in cli.entries()] == ["Corrigé"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"date": "demain"}, "entries[1].date"),
        ({"date": "0001-01-01"}, "entries[1].date"),
        ({"date": 3}, "entries[1].date"),
        ({"tags": "x"}, "entries[1].tags"),
        ({"body": None}, "entries[1].body"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(
    cli: Cli, tmp_path: Path, change: dict[str, Any], place: str
) -> None:
    first, second = EXPORT["entries"]
    path = written(tmp_path / "x.json", {"entries": [first, second | change]})  # type: ignore
    assert place in only_line(cli("import", path)) and cli.entries() == []


@pytest.mark.parametrize("time", ["", "25:99", "12:00:00", "99999"])
def test_an_odd_time_costs_nothing(cli: Cli, tmp_path: Path, time: str) -> None:
    entry = {"title": "a", "body": "", "date": "1969-12-31", "time": time, "tags": []}
    assert cli("import", written(tmp_path / "x.json", {"entries": [entry]})).code == 0
    assert cli.entries()[0]["date"] == "1969-12-31"
