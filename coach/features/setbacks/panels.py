"""The panels of the wizards after a setback, computed from the answers.

Nothing here raises on a missing or invalid answer; an empty panel is [].
"""

from coach.features.setbacks.causes import load_causes
from coach.features.setbacks.situations import NEVER_REFRAMED, turned_situations
from coach.flows.context import StepContext
from coach.flows.panel import PanelLine
from coach.store.answers import ids_of, level_of
from coach.util.wording import Wording

IDEAS = 4
"""Ideas for a phantom project at most."""
HEAVY = 9
"""From this weight on, the calm line points to someone to talk to."""


def show_ideas(context: StepContext) -> list[PanelLine]:
    """Phantom projects that fit the ticked situations: one of each first, then the others."""
    words = Wording("panels", context.lang)
    found = [situation.phantoms for situation, _ in turned_situations(context)]
    in_turn = [one[n].get(context.lang) for n in range(2) for one in found if n < len(one)]
    if not in_turn:
        return [PanelLine("text", words("ideas_none"))]
    bullets = [PanelLine("bullet", idea) for idea in in_turn[:IDEAS]]
    return [PanelLine("heading", words("ideas")), *bullets]


def show_recurring(context: StepContext) -> list[PanelLine]:
    """The causes that earlier failed interviews already named, most often first."""
    words = Wording("panels", context.lang)
    before = context.known.causes_before
    now = ids_of(context.answers, "causes")
    named = [cause for cause in load_causes() if before.get(cause.id, 0) > 0]
    named.sort(key=lambda cause: -before[cause.id])
    if not named:
        return []
    lines = [PanelLine("heading", words("recurring"))]
    for cause in named[:4]:
        key = "came_back_now" if cause.id in now else "came_back"
        text = words.count(key, before[cause.id], label=cause.name.get(context.lang))
        lines.append(PanelLine("bullet", text))
    if any(before[cause.id] > 1 or cause.id in now for cause in named):
        lines.append(PanelLine("text", words("work_once")))
    return lines


def show_turn_to(context: StepContext) -> list[PanelLine]:
    """A sentence that the student is not at fault, and whom to turn to.

    In a situation, shown when the student confirms or does not exclude harassment or the like;
    elsewhere, when it is ticked in the private question.
    """
    if context.item is not None:
        shown = context.answers.get("really") in ("yes", "unsure")
    else:
        shown = bool(NEVER_REFRAMED & set(ids_of(context.answers, "safety")))
    if not shown:
        return []
    from coach.language.care import where_to_turn

    words = Wording("panels", context.lang)
    return [
        PanelLine("heading", words("not_yours")),
        PanelLine("text", words("no_lesson")),
        *(PanelLine("bullet", line) for line in where_to_turn(context.lang)),
    ]


def show_weights(context: StepContext) -> list[PanelLine]:
    """How heavy it felt before and after, side by side and in words."""
    words = Wording("panels", context.lang)
    names = ("weight_before", "weight_after")
    before, after = (level_of(context.answers, name, 0, 10) for name in names)
    said = [
        words(when, n=weight, words=words(f"weight_{_level(weight)}"))
        for when, weight in (("before", before), ("after", after))
        if weight is not None
    ]
    lines = [PanelLine("text", " · ".join(said))] if said else []
    if before is not None and after is not None:
        if after == before:
            key = "same" if after > 2 else "still_light"
        else:
            key = "heavier" if after > before else "lighter"
        lines.append(PanelLine("text", words(key)))
    if after is not None and after >= HEAVY:
        from coach.language.care import calm_line

        lines.append(PanelLine("calm", calm_line(context.lang)))
    return lines


def _level(weight: int) -> int:
    """0 light, 1 bearable, 2 heavy, 3 very heavy."""
    return (weight > 2) + (weight > 5) + (weight >= HEAVY)
