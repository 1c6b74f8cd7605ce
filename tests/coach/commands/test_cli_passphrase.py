"""`coach lock`, `unlock` and `--passphrase-fd`, as a student or a script uses them."""

import shutil
import sys
from pathlib import Path

import pytest
from cli_tools import Cli, given, only_line
from making import draft_of, entry_of

from coach.disk import encryption as sealing
from coach.store.journal import Journal
from coach.util.extras import install_command

WORDS = "zanzibar"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "data")
    cli("note", WORDS)
    return cli


def locked(cli: Cli, *lines: str) -> None:
    with given(*lines) as option:
        said = cli("lock", *option)
        assert said.code == 0 and said.err == ""


def test_a_locked_journal_is_opened_by_every_command(cli: Cli, tmp_path: Path) -> None:
    locked(cli, "un deux trois")
    id = ""
    for args in (
        ("list",),
        ("list", "--json"),
        ("note", "deuxième"),
        ("export", str(tmp_path / "a.json")),
        ("import", str(tmp_path / "a.json")),
    ):
        said = cli(*args)
        assert said.code == 1 and "--passphrase-fd" in only_line(said) and said.out == ""
        with given("un deux trois") as option:
            said = cli(*args, *option)
            assert said.code == 0, args
            # An export is the student's own copy, readable: that is said.
            assert ("chiffrée" in only_line(said)) if args[0] == "export" else said.err == ""
            if args == ("list", "--json"):
                id = said.json["entries"][0]["id"]
    with given("un deux trois") as option:
        assert WORDS in cli(*option, "show", id).out  # before the command's name, too
    with given("faux") as option:
        said = cli("list", *option)
        assert said.code == 1 and "bonne phrase" in only_line(said)


def test_it_is_changed_and_taken_off(cli: Cli) -> None:
    locked(cli, "first")
    locked(cli, "first", "second")
    with given("first") as option:
        assert cli("list", *option).code == 1
    with given("second") as option:
        assert cli("unlock", *option).code == 0
    assert WORDS in cli("list").out
    assert cli("unlock").code == 0


def test_an_accent_is_the_same_on_every_keyboard(cli: Cli) -> None:
    locked(cli, "e\u0301te\u0301")
    with given("été") as option:
        assert cli("list", *option).code == 0


@pytest.mark.parametrize("typed", ["un deux", "un\u00a0deux", "un\u202fdeux"])
def test_a_no_break_space_is_a_space(cli: Cli, typed: str) -> None:
    locked(cli, "un\u00a0deux")
    with given(typed) as option:
        assert cli("list", *option).code == 0


@pytest.mark.parametrize("sealed", ["un\u00a0deux \u00e9", "undeux \u00e9"])
def test_a_journal_locked_before_no_break_spaces_were_spaces_still_opens(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, sealed: str
) -> None:
    with monkeypatch.context() as before:
        # The terminal took the passphrase as typed, and the app lost the space.
        before.setattr(sealing, "normal_form", lambda _: sealed)
        locked(cli, "anything")
    with given("un\u00a0deux e\u0301") as option:
        assert cli("list", *option).code == 0
    with given("un deux \u00e8") as option:
        assert cli("list", *option).code == 1


@pytest.mark.parametrize("lines", [(), ("",), ("un", "")])
def test_a_passphrase_that_was_not_given(cli: Cli, lines: tuple[str, ...]) -> None:
    if len(lines) == 2:
        locked(cli, "un")
    with given(*lines) as option:
        said = cli("lock", *option)
        assert said.code == 1 and "descripteur" in only_line(said)
    assert (cli.data / "journal.key").exists() == (len(lines) == 2)


@pytest.mark.parametrize(("value", "code"), [("secret", 2), ("-1", 2), ("99999", 1), ("", 2)])
def test_a_descriptor_that_is_none(cli: Cli, value: str, code: int) -> None:
    locked(cli, "un")
    said = cli("list", "--passphrase-fd", value)
    assert said.code == code and only_line(said)


