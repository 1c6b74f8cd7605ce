"""The command line: what it prints, in which language, and how it ends."""

import json
from datetime import date
from pathlib import Path

import pytest
from cli_tools import Cli, only_line
from making import draft_of, entry_of, field, internship_of, raw_flow, step, write_toml

from coach import __version__
from coach.commands.entry_text import columns
from coach.store.entries import Entry
from coach.store.journal import Journal


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "data")


def keep(cli: Cli, *entries: Entry) -> Journal:
    journal = Journal(cli.data)
    journal.merge(entries)
    return journal


# Notes


def test_a_note_is_kept_and_listed(cli: Cli) -> None:
    said = cli("note", "Automated the report: 10 h → 2 h")
    assert (said.code, said.err) == (0, "")
    assert "La séance de la semaine te la rendra" in said.out
    (entry,) = cli.entries()
    assert entry["answers"] == {"text": "Automated the report: 10 h → 2 h"}
    assert (entry["flow"], entry["status"], entry["schema"]) == ("note", "done", 1)
    assert entry["internship"] is None and "history" not in entry


def test_a_note_belongs_to_the_internship_under_way(cli: Cli) -> None:
    internship = internship_of("2000-01-01", "2100-01-01", company="Atelier Lumen")
    keep(cli, internship)
    cli("note", "Collé trois pieds")
    assert cli.entries("--flow", "note")[0]["internship"] == internship.id


@pytest.mark.parametrize("words", [[], [""], ["  "], ["\x1b[31m"]])
def test_an_empty_note_is_a_wrong_use(cli: Cli, words: list[str]) -> None:
    said = cli("note", *words)
    assert said.code == 2
    assert "La note est vide" in only_line(said)
    assert not cli.data.exists()


def test_a_note_may_begin_with_a_dash_and_hold_what_a_terminal_obeys(cli: Cli) -> None:
    assert cli("note", "-3 h de tri").code == 2
    assert cli("note", "--", "-3 h de tri \x1b[2J\udcff[/] $(rm)").code == 0
    assert cli.entries()[0]["answers"]["text"] == "-3 h de tri �[/] $(rm)"


@pytest.mark.parametrize("args", [("-",), ("--plain",)])
def test_a_note_from_a_pipe_keeps_every_line(cli: Cli, args: tuple[str, ...]) -> None:
    assert cli("note", *args, stdin="Trié 3 bacs\n\n- <\n? \udcff\x1b[2J\r\n\n").code == 0
    assert [one["answers"]["text"] for one in cli.entries()] == ["Trié 3 bacs\n\n- <\n? \ufffd"]
    for nothing in ("", "\n \n"):
        said = cli("note", *args, stdin=nothing)
        assert said.code == 2 and "La note est vide" in only_line(said)
    assert len(cli.entries()) == 1


def test_words_of_a_note_need_no_quotes(cli: Cli) -> None:
    cli("note", "Accueil", "de", "12 familles")
    assert cli.entries()[0]["answers"]["text"] == "Accueil de 12 familles"


# Lists


def test_nothing_written_is_said_kindly(cli: Cli) -> None:
    assert "Rien d'écrit pour l'instant" in cli("list").out
    assert "La corbeille est vide" in cli("list", "--trash").out
    assert cli("list", "--json").json == {"schema": 1, "entries": []}
    assert "Rien ne correspond" in cli("list", "--search", "zèbre").out


def test_lines_are_aligned_and_fit_80_columns(cli: Cli) -> None:
    keep(
        cli,
        entry_of("note", answers={"text": "Été " * 60}),
        entry_of("note", answers={"text": "漢字かな" * 30}),
        entry_of("note", answers={"text": "\u202eevil\x1b]0;x\x07 line\nsecond"}),
        entry_of("interview", answers={"company": "e\u0301" * 80}),
        entry_of("gone", answers={"word": "[red]not markup[/]"}),
    )
    lines = cli("list").out.splitlines()
    assert len(lines) == 5
    assert all(columns(line) <= 80 and line.isprintable() for line in lines)
    assert {line[:12] for line in lines} == {"2026-11-20  "}
    starts = {
        line.index(found) for line in lines for found in ("Été", "[red]", "evil") if found in line
    }
    assert len(starts) == 1


