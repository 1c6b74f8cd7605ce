"""Older files are brought to today's shape, with a copy kept; each version has its fixture."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from storage_support import finished, made, python, revisions, said
from test_storage_crash import killed_everywhere

from coach.store.entries import SCHEMA, Entry
from coach.store.journal import Journal, JournalError
from coach.store.migrations import MIGRATIONS, migrate, version_of

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(version: int) -> Path:
    return FIXTURES / f"journal-v{version}.json"


def data_of(version: int) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(fixture(version).read_bytes())
    return data


def placed(folder: Path, version: int) -> bytes:
    folder.mkdir(parents=True)
    shutil.copy(fixture(version), folder / "journal.json")
    return fixture(version).read_bytes()


@pytest.mark.parametrize("version", range(SCHEMA + 1))
def test_every_version_has_a_fixture_and_a_pure_way_to_today(version: int) -> None:
    data = data_of(version)
    assert version_of(data) == version and (version == SCHEMA or version in MIGRATIONS)
    before = copy.deepcopy(data)
    result = migrate(data)
    assert data == before and result == migrate(copy.deepcopy(data))
    assert version_of(result) == SCHEMA and migrate(result) is result
    for row in result["entries"].values():
        entry = msgspec.convert(row, Entry)
        assert entry.revision and entry.updated_at and entry.week


def test_todays_fixture_opens_as_it_is(folder: Path) -> None:
    before = placed(folder, SCHEMA)
    journal = Journal(folder)
    assert [e.flow for e in journal.entries()] == ["note", "weekly"]
    weekly = journal.entries(flow="weekly", history=True)[0]
    assert weekly.tags == ["accueil"] and len(weekly.history) == 1
    assert said(journal, trash=True) == {"Called the suppliers: 8% off the oil"}
    assert journal.notices == [] and (folder / "journal.json").read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["journal.json"]


def test_an_old_file_is_migrated_with_a_copy_kept(folder: Path) -> None:
    before = placed(folder, 0)
    journal = Journal(folder)
    entries = {e.flow: e for e in journal.entries()}
    assert entries["weekly"].answers["energy"] == 4 and entries["weekly"].week == "2026-W07"
    assert entries["note"].id == "5d1c4f0e-0000-4000-8000-000000000002"
    assert entries["note"].tags == ["cuisine"] and set(entries) == {"weekly", "note"}
    [notice] = journal.notices
    assert notice.key == "migrated" and notice.values["version"] == "0"
    aside = Path(notice.values["aside"])
    assert aside.name.startswith("journal.v0-2") and aside.read_bytes() == before
    again = Journal(folder)
    assert again.entries() == journal.entries() and again.notices == []
    assert json.loads((folder / "journal.json").read_bytes())["schema"] == SCHEMA
    again.save(made("neuf"))
    (folder / "journal.json").write_bytes(b"")
    assert len(Journal(folder).entries()) == 3


def test_two_machines_that_migrate_the_same_file_agree(tmp_path: Path) -> None:
    journals = []
    for name in "ab":
        placed(tmp_path / name, 0)
        journals.append(Journal(tmp_path / name))
    one, other = journals
    assert revisions(one) == revisions(other)
    report = one.merge(other.entries(history=True))
    assert len(report.same) == 2 and not report.added and not report.changed


def test_an_old_generation_can_be_brought_back(folder: Path) -> None:
    placed(folder, 0)
    (folder / "journal.json").rename(folder / "journal.previous.json")
    (folder / "journal.json").write_bytes(b"")
    assert len(Journal(folder).entries()) == 2


def test_where_it_cannot_be_written_it_is_migrated_in_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = placed(folder, 0)
    journal = Journal(folder)
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr("coach.store.recovery.write_atomic", full)
        assert len(journal.entries()) == 2 and journal.notices == []
        with pytest.raises(JournalError) as caught:
            journal.save(made())
        assert caught.value.key == "disk_full"
        assert (folder / "journal.json").read_bytes() == before
        assert sorted(p.name for p in folder.iterdir()) == ["journal.json", "journal.lock"]
    journal.save(made("neuf"))
    assert len(Journal(folder).entries()) == 3
    assert [p.read_bytes() for p in folder.glob("journal.v0-*")] == [before]


def test_killed_at_each_step_of_a_migration(tmp_path: Path) -> None:
    before = placed(tmp_path / "start", 0)
    for folder in killed_everywhere(tmp_path, "recover"):
        journal = Journal(folder)
        assert len(journal.entries()) == 2
        assert before in [p.read_bytes() for p in folder.glob("journal.v0-*")]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"hello": "world"},
        {"_default": []},
        {"_default": {"1": 3}},
        {"_default": {"1": {"date": "hier"}}},
        {"entries": {}, "schema": True},
        {"entries": {}, "schema": -1},
        {"entries": {}, "schema": "1"},
    ],
)
def test_what_is_no_journal_is_refused(folder: Path, data: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        migrate(data)
    folder.mkdir()
    (folder / "journal.json").write_text(json.dumps(data))
    journal = Journal(folder)
    assert journal.entries() == [] and [n.key for n in journal.notices] == ["recovered"]


def test_two_processes_migrate_at_once(folder: Path) -> None:
    placed(folder, 0)
    script = """
from pathlib import Path
from coach.store.journal import Journal
print(len(Journal(Path(sys.argv[1])).entries()))
"""
    children = [python(script, folder) for _ in range(3)]
    assert [finished(child).strip() for child in children] == ["2"] * 3
    assert len(list(folder.glob("journal.v0-*"))) == 1
