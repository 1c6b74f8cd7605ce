"""The guided sessions: in the app, or line by line with `--plain`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.commands.command import Command, flag, option
from coach.commands.errors import Misused
from coach.commands.open_app import open_app
from coach.flows.request import SessionRequest
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


def session_command(say: Wording, invocation: Invocation, name: str) -> Command:
    """The command of the session `name`."""
    from coach.util.data_files import ContentError

    try:
        help = invocation.workspace.content.flow(name).summary.get(say.lang)
    except (ContentError, KeyError):
        help = say("session.broken")  # what is wrong is told when it is opened

    def run(invocation: Invocation, *, plain: bool, week: str, new: bool, entry: str) -> int:
        request = _request(invocation, name, week, new, entry)
        return run_plain(invocation, request) if plain else open_app(invocation, request)

    params = [
        flag(say, "session", "plain"),
        option(say, "session", "week", "2026-W47"),
        flag(say, "session", "new"),
        option(say, "session", "entry", "ID"),
    ]
    return Command(name, say, run, params, help)


def _request(invocation: Invocation, name: str, week: str, new: bool, entry: str) -> SessionRequest:
    """The checked request of the command line; raises Misused, Failed, ContentError."""
    scope = invocation.workspace.content.flow(name).scope
    if entry and (new or week):
        raise Misused(
            invocation.say("session.either", one="--entry", other="--week" if week else "--new")
        )
    if week:
        if scope != "week":
            raise Misused(invocation.say("session.no_weeks", name=name))
        week = _week(invocation, week)
    if entry:
        from coach.commands.show import find

        entry = find(invocation, entry, flow=name).entry.id
    return SessionRequest(name, entry_id=entry, week=week, new=new)


def _week(invocation: Invocation, raw: str) -> str:
    """An ISO week that has begun, as `2026-W47`; raises Misused."""
    from coach.store.entries import iso_week, week_monday

    week = raw.strip().upper()
    try:
        good = re.fullmatch(r"\d{4}-W\d{2}", week) and iso_week(week_monday(week)) == week
    except ValueError:
        good = False
    if not good:
        raise Misused(invocation.say("session.no_week", value=raw))
    if week > iso_week(invocation.workspace.today):
        raise Misused(invocation.say("session.week_to_come", value=week))
    return week


def run_plain(invocation: Invocation, request: SessionRequest) -> int:
    """Runs the session on standard input and output; its exit code."""
    import sys

    from coach.commands.errors import Failed
    from coach.features.rehearsal.cards import FLOW
    from coach.flows.draft_session import DraftSession
    from coach.plain.session import run

    invocation.writable()
    draft_session = DraftSession(
        invocation.workspace.journal,
        invocation.workspace.content,
        request,
        lang=invocation.lang,
        today=invocation.workspace.today,
        internship=invocation.workspace.current_internship(),
    )
    invocation.tell_notices()
    if sys.stdin is None:
        raise Failed(invocation.say("no_input"))
    if hasattr(sys.stdin, "reconfigure"):
        # Bytes that are no text come in as lone surrogates, which cleaning replaces.
        sys.stdin.reconfigure(errors="surrogateescape")
    if request.flow == FLOW and draft_session.kept is None:
        from coach.plain.rehearsal import run as rehearse

        code = rehearse(
            draft_session, sys.stdin, sys.stdout, invocation.lang, invocation.workspace.today
        )
    else:
        code = run(draft_session, sys.stdin, sys.stdout, invocation.lang)
    invocation.tell_notices()
    return code