def test_lists_are_newest_first_and_hold_drafts(cli: Cli) -> None:
    old, new = entry_of(day=date(2026, 11, 6)), entry_of(day=date(2026, 11, 13))
    journal = keep(cli, old, new)
    begun = entry_of("interview", day=date(2026, 11, 9), answers={"company": "Orbis"})
    with journal.drafts.open(begun.id) as file:
        file.write(draft_of(begun))
    changed = draft_of(entry_of(id=old.id, day=date(2026, 11, 6), answers={"word": "Mieux"}))
    changed.base = old.revision
    with journal.drafts.open(old.id) as file:
        file.write(changed)
    found = cli.entries()
    assert [one["id"] for one in found] == [new.id, begun.id, old.id]
    assert [one["status"] for one in found] == ["done", "draft", "done"]
    assert found[2]["draft"] == {"word": "Mieux"} and "draft" not in found[0]
    lines = cli("list").out.splitlines()
    assert "brouillon : Orbis" in lines[1] and "en cours de modification : Mieux" in lines[2]
    assert [one["id"] for one in cli.entries("--search", "MIEUX")] == [old.id]
    assert [one["id"] for one in cli.entries("--search", "orbis")] == [begun.id]


def test_lists_are_narrowed_by_session_days_and_words(cli: Cli) -> None:
    row = {"id": "1", "action": "Réduit l'attente à l'accueil", "skill": "Écoute"}
    keep(
        cli,
        entry_of(day=date(2026, 11, 13), answers={"achievements": [row], "on_site": "leave"}),
        entry_of("note", day=date(2026, 11, 6), answers={"text": "Cœur de métier"}),
        entry_of("note", day=date(2026, 10, 30), answers={"text": "Rien"}),
    )

    def days(*args: str) -> list[str]:
        return [one["date"][5:] for one in cli.entries(*args)]

    assert days("--flow", "note") == ["11-06", "10-30"]
    assert days("--since", "2026-11-06") == ["11-13", "11-06"]
    assert days("--since", "6 nov 2026", "--until", "06/11/2026") == ["11-06"]
    assert days("--search", "ACCUEIL ecoute") == ["11-13"]
    assert days("--search", "accueil coeur") == []
    assert days("--search", "COEUR") == ["11-06"]
    assert days("--search", "en congé") == ["11-13"], "what was chosen is found as it reads"
    assert days("--flow", "nothing") == []


@pytest.mark.parametrize(
    "value", ["pouët", "2026-13-45", "2026-11", "2026", "31/02/2026", "9" * 50]
)
@pytest.mark.parametrize("name", ["--since", "--until"])
def test_a_day_that_is_none_is_a_wrong_use(cli: Cli, name: str, value: str) -> None:
    said = cli("list", name, value)
    assert said.code == 2 and value in only_line(said) and name in said.err


def test_the_trash_is_listed_apart(cli: Cli) -> None:
    entry = entry_of("note", answers={"text": "À jeter"})
    keep(cli, entry).trash(entry.id)
    assert cli.entries() == []
    (found,) = cli.entries("--trash")
    assert found["id"] == entry.id and found["deleted_at"]


# One entry


