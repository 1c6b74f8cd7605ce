"""The `coach` command: how it begins and ends.

Exit codes: 0 done; 1 could not, with one line on standard error; 2 wrong usage. Which subcommand is
meant is `coach.commands.group`'s business; only `coach.commands.open_app` loads
Textual.
"""

import contextlib
import os
import sys
from collections.abc import Sequence

from coach.commands.invocation import Invocation
from coach.commands.open_app import open_app
from coach.commands.output import GONE
from coach.util import clock

COMPLETE = "_COACH_COMPLETE"
"""By this variable a shell asks for what completes a line, or for its script; click answers."""


def peek(args: Sequence[str]) -> Invocation:
    """What `args` ask for, before they are parsed: help and errors need its language."""
    found: dict[str, str] = {}
    for index, one in enumerate(args):
        if one == "--":
            break
        name, equals, value = one.partition("=")
        if name in ("--lang", "--data-dir") and (equals or index + 1 < len(args)):
            found[name] = value if equals else args[index + 1]
    return Invocation(found.get("--data-dir"), found.get("--lang"))


def main(args: Sequence[str] | None = None) -> int:
    """Runs `coach` with `args` (those of the process where None) and returns its exit code."""
    args = list(sys.argv[1:] if args is None else args)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter gets `?` instead of ending the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    invocation = peek(args)
    try:
        with clock.running():
            code = (
                _run(args, invocation) if args or COMPLETE in os.environ else _go_home(invocation)
            )
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _ended_by(error, invocation)
    finally:
        _let_go()


def _go_home(invocation: Invocation) -> int:
    """Opens the app where nothing else is asked.

    Without click: there is nothing to parse, and it would delay the first paint by a tenth.
    """
    invocation.check()
    return open_app(invocation, "")


def _run(args: list[str], invocation: Invocation) -> int:
    """Runs the command that `args` mean."""
    import click

    from coach.commands.group import Coach

    try:
        # Not expanded on Windows: a `*` in a note is a `*`.
        result = Coach(invocation).main(
            args, "coach", standalone_mode=False, windows_expand_args=False
        )
    except click.exceptions.Abort as error:
        raise KeyboardInterrupt from error
    return result if isinstance(result, int) else 0


def _ended_by(error: Exception, invocation: Invocation) -> int:
    """Says on standard error, in one sentence, why it ended, and gives the exit code."""
    if isinstance(error, OSError) and error.errno in GONE:
        return 0  # whoever read our output has read enough
    from coach.commands.errors import exit_code, sentence

    with contextlib.suppress(OSError):
        invocation.warn(sentence(error, invocation))
    return exit_code(error)


def _let_go() -> None:
    """Leaves nothing in a closed output for the interpreter to stumble over at its end."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
