"""Sessions line by line: every kind of field, moving, leaving, and what is kept of it."""

import io
import os
import signal
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from making import MOMENT, TODAY, entry_of, field, raw_flow, step, write_toml

from coach.features.registry import load_content
from coach.flows.draft_session import DraftSession
from coach.flows.request import SessionRequest
from coach.plain.session import run
from coach.plain.terminal import Ended, Talk
from coach.store.entries import Draft, Entry
from coach.store.journal import Journal

KINDS = [
    step(
        "short",
        field("line", "name", help="De l'aide", example="Un exemple", nudges=["blame"]),
        field("scale", "energy"),
        field("date", "day"),
        field("number", "hours", least=0, most=60, unit="h"),
    ),
    step(
        "picked",
        field("choice", "one", options=["here", "school"], start="here"),
        field("choices", "many", options=["a", "b", {"id": "none", "alone": True}]),
        field("checklist", "points", options=["p", "q"], answers=["yes", "no"]),
    ),
    step("long", field("text", "story", spoken=True), intro="Prends ton temps."),
    step(
        "table",
        field("rows", "rows", columns=[{"id": "what", "required": True}, "who"]),
        field("sides", "pairs"),
    ),
    step("last", field("line", "end")),
]


class Desk:
    """A journal with one flow `own`, and what was said about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder, clock=lambda: MOMENT)
        self.out = ""

    def flow(self, *steps: dict[str, Any], **head: Any) -> None:
        flows = self.folder / "flows"
        flows.mkdir(parents=True, exist_ok=True)
        (flows / "own.toml").write_text(write_toml(raw_flow(*steps, **head)), "utf-8")

    def draft_session(
        self, request: SessionRequest | None = None, lang: str = "fr"
    ) -> DraftSession:
        return DraftSession(
            self.journal,
            load_content(self.folder / "flows"),
            request or SessionRequest("own"),
            lang=lang,
            today=TODAY,
            internship=None,
        )

    def run(self, lines: str, request: SessionRequest | None = None, lang: str = "fr") -> int:
        out = io.StringIO()
        draft_session = self.draft_session(request, lang)
        try:
            return run(draft_session, io.StringIO(lines), out, lang)
        finally:
            draft_session.file.close()
            self.out = out.getvalue()

    @property
    def done(self) -> dict[str, Any]:
        (entry,) = self.journal.entries()
        return entry.answers

    @property
    def draft(self) -> Draft:
        (draft,) = self.journal.drafts.list()
        return draft


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


def bare(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if k != "id"} for row in rows]


def test_every_kind_of_field_is_asked_and_kept(desk: Desk) -> None:
    desk.flow(*KINDS)
    lines = ["Ana", "4", "23/11/2026", "35,5", "2", "1 2", "1", "2"]
    lines += ["Un matin", "il pleuvait", ""]
    lines += ["Rangé", "Léo", "Trié", "", "", "-", "là-bas", "", "fini"]
    assert desk.run("\n".join(lines) + "\n") == 0
    answers = desk.done
    assert answers["name"] == "Ana" and answers["end"] == "fini"
    assert (answers["energy"], answers["day"], answers["hours"]) == (4, "2026-11-23", 35.5)
    assert (answers["one"], answers["many"]) == ("school", ["a", "b"])
    assert answers["points"] == {"p": "yes", "q": "no"}
    assert answers["story"] == "Un matin\nil pleuvait"
    assert bare(answers["rows"]) == [{"what": "Rangé", "who": "Léo"}, {"what": "Trié"}]
    assert bare(answers["pairs"]) == [{"right": "là-bas"}]
    assert not desk.journal.drafts.list()
    for piece in (
        "Étape 1 sur 5, environ",
        "Prends ton temps.",
        "De 1 (bas) à 5 (haut).",
        "Le coach : lundi 23 novembre 2026",
        "1. Option a",
        "1 sur 2. Option p",
        "4 mots, environ 2 s à l'oral.",
        "C'est gardé : Séance, « Ana ».",
        "Champ rows : 2",
        "coach show ",
    ):
        assert piece in desk.out, piece


def test_nothing_but_text_is_written(desk: Desk) -> None:
    desk.flow(*KINDS)
    desk.run("\x1b[31mAna\x1b]0;titre\x07\n" + "\n" * 40)
    assert "\x1b" not in desk.out and all(c == "\n" or c.isprintable() for c in desk.out)
    assert not set(desk.out) & set("─│┌┐└┘●○◆")
    assert desk.done["name"] == "Ana"


def test_empty_lines_walk_through_it_all(desk: Desk) -> None:
    desk.flow(*KINDS)
    assert desk.run("\n" * 30) == 0
    assert desk.done == {"one": "here"}


def test_what_cannot_be_is_asked_again_with_the_reason(desk: Desk) -> None:
    desk.flow(*KINDS)
    lines = ["Ana", "9", "x" * 100_000, "4", "hier soir", "demain", "99", "12"]
    lines += ["7", "nulle part", "OPTION SCHOOL", "1 9", "zzz", "Option none", "3", "-"]
    assert desk.run("\n".join(lines) + "\n" * 30) == 0
    assert desk.out.count("Un nombre entier de 1 à 5.") == 2
    assert "Je ne lis pas de jour ici" in desk.out and "Un nombre de 0 à 60." in desk.out
    assert desk.out.count("Un numéro de 1 à 2.") == 3 and "Un numéro de 1 à 3." in desk.out
    assert (desk.done["hours"], desk.done["one"], desk.done["many"]) == (12, "school", ["none"])
    assert desk.done["day"] == "2026-11-21"


def test_help_is_given_and_the_question_waits(desk: Desk) -> None:
    desk.flow(*KINDS)
    assert desk.run("?\nAna\n?\n" + "\n" * 30) == 0
    assert "De l'aide\nPar exemple : Un exemple" in desk.out
    assert "Rien de plus à savoir" in desk.out
    assert desk.done["name"] == "Ana"


def test_one_can_go_back_across_steps_and_change(desk: Desk) -> None:
    desk.flow(step("a", field("line", "x")), step("b", field("line", "y"), field("line", "z")))
    assert desk.run("un\ndeux\n<\n<\nUN\n\ntrois\n") == 0
    assert desk.done == {"x": "UN", "y": "deux", "z": "trois"}
    assert "Ta réponse (Entrée la garde) :\n  deux" in desk.out


def test_going_back_at_the_first_question_says_so(desk: Desk) -> None:
    desk.flow(step("read"), step("a", field("line", "x")))
    assert desk.run("<\nun\n") == 0
    assert "C'est déjà la première question." in desk.out and desk.done == {"x": "un"}


def test_going_back_inside_rows_text_and_checklists(desk: Desk) -> None:
    desk.flow(
        step("a", field("checklist", "points", options=["p", "q"], answers=["yes", "no"])),
        step("b", field("rows", "rows"), field("text", "story"), field("line", "end")),
    )
    lines = ["1", "<", "2", "1"]
    lines += ["Rangé", "<", "Trié", "Léo", ""]
    lines += ["une ligne", "<", "", "", "fin"]
    assert desk.run("\n".join(lines) + "\n") == 0
    assert desk.done["points"] == {"p": "no", "q": "yes"}
    assert bare(desk.done["rows"]) == [{"what": "Trié", "who": "Léo"}]
    assert (desk.done["story"], desk.done["end"]) == ("une ligne", "fin")


def test_a_dash_empties_an_answer(desk: Desk) -> None:
    desk.flow(
        step("a", field("line", "x", start="proposé"), field("text", "t"), field("scale", "s")),
        step("b", field("line", "end")),
    )
    assert desk.run("-\ngardé\n\n3\n<\n<\n-\n-\nfin\n") == 0
    assert desk.done == {"end": "fin"}


def test_a_proposal_is_kept_by_an_empty_line(desk: Desk) -> None:
    desk.flow(step("a", field("line", "x", start="proposé")))
    assert desk.run("\n") == 0
    assert "Ma proposition (Entrée la garde) :\n  proposé" in desk.out
    assert desk.done == {"x": "proposé"}


def test_blanks_are_asked_in_turn(desk: Desk) -> None:
    desk.flow(step("a", field("text", "x", start="J'ai ___ chez ___, puis ___.", nudges=["blank"])))
    assert desk.run("compté\n<\ntrié\n\nvendu\n\n") == 0
    assert "Blanc 2 sur 3 : … chez ___ , puis …" in desk.out
    assert desk.done == {"x": "J'ai trié chez ___, puis vendu."}
    assert "Le coach : Il reste un blanc" in desk.out


def test_rows_are_edited_and_deleted(desk: Desk) -> None:
    desk.flow(step("a", field("rows", "rows")))
    lines = ["Un", "", "Deux", "Zoé", "e 1", "UN", "Léo", "d 2", "n", "d 2", "o", "e 7", ""]
    assert desk.run("\n".join(lines) + "\n") == 0
    assert bare(desk.done["rows"]) == [{"what": "UN", "who": "Léo"}]
    assert "  2. Deux; Zoé" in desk.out and "Effacer « Deux; Zoé » ?" in desk.out
    assert "Un numéro de 1 à 1." in desk.out


def test_what_is_missing_is_said_and_asked(desk: Desk) -> None:
    desk.flow(
        step("a", field("line", "x", required=True)),
        step("b", field("rows", "rows", columns=["who", {"id": "what", "required": True}])),
    )
    assert desk.run("\nLéo\n\n\nenfin\n\n\n\n\nTrié\n\n") == 0
    assert "Il manque une chose pour garder : Champ x" in desk.out
    assert "Il manque une chose pour garder : Champ rows, Colonne what" in desk.out
    assert desk.done["x"] == "enfin"
    assert bare(desk.done["rows"]) == [{"who": "Léo", "what": "Trié"}]


def test_repeated_steps_and_conditions(desk: Desk) -> None:
    desk.flow(
        step("a", field("choices", "met", options=["p", "q"])),
        step("one", field("line", "why"), each="met", title="{item.label}"),
        step("b", field("line", "extra", when=[{"field": "met", "has": "q"}]), field("line", "e")),
    )
    assert desk.run("2\nparce que\nplus\nfin\n") == 0
    assert desk.done["one"] == {"q": {"why": "parce que"}} and desk.done["extra"] == "plus"
    assert "Étape 1, environ" in desk.out and "Étape 2 sur 3" in desk.out and "Option q" in desk.out


# Leaving and going on


def test_the_end_of_input_keeps_the_draft(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.flow(*KINDS)
    assert desk.run("Ana\n3\n") == 1
    assert "Le brouillon est gardé" in (err := capsys.readouterr().err)
    assert "coach own --plain" in err and len(err.splitlines()) == 1
    assert desk.draft.entry.answers == {"name": "Ana", "energy": 3}
    assert desk.journal.entries() == []
    assert desk.run("\n\n\n\n2\n\n") == 1
    assert "Tu reprends là où tu en étais." in desk.out and "  Ana" in desk.out
    assert (desk.draft.step, desk.draft.entry.answers["one"]) == ("picked", "school")
    assert desk.run("") == 1
    assert "Étape 2 sur 5" in desk.out and "Étape 1" not in desk.out


def test_nothing_typed_leaves_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.flow(*KINDS)
    assert desk.run("") == 1
    assert "Rien n'a été écrit" in capsys.readouterr().err
    assert desk.journal.drafts.list() == []


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("un\n", {"text": "un"}),
        ("un\ndeux\n", {"text": "un\ndeux"}),
        ("un\n\nRangé\n", {"text": "un", "rows": [{"what": "Rangé"}]}),
        (
            "un\n\nRangé\nLéo\nT\n",
            {"text": "un", "rows": [{"what": "Rangé", "who": "Léo"}, {"what": "T"}]},
        ),
    ],
)
def test_each_line_is_in_the_draft_at_once(
    desk: Desk, lines: str, kept: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.flow(step("a", field("text", "text"), field("rows", "rows")))
    # As after `kill -9`: whatever leaving would still write does not count.
    monkeypatch.setattr(DraftSession, "leave", lambda self: True)
    assert desk.run(lines) == 1
    answers = dict(desk.draft.entry.answers)
    if "rows" in answers:
        answers["rows"] = bare(answers["rows"])
    assert answers == kept


def test_a_finished_session_is_changed_and_the_former_one_kept(desk: Desk) -> None:
    desk.flow(step("a", field("line", "x"), field("line", "y")), scope="internship")
    desk.run("un\ndeux\n")
    assert desk.run("\nDEUX\n") == 0
    assert "Tu l'as déjà racontée" in desk.out
    assert desk.done == {"x": "un", "y": "DEUX"}
    entry = desk.journal.get(desk.journal.entries()[0].id)
    assert entry is not None and [one["answers"]["y"] for one in entry.history] == ["deux"]


def test_a_full_disk_is_told_and_what_was_typed_stays(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.disk.errors import JournalError
    from coach.store.draft_file import DraftFile

    desk.flow(step("a", field("line", "x"), field("line", "y")))
    write = DraftFile.write
    full = iter([True, True])

    def sometimes(file: DraftFile, draft: Draft) -> None:
        if next(full, False):
            raise JournalError("disk_full", path="/there")
        write(file, draft)

    monkeypatch.setattr(DraftFile, "write", sometimes)
    assert desk.run("un\ndeux\n") == 0
    assert capsys.readouterr().err.count("le disque est plein (/there)") == 1
    assert desk.done == {"x": "un", "y": "deux"}


def test_a_session_that_cannot_be_kept_stays_a_draft(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.disk.errors import JournalError

    def full(*_: object) -> Entry:
        raise JournalError("disk_full", path="/there")

    desk.flow(step("a", field("line", "x")))
    monkeypatch.setattr(Journal, "finish", full)
    assert desk.run("un\n") == 1
    assert "Tes réponses restent dans le brouillon" in capsys.readouterr().err
    assert desk.draft.entry.answers == {"x": "un"}


def test_odd_letters_and_long_lines_lose_nothing(desk: Desk) -> None:
    desk.flow(step("a", field("text", "x"), field("line", "y")))
    long = "é" * 100_000
    assert desk.run(f"{long}\n👩‍🍳 漢字 e\u0301 \udcff\r\n\nfin\n") == 0
    assert desk.done["x"] == f"{long}\n👩‍🍳 漢字 e\u0301 �" and desk.done["y"] == "fin"


def test_it_speaks_english(desk: Desk) -> None:
    desk.flow(*KINDS)
    assert desk.run("\n" * 30, lang="en") == 0
    assert "Step 1 of 5, about" in desk.out and "Champ name (en)" in desk.out
    assert "Saved: Séance (en)" in desk.out


# The coach's own sessions


def test_a_week_with_its_notes(desk: Desk) -> None:
    desk.journal.save(entry_of("note", answers={"text": "Tri : 3 h → 1 h"}))
    desk.journal.save(entry_of("note", day=date(2026, 11, 18), answers={"text": "Accueil"}))
    lines = ["", "4", "5", "Déclic"]  # where, energy, mood, word
    lines += ["", "Accueil des familles", "12 familles", "", "", ""]  # the first note
    lines += ["-"]  # the second one, thrown out
    lines += ["Rangé la réserve", "Logistique", "beaucoup", "« Bien »", "Léo", "", ""]
    lines += ["Attente mardi", "", "", "Vendre seul", "", "Oser demander"]
    assert desk.run("\n".join(lines) + "\n" * 9, SessionRequest("weekly")) == 0
    week = next(one for one in desk.journal.entries() if one.flow == "weekly")
    first, second = week.answers["achievements"]
    assert first["note"] and first["action"] == "Accueil"
    assert "Effacée." in desk.out
    assert (first["skill"], first["impact"]) == ("Accueil des familles", "12 familles")
    assert second["impact"] == "beaucoup" and second["feedback_from"] == "Léo"
    assert week.answers["new_objective"] == "Vendre seul"
    assert "Tu as pris 2 notes en route" in desk.out
    assert "Le coach : " in desk.out, "an impact without a figure is asked about"
    assert "C'est gardé : Séance de la semaine" in desk.out
    assert "Ce que je vois dans ta semaine" in desk.out


def test_the_calm_line_comes_once_where_it_weighs(desk: Desk) -> None:
    from coach.language.care import calm_line

    desk.run("10\n\n\n", SessionRequest("reframe"))
    assert desk.out.count(calm_line("fr")) == 1
    heavy = desk.out.index(calm_line("fr"))
    assert heavy < desk.out.index("Que s'est-il passé ?")


def test_what_is_never_reframed_leads_to_people(desk: Desk) -> None:
    from coach.language.care import where_to_turn

    desk.run("3\nUn atelier\nSix semaines\n\n1\n\n\n\n\n", SessionRequest("reframe"))
    assert where_to_turn("fr")[0] in desk.out


BEGUN = {
    "contact": "Nora\n",
    "framework": "BUT\nAccueillir\n\n",
    "note": "Trié 3 bacs\n",
    "project": "Un plan du site\n",
    "star": "1\n",
}
"""What a session that keeps nothing without it is told first."""


@pytest.mark.parametrize("flow", sorted(load_content().paths))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_sessions_can_be_walked_through(desk: Desk, flow: str, lang: str) -> None:
    earlier = {"achievements": [{"id": "r", "action": "Trié 3 bacs", "skill": "Tri"}]}
    desk.journal.save(entry_of(day=date(2026, 1, 5), answers=earlier))
    begun = BEGUN.get(flow, "")
    assert desk.run(begun + "\n" * 150, SessionRequest(flow), lang) == 0
    assert "{" not in desk.out and "___ ___" not in desk.out
    assert desk.journal.entries(flow=flow)[0].status == "done"
    assert not desk.journal.drafts.list()


def test_a_question_of_the_coach_is_asked_once_in_a_table(desk: Desk) -> None:
    columns = [{"id": "action", "nudges": ["vague"]}, {"id": "feedback", "nudges": ["feedback"]}]
    desk.flow(step("a", field("rows", "rows", columns=columns)))
    assert desk.run("Trié 30 bacs\n\nRangé 4 étagères\n\n\n") == 0
    assert desk.out.count("Le coach : ") == 1


def test_a_signal_that_comes_just_before_the_wait_ends_it_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heed = Talk._end
    came: list[object] = []

    def heed_the_second(talk: Talk, *args: object) -> None:
        # The first is not seen in time, as when it comes between the prompt and the wait.
        came.append(args)
        if len(came) > 1:
            heed(talk, *args)

    monkeypatch.setattr(Talk, "_end", heed_the_second)
    reading, writing = os.pipe()
    with os.fdopen(reading) as inp, os.fdopen(writing, "w"):
        talk = Talk(inp, None, "fr")
        with talk.listening():
            os.kill(os.getpid(), signal.SIGTERM)
            with pytest.raises(Ended):
                talk.hear()
    assert len(came) == 2


def test_a_line_that_the_terminal_cut_is_told_of(desk: Desk) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = io.StringIO()
    desk.flow(step("a", field("text", "x")))
    draft_session = desk.draft_session()
    assert run(draft_session, Terminal("é" * 2048 + "\nle reste\n\n"), out, "fr") == 0
    assert "la fin de celle-ci manque peut-être" in out.getvalue()
    assert desk.done["x"].endswith("é\nle reste")
