"""Settings: read whatever the file holds, written with the student's comments."""

import stat
from pathlib import Path

import pytest

from coach.disk.settings import Settings, load, store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.toml"


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_without_a_file_all_is_default(path: Path) -> None:
    assert load(path) == (Settings(), None)
    assert not path.parent.exists()


def test_what_is_set_is_read(path: Path) -> None:
    written(
        path,
        'lang = "en"\ntheme = "nord"\ninternship = "abc"\nascii = true\nlater = 1\n'
        '[keys]\nnote = "ctrl+t,f5"\n',
    )
    assert load(path) == (Settings("en", "nord", "abc", {"note": "ctrl+t,f5"}, True), None)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ('lang = "fr"\ntheme = oops\n', "ligne 2"),
        (b"\xff\xfe", "ne se lit pas"),
        ("a=" + "[" * 5000, "ne se lit pas"),
    ],
)
def test_a_broken_file_gives_defaults_and_one_sentence(
    path: Path, text: str | bytes, piece: str
) -> None:
    before = written(path, text).read_bytes()
    settings, problem = load(path, "fr")
    assert settings == Settings()
    assert problem and piece in problem and str(path) in problem and "\n" not in problem
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("lang = 3", "lang"),
        ('lang = "de"', "lang"),
        ("theme = []", "theme"),
        ('ascii = "yes"', "ascii"),
        ("keys = 1", "keys"),
        ("[keys]\nnote = 4", "keys.note"),
        ("internship = false", "internship"),
    ],
)
def test_one_wrong_value_leaves_the_others(path: Path, line: str, name: str) -> None:
    known = "" if line.startswith(("theme", "[keys]")) else 'theme = "nord"\n'
    settings, problem = load(written(path, f"{known}{line}\n"), "en")
    assert problem and f'"{name}"' in problem
    assert settings == Settings(theme="nord" if known else "")


def test_a_folder_in_its_place_stops_nothing(path: Path) -> None:
    path.mkdir(parents=True)
    settings, problem = load(path, "fr")
    assert settings == Settings() and problem and "ne s'ouvre pas" in problem


def test_storing_keeps_comments_and_order_and_is_private(path: Path) -> None:
    written(path, '# à moi\nlang = "fr"  # ma langue\n\n[keys]\nnote = "f5"\n')
    store(path, lang="en", theme="nord", internship=None)
    text = path.read_text("utf-8")
    assert text.startswith('# à moi\nlang = "en"  # ma langue') and 'note = "f5"' in text
    assert load(path) == (Settings("en", "nord", None, {"note": "f5"}), None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    store(path, lang=None)
    assert load(path)[0].lang is None


def test_storing_makes_the_file_and_its_folder(path: Path) -> None:
    store(path, keys={"note": "f5"}, ascii=True)
    assert load(path)[0] == Settings(keys={"note": "f5"}, ascii=True)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_broken_file_is_set_aside_before_it_is_replaced(path: Path) -> None:
    written(path, "lang = oops")
    store(path, lang="en")
    (aside,) = path.parent.glob("settings.broken-*.toml")
    assert aside.read_text() == "lang = oops"
    assert load(path) == (Settings("en"), None)


def test_a_linked_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = written(tmp_path / "dotfiles.toml", 'lang = "fr"\n')
    path.parent.mkdir()
    path.symlink_to(real)
    store(path, lang="en")
    assert path.is_symlink() and load(real)[0].lang == "en"


def test_what_cannot_be_written_is_an_oserror(tmp_path: Path) -> None:
    written(tmp_path / "file", "x")
    with pytest.raises(OSError, match=r"File exists|Not a directory"):
        store(tmp_path / "file" / "settings.toml", lang="en")
