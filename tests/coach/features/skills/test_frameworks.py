"""Frameworks as schools and ESCO publish them, read, kept, and set beside the evidence."""

from pathlib import Path

import pytest
from cli_tools import Cli
from making import TODAY, entry_of

from coach.documents.dossier import Dossier
from coach.features.registry import make_document
from coach.features.skills.coverage import coverage_of, load, newest, tie
from coach.features.skills.frameworks import (
    ALSO,
    Competency,
    Unreadable,
    from_entry,
    read_file,
    to_text,
)
from coach.flows.content import Content
from coach.proofs.skills import evidence_of
from coach.store.journal import Journal
from coach.store.snapshot import refresh_snapshot

ESCO = (
    "\ufeffconceptType,conceptUri,skillType,reuseLevel,preferredLabel,status,altLabels,description\n"
    "KnowledgeSkillCompetence,x:1,skill/competence,transversal,travailler en équipe,released,"
    "coopérer | collaborer,\"Travailler\navec d’autres.\n  \"\n"
    "KnowledgeSkillCompetence,x:2,knowledge,cross-sector,\"trier, ranger\",released,"
    "\"tri des déchets\ntri sélectif\ntrier, ranger\",\n"
    "KnowledgeSkillCompetence,x:3,knowledge,cross-sector,d’autrefois,obsolete,,\n"
)  # fmt: skip
TOML = """
name = {fr = "BUT inventé", en = "Made up"}
[[competencies]]
label = "Accueillir [/] un public"
also = ["accueil", 3]
group = "Bloc 1"
[[competencies]]
label = {fr = "Rédiger", en = "Write"}
group = "Bloc 2"
"""


def test_esco_as_published_is_read_with_its_traps() -> None:
    name, found = read_file(ESCO.encode(), "skills_fr.csv", "fr")
    assert name == "skills fr"
    assert found == [
        Competency("travailler en équipe", ("coopérer", "collaborer")),
        Competency("trier, ranger", ("tri des déchets", "tri sélectif")),
    ]
    bare = ESCO.removeprefix("\ufeff").replace("\n", "\r\n").encode()
    assert read_file(bare, "x.csv", "fr")[1] == found


def test_each_form_gives_the_same() -> None:
    wanted = [Competency("Accueillir", ("accueil",), "Bloc 1"), Competency("Rédiger", (), "Bloc 2")]
    forms = {
        "a.csv": "libellé;synonymes;bloc\nAccueillir;accueil;Bloc 1\nRédiger;;Bloc 2\n",
        "b.txt": "# Bloc 1\n- Accueillir | accueil\n\n# Bloc 2\n2. Rédiger\n",
        "c.tsv": "Intitulé\tAlso\tGroup\nAccueillir\taccueil\tBloc 1\nRédiger\t\tBloc 2",
        "d.toml": '[[competencies]]\nlabel = "Accueillir"\nalso = ["accueil"]\ngroup = "Bloc 1"\n'
        '[[competencies]]\nlabel = "Rédiger"\ngroup = "Bloc 2"\n',
    }
    for name, text in forms.items():
        assert read_file(text.encode(), name, "fr")[1] == wanted, name
    for encoding in ("cp1252", "utf-16"):
        assert read_file(forms["a.csv"].encode(encoding), "a.csv", "fr")[1] == wanted, encoding
    assert read_file(to_text(wanted).encode(), "kept", "fr")[1] == wanted


def test_a_toml_file_has_a_name_and_speaks_the_language_asked_for() -> None:
    name, found = read_file(TOML.encode(), "x.toml", "en")
    assert name == "Made up"
    assert found[0] == Competency("Accueillir [/] un public", ("accueil",), "Bloc 1")
    assert found[1].label == "Write"


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "a.csv", "empty"),
        (b"\x00\x01 12 34", "a.bin", "empty"),
        (b"label,also\n,\n", "a.csv", "empty"),
        (b"name = [", "a.toml", "read"),
        (b"name = 3", "a.toml", "empty"),
    ],
)
def test_what_holds_no_competencies_says_so(data: bytes, name: str, key: str) -> None:
    with pytest.raises(Unreadable) as failed:
        read_file(data, name, "fr")
    assert failed.value.key == key


def test_a_name_comes_once_and_not_with_forty_others() -> None:
    lines = "Trier | " + " | ".join(f"nom {n}" for n in range(60)) + "\nTRIER | tri\n"
    (only,) = read_file(lines.encode(), "a.txt", "fr")[1]
    assert len(only.also) == ALSO and only.label == "Trier"


# Coverage


def row(skill: str, **cells: str) -> dict[str, str]:
    return {"id": skill, "action": "Rangé la réserve", "skill": skill} | cells


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "coach")
    rows = [
        row("Travail en équipe", impact="3 bacs"),
        row("Tri sélectif"),
        row("Coopérer"),
        row("Traite", impact="12 brebis"),
    ]
    journal.save(entry_of("weekly", answers={"achievements": rows}))
    (tmp_path / "esco fr.csv").write_bytes(ESCO.encode())
    load(journal, tmp_path / "esco fr.csv", lang="fr", today=TODAY)
    return journal


def states(journal: Journal, content: Content) -> dict[str, tuple[str, int]]:
    kept = refresh_snapshot(journal)
    framework = newest(kept)
    assert framework is not None
    found = coverage_of(framework, evidence_of(kept, "fr"), "fr")
    return {line.competency.label: (line.state, line.count) for line in found.lines}


def test_names_meet_by_preferred_other_and_bent_ones(journal: Journal, content: Content) -> None:
    assert states(journal, content) == {
        "travailler en équipe": ("covered", 2),
        "trier, ranger": ("thin", 1),
    }


def test_what_the_student_ties_counts_and_outlives_a_new_load(
    journal: Journal, content: Content, tmp_path: Path
) -> None:
    framework = newest(refresh_snapshot(journal))
    assert framework is not None
    tie(journal, framework, "trier, ranger", "Traite")
    assert states(journal, content)["trier, ranger"] == ("covered", 2)
    load(journal, tmp_path / "esco fr.csv", lang="fr", today=TODAY)
    assert len(journal.entries(flow="framework")) == 1
    assert states(journal, content)["trier, ranger"] == ("covered", 2)
    framework = newest(refresh_snapshot(journal))
    assert framework is not None
    tie(journal, framework, "trier, ranger", "")
    assert states(journal, content)["trier, ranger"] == ("thin", 1)


def test_what_is_pasted_is_read_whatever_its_form() -> None:
    for text in (ESCO, TOML, "Trier\nVendre"):
        entry = entry_of("framework", answers={"name": "x", "competencies": text})
        assert len(from_entry(entry).competencies) == 2
    odd = entry_of("framework", answers={"competencies": ["x"], "links": [3, {"skill": "y"}]})
    assert from_entry(odd).competencies == []


def test_the_table_of_skills_tells_the_coverage(journal: Journal, content: Content) -> None:
    document = make_document("skills", Dossier(refresh_snapshot(journal), content, "fr", TODAY))
    assert "| travailler en équipe | couverte | Coopérer, Travail en équipe (2) |" in (
        document.markdown
    )


def test_the_command_reads_a_file_and_tells(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "data")
    (tmp_path / "liste.txt").write_text("Trier\nVendre [/]\n", "utf-8")
    done = cli("framework", str(tmp_path / "liste.txt"))
    assert done.code == 0 and "« liste » : 2 compétences lues." in done.out
    assert "0 couverte · 0 mince · 2 absentes" in cli("framework").out
    failed = cli("framework", str(tmp_path / "rien.csv"))
    assert failed.code == 1 and "rien.csv" in failed.err
