"""Copies that synchronising tools leave: found, told, merged without loss, set aside."""

import json
import os
import shutil
from pathlib import Path

import pytest
from cli_tools import Cli, only_line
from making import draft_of, entry_of

from coach.store.file_format import salvage
from coach.store.journal import Journal
from coach.store.sync_copies import MERGED, copies

NAMES = [
    "journal.sync-conflict-20261122-101500-ABCDEFG.json",
    "journal (conflicted copy 2026-11-22 101500).json",
    "journal (conflicted copy lea 2026-11-22 101500).json",
    "journal_conflict-20261122-101500.json",
    "journal (Lea's conflicted copy 2026-11-22).json",
    "journal (Copie en conflit de PC-LEA 2026-11-22).json",
    "journal.Conflict.json",
    "journal_Lea-PC_Nov-22-1015-2026_Conflict_1.json",
    "journal-PC-LEA.json",
    "journal (1).json",
    "journal - Copie.json",
    "journal 2.json",
    "journal.json.orig",
    "journal_LOCAL_1234.json",
    "journal.previous.sync-conflict-20261122-101500-ABCDEFG.json",
    "journal.recent.sync-conflict-20261122-101500-ABCDEFG.jsonl",
    "journal.log.3fa9c1d2.sync-conflict-20261122-101500-ABCDEFG.jsonl",
    "journal.log.3fa9c1d2 (1).jsonl",
]
OWN = [
    "journal.json",
    "journal.lock",
    "journal.previous.json",
    "journal.recent.jsonl",
    "journal.log.3fa9c1d2.jsonl",
    "journal.previous.damaged-20261122T101500.json",
    "journal.recent.damaged-20261122T101500.jsonl",
    "journal.damaged-20261122T101500.json",
    "journal.v0-20261122T101500-2.json",
    ".journal.json.123-1.tmp",
    "settings.toml",
    "settings.broken-20261122T101500.toml",
    "journal.key",
    "my journal.json",
]


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "coach")


def texts_of(journal: Journal) -> set[str]:
    """Every text in every version of every entry, trash included."""
    both = journal.entries(history=True) + journal.entries(history=True, trash=True)
    found = {str(one.answers.get("text")) for one in both}
    return found | {str(old["answers"].get("text")) for one in both for old in one.history}


def apart(cli: Cli, name: str) -> None:
    """Two machines changed the same note and each wrote one; the other's file lies under `name`."""
    journal = Journal(cli.data)
    shared = journal.save(entry_of("note", id="shared", answers={"text": "départ"}))
    other = cli.data.with_name("other")
    shutil.copytree(cli.data, other)
    there = Journal(other)
    for one, where in ((journal, "ici"), (there, "là-bas")):
        shared.answers = {"text": f"changé {where}"}
        one.save(shared)
        one.save(entry_of("note", answers={"text": f"neuf {where}"}))
    source = "journal.recent.jsonl" if name.endswith("jsonl") else "journal.json"
    shutil.copy(other / source, cli.data / name)


ALL = {"départ", "changé ici", "changé là-bas", "neuf ici", "neuf là-bas"}


def test_our_own_files_are_no_copies(cli: Cli) -> None:
    cli.data.mkdir()
    for name in OWN:
        (cli.data / name).write_text("x")
    assert copies(cli.data) == copies(cli.data / "missing") == []


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_told_merged_and_set_aside(cli: Cli, name: str) -> None:
    apart(cli, name)
    assert [path.name for path in copies(cli.data)] == [name]
    assert name in only_line(cli("list")) and name in only_line(cli("note", "encore"))

    said = cli("import")
    assert (said.code, said.err) == (0, "")
    assert "1 entrée avait changé des deux côtés" in said.out and "  shared  " in said.out
    assert texts_of(Journal(cli.data)) == ALL | {"encore"}
    assert "changé là-bas" in {one["answers"]["text"] for one in cli.entries()}
    history = cli("show", "shared", "--json").json["history"]
    assert [one["answers"]["text"] for one in history] == ["départ", "changé ici"]

    assert copies(cli.data) == [] and cli("list").err == ""
    assert [path.name for path in (cli.data / MERGED).iterdir()] == [name]
    assert cli("import").code == 2


