"""`coach backup` and `coach restore`, as a student or a script uses them."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cli_tools import Cli, only_line

from coach.util.clock import local_now


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "data")
    cli("note", "première")
    return cli


def test_a_backup_and_back(cli: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "copy.coach"
    said = cli("backup", str(copy))
    assert said.code == 0 and str(copy) in said.out and said.err == ""
    again = cli("backup", str(copy))
    assert again.code == 1 and "existe déjà" in only_line(again)
    assert cli("backup", str(copy), "--force").code == 0
    cli("note", "deuxième")
    said = cli("restore", str(copy))
    assert said.code == 1 and "--yes" in only_line(said)
    assert "S'en va (1)" in said.out and "deuxième" in said.out and "Ne change pas" in said.out
    assert len(cli.entries()) == 2
    said = cli("restore", str(copy), "--yes")
    assert said.code == 0 and "before-restore" in said.out
    assert [one["answers"]["text"] for one in cli.entries()] == ["première"]
    assert "rien à reprendre" in cli("restore", str(copy), "--yes").out


def test_what_can_be_restored_is_listed_and_named_by_number_or_day(cli: Cli) -> None:
    assert "rien à reprendre" in cli("restore").out
    moment = local_now() - timedelta(days=1)
    os.utime(cli.data / "journal.json", (moment.timestamp(), moment.timestamp()))
    cli("note", "deuxième")
    assert "clé USB" in cli("backup").out
    listed = cli("restore").out.splitlines()
    assert listed[0].startswith("  1  Sauvegarde du") and listed[1].startswith("  2  Le journal du")
    day = f"{moment:%Y-%m-%d}"
    for name in ("2", day, f"{day}.json"):
        said = cli("restore", name)
        assert said.code == 1 and "S'en va (1)" in said.out
    assert cli("restore", day, "--yes").code == 0
    assert len(cli.entries()) == 1


@pytest.mark.parametrize("name", ["nothing", "99", "\0"])
def test_what_is_not_there_is_said(cli: Cli, name: str) -> None:
    said = cli("restore", name)
    assert said.code == 1 and "rien n'a changé" in only_line(said)


def test_places_that_take_no_backup(cli: Cli, tmp_path: Path) -> None:
    for place in (tmp_path / "no" / "folder" / "x.coach", Path("/dev/full")):
        said = cli("backup", str(place))
        assert said.code == 1 and "Rien n'a été écrit" in only_line(said)


def test_a_copied_folder_can_be_restored_as_it_is(cli: Cli, tmp_path: Path) -> None:
    cli.data.rename(tmp_path / "copied")
    assert cli.entries() == []
    assert cli("restore", str(tmp_path / "copied"), "--yes").code == 0
    assert [one["answers"]["text"] for one in cli.entries()] == ["première"]


def test_an_older_journal_put_back_is_joined_and_told_once_by_command(
    cli: Cli, tmp_path: Path
) -> None:
    for day in ("lundi", "mardi"):
        assert cli("note", day).code == 0
    shutil.copy(cli.data / "journal.json", tmp_path / "aside.json")
    for day in ("mercredi", "jeudi"):
        assert cli("note", day).code == 0
    before = len(cli.entries())
    shutil.copy(tmp_path / "aside.json", cli.data / "journal.json")
    said = cli("note", "vendredi")
    assert said.code == 0 and "rien n'est perdu (entrées : 2)" in said.err
    assert len(cli.entries()) == before + 1
    said = cli("list")
    assert said.err == "" and all(day in said.out for day in ("mercredi", "jeudi", "vendredi"))


def test_nothing_is_kept_over_a_file_that_cannot_be_read(cli: Cli) -> None:
    for number in range(5):
        cli("note", f"preuve {number}")
    previous = cli.data / "journal.previous.json"
    spare = cli.data.parent / "spare"
    previous.rename(spare)
    previous.symlink_to(previous)
    journal = cli.data / "journal.json"
    journal.write_bytes(journal.read_bytes()[:200])
    half = journal.read_bytes()
    said = cli("note", "encore")
    assert said.code == 1 and said.out == "" and str(previous) in said.err
    assert "Traceback" not in said.err and journal.read_bytes() == half
    previous.unlink()
    spare.rename(previous)
    assert all(f"preuve {number}" in cli("list").out for number in range(5))