def test_without_the_module_it_says_what_to_install(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked(cli, "un")
    for name in [name for name in sys.modules if name.startswith("cryptography")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for command in ("lock", "list"):
        with given("un") as option:
            said = cli(command, *option)
            assert said.code == 1 and only_line(said).endswith(f" {install_command('crypt')}")
    told = cli("doctor")
    assert told.code == 1 and install_command("crypt") in told.out


def test_a_real_process_reads_it_from_a_descriptor(cli: Cli) -> None:
    with given("un") as option:
        process = cli.process("lock", *option, pass_fds=[int(option[1])])
        out, err = process.communicate(timeout=30)
        assert process.returncode == 0 and "fermé" in out.decode() and err == b""
    assert not [p for p in cli.data.rglob("*") if p.is_file() and WORDS.encode() in p.read_bytes()]
    with given("un") as option:
        process = cli.process("list", *option, pass_fds=[int(option[1])])
        assert WORDS in process.communicate(timeout=30)[0].decode()


def test_the_page_on_the_format_tells_enough_to_read_it_without_coach(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    locked(cli, "un deux é")
    page = Path(__file__).parents[3] / "docs" / "passphrase.md"
    script = page.read_text("utf-8").split("```python\n")[1].split("```")[0]
    monkeypatch.setattr(sys, "argv", ["read", str(cli.data / "journal.json")])
    monkeypatch.setattr("getpass.getpass", lambda: "un deux e\u0301")
    exec(script, {})
    sys.stdout.flush()
    assert WORDS.encode() in capfdbinary.readouterr().out


def test_what_was_locked_elsewhere_is_merged_with_its_own_passphrase(
    cli: Cli, tmp_path: Path
) -> None:
    locked(cli, "ici")
    other = Cli(tmp_path / "other")
    other("note", "tombouctou")
    other("note", "dakar")
    locked(other, "ailleurs")
    for source in (other.data / "journal.recent.jsonl", other.data):
        with given("ici", "faux") as option:
            said = cli("import", str(source), *option)
            assert said.code == 1 and "bonne phrase" in only_line(said)
        with given("ici", "ailleurs") as option:
            assert cli("import", str(source), *option).code == 0
    with given("ici") as option:
        found = cli("list", *option).out
    assert all(word in found for word in (WORDS, "tombouctou", "dakar"))
    data = bytearray((other.data / "journal.json").read_bytes())
    data[-1] ^= 1
    (other.data / "journal.json").write_bytes(data)
    with given("ici", "ailleurs") as option:
        said = cli("import", str(other.data / "journal.json"), *option)
        assert said.code == 1 and "abîmé" in only_line(said)


def test_a_journal_that_was_locked_elsewhere_and_synchronised_here_asks_for_its_own(
    cli: Cli, tmp_path: Path
) -> None:
    locked(cli, "ici")
    other = Cli(tmp_path / "other")
    other("note", "tombouctou")
    locked(other, "ailleurs")
    shutil.copy(other.data / "journal.json", cli.data / "journal.json")
    with given("ici") as option:
        assert cli("list", *option).code == 1
    with given("ici", "ailleurs") as option:
        assert cli("note", "dakar", *option).code == 0
    with given("ici") as option:  # sealed with the folder's own from that save on
        assert "tombouctou" in cli("list", *option).out


def test_a_session_line_by_line_reads_its_answers_after_the_passphrase(cli: Cli) -> None:
    locked(cli, "un")
    process = cli.process("note", "--plain", "--passphrase-fd", "0")
    out, err = process.communicate(b"un\ntombouctou\n\n\n\n", timeout=30)
    assert process.returncode == 0, (out, err)
    with given("un") as option:
        assert "tombouctou" in cli("list", *option).out


def test_copies_in_a_locked_folder_are_found_and_merged(cli: Cli) -> None:
    journal = Journal(cli.data)
    with journal.drafts.open("d") as file:
        file.write(draft_of(entry_of("note", id="d", answers={"text": "en cours"})))
    locked(cli, "un")
    drafts = cli.data / "drafts"
    shutil.copy(drafts / "d.json", drafts / "d-LAPTOP.json")
    shutil.copy(cli.data / "journal.json", cli.data / "journal (1).json")
    with given("un") as option:
        said = cli("import", *option)
        assert said.code == 0 and "2 copies" in said.out, said
    assert sorted(path.name for path in (cli.data / "merged").iterdir()) == [
        "d-LAPTOP.json",
        "journal (1).json",
    ]
    with given("un") as option:
        assert len(cli("list", "--json", *option).json["entries"]) == 2


ALL = {
    "browse": ["browse"],
    "note": ["note", "encore"],
    "list": ["list"],
    "show": ["show", "ID"],
    "document": ["document", "map", "OUT/map.html"],
    "framework": ["framework", "OUT/school.csv"],
    "export": ["export", "OUT/all.ics"],
    "import": ["import", "OUT/copy.json"],
    "backup": ["backup", "OUT/all.coach"],
    "restore": ["restore", "OUT/before.coach", "--yes"],
    "doctor": ["doctor"],
    "lock": ["lock"],
    "unlock": ["unlock"],
    "review": ["review", "J'ai trié."],
    "path": ["path"],
}
"""Each command as it is given; `ID` and `OUT` are filled in."""
PUBLIC = ("review", "path")
"""Read nothing of the student's."""


def test_every_command_takes_the_passphrase_and_none_does_without(cli: Cli, tmp_path: Path) -> None:
    from coach.commands.group import COMMANDS

    assert set(ALL) == set(COMMANDS)
    out = tmp_path / "out"
    out.mkdir()
    (out / "school.csv").write_text("label\nAccueil\n")
    (id_,) = [one["id"] for one in cli.entries()]
    cli("export", str(out / "copy.json"))
    cli("backup", str(out / "before.coach"))
    locked(cli, "un")
    for name, parts in ALL.items():
        args = [one.replace("OUT", str(out)).replace("ID", id_) for one in parts]
        said = cli(*args)
        if name in PUBLIC:
            assert said.code == 0, name
        elif name == "doctor":
            assert WORDS not in said.out and "--passphrase-fd" in said.out
        else:
            assert said.code == 1 and WORDS not in said.out + said.err, name
        with given("un", "un") as option:
            said = cli(*args, *option)
            # There is no terminal here for the app to open in: that is all that is missing.
            wanted = "terminal" if name == "browse" else ""
            assert (said.code == 0 or wanted) and wanted in said.err, (name, said)
            assert "phrase" not in said.err or name == "export", (name, said)


@pytest.mark.parametrize("session", ["rehearsal", "rights", "matrix", "car", "contact"])
def test_every_session_line_by_line_takes_the_passphrase(cli: Cli, session: str) -> None:
    locked(cli, "un")
    said = cli(session, "--plain")
    assert said.code == 1 and "--passphrase-fd" in only_line(said)
    with given("un") as option:
        said = cli(session, "--plain", *option)
        # Nothing is answered: its first question was asked, no more.
        assert said.out and "--passphrase-fd" not in said.err, said


def test_a_slip_of_ours_tells_its_place_and_no_word(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError(WORDS)

    monkeypatch.setattr(Journal, "entries", broken)
    said = cli("list")
    assert said.code == 1 and "KeyError, test_cli_passphrase.py:" in only_line(said)
    assert WORDS not in said.err


def test_an_older_sealed_journal_put_back_loses_nothing(cli: Cli, tmp_path: Path) -> None:
    locked(cli, "un deux trois")
    shutil.copy(cli.data / "journal.json", tmp_path / "aside.json")
    for day in ("mercredi", "jeudi"):
        with given("un deux trois") as option:
            assert cli("note", day, *option).code == 0
    shutil.copy(tmp_path / "aside.json", cli.data / "journal.json")
    with given("un deux trois") as option:
        said = cli("note", "vendredi", *option)
        assert said.code == 0 and "rien n'est perdu (entrées : 2)" in said.err
    with given("un deux trois") as option:
        said = cli("list", *option)
    assert all(word in said.out for word in (WORDS, "mercredi", "jeudi", "vendredi"))
    assert said.err == ""
    assert not any(b"mercredi" in path.read_bytes() for path in cli.data.glob("journal*"))
