"""What a flow file may name and a feature works out: panels, drafted texts, rows, libraries.

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
"""The lines shown beside the questions; none where there is nothing to say."""
DraftText: TypeAlias = Callable[[Any], str]
"""A text that a field begins with; "" where there is nothing to say yet."""
StartRows: TypeAlias = Callable[[Any], Any]
"""Rows (dicts of texts) or ids of choices that a field begins with."""
Library: TypeAlias = Callable[[str], list[dict[str, str]]]
"""Items to choose from in a language (`fr` or `en`): dicts of texts with `id` and `label`."""


@dataclass(frozen=True)
class Providers:
    """By the name that a flow file gives it: what `panel`, `start_from` (of a text; of rows or
    choices), `source` and `document` may name.
    """

    panels: Mapping[str, Panel] = field(default_factory=dict)
    texts: Mapping[str, DraftText] = field(default_factory=dict)
    rows: Mapping[str, StartRows] = field(default_factory=dict)
    libraries: Mapping[str, Library] = field(default_factory=dict)
    documents: Collection[str] = ()
    factual: Collection[str] = ()
    """Panels that answer no words of the student: people to turn to, weights, what the law says."""

    def show(self, name: str, context: Any) -> list[PanelLine]:
        """The lines of the panel `name`; none when there is nothing to say.

        The calm line alone where `coach.language.care` hears something in the answers.
        """
        line = gate(context.lang, context.answers, context.known.intention)
        if line and name not in self.factual:
            return [PanelLine("calm", line)]
        return self.panels[name](context)

    def draft(self, name: str, context: Any) -> str:
        """The drafted text `name`; "" when there is nothing to say yet.

        "" too where `coach.language.care` hears something in it, but for the sentence on what is
        never reframed that the student asked to say.
        """
        text = self.texts[name](context)
        if not heard(text):
            return text
        without = {one: told for one, told in context.answers.items() if one != "include_safety"}
        return "" if heard(self.texts[name](replace(context, answers=without))) else text

    def propose(self, name: str, context: Any) -> Any:
        """The rows or ids of choices called `name`, without those that call for the calm line."""
        return [one for one in self.rows[name](context) if not heard(one)]
