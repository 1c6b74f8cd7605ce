"""The recap panel that ends a weekly session: what the coach noticed, and one next step.

Nothing here raises on a missing or invalid answer.
"""

from coach.flows.context import StepContext
from coach.flows.panel import PanelLine
from coach.proofs.proof import Proof, from_rows, strength
from coach.store.answers import nested_of, rows_of
from coach.util.text import one_line
from coach.util.wording import Wording

QUOTED = 56
"""Characters of the student's words quoted in a line."""
RECAP = 6
"""Lines of a recap at most."""


def show_recap(context: StepContext) -> list[PanelLine]:
    """What the coach noticed this week: proofs, the one to keep, the next step, the intention."""
    words = Wording("panels", context.lang)
    answers = context.answers
    if (site := answers.get("on_site")) in ("school", "leave"):
        return [PanelLine("calm", words(f"off_{site}"))]
    proofs = from_rows(rows_of(answers, "achievements"))
    others = [*_kept(words, context), *_handled(words, context), *_reached(words, context)]
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
    """One thing to add next: a figure or feedback, where no row has any."""
    if not any(proof.feedback for proof in proofs):
        return [words("gap_feedback", action=_named(best))]
    for key, there in (("gap_figure", "quantified"), ("gap_trace", "trace")):
        if bare := [one for one in proofs if not getattr(strength(one), there)]:
            return [words(key, action=_named(bare[0]))]
    return []


def _handled(words: Wording, context: StepContext) -> list[str]:
    did = _quote(context.answers.get("hard_did"))
    return [words("handled", it=did)] if did else []


def _reached(words: Wording, context: StepContext) -> list[str]:
    marks = nested_of(context.answers, "progress")
    labels = [
        _quote(one.get("label"))
        for one in context.known.objectives
        if marks.get(one.get("id", "")) == "reached"
    ]
    return [words("reached", it=label) for label in labels[:1] if label]


def _kept(words: Wording, context: StepContext) -> list[str]:
    meant, kept = _quote(context.known.intention), context.answers.get("kept")
    if not meant or kept not in ("yes", "partly", "no", "changed"):
        return []
    return [words(f"kept_{kept}", it=meant)]


def _quote(value: object) -> str:
    return one_line(value.strip(' .;,«»"\t\n'), QUOTED) if isinstance(value, str) else ""
