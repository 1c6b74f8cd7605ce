"""Checks that a flow refers only to existing fields, panels, texts, rows, sources, documents."""

from coach.flows.choices import SOURCES
from coach.flows.field import Condition
from coach.flows.providers import Providers
from coach.flows.schema import (
    Field,
    Flow,
)

KNOWN = frozenset(
    {
        "causes_before",
        "company",
        "ended",
        "idea",
        "internship",
        "intention",
        "notes",
        "objective",
        "objectives",
        "role",
        "skills",
        "tutor",
        "week",
        "week_number",
    }
)
"""The values of a `StudentContext` that conditions may name (see `coach.flows.background`)."""


def find_dangling(flow: Flow, providers: Providers) -> list[str]:
    """The references of `flow` to missing things, each a sentence that begins with its place.

    `providers` are the panels, texts, rows and libraries there are.
    """
    problems: list[str] = []
    before: dict[str, Field] = {}
    repeated: dict[str, dict[str, Field]] = {}
    steps: set[str] = set()
    if not any(not step.each and not step.when for step in flow.steps):
        problems.append("$.steps: none of them always shows")
    for number, step in enumerate(flow.steps):
        place = f"$.steps[{number}]"
        if step.id in steps or step.id in before:
            problems.append(f"{place}.id: `{step.id}` is used twice")
        steps.add(step.id)
        if step.each and not (step.each in before and before[step.each].listed):
            problems.append(f"{place}.each: no choices or rows `{step.each}` before it")
        if step.panel and step.panel not in providers.panels:
            problems.append(f"{place}.panel: unknown `{step.panel}`")
        if step.stays and not step.panel:
            problems.append(f"{place}.stays: the step has no `panel`")
        # A repeated step also sees what earlier steps asked about the same item; others, of any.
        items = [repeated.get(step.each, {})] if step.each else list(repeated.values())
        seen = before | {name: one for asked in items for name, one in asked.items()}
        problems += _conditions(step.when, seen, bool(step.each), f"{place}.when")
        own: dict[str, Field] = {}
        for index, field in enumerate(step.fields):
            where = f"{place}.fields[{index}]"
            if field.id in own or (not step.each and (field.id in before or field.id in steps)):
                problems.append(f"{where}.id: `{field.id}` is used twice")
            problems += _conditions(field.when, seen | own, bool(step.each), f"{where}.when")
            problems += _field(field, where, providers)
            if field.after and field.after not in seen | own:
                problems.append(f"{where}.after: no field `{field.after}` before it")
            own[field.id] = field
        if step.each:
            repeated.setdefault(step.each, {}).update(own)
        else:
            before |= own
    if flow.document and flow.document not in providers.documents:
        problems.append(f"$.document: unknown `{flow.document}`")
    for name in flow.headline:
        if name.split(".")[0] not in before:
            problems.append(f"$.headline: no field `{name}`")
    return problems


def _field(field: Field, where: str, providers: Providers) -> list[str]:
    problems = []
    known = providers.rows if field.listed else providers.texts
    if field.start_from and field.start_from not in known:
        problems.append(f"{where}.start_from: unknown `{field.start_from}`")
    if field.picked:
        if field.source and field.source not in (*SOURCES, *providers.libraries):
            problems.append(f"{where}.source: unknown `{field.source}`")
        if bool(field.source) == bool(field.options):
            problems.append(f"{where}: needs either `options` or `source`")
        ids = [option.id for option in field.options]
        if len(ids) != len(set(ids)):
            problems.append(f"{where}.options: an id is used twice")
    if field.offers not in ("", "notes"):
        problems.append(f"{where}.offers: unknown `{field.offers}`")
    if field.shape == "rows":
        ids = [column.id for column in field.columns]
        if not ids or len(ids) != len(set(ids)) or {"id", "note"} & set(ids):
            problems.append(
                f"{where}.columns: ids must be there, differ, and not be `id` or `note`"
            )
    return problems


def _conditions(
    when: list[Condition], before: dict[str, Field], repeated: bool, where: str
) -> list[str]:
    problems = []
    for index, condition in enumerate(when):
        place = f"{where}[{index}]"
        looks_at = (condition.field, condition.known, condition.item, condition.any)
        problems += _conditions(condition.any, before, repeated, f"{place}.any")
        if sum(map(bool, looks_at)) != 1:
            problems.append(f"{place}: needs one of `field`, `known`, `item`, `any`")
        elif condition.field and condition.field not in before:
            problems.append(f"{place}.field: no field `{condition.field}` before it")
        elif condition.known and condition.known not in KNOWN:
            problems.append(f"{place}.known: unknown `{condition.known}`")
        elif condition.item and not repeated:
            problems.append(f"{place}.item: the step has no `each`")
    return problems
