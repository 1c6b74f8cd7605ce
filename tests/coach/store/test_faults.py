"""One call on the disk fails, any one: what a command then says agrees with what is on the disk."""

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli_tools import Cli, Said, given
from faulting import CHANGES, UNDONE, Faults
from making import TODAY, draft_of, entry_of, internship_of
from scale import TORTURE, figure

from coach.disk import encryption as sealing
from coach.disk.errors import JournalError
from coach.flows.content import Content
from coach.flows.draft_session import DraftSession, Ready
from coach.flows.request import SessionRequest
from coach.store.journal import Journal
from coach.util.clock import now

OLD, NEW = "zanzibar", "tanganyika"
ONE, TWO = "un deux trois", "quatre cinq six"
CHANGING = ("open", "replace", "fsync", "unlink", "unlock", "write", "truncate", "close")
"""Calls that all have their turn in `make test`; of others a fifth."""
IN_FORCE = "en vigueur"
UNSURE = "ne peux pas dire"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MEMORY", 64)
    monkeypatch.setattr(sealing, "PASSES", 1)
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@dataclass
class Seen:
    """What is on the disk in the end."""

    texts: list[str]
    drafts: list[str]
    key: bool
    clear: list[Path]
    sealed: list[Path]


def seen(data: Path) -> Seen:
    """Opens the journal as any of the passphrases allows, and reads every file."""
    clear, sealed = [], []
    for path in sorted(one for one in data.rglob("*") if one.is_file()):
        if path.suffix in (".lock", ".toml", ".key") or path.name.startswith(".journal.key."):
            continue
        if not (told := path.read_bytes()):
            continue
        (sealed if sealing.is_sealed(told) else clear).append(path)
    journal = Journal(data)
    for passphrase in (TWO, ONE) if journal.keyring.locked else ():
        if sealing.open_key(
            (data / "journal.key").read_bytes().split(b"\n")[0] + b"\n", passphrase
        ):
            journal.keyring.open(passphrase)
            break
    texts = sorted(str(one.answers.get("text")) for one in journal.entries())
    drafts = [str(one.entry.answers.get("text")) for one in journal.drafts.list()]
    return Seen(texts, drafts, (data / "journal.key").exists(), clear, sealed)


@dataclass
class Case:
    """A command on a folder made by `start`, and whether what it said is so."""

    start: str
    args: Callable[[Path], tuple[str, ...]]
    agrees: Callable[["Run"], None]
    lines: tuple[str, ...] = ()
    stdin: str = ""


@dataclass
class Run:
    """A command that met a fault."""

    case: Case
    root: Path
    said: Said
    at: tuple[str, str]
    """The call that failed first, and the name of its file."""

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def told(self) -> str:
        return self.said.out + self.said.err

    def again(self) -> Said:
        return command(self.case, self.root)


def command(case: Case, root: Path) -> Said:
    cli = Cli(root / "data")
    if not case.lines:
        return cli(*case.args(root), stdin=case.stdin)
    with given(*case.lines) as option:
        return cli(*case.args(root), *option, stdin=case.stdin)


# What agrees


def unsure(run: Run) -> bool:
    """Whether it was said that nobody knows, where a line was not flushed and could not go."""
    told = UNSURE in run.said.err
    if told:
        assert run.said.code == 1 and run.at == ("fsync", "journal.recent.jsonl")
    return told


def one_note(run: Run) -> None:
    if unsure(run):
        return
    if run.said.code == 0:
        assert NEW in seen(run.data).texts and "Noté" in run.said.out
    else:
        assert NEW not in seen(run.data).texts
        assert run.again().code == 0
    assert seen(run.data).texts.count(NEW) == 1


def one_session(run: Run) -> None:
    if unsure(run):
        return
    kept = NEW in seen(run.data).texts
    assert kept == (run.said.code == 0), run.told
    if not kept:
        # What was typed is a draft, or the session could not be begun at all.
        assert seen(run.data).drafts.count(NEW) <= 1


def taken_in(run: Run) -> None:
    if unsure(run):
        run.again()
        assert seen(run.data).texts.count(NEW) == 1
        return
    if run.said.code and NEW in seen(run.data).texts:
        assert "n'a pas suivi" in run.told
    if run.said.code == 0:
        assert NEW in seen(run.data).texts
    else:
        run.again()
    assert seen(run.data).texts.count(NEW) == 1


