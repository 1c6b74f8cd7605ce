"""What the coach shows beside the questions: worked out from the answers, never kept.

Nothing here raises on a missing or odd answer; a panel with nothing to say is an empty list.
"""

from collections.abc import Callable
from importlib import import_module

from coach.drafting import NEVER_REFRAMED, turned
from coach.flow_check import MATRIX_PANELS, REVIEW_PANELS, RIGHTS_PANELS, STAR_PANELS
from coach.panel_line import PanelLine
from coach.proofs import Proof, from_rows, strength
from coach.text import one_line
from coach.view import View
from coach.wording import Wording

QUOTED = 56
"""Characters of the student's words quoted in a line."""
RECAP = 6
"""Lines of a recap at most."""
IDEAS = 4
"""Ideas for a phantom project at most."""
HEAVY = 9
"""From this weight on, the calm line points to someone to talk to."""


def _quote(value: object) -> str:
    return one_line(value.strip(' .;,«»"\t\n'), QUOTED) if isinstance(value, str) else ""


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


# The recap of the week


def recap(view: View) -> list[PanelLine]:
    """What the coach noticed this week: proofs, the one to keep, the next step, the intention."""
    words = Wording("panels", view.lang)
    answers = view.answers
    if (site := answers.get("on_site")) in ("school", "leave"):
        return [PanelLine("calm", words(f"off_{site}"))]
    proofs = from_rows(answers.get("achievements"))
    others = [*_kept(words, view), *_handled(words, view), *_reached(words, view)]
    aim = _quote(answers.get("intention"))
    if aim:
        others.append(words("next", it=aim))
    if not proofs:
        told = others or _quote(answers.get("hard")) or _quote(answers.get("ask"))
        lines = [words("no_proofs" if told else "nothing"), *others]
    else:
        best = max(proofs, key=lambda one: strength(one).score)
        found = [_counted(words, proofs), *_best(words, best), *_gap(words, proofs, best)]
        lines = [*found, *others]
    return [PanelLine("text", line) for line in lines[:RECAP]]


def _counted(words: Wording, proofs: list[Proof]) -> str:
    """'Trois preuves cette semaine : deux chiffrées, une avec un retour.'"""

    def spelled(key: str, n: int) -> str:
        numbers = words("numbers").split()
        word = numbers[n - 1] if n <= len(numbers) else str(n)
        return words.count(key, n, word=word)

    counts = {
        "quantified": sum(strength(proof).quantified for proof in proofs),
        "with_feedback": sum(strength(proof).feedback for proof in proofs),
    }
    if len(proofs) == 1:
        details, joint = [words(f"alone_{key}") for key, n in counts.items() if n], ", "
    else:
        details, joint = [spelled(key, n) for key, n in counts.items() if n], words("colon")
    count = spelled("proofs", len(proofs))
    count = count[0].upper() + count[1:]
    return f"{joint.join([count, ', '.join(details)]) if details else count}."


def _named(proof: Proof) -> str:
    return _quote(proof.action) or proof.action


def _best(words: Wording, best: Proof) -> list[str]:
    it = strength(best)
    if it.vague:
        return []
    if it.figure_in_impact:
        return [words("keep_figure", action=_named(best), impact=_quote(best.impact))]
    if it.quantified:
        return [words("keep_action", action=_named(best))]
    return [words("keep_feedback", action=_named(best))] if it.feedback else []


def _gap(words: Wording, proofs: list[Proof], best: Proof) -> list[str]:
    """One thing to add next: a figure or a word from someone, where none of the rows has any."""
    if not any(proof.feedback for proof in proofs):
        return [words("gap_feedback", action=_named(best))]
    for key, there in (("gap_figure", "quantified"), ("gap_trace", "trace")):
        if bare := [one for one in proofs if not getattr(strength(one), there)]:
            return [words(key, action=_named(bare[0]))]
    return []


def _handled(words: Wording, view: View) -> list[str]:
    did = _quote(view.answers.get("hard_did"))
    return [words("handled", it=did)] if did else []


def _reached(words: Wording, view: View) -> list[str]:
    progress = view.answers.get("progress")
    marks = progress if isinstance(progress, dict) else {}
    labels = [
        _quote(one.get("label"))
        for one in view.known.objectives
        if marks.get(one.get("id", "")) == "reached"
    ]
    return [words("reached", it=label) for label in labels[:1] if label]


