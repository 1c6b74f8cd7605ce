"""What features provide to flow files: panels, drafted texts, start rows, libraries.

The engine calls them through the mappings of `Providers` and knows no feature;
`coach.features.registry` makes the one that the program uses.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from coach.flows.panel import PanelLine
from coach.language.care import gate, heard

# The argument of the first three is a `coach.flows.context.StepContext`, which holds the content
# and so these providers: naming it here would make a circle.
Panel: TypeAlias = Callable[[Any], list[PanelLine]]
"""Returns the lines shown beside the questions; [] for no panel."""
DraftText: TypeAlias = Callable[[Any], str]
"""Returns the text that a field starts with; "" for none."""
StartRows: TypeAlias = Callable[[Any], Any]
"""Returns the rows (dicts of texts) or the option ids that a field starts with."""
Library: TypeAlias = Callable[[str], list[dict[str, str]]]
"""Returns the items to choose from in a language (`fr` or `en`)."""


@dataclass(frozen=True)
class Providers:
    """Name in a flow file → provider: of `panel`, of `start_from` (texts; rows and choices), of
    `source`; and the names of documents.
    """

    panels: Mapping[str, Panel] = field(default_factory=dict)
    texts: Mapping[str, DraftText] = field(default_factory=dict)
    rows: Mapping[str, StartRows] = field(default_factory=dict)
    libraries: Mapping[str, Library] = field(default_factory=dict)
    documents: Collection[str] = ()
    factual: Collection[str] = ()
    """Panels with facts only (people to turn to, the law), shown even where the calm line is."""

    def show(self, name: str, context: Any) -> list[PanelLine]:
        """The lines of the panel `name`; [] for nothing to show.

        Only the calm line where `coach.language.care` finds distress in the answers.
        """
        line = gate(context.lang, context.answers, context.known.intention)
        if line and name not in self.factual:
            return [PanelLine("calm", line)]
        return self.panels[name](context)

    def draft(self, name: str, context: Any) -> str:
        """The drafted text `name`; "" when there is none yet.

        Also "" where `coach.language.care` finds distress in it, other than in the sentence on
        safety that the student chose to include.
        """
        text = self.texts[name](context)
        if not heard(text):
            return text
        without = {one: told for one, told in context.answers.items() if one != "include_safety"}
        return "" if heard(self.texts[name](replace(context, answers=without))) else text

    def propose(self, name: str, context: Any) -> Any:
        """The start rows or option ids `name`, without those that call for the calm line."""
        return [one for one in self.rows[name](context) if not heard(one)]