def test_show_takes_the_beginning_of_an_id(cli: Cli) -> None:
    first = entry_of("note", id="abc-1", answers={"text": "Premier"})
    journal = keep(cli, first, entry_of("note", id="abd-2", answers={"text": "Second"}))
    shown = cli("show", "ABC")
    assert shown.code == 0 and "Premier" in shown.out and "Second" not in shown.out
    many = cli("show", "ab")
    assert many.code == 1 and "2 entrées" in only_line(many)
    assert cli("show", "zz").code == 1
    assert cli("show", "").code == 2
    journal.save(entry_of("note", id="abc-1", answers={"text": "Repris"}))
    whole = cli("show", "abc-1", "--json").json
    assert whole["answers"] == {"text": "Repris"}
    assert [one["answers"] for one in whole["history"]] == [{"text": "Premier"}]
    assert "Une version précédente est gardée" in cli("show", "abc").out


def test_show_reads_a_week_and_its_draft(cli: Cli) -> None:
    about = internship_of(company="Clinique", objective="Peser seul")
    row = {"id": "r", "action": "Pesé", "impact": "deux\nlignes"}
    week = entry_of(
        internship=about.id,
        tags=["soin"],
        answers={"energy": 4, "achievements": [row], "progress": {"main": "some"}},
    )
    journal = keep(cli, about, week)
    with journal.drafts.open(week.id) as file:
        changed = draft_of(entry_of(id=week.id, answers={"word": "Bientôt"}))
        changed.base = week.revision
        file.write(changed)
    out = cli("show", week.id).out
    for piece in ("vendredi 20 novembre 2026", "Clinique", "étiquettes : soin", "4/5"):
        assert piece in out
    assert "- Action : Pesé\n      Impact : deux lignes" in out
    assert "- Peser seul : Un peu" in out
    assert out.index("Brouillon en cours") < out.index("Bientôt")
    assert "Friday 20 November 2026" in cli("--lang", "en", "show", week.id).out


# Sentences


def test_review_gives_the_verdict(cli: Cli) -> None:
    verdict = cli("review", "J'ai aidé l'équipe sur plein de trucs", "--json").json
    assert set(verdict) == {"quantified", "vague", "blame", "varnish", "care", "questions"}
    assert verdict["vague"] is True and verdict["questions"]
    good = cli("review", "Reduced waiting from 40 to 15 minutes", "--json").json
    assert (good["quantified"], good["vague"]) == (True, False)
    assert "Chiffrée" in cli("review", "Trié 40 dossiers en 2 heures").out
    assert "Quantified" in cli("review", "Trié 40 dossiers en 2 heures", COACH_LANG="en").out
    assert cli("review", "").out == "La phrase est vide.\n"


def test_path_tells_the_folder(cli: Cli) -> None:
    assert cli("path").out == f"{cli.data}\n"
    assert cli("--data-dir", "/nowhere/here", "path").out == "/nowhere/here\n"
    assert cli("path", "--data-dir", "/nowhere/here").out == "/nowhere/here\n"
    assert not cli.data.exists(), "telling makes nothing"


# Languages and help


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version").out == f"coach {__version__}\n"
    french, english = cli("--help").out, cli("--lang", "en", "--help").out
    assert "Utilisation : coach" in french and "Options :" in french and "Commandes :" in french
    assert "Usage: coach" in english and "Commands:" in english
    for name in ("weekly", "reframe", "interview", "note", "list", "show", "export", "path"):
        assert f"\n  {name} " in french and f"\n  {name} " in english
    assert "Show this" not in french and "Usage:" not in french
    assert "Affiche cette aide" in cli("list", "--help").out
    assert "--plain" in cli("weekly", "--help").out


def test_the_language_is_named_or_set_or_the_machines(cli: Cli) -> None:
    def speaks(*args: str, **env: str) -> str:
        return "fr" if "Rien d'écrit" in cli(*args, **env).out else "en"

    assert speaks("--lang", "en", "list") == "en"
    assert speaks("list", "--lang=en") == "en"
    assert speaks("list", COACH_LANG="en") == "en"
    assert speaks("--lang", "fr", "list", COACH_LANG="en") == "fr"
    assert speaks("list", COACH_LANG="", LC_ALL="fr_FR.UTF-8") == "fr"
    assert speaks("list", COACH_LANG="", LANG="fr_CA") == "fr"
    assert speaks("list", COACH_LANG="", LC_ALL="de_DE", LANG="fr_FR") == "en"
    cli.data.mkdir()
    (cli.data / "settings.toml").write_text('lang = "fr"\n')
    assert speaks("list", COACH_LANG="", LANG="en_GB") == "fr"
    assert speaks("list", COACH_LANG="en") == "en"


