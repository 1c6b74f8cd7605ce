"""What a student may do in the soak, and what may happen around."""

import shutil
from datetime import timedelta

from cli_tools import Cli
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from soak_model import CONTENT, FIELD, WORDS, Looking

from coach.browse.edits import tag_draft, tag_entry, trash_draft
from coach.browse.entry_index import draft_key
from coach.browse.index_builder import build_index
from coach.browse.versions import bring_back, versions
from coach.store.entries import Entry
from coach.store.journal import Journal
from coach.util.clock import now


class Soak(Looking):
    """A student, a second window, another machine and a clock that jumps."""

    # What a student does

    words = st.sampled_from(WORDS)
    numbers = st.integers(0, 10**6)

    @rule(word=words)
    def note_by_command(self, word: str) -> None:
        text = self.text(word)
        before = {entry.id for entry in self.journal.entries()}
        assert Cli(self.folder)("note", text).code == 0
        (id_,) = {entry.id for entry in self.journal.entries()} - before
        self.kept[id_], self.flows[id_] = [text], "note"
        self.after("note by command", id_)

    @rule(word=words)
    def note_in_the_app(self, word: str) -> None:
        text = self.text(word)
        draft_session = self.draft_session("note", new=True)
        self.put(draft_session, text)
        entry = draft_session.finish()
        self.kept[entry.id], self.flows[entry.id] = [text], "note"
        self.after("note", entry.id)

    @rule(word=words, number=numbers)
    def edit(self, word: str, number: int) -> None:
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        text = self.text(word)
        draft_session = self.draft_session(self.flows[id_], entry_id=id_)
        self.put(draft_session, text)
        draft_session.finish()
        self.kept[id_].append(text)
        self.after("edit", id_)

    @rule(word=words, number=numbers)
    def begin_a_change(self, word: str, number: int) -> None:
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        text = self.text(word)
        draft_session = self.draft_session(self.flows[id_], entry_id=id_)
        self.put(draft_session, text)
        assert draft_session.leave()
        self.drafts[id_] = text
        self.after("begin a change", id_)

    @rule(word=words)
    def begin_a_session(self, word: str) -> None:
        text = self.text(word)
        draft_session = self.draft_session("interview", new=True)
        self.put(draft_session, text)
        assert draft_session.leave()
        self.drafts[draft_session.entry.id] = text
        self.flows[draft_session.entry.id] = "interview"
        self.after("begin a session", draft_session.entry.id)

    @precondition(lambda self: self.drafts)
    @rule(word=words, number=numbers)
    def go_on(self, word: str, number: int) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        text = self.text(word)
        draft_session = self.draft_session(self.flows[id_], entry_id=id_)
        assert draft_session.session.answers[FIELD[self.flows[id_]]] == self.drafts[id_]
        self.put(draft_session, text)
        assert draft_session.leave()
        self.drafts[id_] = text
        self.after("go on", id_)

    @precondition(lambda self: self.drafts)
    @rule(number=numbers)
    def finish(self, number: int) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        self.draft_session(self.flows[id_], entry_id=id_).finish()
        self.kept.setdefault(id_, []).append(self.drafts.pop(id_))
        self.trashed.discard(id_)
        self.after("finish", id_)

    @precondition(lambda self: self.drafts)
    @rule(number=numbers)
    def discard(self, number: int) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        tags = list(self.draft_tags(id_))
        moved = trash_draft(self.journal, id_)
        assert moved is not None
        self.tags[moved] = tags
        self.kept.setdefault(moved, []).append(self.drafts.pop(id_))
        self.flows[moved] = self.flows[id_]
        self.trashed.add(moved)
        self.after("discard", moved)

    @rule(number=numbers)
    def trash(self, number: int) -> None:
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        self.journal.trash(id_)
        self.trashed.add(id_)
        self.after("trash", id_)

    @precondition(lambda self: self.trashed)
    @rule(number=numbers)
    def restore(self, number: int) -> None:
        id_ = sorted(self.trashed)[number % len(self.trashed)]
        former = self.journal.get(id_)
        assert former is not None
        self.journal.restore(id_)
        self.trashed.discard(id_)
        if former.status == "draft":
            self.drafts[id_] = self.kept[id_][-1]
            del self.kept[id_]
        self.after("restore", id_)

    @rule(number=numbers, tags=st.lists(words, max_size=2, unique=True))
    def tag(self, number: int, tags: list[str]) -> None:
        id_ = self.pick(number, self.in_force())
        tag_entry(self.journal, id_, tags)
        self.tags[id_] = tags
        self.after("tag", id_)

    @precondition(lambda self: self.drafts)
    @rule(number=numbers, tags=st.lists(words, max_size=2, unique=True))
    def tag_a_draft(self, number: int, tags: list[str]) -> None:
        id_ = sorted(self.drafts)[number % len(self.drafts)]
        if id_ not in self.kept:
            tag_draft(self.journal, id_, tags)
            self.tags[id_] = tags
        self.after("tag a draft", id_)

    @rule(number=numbers)
    def go_back_to_an_earlier_version(self, number: int) -> None:
        id_ = self.pick(number | 1, [one for one in self.in_force() if one not in self.drafts])
        entry = self.journal.get(id_)
        assert entry is not None
        found = versions(entry, CONTENT, "fr")
        assert len(found) == 1 + len(entry.history)
        chosen = found[number % len(found)].entry
        bring_back(self.journal, chosen)
        self.kept[id_].append(str(chosen.answers[FIELD[self.flows[id_]]]))
        self.tags[id_] = chosen.tags
        self.after("earlier version", id_)

    @rule(word=words, tagged=st.booleans())
    def search(self, word: str, tagged: bool) -> None:
        self.index = index = build_index(self.journal, CONTENT, "fr", self.index)
        said = {one: self.kept[one][-1] for one in self.kept}
        said |= {draft_key(one): text for one, text in self.drafts.items()}
        expected = {
            key
            for key, text in said.items()
            if word in text
            or any(word in tag for tag in self.tags.get(index.items[key].entry.id, []))
        }
        assert set(index.search.find([word])) == expected
        self.after("search")

    # What happens around

    @rule(word=words, number=numbers, minutes=st.integers(-5000, 5000))
    def change_on_two_machines(self, word: str, number: int, minutes: int) -> None:
        """The same entry here and elsewhere; the other machine's folder is then taken in."""
        id_ = self.pick(number, [one for one in self.in_force() if one not in self.drafts])
        shared = self.journal.get(id_)
        assert shared is not None
        other = self.place / f"other-{self.turn}"
        there = Journal(other, clock=lambda: now() + timedelta(minutes=minutes))
        there.merge([shared])
        name = FIELD[self.flows[id_]]
        sides: list[Entry] = []
        for journal, where in ((self.journal, "ici"), (there, "là-bas")):
            shared.answers = {name: f"{self.text(word)} {where}"}
            sides.append(journal.save(shared))
        said = Cli(self.folder)("import", str(other))
        assert "1 entrée avait changé des deux côtés" in said.out, said
        shutil.rmtree(other)
        sides.sort(key=lambda one: (one.updated_at, one.revision))
        self.kept[id_] += [str(one.answers[name]) for one in sides]
        self.after("two machines", id_)

    @rule()
    def merge_a_copy_that_was_left(self) -> None:
        shutil.copy(self.folder / "journal.json", self.folder / "journal (conflicted copy).json")
        assert Cli(self.folder)("import").code == 0
        shutil.rmtree(self.folder / "merged")
        self.after("a copy")

    @rule(minutes=st.integers(-100_000, 100_000))
    def the_clock_jumps(self, minutes: int) -> None:
        self.shift = timedelta(minutes=minutes)
        self.after("clock")

    @rule()
    def leave_and_come_back(self) -> None:
        self.open()
        self.index = None
        self.after("reopen")

    @rule(cut=st.floats(0, 1))
    def the_file_is_damaged(self, cut: float) -> None:
        path = self.folder / "journal.json"
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * cut * 0.98)])
        self.journal.entries()
        assert any(one.key == "recovered" for one in self.journal.notices)
        self.journal.notices.clear()
        for aside in self.folder.glob("journal.damaged-*"):
            aside.unlink()
        self.after("damage")
