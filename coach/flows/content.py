"""Loads what the coach says and asks, from `data/` and from the student's own flow folder."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from coach.flows.schema import Flow, Step, Strict, Text
from coach.flows.validation import dangling
from coach.util.data_files import ContentError, data_path, read_toml

if TYPE_CHECKING:
    from coach.features.rights.rules import Rules

T = TypeVar("T")

COMMANDS = frozenset(
    {"backup", "browse", "doctor", "document", "export", "framework", "help", "import", "list"}
    | {"lock", "note", "path", "restore", "review", "show", "unlock", "weeks"}
)
"""Names a student's own flow cannot take."""


class Situation(Strict, frozen=True, kw_only=True):
    """Something met in a bad internship, and what to make of it."""

    id: str
    name: Text
    recognise: Text
    skill: Text
    sentences: list[Text]
    question: Text
    sign: Text
    phantoms: list[Text]
    employer: Text
    ask_again: bool = False
    """It can hide something never to be reframed: the wizard asks once more."""


class Cause(Strict, frozen=True, kw_only=True):
    """One reason why an interview failed, and what to do about it."""

    id: str
    name: Text
    recognise: Text
    why: Text
    todo: Text


class TutorQuestion(Strict, frozen=True, kw_only=True):
    """A question for the tutor; `next` where it is about what comes after the internship."""

    id: str
    label: Text
    help: Text
    next: bool = False


class Skill(Strict, frozen=True, kw_only=True):
    """A skill of the built-in list."""

    id: str
    kind: str
    name: Text
    also: dict[str, list[str]] = {}


def _read(path: Path, key: str, kind: type[T]) -> T:
    try:
        return msgspec.convert(read_toml(path)[key], kind)
    except KeyError:
        raise ContentError(path, f"no [[{key}]]") from None
    except msgspec.ValidationError as error:
        raise ContentError(path, str(error)) from error


def load_flow(path: Path) -> Flow:
    """The flow in `path`; raises `ContentError` with the file, the key and what is wrong."""
    try:
        flow = msgspec.convert(read_toml(path), Flow)
    except msgspec.ValidationError as error:
        raise ContentError(path, str(error)) from error
    for problem in dangling(flow):
        raise ContentError(path, problem)
    return flow


class Content:
    """What the coach says and asks. Files are read when first needed, and once.

    `own` is the student's flow folder; a flow there may not take a name that is used.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        self._flows: dict[str, Flow] = {}

    def _paths(self) -> dict[str, Path]:
        paths = {path.stem: path for path in sorted(data_path("flows").glob("*.toml"))}
        if self.own is not None and self.own.is_dir():
            for path in sorted(self.own.glob("*.toml")):
                paths.setdefault(path.stem, path)
        return paths

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Flow id → file, the coach's own first."""
        return self._paths()

    def has(self, flow_id: str) -> bool:
        """Whether there is a flow of that name."""
        return flow_id in self.paths

    def flow(self, flow_id: str) -> Flow:
        """The flow `flow_id`; raises KeyError where there is none, ContentError where broken."""
        if flow_id not in self._flows:
            path = self.paths[flow_id]
            flow = load_flow(path)
            if flow.id != flow_id:
                raise ContentError(path, f"$.id: `{flow.id}` is not the file's name")
            if flow_id in COMMANDS and path.parent == self.own:
                raise ContentError(path, f"$.id: `{flow_id}` is the name of a command")
            self._flows[flow_id] = flow
        return self._flows[flow_id]

    def own_flows(self) -> tuple[list[Flow], list[ContentError]]:
        """The student's own flows that work, and what is wrong with those that do not."""
        flows: list[Flow] = []
        errors: list[ContentError] = []
        if self.own is None or not self.own.is_dir():
            return flows, errors
        for path in sorted(self.own.glob("*.toml")):
            try:
                if self.paths.get(path.stem) != path:
                    raise ContentError(path, f"$.id: `{path.stem}` is the coach's own")
                flows.append(self.flow(path.stem))
            except ContentError as error:
                errors.append(error)
        return flows, errors

    def step(self, flow_id: str, step_id: str) -> Step | None:
        """One step of a flow, or None where it has none of that id."""
        return next((step for step in self.flow(flow_id).steps if step.id == step_id), None)

    @cached_property
    def situations(self) -> list[Situation]:
        """The library of situations met in a bad internship."""
        return _read(data_path("situations.toml"), "situations", list[Situation])

    @cached_property
    def causes(self) -> list[Cause]:
        """Why interviews fail."""
        return _read(data_path("causes.toml"), "causes", list[Cause])

    @cached_property
    def tutor_questions(self) -> list[TutorQuestion]:
        """What to ask a tutor, at a career talk or at the review."""
        return _read(data_path("tutor_questions.toml"), "questions", list[TutorQuestion])

    @cached_property
    def rights(self) -> "Rules":
        """The law on internships, with newer rates where the data folder has some."""
        from coach.features.rights.own_rates import rules_for

        return rules_for(self.own.parent if self.own else None)

    @cached_property
    def skills(self) -> list[Skill]:
        """The built-in list of skills."""
        return _read(data_path("skills.toml"), "skills", list[Skill])

    def skill_names(self, lang: str) -> list[str]:
        """The built-in skills as one would write them in `lang`, then their synonyms."""
        names = [skill.name.get(lang) for skill in self.skills]
        return names + [other for skill in self.skills for other in skill.also.get(lang, [])]

    def items(self, source: str, lang: str) -> list[dict[str, str]]:
        """The items of a library in `lang`, each a dict with `id`, `label`, `help` and its texts.

        Lists are numbered: a situation's sentences are `sentence_1` and `sentence_2`.
        """
        if source == "situations":
            return [
                {
                    "id": one.id,
                    "label": one.name.get(lang),
                    "help": one.recognise.get(lang),
                    "skill": one.skill.get(lang),
                    "sentence_1": one.sentences[0].get(lang),
                    "sentence_2": one.sentences[1].get(lang),
                    "question": one.question.get(lang),
                    "sign": one.sign.get(lang),
                    "phantom_1": one.phantoms[0].get(lang),
                    "phantom_2": one.phantoms[1].get(lang),
                    "employer": one.employer.get(lang),
                    "ask_again": "yes" if one.ask_again else "",
                }
                for one in self.situations
            ]
        if source == "causes":
            return [
                {
                    "id": one.id,
                    "label": one.name.get(lang),
                    "help": one.recognise.get(lang),
                    "why": one.why.get(lang),
                    "todo": one.todo.get(lang),
                }
                for one in self.causes
            ]
        if source == "tutor_questions":
            return [
                {
                    "id": one.id,
                    "label": one.label.get(lang),
                    "help": one.help.get(lang),
                    "next": "yes" if one.next else "",
                }
                for one in self.tutor_questions
            ]
        if source == "criteria":
            from coach.features.matrix.decision import load_matrix

            return [
                {"id": one.id, "label": one.name.get(lang), "help": one.ask.get(lang)}
                | {f"mark_{path}": str(mark) for path, mark in one.marks.items()}
                for one in load_matrix().criteria
            ]
        return []