@pytest.mark.parametrize(("args", "env"), [(["--lang", "de", "list"], ""), (["list"], "klingon")])
def test_an_unknown_language_is_a_wrong_use(cli: Cli, args: list[str], env: str) -> None:
    said = cli(*args, **({"COACH_LANG": env} if env else {}), LANG="fr_FR")
    assert said.code == 2 and "seulement fr ou en" in only_line(said)


@pytest.mark.parametrize(
    ("args", "piece"),
    [
        (["nothing"], "ni une commande ni une séance"),
        (["list", "extra"], "extra"),
        (["list", "--bogus"], "--bogus"),
        (["list", "--flow"], "attend une valeur"),
        (["list", "--json=1"], "ne prend pas de valeur"),
        (["show"], "Il manque ID"),
        (["export"], "Il manque FICHIER"),
        (["--data-dir", "", "list"], "--data-dir est vide"),
        (["weekly", "--week", "2026-47"], "2026-W47"),
        (["weekly", "--week", "2026-W60"], "n'est pas une semaine"),
        (["weekly", "--week", "2999-W01"], "pas encore commencé"),
        (["interview", "--week", "2026-W01"], "enlève --week"),
        (["weekly", "--entry", "a", "--new"], "Choisis entre"),
    ],
)
def test_a_wrong_use_is_one_sentence_of_the_students_language(
    cli: Cli, args: list[str], piece: str
) -> None:
    said = cli(*args)
    assert (said.code, said.out) == (2, "")
    assert piece in only_line(said) and "--help" in said.err


# What cannot be