def written(run: Run) -> None:
    target = run.root / "out"
    if run.said.code == 0:
        assert target.exists() and str(target) in run.told
    else:
        assert not target.exists() or "est écrite, mais" in run.told


def brought_back(run: Run) -> None:
    found = seen(run.data)
    back = found.texts == [OLD]
    assert back or found.texts == [OLD, f"{OLD} deux"]
    if run.said.code == 0:
        assert back
    if back:
        assert "repris" in run.told.lower() and "before-restore" in run.told
    elif found.key:
        assert "phrase de passe de la sauvegarde" in run.told
    if run.case.start == "elsewhere" and not found.key:
        assert not back and not found.sealed


def locked(run: Run) -> None:
    found = seen(run.data)
    assert found.texts == [OLD, f"{OLD} deux"] and found.drafts == [f"{OLD} draft"]
    if run.said.code == 0:
        assert found.key and not found.clear, found.clear
    elif found.key:
        assert IN_FORCE in run.said.err
        assert all(named(path, run) for path in found.clear), found.clear
    else:
        assert not found.sealed and IN_FORCE not in run.told
        return
    whole(run, TWO)


def named(path: Path, run: Run) -> bool:
    """Whether the file in the way was named, or the folder that could not be listed; of many in
    the way, doctor has the rest."""
    told = run.said.err
    return f"{path} " in told or f"{path.parent} " in told or "coach doctor" in told


def changed(run: Run) -> None:
    found = seen(run.data)
    assert found.texts == [OLD, f"{OLD} deux"] and not found.clear
    header = sealing.header_of((run.data / "journal.key").read_bytes())
    new = sealing.open_key(header, TWO) is not None
    if run.said.code == 0:
        assert new
        for path in found.sealed:
            assert sealing.open_key(sealing.header_of(path.read_bytes()), ONE) is None, path
    else:
        assert new == (IN_FORCE in run.said.err)
    whole(run, TWO if new else ONE)


def opened(run: Run) -> None:
    found = seen(run.data)
    assert found.texts == [OLD, f"{OLD} deux"] and found.drafts == [f"{OLD} draft"]
    # The key is there as long as one file needs it.
    assert found.key or not found.sealed
    if run.said.code == 0:
        assert not found.key
    elif found.key and found.clear:
        assert IN_FORCE in run.said.err
        whole(run, "")
    elif not found.key:
        raise AssertionError(run.told)


def whole(run: Run, passphrase: str) -> None:
    """The next opening finishes it, and has nothing left to tell."""
    with given(passphrase or ONE) as option:
        said = Cli(run.data)("list", *option)
    assert said.code == 0, said.err
    found = seen(run.data)
    assert found.key == bool(passphrase)
    assert not (found.clear if passphrase else found.sealed)


def looked_over(run: Run) -> None:
    found = seen(run.data)
    assert found.texts == [OLD, f"{OLD} deux"] and found.drafts == [f"{OLD} draft"]
    assert run.said.code in (0, 1)


