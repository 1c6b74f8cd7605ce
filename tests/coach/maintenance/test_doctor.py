"""`coach doctor`: it sees each harm, changes nothing, mends what loses nothing."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_tools import Cli, Said, only_line
from making import draft_of, entry_of

import coach
from coach.disk import encryption as sealing
from coach.maintenance.passphrase import lock
from coach.store.journal import Journal
from coach.util.wording import Wording


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "data")
    journal = Journal(cli.data)
    for text in ("première", "deuxième", "troisième"):
        journal.save(entry_of("note", answers={"text": text}))
    with journal.drafts.open("d") as file:
        file.write(draft_of(entry_of("note", id="d", answers={"text": "en cours"})))
    assert cli("backup").code == 0
    return cli


def keys(cli: Cli, *args: str, level: str = "") -> list[str]:
    found = cli("doctor", "--json", *args).json["findings"]
    return [one["key"] for one in found if level in ("", one["level"])]


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {str(p): (p.read_bytes(), p.stat().st_mode) for p in files}


def test_a_sound_folder_is_well(cli: Cli) -> None:
    before = state(cli.data)
    said = cli("doctor")
    assert said.code == 0 and said.err == "" and "Tout va bien." in said.out
    assert keys(cli) == ["folder", "plain", "journal", "previous", "drafts", "kept"]
    assert state(cli.data) == before


def test_an_empty_place_is_well_and_stays_empty(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "nothing")
    assert keys(cli) == ["folder_none"] and cli("doctor", "--fix").code == 0
    assert not cli.data.exists()


def _older(data: Path) -> None:
    shutil.copy(data / "journal.previous.json", data / "journal.json")


def _lines(data: Path) -> None:
    with (data / "journal.recent.jsonl").open("ab") as file:
        file.write(b'{"half')


HARMS: dict[str, tuple[Callable[[Path], object], bool]] = {
    # What is found: how it came about, whether --fix mends it.
    "journal_missing": (lambda d: (d / "journal.json").unlink(), True),
    "journal_damaged": (lambda d: (d / "journal.json").write_bytes(b"\0" * 99), True),
    "ahead": (_older, True),
    "mode": (lambda d: (d / "journal.json").chmod(0o644), True),
    "leftovers": (lambda d: (d / "drafts" / ".d.json.1-1.tmp").write_text("x"), True),
    "draft_damaged": (lambda d: (d / "drafts" / "e.json").write_text("{"), True),
    "previous_damaged": (lambda d: (d / "journal.previous.json").write_text("{"), False),
    "recent_damaged": (_lines, False),
    "settings": (lambda d: (d / "settings.toml").write_text("lang = 3"), False),
    "copies": (lambda d: shutil.copy(d / "journal.json", d / "journal (1).json"), False),
    "kept_damaged": (lambda d: (d / "backups" / "x.coach").write_text("PK"), False),
    "kept_none": (lambda d: shutil.rmtree(d / "backups"), False),
    "flow": (lambda d: [(d / "flows").mkdir(), (d / "flows" / "a.toml").write_text("x")], False),
    "newer": (lambda d: (d / "journal.json").write_text('{"schema":9,"entries":{}}'), False),
}


@pytest.mark.parametrize("key", HARMS)
def test_each_harm_is_found_and_what_loses_nothing_is_mended(cli: Cli, key: str) -> None:
    harm, mends = HARMS[key]
    ids = {entry["id"] for entry in cli.entries()}
    harm(cli.data)
    before = state(cli.data)
    found = cli("doctor", "--json").json["findings"]
    assert key in [one["key"] for one in found]
    assert all(one["says"] and "{" not in one["says"] + one["todo"] for one in found)
    assert state(cli.data) == before
    after = cli("doctor", "--json", "--fix").json["findings"]
    levels = {one["level"] for one in after if one["key"] == key}
    assert levels == ({"mended"} if mends else levels - {"mended"}) and levels
    if key == "newer":
        return
    assert {entry["id"] for entry in cli.entries()} == ids
    assert mends is False or "problem" not in {one["level"] for one in after}


def test_the_exit_code_and_one_line_tell_that_something_is_left(cli: Cli) -> None:
    (cli.data / "journal.json").chmod(0o644)
    said = cli("doctor")
    assert said.code == 1 and "Une chose reste" in only_line(said) and "--fix" in said.out
    said = cli("doctor", "--fix")
    assert said.code == 0 and "réparé" in said.out and said.err == ""


def test_entries_that_lost_their_internship_or_session_are_told(cli: Cli) -> None:
    journal = Journal(cli.data)
    journal.save(entry_of("note", internship="gone", answers={"text": "x"}))
    journal.save(entry_of("atelier", answers={"text": "x"}))
    assert {"orphans", "flow_gone"} <= set(keys(cli, level="note"))
    assert cli("doctor").code == 0


def test_what_is_not_sealed_in_a_locked_folder_is_found_and_sealed(cli: Cli) -> None:
    clear = (cli.data / "journal.previous.json").read_bytes()
    lock(Journal(cli.data), "un")
    assert keys(cli) == ["folder", "sealed_closed"]
    (cli.data / "journal.previous.json").write_bytes(clear)
    (cli.data / "photo.png").write_bytes(b"x")

    def with_key(*args: str) -> list[str]:
        into, out = os.pipe()
        os.write(out, b"un")
        os.close(out)
        found = keys(cli, "--passphrase-fd", str(into), *args)
        os.close(into)
        return found

    found = with_key()
    assert {"in_clear", "stranger", "journal", "drafts", "kept"} <= set(found)
    assert (cli.data / "journal.previous.json").read_bytes() == clear
    assert "sealed" in with_key("--fix")
    assert sealing.is_sealed((cli.data / "journal.previous.json").read_bytes())
    (cli.data / "journal.key").unlink()
    assert "seal_unfinished" in with_key() and "sealed" in with_key("--fix")


def test_a_draft_locked_elsewhere_is_told_and_taken_over(cli: Cli, tmp_path: Path) -> None:
    other = Journal(tmp_path / "other")
    with other.drafts.open("ailleurs") as file:
        file.write(draft_of(entry_of("interview", id="ailleurs", answers={"company": "Orbis"})))
    lock(other, "deux")
    lock(Journal(cli.data), "un")
    there = cli.data / "drafts" / "ailleurs.json"
    there.parent.mkdir(exist_ok=True)
    there.write_bytes((other.folder / "drafts" / "ailleurs.json").read_bytes())

    def with_keys(*args: str) -> Said:
        into, out = os.pipe()
        os.write(out, b"un\ndeux\n")
        os.close(out)
        said = cli("--passphrase-fd", str(into), *args)
        os.close(into)
        return said

    found = {one["key"] for one in with_keys("doctor", "--json").json["findings"]}
    assert {"draft_other", "drafts"} <= found and "unreadable" not in found
    assert f'coach import "{there}"' in with_keys("list").err
    assert with_keys("import", str(there)).code == 0
    journal = Journal(cli.data)
    journal.keyring.open("un")
    assert "Orbis" in {one.entry.answers.get("company") for one in journal.drafts.list()}


def test_every_finding_has_its_sentence() -> None:
    folder = Path(coach.__file__).parent / "maintenance"
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    named = set(re.findall(r'Finding\(\s*"(\w+)"', source)) | {"folder", "folder_closed"}
    words = Wording("doctor", "fr")
    assert len(named) > 30 and [key for key in named if not words.has(key)] == []