BESIDE = [
    "journal.sync-conflict-20261122-101500-ABCDEFG.key",
    "journal (conflicted copy 2026-11-22 101500).key",
    "journal-PC-LEA.key",
    "journal.key.orig",
    "settings.sync-conflict-20261122-101500-ABCDEFG.toml",
    "settings (Copie en conflit de PC-LEA 2026-11-22).toml",
    "settings_conflict-20261122-101500.toml",
    "settings 2.toml",
    "settings.toml.orig",
]


@pytest.mark.parametrize("name", BESIDE)
def test_a_copy_of_the_settings_or_of_the_key_is_put_by(cli: Cli, name: str) -> None:
    cli("note", "ici")
    (cli.data / "settings.toml").write_text('lang = "fr"\n')
    (cli.data / name).write_text('lang = "en"\n')
    assert [path.name for path in copies(cli.data)] == [name] and name in only_line(cli("list"))
    assert any(one["key"] == "copies" for one in cli("doctor", "--json").json["findings"])
    said = cli("import")
    assert said.code == 0 and "restent en vigueur" in said.out and "ne se lisait" not in said.out
    assert (cli.data / "settings.toml").read_text() == 'lang = "fr"\n'
    assert (cli.data / MERGED / name).read_text() == 'lang = "en"\n'
    assert copies(cli.data) == [] and texts_of(Journal(cli.data)) == {"ici"}