def _kept(words: Wording, view: View) -> list[str]:
    meant, kept = _quote(view.known.intention), view.answers.get("kept")
    if not meant or kept not in ("yes", "partly", "no", "changed"):
        return []
    return [words(f"kept_{kept}", it=meant)]


# The panels of the wizards


def ideas(view: View) -> list[PanelLine]:
    """Phantom projects that fit the ticked situations: one of each first, then the others."""
    words = Wording("panels", view.lang)
    found = [situation.phantoms for situation, _ in turned(view)]
    in_turn = [one[n].get(view.lang) for n in range(2) for one in found if n < len(one)]
    if not in_turn:
        return [PanelLine("text", words("ideas_none"))]
    bullets = [PanelLine("bullet", idea) for idea in in_turn[:IDEAS]]
    return [PanelLine("heading", words("ideas")), *bullets]


def recurring(view: View) -> list[PanelLine]:
    """The causes that earlier failed interviews already named, most often first."""
    words = Wording("panels", view.lang)
    before = view.known.causes_before
    now = _strings(view.answers.get("causes"))
    named = [cause for cause in view.content.causes if before.get(cause.id, 0) > 0]
    named.sort(key=lambda cause: -before[cause.id])
    if not named:
        return []
    lines = [PanelLine("heading", words("recurring"))]
    for cause in named[:4]:
        key = "came_back_now" if cause.id in now else "came_back"
        text = words.count(key, before[cause.id], label=cause.name.get(view.lang))
        lines.append(PanelLine("bullet", text))
    if any(before[cause.id] > 1 or cause.id in now for cause in named):
        lines.append(PanelLine("text", words("work_once")))
    return lines


def turn_to(view: View) -> list[PanelLine]:
    """That it is not the student's failure, and whom to turn to.

    Within a situation it shows once the student says, or does not rule out, that it hid something
    never to be reframed; elsewhere, where the private question ticked such a thing.
    """
    if view.item is not None:
        shown = view.answers.get("really") in ("yes", "unsure")
    else:
        shown = bool(NEVER_REFRAMED & set(_strings(view.answers.get("safety"))))
    if not shown:
        return []
    from coach.care import where_to_turn

    words = Wording("panels", view.lang)
    return [
        PanelLine("heading", words("not_yours")),
        PanelLine("text", words("no_lesson")),
        *(PanelLine("bullet", line) for line in where_to_turn(view.lang)),
    ]


def weights(view: View) -> list[PanelLine]:
    """How heavy it felt before and after, side by side and in words."""
    words = Wording("panels", view.lang)
    before, after = (_weight(view.answers.get(f"weight_{when}")) for when in ("before", "after"))
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
        from coach.care import calm_line

        lines.append(PanelLine("calm", calm_line(view.lang)))
    return lines


def _weight(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= 10 else None


def _level(weight: int) -> int:
    """0 light, 1 bearable, 2 heavy, 3 very heavy."""
    return (weight > 2) + (weight > 5) + (weight >= HEAVY)


def _later(module: str, name: str) -> Callable[[View], list[PanelLine]]:
    """The panel `name` among the `PANELS` of `module`, whose data is read when it first shows."""

    def show(view: View) -> list[PanelLine]:
        made: list[PanelLine] = import_module(module).PANELS[name](view)
        return made

    return show


PANELS: dict[str, Callable[[View], list[PanelLine]]] = {
    "ideas": ideas,
    "recap": recap,
    "recurring": recurring,
    "turn_to": turn_to,
    "weights": weights,
}
PANELS |= {name: _later("coach.rights_panel", name) for name in RIGHTS_PANELS}
PANELS |= {name: _later("coach.matrix_panel", name) for name in MATRIX_PANELS}
PANELS |= {name: _later("coach.star_session", name) for name in STAR_PANELS}
PANELS |= {name: _later("coach.review_panel", name) for name in REVIEW_PANELS}
"""Every panel by the name that a flow's `panel` gives it."""


FACTUAL = frozenset({"turn_to", "weights"}) | RIGHTS_PANELS | MATRIX_PANELS
"""Panels that answer no words of the student: people to turn to, weights, what the law says."""


def panel(name: str, view: View) -> list[PanelLine]:
    """The lines of the panel `name` (one of `flow_check.PANELS`); none when nothing to say.

    The calm line alone where `coach.care` hears something in the answers.
    """
    if name not in FACTUAL:
        from coach.care import gate

        if line := gate(view.lang, view.answers, view.known.intention):
            return [PanelLine("calm", line)]
    return PANELS[name](view)
