"""What the command line says: both languages, every error, nothing left to fill in."""

import re
from pathlib import Path

import pytest

import coach
from coach.util.data_files import data_path, read_toml
from coach.util.wording import Wording

AREAS = ("cli", "plain", "export", "errors")
SOURCES = "\n".join(
    path.read_text("utf-8") for path in sorted(Path(coach.__file__).parent.rglob("*.py"))
)


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_with_the_same_values(area: str) -> None:
    for key, forms in read_toml(data_path("wording", f"{area}.toml")).items():
        assert set(forms) == {"fr", "en"}, key
        assert isinstance(forms["fr"], list) == isinstance(forms["en"], list), key
        last = {lang: form[-1] if isinstance(form, list) else form for lang, form in forms.items()}
        names = {lang: set(re.findall(r"\{(\w+)\}", text)) for lang, text in last.items()}
        assert names["fr"] == names["en"], key


@pytest.mark.parametrize("area", AREAS)
def test_the_tone(area: str) -> None:
    for key, forms in read_toml(data_path("wording", f"{area}.toml")).items():
        for lang, form in forms.items():
            for text in form if isinstance(form, list) else [form]:
                assert not re.search("[!’\t\n]|  ", text), key
                if lang == "fr":
                    # A space before the high signs; `tu`, never `vous`.
                    assert not re.search(r"[^ \w/:{][:;?»]|«[^ ]|\w[;?»]|\bvous\b|\bvotre\b", text)


def test_every_error_of_the_journal_has_its_sentence() -> None:
    words = Wording("errors", "fr")
    keys = set(re.findall(r'JournalError\(\s*"(\w+)"', SOURCES))
    keys |= set(re.findall(r'errno\.\w+: "(\w+)"', SOURCES)) | {"failed", "not_readable"}
    keys |= set(re.findall(r'super\(\).__init__\("(draft_\w+)"', SOURCES))
    keys |= set(re.findall(r'Invalid\("(\w+)"', SOURCES)) | {"required"}
    assert {"disk_full", "newer", "locked", "draft_open", "not_storable", "scale", "date"} <= keys
    assert [key for key in keys if not words.has(key)] == []


def test_every_notice_has_its_sentence() -> None:
    words = Wording("errors", "fr")
    keys = set(re.findall(r'Notice\(\s*"(\w+)"', SOURCES))
    assert {"recovered", "migrated", "both_kept", "draft_damaged"} <= keys
    assert [key for key in keys if not words.has(f"notice.{key}")] == []


@pytest.mark.parametrize(
    ("area", "pattern", "files"),
    [
        ("cli", r'\bsay(?:\.count)?\(\s*"([\w.-]+)"', "commands/*.py"),
        ("plain", r'(?:\btell|\bwords(?:\.count)?)\(\s*"([\w.-]+)"', "plain/*.py"),
    ],
)
def test_every_text_that_is_asked_for_is_there(area: str, pattern: str, files: str) -> None:
    folder = Path(coach.__file__).parent
    own = {key for area_ in AREAS for key in read_toml(data_path("wording", f"{area_}.toml"))}
    asked = {
        key for path in folder.glob(files) for key in re.findall(pattern, path.read_text("utf-8"))
    }
    assert len(asked) > 10 and asked - own == set()
