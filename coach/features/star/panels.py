"""Panels and drafted texts of the flow `star`, which makes a STAR story of a proof."""

from __future__ import annotations

from coach.features.star.story import PARTS, Star, first_person
from coach.flows.choices import item_of
from coach.flows.context import StepContext
from coach.flows.panel import PanelLine
from coach.flows.schema import Item
from coach.language.sentences import Writer
from coach.proofs.proof import Proof
from coach.store.answers import text_of
from coach.util.text import seconds_spoken
from coach.util.wording import Wording


def _chosen(context: StepContext) -> Item:
    """The proof chosen in the session, as an item; {} while there is none."""
    return item_of(context.known, "proofs", text_of(context.answers, "proof")) or {}


def draft_star_action(context: StepContext) -> str:
    """The row's action in the first person."""
    action = _chosen(context).get("action", "")
    return Writer(context.lang).whole(first_person(action)) if action else ""


def draft_star_result(context: StepContext) -> str:
    """The row's impact, then what somebody said of it."""
    writer, words, proof = Writer(context.lang), Wording("star", context.lang), _chosen(context)
    told = [writer.whole(proof["impact"])] if proof.get("impact") else []
    if feedback := proof.get("feedback"):
        who = proof.get("feedback_from", "")
        told.append(writer.whole(words("said_by", who=who, it=feedback) if who else feedback))
    return " ".join(told)


def show_star_proof(context: StepContext) -> list[PanelLine]:
    """The row of the chosen proof."""
    words, proof = Wording("star", context.lang), _chosen(context)
    if not proof:
        return []
    lines = [PanelLine("heading", words("proof")), PanelLine("text", proof["action"])]
    if proof.get("impact"):
        lines.append(PanelLine("text", words("impact", it=proof["impact"])))
    if proof.get("feedback"):
        who = proof.get("feedback_from", "")
        key = "feedback_by" if who else "feedback"
        lines.append(PanelLine("text", words(key, it=proof["feedback"], who=who)))
    return lines


def show_star(context: StepContext) -> list[PanelLine]:
    """The story part by part, its length in seconds, and what it lacks."""
    words = Wording("star", context.lang)
    told = _star(context)
    lines = [PanelLine("heading", words("story"))]
    for part in PARTS:
        if text := getattr(told, part):
            lines.append(PanelLine("text", f"{words(part)} – {text}"))
    if len(lines) == 1:
        return []
    if gap := gap_line(told, context.lang):
        lines.append(PanelLine("answer", gap))
        lines.append(PanelLine("text", words(f"next.{told.missing[0]}")))
    else:
        seconds = seconds_spoken(told.whole)
        lines.append(PanelLine("answer", words("complete", seconds=seconds)))
    return lines


def _star(context: StepContext) -> Star:
    proof = _chosen(context)
    row = Proof("", "", "", "", "", None, proof.get("action", ""), impact=proof.get("impact", ""))
    said = {part: value for part in PARTS if isinstance(value := context.answers.get(part), str)}
    return Star(
        row,
        situation=said.get("situation", "").strip(),
        task=said.get("task", "").strip(),
        action=said.get("action", "").strip() or first_person(row.action),
        result=said.get("result", "").strip() or row.impact,
    )


def gap_line(star: Star, lang: str) -> str:
    """'Il manque la situation et un chiffre.', '' where nothing is missing."""
    words = Wording("star", lang)
    names = [words(f"missing.{part}") for part in star.missing]
    if not names:
        return ""
    joined = ", ".join(names[:-1])
    return words("missing", it=joined + words("and") + names[-1] if joined else names[-1])
