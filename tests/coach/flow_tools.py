"""What tests of flows share."""

from collections.abc import Iterator

from coach.flows.schema import (
    Checklist,
    Choice,
    Choices,
    Field,
    Flow,
    Line,
    Paragraph,
    Rows,
    Scale,
)
from coach.util.structs import Text


def texts(flow: Flow) -> Iterator[tuple[str, Text]]:
    """Every text of a flow with its place."""

    def options(place: str, field: Field) -> Iterator[tuple[str, Text | None]]:
        for option in getattr(field, "options", []) + getattr(field, "answers", []):
            yield f"{place}.{option.id}", option.label
            yield f"{place}.{option.id}.help", option.help
        if isinstance(field, Rows):
            yield f"{place}.one", field.one
            for column in field.columns:
                for name in ("label", "help", "example"):
                    yield f"{place}.{column.id}.{name}", getattr(column, name)
        for name in ("left", "right", "left_example", "right_example", "low_label", "high_label"):
            yield f"{place}.{name}", getattr(field, name, None)

    def all_() -> Iterator[tuple[str, Text | None]]:
        yield "title", flow.title
        yield "summary", flow.summary
        for step in flow.steps:
            for name in ("title", "intro", "help"):
                yield f"{step.id}.{name}", getattr(step, name)
            for field in step.fields:
                place = f"{step.id}.{field.id}"
                for name in ("label", "help", "example", "start"):
                    yield f"{place}.{name}", getattr(field, name)
                yield from options(place, field)

    return ((place, text) for place, text in all_() if text is not None)


def height(field: Field, lang: str) -> int:
    """About how many lines a field takes at 80 columns."""
    label = 1 + len(field.label.get(lang)) // 74
    if isinstance(field, Choice):
        texts_ = [o.label.get(lang) for o in field.options]
        # The two sentences offered for a situation are two lines each.
        return label + sum(2 if text.startswith("{item.") else 1 for text in texts_)
    if isinstance(field, Choices | Checklist):
        return label + (len(field.options) or 6)
    if isinstance(field, Rows):
        return label + 11
    return label + {Paragraph: 5, Scale: 1, Line: 3}.get(type(field), 3)
