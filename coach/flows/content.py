"""Loads flows and the content of features, from `data/` and the student's own flow folder."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from coach.flows.providers import Providers
from coach.flows.schema import Flow, Item, Step
from coach.flows.validation import find_dangling
from coach.store.entries import Entry
from coach.util.data_files import ContentError, data_path
from coach.util.structs import read_struct

T = TypeVar("T")

COMMANDS = frozenset(
    {"backup", "browse", "doctor", "document", "export", "framework", "help", "import", "list"}
    | {"lock", "note", "path", "restore", "review", "show", "unlock", "weeks"}
)
"""Names of commands, which a student's own flow cannot take."""


def load_flow(path: Path, providers: Providers) -> Flow:
    """The flow in `path`; raises `ContentError` with the file, the key and what is wrong."""
    flow = read_struct(path, Flow)
    for problem in find_dangling(flow, providers):
        raise ContentError(path, problem)
    return flow


class Content:
    """The flows and the features' data. Each file is read once, when first needed.

    `own` is the student's flow folder; a flow there may not take an existing name. `providers`
    are the panels, texts, rows and libraries that flows may name.
    """

    def __init__(self, own: Path | None, providers: Providers) -> None:
        self.own = own
        self.providers = providers
        self._flows: dict[str, Flow] = {}
        self._made: dict[str, Any] = {}

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Flow id → file, the coach's own first."""
        paths = {path.stem: path for path in sorted(data_path("flows").glob("*.toml"))}
        if self.own is not None and self.own.is_dir():
            for path in sorted(self.own.glob("*.toml")):
                paths.setdefault(path.stem, path)
        return paths

    def has(self, flow_id: str) -> bool:
        """Whether there is a flow of that name."""
        return flow_id in self.paths

    def flow(self, flow_id: str) -> Flow:
        """The flow `flow_id`; raises KeyError where there is none, ContentError where broken."""
        if flow_id not in self._flows:
            path = self.paths[flow_id]
            flow = load_flow(path, self.providers)
            if flow.id != flow_id:
                raise ContentError(path, f"$.id: `{flow.id}` is not the file's name")
            if flow_id in COMMANDS and path.parent == self.own:
                raise ContentError(path, f"$.id: `{flow_id}` is the name of a command")
            self._flows[flow_id] = flow
        return self._flows[flow_id]

    def own_flows(self) -> tuple[list[Flow], list[ContentError]]:
        """(The student's own valid flows, the errors of the others)."""
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

    def once(self, name: str, make: Callable[[], T]) -> T:
        """The result of `make`, cached under `name`: a feature's own data."""
        if name not in self._made:
            self._made[name] = make()
        return cast("T", self._made[name])

    def items(self, source: str, lang: str) -> list[Item]:
        """The items of the library `source` in `lang`, cached; [] where there is none."""
        libraries = self.providers.libraries
        if source not in libraries:
            return []
        return self.once(f"items {source} {lang}", lambda: libraries[source](lang))


def flow_of(entry: Entry, content: Content) -> Flow | None:
    """The flow of `entry`, or None where its file is gone or invalid."""
    try:
        return content.flow(entry.flow)
    except (KeyError, ContentError):
        return None


def flow_title(entry: Entry, content: Content, lang: str) -> str:
    """The title of the entry's flow in `lang`, such as 'Séance de la semaine'."""
    flow = flow_of(entry, content)
    return flow.title.get(lang) if flow else entry.flow
