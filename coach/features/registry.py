"""Every feature, and what each of its modules provides to flows, documents and screens.

A row names a module of a feature and what it provides. A name stands for a function of that module:
`show_NAME` for a panel, `draft_NAME` for a text, `propose_NAME` for the rows or choices that a
field begins with, `list_NAME` for a library; a document's module has `model(dossier)`. A module is
imported when one of its names is first called, so that a quick command loads none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coach.flows.content import Content
from coach.flows.providers import Providers

if TYPE_CHECKING:
    from coach.documents.base import Document, Maker
    from coach.documents.dossier import Dossier


class RegistryRow(NamedTuple):
    """What one module of a feature (`module`, below this package) provides, by name."""

    module: str
    panels: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    factual: tuple[str, ...] = ()
    """Those of `panels` that answer no words of the student, and are never held back."""


MATRIX = ("matrix", "matrix_facts")
RIGHTS = (
    *("rights", "rights_also", "rights_limits", "rights_missions", "rights_sum"),
    "rights_team",
)
FEATURES = (
    RegistryRow("cv.lines", texts=("cv_lines",)),
    RegistryRow("matrix.decision", libraries=("criteria",)),
    RegistryRow("matrix.panels", panels=MATRIX, factual=MATRIX),
    RegistryRow("network.messages", texts=("contact_message", "pitch_company", "pitch_message")),
    RegistryRow(
        "phantom.sheet",
        texts=(
            *("project_sheet", "idea_deliverable", "idea_place", "idea_problem"),
            *("idea_proposal", "idea_proves", "idea_title"),
        ),
    ),
    RegistryRow(
        "review.drafts",
        texts=(
            *("pain", "pain_cost", "pain_did", "plan_30", "plan_60", "plan_90", "proof_big"),
            *("proof_feedback", "proof_feedback_from", "proof_impact", "proof_trace"),
            "recommendation",
        ),
    ),
    RegistryRow("review.panels", panels=("defence_check", "review_check", "talk_sheet")),
    RegistryRow("review.questions", rows=("tutor_questions",), libraries=("tutor_questions",)),
    RegistryRow(
        "review.rows",
        rows=(
            *("agreed", "asked", "best_figures", "best_proofs", "difficulties", "feedbacks"),
            *("first_facts", "human", "missions", "technical", "traces"),
        ),
    ),
    RegistryRow("rights.panels", panels=RIGHTS, factual=RIGHTS),
    RegistryRow("setbacks.causes", libraries=("causes",)),
    RegistryRow(
        "setbacks.panels",
        panels=("ideas", "recurring", "turn_to", "weights"),
        factual=("turn_to", "weights"),
    ),
    RegistryRow("setbacks.pocket_card", texts=("card",)),
    RegistryRow("setbacks.recruiter_message", texts=("recruiter_message",)),
    RegistryRow("setbacks.situations", texts=("situation_sentence",), libraries=("situations",)),
    RegistryRow("setbacks.story", texts=("story",)),
    RegistryRow("star.panels", panels=("star", "star_proof"), texts=("star_action", "star_result")),
    RegistryRow("weekly.recap", panels=("recap",)),
)
"""Every module that provides something to flows."""

DOCUMENTS = {
    "story": "cv.story_document",
    "cv": "cv.cv_document",
    "phantom-project": "phantom.document",
    "skills": "skills.document",
    "review": "review.review_document",
    "recommendation": "review.recommendation_document",
    "value-defence": "review.value_defence_document",
    "report": "review.report_document",
    "defence": "review.defence_document",
    "pitch": "network.pitch_document",
    "map": "network.map_document",
    "rights": "rights.document",
}
"""Document → its module, in the order in which menus list them."""


def _load(module: str) -> Any:
    return import_module(f"{__package__}.{module}")


class Provided(Mapping[str, Any]):
    """Name → function, for one kind of what modules provide; a module is imported when called for.

    `verb` is how the functions' names begin; `names` gives those that a row provides.
    """

    def __init__(self, verb: str, names: Callable[[RegistryRow], tuple[str, ...]]) -> None:
        self._verb = verb
        self._modules = {name: row.module for row in FEATURES for name in names(row)}

    def __getitem__(self, name: str) -> Any:
        return getattr(_load(self._modules[name]), f"{self._verb}_{name}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)

    def __contains__(self, name: object) -> bool:
        return name in self._modules  # without importing the module


PROVIDERS = Providers(
    panels=Provided("show", lambda row: row.panels),
    texts=Provided("draft", lambda row: row.texts),
    rows=Provided("propose", lambda row: row.rows),
    libraries=Provided("list", lambda row: row.libraries),
    documents=DOCUMENTS,
    factual=frozenset(name for row in FEATURES for name in row.factual),
)
"""What flows may name."""


def load_content(own: Path | None = None) -> Content:
    """What the coach says and asks, with every feature; `own` is the student's flow folder."""
    return Content(own, PROVIDERS)


def make_document(name: str, dossier: Dossier) -> Document:
    """The document `name` from `dossier`; raises `UnknownDocument`."""
    from coach.documents.base import UnknownDocument
    from coach.documents.rendering import make_from

    if name not in DOCUMENTS:
        raise UnknownDocument(name)
    maker: Maker = _load(DOCUMENTS[name])
    return make_from(name, maker, dossier)