def test_a_passphrase_changed_on_two_machines_opens_both(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has its own key file and journal by then; the tool keeps both, one under its name."""
    from coach.disk import encryption as sealing
    from coach.maintenance.passphrase import lock

    monkeypatch.setattr(sealing, "MEMORY", 64)
    apart(cli, "journal (1).json")
    (cli.data / "journal (1).json").unlink()
    other = cli.data.with_name("other")
    lock(Journal(cli.data), "ici")
    lock(Journal(other), "ailleurs")
    for name in ("journal.json", "journal.key", "journal.recent.jsonl"):
        stem, _, ending = name.rpartition(".")
        shutil.copy(other / name, cli.data / f"{stem}-PC-LEA.{ending}")
    said = cli("--passphrase-fd", str(_line("ici\nailleurs\n")), "import")
    assert said.code == 0 and "2 copies réunies" in said.out and "de la clé" in said.out, said
    journal = Journal(cli.data)
    journal.keyring.open("ici")
    assert texts_of(journal) == ALL and copies(cli.data) == []
    assert (cli.data / MERGED / "journal-PC-LEA.key").is_file()


def test_a_copy_of_the_same_name_does_not_replace_the_former_one(cli: Cli) -> None:
    for _ in range(2):
        cli("note", "un")
        shutil.copy(cli.data / "journal.json", cli.data / "journal (1).json")
        assert cli("import").code == 0
    assert len(list((cli.data / MERGED).iterdir())) == 2


def test_a_copy_that_is_damaged_gives_what_is_whole(cli: Cli) -> None:
    apart(cli, "journal (1).json")
    path = cli.data / "journal (1).json"
    data = path.read_bytes()
    path.write_bytes(data[:-40])
    whole = {d.entry().answers["text"] for d in salvage(path.read_bytes())}
    assert whole == {"changé là-bas"}
    said = cli("import")
    assert said.code == 0 and "ne se lisait pas" in said.out
    assert texts_of(Journal(cli.data)) == ALL - {"neuf là-bas"}
    (cli.data / "journal (2).json").write_bytes(b"\0" * 40)
    assert "ne se lisait pas" in cli("import").out and copies(cli.data) == []


def test_a_copy_from_a_newer_version_stays(cli: Cli) -> None:
    cli("note", "ici")
    (cli.data / "journal (1).json").write_text('{"schema":99,"entries":{}}')
    assert "plus récente" in cli("import").err and len(copies(cli.data)) == 1


# Drafts


@pytest.mark.parametrize(
    "ending",
    [
        ".sync-conflict-20261122-101500-ABCDEFG.json",
        " (conflicted copy 2026-11-22 101500).json",
        "-PC-LEA.json",
        ".json.orig",
    ],
)
def test_a_copy_of_a_draft_becomes_a_draft_beside_the_other(cli: Cli, ending: str) -> None:
    journal = Journal(cli.data)
    mine = entry_of("interview", answers={"company": "Ici"})
    with journal.drafts.open(mine.id) as file:
        file.write(draft_of(mine))
    path = cli.data / "drafts" / f"{mine.id}.json"
    copy = path.with_name(f"{mine.id}{ending}")
    copy.write_text(path.read_text().replace('"Ici"', '"Là-bas"'))
    assert [draft.entry.answers for draft in journal.drafts.list()] == [{"company": "Ici"}]
    assert copies(cli.data) == [copy] and copy.name in cli("list").err
    assert "tu as maintenant les deux" in cli("import").out
    drafts = Journal(cli.data).drafts.list()
    assert {draft.entry.answers["company"] for draft in drafts} == {"Ici", "Là-bas"}
    assert copies(cli.data) == []


def test_a_copy_of_a_draft_that_says_the_same_is_no_news(cli: Cli) -> None:
    journal = Journal(cli.data)
    mine = entry_of("interview", answers={"company": "Ici"})
    with journal.drafts.open(mine.id) as file:
        file.write(draft_of(mine))
        # Also while the draft is open in the app.
        path = cli.data / "drafts" / f"{mine.id}.json"
        shutil.copy(path, path.with_name(f"{mine.id} (1).json"))
        assert "1 déjà là" in cli("import").out
    assert len(journal.drafts.list()) == 1


# git


def conflicted(ours: bytes, theirs: bytes) -> bytes:
    """What git leaves of two files that share their first lines."""
    one, other = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    parts = [*one[:same], b"<<<<<<< HEAD\n", *one[same:], b"=======\n", *other[same:]]
    return b"".join([*parts, b">>>>>>> school\n"])


def test_both_sides_of_a_conflict_in_git_are_joined_on_opening(cli: Cli) -> None:
    apart(cli, "journal (1).json")
    path, other = cli.data / "journal.json", cli.data / "journal (1).json"
    path.write_bytes(conflicted(path.read_bytes(), other.read_bytes()))
    other.unlink()
    for name in ("journal.previous.json", "journal.recent.jsonl"):
        (cli.data / name).unlink()
    said = cli("list")
    assert said.code == 0 and "Git avait laissé deux versions" in only_line(said)
    assert texts_of(Journal(cli.data)) == ALL
    assert cli("list").err == ""


def test_two_entries_under_one_number_lose_neither(cli: Cli) -> None:
    """As a merge by hand leaves it that keeps the lines of both sides."""
    cli("note", "un")
    path = cli.data / "journal.json"
    first = path.read_bytes()
    cli("note", "deux")
    second = path.read_bytes().splitlines()[2]
    third = second.replace(b"deux", b"trois").replace(b'"id":"', b'"id":"x')
    path.write_bytes(first.replace(b"\n}}", b",\n" + second + b",\n" + third + b"\n}}"))
    json.loads(path.read_bytes())
    for name in ("journal.previous.json", "journal.recent.jsonl"):
        (cli.data / name).unlink()
    assert {one["answers"]["text"] for one in cli.entries()} == {"un", "deux", "trois"}


def test_a_draft_with_the_marks_of_git_gives_both_texts(cli: Cli) -> None:
    journal = Journal(cli.data)
    mine = entry_of("interview", answers={"company": "Ici"})
    with journal.drafts.open(mine.id) as file:
        file.write(draft_of(mine))
    path = cli.data / "drafts" / f"{mine.id}.json"
    ours = path.read_bytes().rstrip(b"\n") + b"\n"
    path.write_bytes(conflicted(ours, ours.replace(b'"Ici"', '"Là-bas"'.encode())))
    assert "coach import" in cli("list").err
    assert cli("import").code == 0
    found = {one.entry.answers["company"] for one in Journal(cli.data).drafts.list()}
    assert found == {"Ici", "Là-bas"}


# The journal and the folder of another machine


def test_the_folder_of_another_machine_comes_over_whole(cli: Cli) -> None:
    apart(cli, "journal (1).json")
    (cli.data / "journal (1).json").unlink()
    other = cli.data.with_name("other")
    with Journal(other).drafts.open("d") as file:
        file.write(draft_of(entry_of("interview", id="d", answers={"company": "Orbis"})))
    shutil.copy(other / "journal.json", other / "journal (1).json")
    (other / "flows").mkdir()
    (other / "flows" / "labo.toml").write_text("id = 'labo'")
    before = sorted((p.name, p.read_bytes()) for p in other.rglob("*") if p.is_file())
    said = cli("import", str(other))
    assert said.code == 0 and "ne se lisait pas" not in said.out, said
    assert "1 séance d'école ajoutée" in said.out and "1 entrée avait changé" in said.out
    assert texts_of(Journal(cli.data)) == ALL
    assert [one.entry.id for one in Journal(cli.data).drafts.list()] == ["d"]
    assert (cli.data / "flows" / "labo.toml").exists()
    assert before == sorted((p.name, p.read_bytes()) for p in other.rglob("*") if p.is_file())
    assert "entrée ajoutée" not in cli("import", str(other)).out


def test_a_damaged_or_missing_journal_in_a_folder_gives_what_its_safety_files_have(
    cli: Cli,
) -> None:
    apart(cli, "journal (1).json")
    (cli.data / "journal (1).json").unlink()
    other = cli.data.with_name("other")
    (other / "journal.json").write_bytes(b"")
    assert cli("import", str(other)).code == 0
    assert texts_of(Journal(cli.data)) == ALL
    empty = cli.data.with_name("empty")
    empty.mkdir()
    assert "pas de journal" in only_line(cli("import", str(empty)))


def test_the_journal_of_another_machine_also_of_an_older_format(cli: Cli) -> None:
    old = Path(__file__).parent / "fixtures" / "journal-v0.json"
    assert "ajoutée" in cli("import", str(old)).out
    assert "déjà là" in cli("import", str(old)).out


def test_ones_own_folder_merges_the_copies_in_it(cli: Cli) -> None:
    apart(cli, "journal (1).json")
    assert cli("import", str(cli.data)).code == 0
    assert texts_of(Journal(cli.data)) == ALL and copies(cli.data) == []


@pytest.mark.parametrize("sealed", [True, False])
def test_a_copy_in_a_locked_folder_is_merged_and_sealed(
    cli: Cli, sealed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one in clear, from a machine that has no passphrase: it does not stay so."""
    from coach.disk import encryption as sealing
    from coach.maintenance.passphrase import lock

    monkeypatch.setattr(sealing, "MEMORY", 64)
    apart(cli, "journal (1).json")
    copy = cli.data / "journal (1).json"
    clear = copy.read_bytes()
    lock(Journal(cli.data), "bol bleu")
    assert not copy.read_bytes().startswith(b"{")
    if not sealed:
        copy.write_bytes(clear)
    said = cli("--passphrase-fd", str(_line("bol bleu\n")), "import")
    assert said.code == 0 and "1 entrée avait changé" in said.out, said
    assert cli("--passphrase-fd", str(_line("bol bleu\n")), "list").code == 0
    journal = Journal(cli.data)
    journal.keyring.open("bol bleu")
    assert texts_of(journal) == ALL and copies(cli.data) == []
    for path in cli.data.rglob("*"):
        assert not path.is_file() or "là-bas".encode() not in path.read_bytes(), path


def _line(text: str) -> int:
    """A descriptor that gives `text` and ends."""
    read, write = os.pipe()
    os.write(write, text.encode())
    os.close(write)
    return read
