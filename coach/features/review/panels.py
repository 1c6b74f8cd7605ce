"""The panels at the end of a review, a career talk and a value defence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from coach.documents.dossier import dossier_of
from coach.documents.shared import DEFENCE, REVIEW
from coach.features.review.questions import questions_for
from coach.flows.choices import list_items
from coach.flows.panel import PanelLine
from coach.store.answers import ids_of, text_of
from coach.store.entries import new_entry
from coach.util.clock import now
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.documents.dossier import Dossier
    from coach.flows.context import StepContext


def so_far(context: StepContext, flow: str) -> Dossier:
    """The dossier of the saved entries, with the present session's answers in place of its saved
    version."""
    kept = dossier_of(context)
    own = kept.internship.id if kept.internship else None
    entry = new_entry(
        flow, lang=context.lang, day=context.known.today, moment=now(), internship=own
    )
    former = kept.entries(flow)
    if former:
        entry = msgspec.structs.replace(entry, id=former[0].id)
    entry = msgspec.structs.replace(entry, answers=context.answers)
    return replace(kept, under_way=entry)


def show_review_check(context: StepContext) -> list[PanelLine]:
    """The checklist of the review, the mistakes to avoid, and its length."""
    from coach.documents.limits import parts, words_in
    from coach.documents.rendering import make_from
    from coach.features.review import review_document
    from coach.features.review.review_document import build_review, check, checklist, slips

    say = Wording("document_review", context.lang)
    dossier = so_far(context, REVIEW)
    made = build_review(dossier)
    lines = [PanelLine("heading", say("check"))]
    for done, text in checklist(made, context.lang):
        lines.append(PanelLine("bullet", f"{say('done_mark' if done else 'todo_mark')} {text}"))
    found = slips(made, context.lang)
    document = make_from("review", review_document, dossier)
    long = check(document.markdown, context.lang)
    lines.append(PanelLine("heading", say("slips")))
    lines += [PanelLine("bullet", text) for text in found or [say("no_slip")]]
    if long:
        lines += [PanelLine("bullet", text) for text in long]
    else:
        total = sum(words_in(inside) for _, inside in parts(document.markdown))
        lines.append(PanelLine("bullet", say("length", n=total)))
    return lines


def show_defence_check(context: StepContext) -> list[PanelLine]:
    """What is missing or too much on the slides, then questions to ask after them."""
    from coach.documents.limits import parts
    from coach.documents.rendering import make_from
    from coach.features.review import value_defence_document

    say = Wording("document_value_defence", context.lang)
    if context.known.pool is not None:
        return _questions(context, say("questions"))
    document = make_from("value-defence", value_defence_document, so_far(context, DEFENCE))
    lines = [PanelLine("heading", say("checks"))]
    told = document.warnings or [say.count("fits", len(parts(document.markdown)))]
    lines += [PanelLine("bullet", text) for text in told]
    return [*lines, *_questions(context, say("questions"))]


def _questions(context: StepContext, title: str) -> list[PanelLine]:
    found = questions_for(context.answers, context.lang)
    if not found:
        return []
    return [PanelLine("heading", title), *(PanelLine("bullet", text) for _, text in found)]


def show_talk_sheet(context: StepContext) -> list[PanelLine]:
    """A sheet for a career talk: proofs, wish, offer, questions."""
    say = Wording("review", context.lang)
    known = {item["id"]: item for item in list_items(context.known, "proofs")}
    keys = [key for key in ids_of(context.answers, "picked") if key in known]
    lines: list[PanelLine] = []
    if keys:
        lines.append(PanelLine("heading", say("talk.did")))
        for key in keys:
            item = known[key]
            impact = item.get("impact", "")
            told = (
                say("with_impact", it=item["action"], impact=impact) if impact else item["action"]
            )
            lines.append(PanelLine("bullet", told))
    for name in ("want", "offer"):
        if text := text_of(context.answers, name):
            lines += [PanelLine("heading", say(f"talk.{name}")), PanelLine("bullet", text)]
    lines += _questions(context, say("talk.questions"))
    if not lines:
        return [PanelLine("text", say("talk.empty"))]
    if len(keys) > 3:
        lines.append(PanelLine("text", say("talk.too_many", n=len(keys))))
    return lines