def test_folders_that_cannot_be_are_told(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for args in (["note", "x"], ["list"], ["weekly", "--plain"]):
        said = cli("--data-dir", str(file), *args)
        assert said.code == 1, args
        assert str(file) in only_line(said)
    assert file.read_text() == "x"


def test_a_newer_journal_is_read_and_not_written(cli: Cli) -> None:
    keep(cli, entry_of("note", answers={"text": "Là"}))
    path = cli.data / "journal.json"
    path.write_text(path.read_text().replace('"schema":1', '"schema":99', 1))
    listed = cli("list")
    assert listed.code == 0 and "Là" in listed.out
    assert "plus récente" in only_line(listed)
    for args in (["note", "x"], ["weekly", "--plain"], ["import", "x.json"]):
        said = cli(*args)
        assert said.code == 1 and "mets coach à jour" in only_line(said)


def test_a_damaged_journal_is_told_of(cli: Cli) -> None:
    keep(cli, entry_of("note", answers={"text": "Sauvée"}))
    (cli.data / "journal.json").write_bytes(b"\x00" * 100)
    said = cli("list")
    assert said.code == 0 and "Sauvée" in said.out
    assert "Le journal était abîmé" in only_line(said)
    assert cli("list").err == ""


def test_a_broken_settings_file_is_told_of_and_left(cli: Cli) -> None:
    cli.data.mkdir()
    path = cli.data / "settings.toml"
    path.write_text('lang = "fr\n')
    said = cli("list")
    assert said.code == 0 and "ligne 1" in only_line(said)
    assert path.read_text() == 'lang = "fr\n'


def test_a_broken_flow_is_told_with_file_and_key(cli: Cli) -> None:
    flows = cli.data / "flows"
    flows.mkdir(parents=True)
    (flows / "school.toml").write_text('id = "school"\nbogus = 1\n')
    said = cli("school", "--plain")
    assert said.code == 1
    assert str(flows / "school.toml") in only_line(said) and "bogus" in said.err
    assert "school" in cli("--help").out


def test_a_flow_cannot_take_the_name_of_a_command(cli: Cli) -> None:
    flows = cli.data / "flows"
    flows.mkdir(parents=True)
    (flows / "list.toml").write_text("nonsense")
    assert "Rien d'écrit" in cli("list").out


def test_no_slip_of_ours_shows_a_traceback(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("coach.export.listing.list_entries", broken)
    said = cli("list")
    assert said.code == 1 and "ZeroDivisionError, test_cli.py:" in only_line(said)


def test_ctrl_c_ends_quietly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coach.export.listing.list_entries", interrupted)
    said = cli("list")
    assert said.code == 130 and not said.err.strip()


def test_the_app_needs_a_terminal(cli: Cli) -> None:
    for args in ([], ["weekly"], ["browse"], ["--demo"]):
        said = cli(*args)
        assert said.code == 1 and "--plain" in only_line(said)


def test_the_demo_is_thrown_away(cli: Cli) -> None:
    found = json.loads(cli("--demo", "list", "--json").out)["entries"]
    assert len(found) > 10
    assert not cli.data.exists()


def test_a_settings_problem_is_told_once_in_a_session(cli: Cli) -> None:
    cli.data.mkdir()
    (cli.data / "settings.toml").write_text("theme = 3\n")
    said = cli("note", "--plain", stdin="Trié 3 bacs\n")
    assert said.code == 0 and "« theme »" in only_line(said)


# Sessions line by line


def test_a_past_week_is_told_late_and_told_on(cli: Cli) -> None:
    day = {"COACH_TODAY": "2026-11-18 12:00"}
    begun = cli("weekly", "--plain", "--week", "2026-w46", stdin="1\n4\n", **day)
    assert begun.code == 1 and "--week 2026-W46" in only_line(begun)
    (entry,) = cli.entries()
    assert (entry["week"], entry["date"], entry["status"]) == ("2026-W46", "2026-11-13", "draft")
    assert cli("weekly", "--plain", "--week", "2026-W46", stdin="\n" * 40, **day).code == 0
    assert cli("weekly", "--plain", stdin="\n" * 40, **day).code == 0
    assert [one["week"] for one in cli.entries()] == ["2026-W47", "2026-W46"]
    assert cli.entries()[1]["answers"]["energy"] == 4


def test_an_entry_is_opened_by_its_id_and_another_begun_anew(cli: Cli) -> None:
    cli("interview", "--plain", stdin="Orbis\n")
    (first,) = cli.entries()
    cli("interview", "--plain", "--new", stdin="Lumen\n")
    assert [one["answers"] for one in cli.entries()] == [{"company": "Lumen"}, {"company": "Orbis"}]
    opened = cli("interview", "--plain", "--entry", first["id"][:8], stdin="\n" * 60)
    assert opened.code == 0 and "  Orbis" in opened.out
    wrong = cli("weekly", "--plain", "--entry", first["id"])
    assert wrong.code == 1 and "coach interview --entry" in only_line(wrong)
    assert cli("weekly", "--plain", "--entry", "zzz").code == 1


def test_a_students_own_session_is_a_command(cli: Cli) -> None:
    flows = cli.data / "flows"
    flows.mkdir(parents=True)
    own = raw_flow(step("a", field("line", "x")), id="oral", summary="Mon \x1b[31moral")
    (flows / "oral.toml").write_text(write_toml(own), "utf-8")
    assert "\n  oral  " in (out := cli("--help").out) and "Mon oral" in out and "\x1b" not in out
    assert cli("oral", "--plain", stdin="un\n").code == 0
    assert cli.entries("--flow", "oral")[0]["answers"] == {"x": "un"}


def test_a_first_start_asks_nothing_before_the_session(cli: Cli) -> None:
    out = cli("reframe", "--plain").out
    assert out.index("Étape 1") < out.index("> ")