CASES = {
    "note": Case("plain", lambda root: ("note", NEW), one_note),
    "note, sealed": Case("sealed", lambda root: ("note", NEW), one_note, (ONE,)),
    "session": Case("plain", lambda root: ("note", "--plain"), one_session, stdin=f"{NEW}\n"),
    "import": Case("plain", lambda root: ("import", str(root / "export.json")), taken_in),
    "import copies": Case("copies", lambda root: ("import",), taken_in),
    "export": Case(
        "plain", lambda root: ("export", str(root / "out"), "--format", "json"), written
    ),
    "backup": Case("plain", lambda root: ("backup", str(root / "out")), written),
    "restore": Case(
        "plain", lambda root: ("restore", str(root / "former.coach"), "--yes"), brought_back
    ),
    "restore, sealed elsewhere": Case(
        "elsewhere",
        lambda root: ("restore", str(root / "former.coach"), "--yes"),
        brought_back,
        (ONE,),
    ),
    "lock": Case("plain", lambda root: ("lock",), locked, (TWO,)),
    "lock, changed": Case("sealed", lambda root: ("lock",), changed, (ONE, TWO)),
    "unlock": Case("sealed", lambda root: ("unlock",), opened, (ONE,)),
    "doctor": Case("plain", lambda root: ("doctor", "--fix"), looked_over),
}


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders commands begin with: full ones, as after some days of use."""
    patched = pytest.MonkeyPatch()
    patched.setattr(sealing, "MEMORY", 64)
    patched.setattr(sealing, "PASSES", 1)
    patched.setattr(os, "fsync", lambda handle: None)
    roots = {}
    for name in ("plain", "sealed", "copies", "elsewhere"):
        root = roots[name] = tmp_path_factory.mktemp(name)
        cli = Cli(root / "data")
        cli("note", OLD)
        if name == "elsewhere":
            with given(ONE) as option:
                cli("lock", *option)
        with given(ONE) as option:
            cli("backup", str(root / "former.coach"), *(option if name == "elsewhere" else ()))
        if name == "elsewhere":
            with given(ONE) as option:
                cli("unlock", *option)
        day_before = now().timestamp() - 90_000
        os.utime(cli.data / "journal.json", (day_before, day_before))
        cli("note", f"{OLD} deux")
        cli("backup")
        with Journal(cli.data).drafts.open("under-way") as file:
            entry = entry_of("note", answers={"text": f"{OLD} draft"}, id="under-way")
            file.write(draft_of(entry))
        (cli.data / ".journal.json.1-1.tmp").write_text(OLD)
        other = Cli(root / "other")
        other("note", NEW)
        other("export", str(root / "export.json"))
        if name == "copies":
            shutil.copy(other.data / "journal.json", cli.data / "journal (1).json")
        if name == "sealed":
            with given(ONE) as option:
                assert cli("lock", *option).code == 0
        shutil.rmtree(other.data)
    patched.undo()
    return roots


def faults(log: list[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """Which call is to fail, and how: in `make test` the first of each kind on each file."""
    known = set()
    for at, (name, file) in enumerate(log):
        kind = (name, re.sub(r"\d+", "N", file))
        if TORTURE:
            for number in (errno.EIO, errno.EACCES, errno.ENOSPC) if "lock" not in name else (5,):
                for lasting in (False, True):
                    yield {"at": at, "number": number, "lasting": lasting}
        elif kind not in known:
            known.add(kind)
            if name in CHANGING or len(known) % 5 == 0:
                yield {"at": at, "lasting": name == "open"}
            if name in UNDONE:
                yield {"at": at, "after": True}
            if name in CHANGES:
                yield {"at": at, "for_good": True}
        if name in UNDONE and TORTURE:
            yield {"at": at, "after": True}
        if name in CHANGES and TORTURE:
            yield {"at": at, "for_good": True}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_is_so_whatever_call_fails(
    name: str, starts: dict[str, Path], tmp_path: Path
) -> None:
    case = CASES[name]
    root = tmp_path / "whole"
    shutil.copytree(starts[case.start], root)
    with Faults(root) as counted:
        said = command(case, root)
    assert said.code == 0, said
    wrong: dict[str, str] = {}
    tried = 0
    for fault in faults(counted.log):
        root = tmp_path / f"{tried}"
        tried += 1
        shutil.copytree(starts[case.start], root)
        with Faults(root, **fault) as met:  # type: ignore[arg-type]
            said = command(case, root)
        called, path = met.hit or ("", "")
        run = Run(case, root, said, (called, Path(path).name))
        try:
            assert "Traceback" not in said.err and "cassé" not in said.err, said.err
            case.agrees(run)
        except Exception as error:
            why = str(error).splitlines() or [""]
            where = f"{called} {path.removeprefix(str(root))} {fault}"
            kind = f"{called} {Path(path).name}"
            wrong[kind] = f"{where}\n  {type(error).__name__} {why[0][:300]}\n  {said}"
        shutil.rmtree(root)
    figure(f"faults in {name}: {tried} places")
    assert tried > 20 and not wrong, f"{len(wrong)} of {tried}\n" + "\n".join(
        [*wrong.values()][:20]
    )


@pytest.mark.parametrize("command", ["lock", "unlock"])
def test_a_file_in_the_way_is_named_at_each_opening_until_it_is_not(
    command: str, starts: dict[str, Path], tmp_path: Path
) -> None:
    """One backup cannot be read for a while: the others go on, and it is told each time."""
    root = tmp_path / "root"
    shutil.copytree(starts["plain" if command == "lock" else "sealed"], root)
    cli = Cli(root / "data")
    bad = next((root / "data" / "backups").iterdir())
    phrase = TWO if command == "lock" else ONE
    with Faults(root) as faults:
        faults.hit = ("open", str(bad))
        faults.lasting = True
        for args, code in ((command,), 1), (("list",), 0), (("note", NEW), 0):
            with given(phrase) as option:
                said = cli(*args, *option)
            assert said.code == code and f"{bad} " in said.err and IN_FORCE in said.err, args
        with given(phrase) as option:
            said = cli("doctor", *option)
        assert said.code == 1 and str(bad) in said.out
    found = seen(root / "data")
    assert found.key
    assert (found.clear if command == "lock" else found.sealed) == [bad]
    with given(phrase) as option:
        said = cli("list", *option)
    assert said.code == 0 and said.err == ""
    found = seen(root / "data")
    assert not (found.clear if command == "lock" else found.sealed)
    assert found.key == (command == "lock")


def test_a_session_that_is_kept_is_not_kept_again_by_another_try(
    tmp_path: Path, content: Content
) -> None:
    """As the app does: it tries again after each failure."""

    def draft_session(folder: Path) -> DraftSession:
        journal = Journal(folder)
        about = journal.save(internship_of("2026-09-01", "2027-02-28"))
        return DraftSession(
            journal, content, SessionRequest("weekly"), lang="fr", today=TODAY, internship=about
        )

    def end(one: DraftSession) -> None:
        one.keep(Ready(one.snapshot(), {"did": NEW, "new_objective": "Vendre seul"}))

    with Faults(tmp_path / "whole") as counted:
        whole = draft_session(tmp_path / "whole")
        before = len(counted.log)
        end(whole)
    places = range(before, len(counted.log))
    assert len(places) > 40
    told = 0
    for at in places:
        folder = tmp_path / f"{at}"
        with Faults(folder, at=at):
            one = draft_session(folder)
            ready = Ready(one.snapshot(), {"did": NEW, "new_objective": "Vendre seul"})
            try:
                one.keep(ready)
            except JournalError:
                assert not Journal(folder).entries(flow="weekly")
            kept = one.keep(ready)
        entries = Journal(folder).entries(flow="weekly", history=True)
        assert [entry.id for entry in entries] == [kept.id] and not entries[0].history
        told += bool(one.journal.notices)
    assert told  # "kept, but …"


@pytest.mark.parametrize("begun", [False, True])
def test_what_a_disk_that_can_no_longer_be_changed_has_kept_is_kept(
    tmp_path: Path, begun: bool
) -> None:
    """From some call of a save on it takes nothing more, nor lets anything be undone."""

    def opened(folder: Path) -> Journal:
        if begun:
            for text in ("un", "deux"):
                Journal(folder).save(entry_of("note", answers={"text": text}))
        return Journal(folder)

    def texts(journal: Journal) -> list[str]:
        return sorted(str(one.answers["text"]) for one in journal.entries())

    note = entry_of("note", answers={"text": NEW})
    (tmp_path / "whole").mkdir()
    journal = opened(tmp_path / "whole")
    with Faults(tmp_path / "whole") as counted:
        journal.save(note)
    outcomes = set()
    for at in range(len(counted.log)):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        journal = opened(folder)
        before = texts(Journal(folder))
        with Faults(folder, at=at, for_good=True):
            try:
                journal.save(note)
                outcome = "kept"
                assert texts(journal) == sorted([*before, NEW])
            except JournalError as error:
                outcome = "unsure" if error.key == "perhaps_kept" else "failed"
            outcome = next((one.key for one in journal.notices), outcome)
            there = len(Journal(folder).entries()) - len(before)
            assert outcome == "unsure" or there == (outcome != "failed"), counted.log[at]
        outcomes.add(outcome)
        if outcome == "unsure":
            continue
        journal.notices.clear()
        journal.save(entry_of("note", answers={"text": "après"}))
        kept = [NEW] if outcome != "failed" else []
        again = Journal(folder)
        assert texts(journal) == texts(again) == sorted([*before, *kept, "après"])
        assert again.notices == []
        assert (b"tanganyika" in (folder / "journal.json").read_bytes()) == bool(kept)
        assert not any(one.history for one in again.entries(history=True))
    assert {"failed", "kept_beside", "unsure"} <= outcomes
