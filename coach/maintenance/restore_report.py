"""What a restore would do, in the student's words: the same for the command and the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach.browse.headline import headline
from coach.flows.content import flow_title
from coach.util.dates import say_day
from coach.util.text import clean_line
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.flows.content import Content
    from coach.maintenance.backup import Backup
    from coach.maintenance.restore import RestorePlan
    from coach.store.entries import Entry

SHOWN = 5
"""How many entries of each kind are shown; the others are counted."""


def preview(plan: RestorePlan, content: Content, lang: str, width: int) -> list[str]:
    """The lines that tell what `plan` would do, each of `width` letters at most where it lists."""
    say = Wording("copies", lang)
    if plan.empty:
        return [say("restore.nothing")]
    lines: list[str] = []
    for key, entries in (
        ("restore.back", plan.back),
        ("restore.gone", plan.gone),
        ("restore.former", plan.former),
        ("restore.drafts", plan.drafts),
    ):
        if entries:
            lines.append(say.count(key, len(entries)))
            lines += _some(entries, content, say, width)
    if plan.same:
        lines.append(say.count("restore.same", plan.same))
    if plan.files:
        lines.append(say("restore.files", names=", ".join(sorted(plan.files))))
    if plan.locks:
        lines.append(say("restore.locks"))
    return lines


def _some(entries: Sequence[Entry], content: Content, say: Wording, width: int) -> list[str]:
    lines = []
    for entry in entries[:SHOWN]:
        title = clean_line(flow_title(entry, content, say.lang))
        line = f"  {entry.date}  {title}  {clean_line(headline(entry, content, width))}"
        lines.append(line.rstrip() if len(line) <= width else line[: width - 1] + "…")
    if len(entries) > SHOWN:
        lines.append("  " + say("restore.more", n=len(entries) - SHOWN))
    return lines


def name_of(kept: Backup, lang: str) -> str:
    """'Sauvegarde du mardi 24 novembre 2026, 17:42'."""
    say = Wording("copies", lang)
    day = say_day(kept.moment.date(), lang)
    return say(f"kept.{kept.kind}", day=day, time=f"{kept.moment:%H:%M}")
