"""What a flow file may name and a feature works out: panels, drafted texts, rows, libraries.

The engine calls them through the mappings of `Providers` and knows no feature;
`coach.features.registry` makes the one that the program uses.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from coach.flows.panel import PanelLine

# The argument of the first three is a `coach.flows.context.View`, which holds the content and so
# these providers: naming it here would make a circle.
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
