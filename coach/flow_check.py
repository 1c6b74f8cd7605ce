"""What the parts of the coach may be called in a flow, and whether a flow calls only those.

Each set is held together by a test with the module that does the work.
"""

from coach.flow import (
    Checklist,
    Choice,
    Choices,
    Column,
    Condition,
    Date,
    Field,
    Flow,
    Pairs,
    Rows,
)

GENERATED = frozenset(
    {"card", "contact_message", "cv_lines", "pitch_message", "project_sheet", "recruiter_message"}
    | {"situation_sentence", "star_action", "star_result", "story"}
    | {"pain", "pain_cost", "pain_did", "plan_30", "plan_60", "plan_90"}
    | {"proof_big", "proof_feedback", "proof_feedback_from", "proof_impact", "proof_trace"}
    | {"idea_deliverable", "idea_place", "idea_problem", "idea_proposal", "idea_proves"}
    | {"idea_title", "pitch_company", "recommendation"}
)
"""What `start_from` may name; `coach.drafting` writes them (a test holds the two together)."""
GATHERED = frozenset(
    {"agreed", "asked", "best_figures", "best_proofs", "difficulties", "feedbacks", "first_facts"}
    | {"human", "missions", "technical", "traces", "tutor_questions"}
)
"""What `start_from` of rows and choices may name; `coach.gathering` finds them."""
RIGHTS_PANELS = frozenset(
    {"rights", "rights_also", "rights_limits", "rights_missions", "rights_sum", "rights_team"}
)
MATRIX_PANELS = frozenset({"matrix", "matrix_facts"})
STAR_PANELS = frozenset({"star", "star_proof"})
REVIEW_PANELS = frozenset({"defence_check", "review_check", "talk_sheet"})
PANELS = (
    frozenset({"ideas", "recap", "recurring", "turn_to", "weights"})
    | RIGHTS_PANELS
    | MATRIX_PANELS
    | STAR_PANELS
    | REVIEW_PANELS
)
"""What `panel` may name; `coach.panels` works them out (a test holds the two together)."""
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
"""What may be known about the student before a session; `coach.background` gathers it."""
LIBRARIES = frozenset({"situations", "causes", "criteria", "tutor_questions"})
"""Where choices come from besides their own `options`: libraries of the coach's content…"""
SOURCES = LIBRARIES | {"contacts", "objectives", "projects", "proofs", "skills"}
"""…or what the student wrote (`coach.sources`; a test holds the two together)."""


def dangling(flow: Flow) -> list[str]:
    """References of `flow` that lead nowhere, each with its place."""
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
        if step.each and not isinstance(before.get(step.each), Choices | Rows | Pairs):
            problems.append(f"{place}.each: no choices or rows `{step.each}` before it")
        if step.panel and step.panel not in PANELS:
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
            problems += _field(field, where)
            if isinstance(field, Date) and field.after and field.after not in seen | own:
                problems.append(f"{where}.after: no field `{field.after}` before it")
            own[field.id] = field
        if step.each:
            repeated.setdefault(step.each, {}).update(own)
        else:
            before |= own
    if flow.document:
        from coach.documents import NAMES  # here: most flows have none

        if flow.document not in NAMES:
            problems.append(f"$.document: unknown `{flow.document}`")
    for name in flow.headline:
        if name.split(".")[0] not in before:
            problems.append(f"$.headline: no field `{name}`")
    return problems


def _field(field: Field, where: str) -> list[str]:
    problems = []
    found = isinstance(field, Choices | Rows | Pairs)
    if field.start_from and field.start_from not in (GATHERED if found else GENERATED):
        problems.append(f"{where}.start_from: unknown `{field.start_from}`")
    if isinstance(field, Choice | Choices | Checklist):
        if field.source and field.source not in SOURCES:
            problems.append(f"{where}.source: unknown `{field.source}`")
        if bool(field.source) == bool(field.options):
            problems.append(f"{where}: needs either `options` or `source`")
        ids = [option.id for option in field.options]
        if len(ids) != len(set(ids)):
            problems.append(f"{where}.options: an id is used twice")
    if isinstance(field, Rows) and field.offers not in ("", "notes"):
        problems.append(f"{where}.offers: unknown `{field.offers}`")
    if isinstance(field, Rows):
        columns: list[Column] = field.columns
        ids = [column.id for column in columns]
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
