"""Ends a command that failed: says what, where and what to do; gives the exit code."""

from __future__ import annotations

import os

import click

from coach.disk.errors import JournalError
from coach.util.clock import UnreadableMoment
from coach.util.data_files import ContentError
from coach.util.wording import Wording


class Failed(Exception):
    """The command could not do it (exit 1); the message is the sentence that says why."""


class Misused(click.UsageError):
    """The command was called wrongly (exit 2); the message is already in the student's words."""


def sentence(error: Exception, lang: str) -> str:
    """The sentence for `error`; for wrong usage it also says how to get help."""
    return _sentence(error, Wording("cli", lang), Wording("errors", lang))


def _sentence(error: Exception, say: Wording, errors: Wording) -> str:
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "coach"
        return f"{_usage(error, say)} {say('try_help', path=path)}"
    if isinstance(error, Failed):
        return str(error)
    if isinstance(error, UnreadableMoment):
        return errors("moment", value=error.value)
    if isinstance(error, JournalError):
        return errors(error.key, **error.values)
    if isinstance(error, ContentError):
        return errors("content", path=str(error.path), why=error.why)
    if isinstance(error, OSError):
        why = error.strerror or type(error).__name__
        where = os.fsdecode(error.filename) if error.filename else ""
        return errors("os_at", path=where, why=why) if where else errors("os", why=why)
    if os.environ.get("COACH_TRACEBACK"):
        raise error
    from coach.store.messages import describe_crash

    return errors("unexpected", why=describe_crash(error))


def exit_code(error: Exception) -> int:
    """2 where the command was called wrongly, 1 where it could not do it."""
    return 2 if isinstance(error, click.UsageError | UnreadableMoment) else 1


def _usage(error: click.UsageError, say: Wording) -> str:
    """Translates the usage errors of click, which are in English only."""
    if isinstance(error, Misused):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return say("no_option", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return say("takes_none" if _is_switch(error) else "takes_one", name=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return say("missing", what=error.param.metavar or error.param.name or "")
    return error.format_message()


def _is_switch(error: click.BadOptionUsage) -> bool:
    params = error.ctx.command.params if error.ctx else []
    named = (one for one in params if error.option_name in one.opts)
    return any(isinstance(one, click.Option) and one.is_flag for one in named)
