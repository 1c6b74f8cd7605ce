"""Drafted texts of the review and the value defence, from the present proof, the phantom project,
the skills and the open objectives.

Nothing here raises on a missing or invalid answer; a draft without content is ''.
"""

from collections.abc import Callable

from coach.flows.context import StepContext
from coach.store.answers import text_of
from coach.util.text import one_line


def _of_proof(name: str) -> Callable[[StepContext], str]:
    """A draft: the cell `name` of the present proof, completed by a later session or as written."""

    def draft_cell(context: StepContext) -> str:
        from coach.proofs.completions import COMPLETING, completions

        known = context.known
        added = known.once(
            "completions", lambda: completions(e for e in known.entries if e.flow in COMPLETING)
        )
        item = context.item or {}
        return added.get(item.get("id", ""), {}).get(name) or item.get(name, "")

    return draft_cell


def draft_proof_big(context: StepContext) -> str:
    """The figure of the present proof, short enough to be shown large."""
    from coach.language.figures import headline_figure

    impact = context.answers.get("impact") or _of_proof("impact")(context)
    return headline_figure(str(impact)) or headline_figure((context.item or {}).get("action", ""))


def _of_phantom(name: str) -> Callable[[StepContext], str]:
    """A draft: the answer `name` of this internship's phantom project."""

    def draft_phantom(context: StepContext) -> str:
        from coach.documents.dossier import dossier_of

        return one_line(text_of(dossier_of(context).latest("phantom"), name), 300)

    return draft_phantom


def draft_pain(context: StepContext) -> str:
    """The problem to solve: from the phantom project, else from the offer of a career talk."""
    from coach.documents.dossier import dossier_of

    told = (text_of(one.answers, "offer") for one in dossier_of(context).entries("talk"))
    offered = next(filter(None, told), "")
    return _of_phantom("phantom_problem")(context) or one_line(offered, 300)


def _third(third: str) -> Callable[[StepContext], str]:
    """A first draft of a third of the 90-day plan."""

    def draft_third(context: StepContext) -> str:
        from coach.documents.dossier import dossier_of
        from coach.features.review.value_defence_document import planned

        return planned(dossier_of(context), third)

    return draft_third


def draft_recommendation(context: StepContext) -> str:
    """The request for a letter of recommendation, from the facts picked so far."""
    from coach.features.review.panels import so_far
    from coach.features.review.recommendation_document import facts_of, message

    dossier = so_far(context, "end-review")
    return message(dossier, context.answers, facts_of(dossier, context.answers))


draft_pain_cost = _of_phantom("phantom_cost")
draft_pain_did = _of_phantom("phantom_proposal")
draft_plan_30, draft_plan_60, draft_plan_90 = map(_third, ("30", "60", "90"))
draft_proof_feedback = _of_proof("feedback")
draft_proof_feedback_from = _of_proof("feedback_from")
draft_proof_impact = _of_proof("impact")
draft_proof_trace = _of_proof("trace")
