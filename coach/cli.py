"""The `coach` command: how it begins and ends.

Exit codes: 0 done; 1 could not, with one line on standard error; 2 wrong usage. Which subcommand is
meant is `coach.commands.group`'s business; only `coach.commands.open_app` loads
Textual. Nothing is imported here before it is known to be needed: starting is most of what a quick
command costs.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
"""As in `typing`, which takes 2 ms to import."""
if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.commands.invocation import Invocation

COMPLETE = "_COACH_COMPLETE"
"""By this variable a shell asks for what completes a line, or for its script; click answers."""


BRIEF = frozenset({"list", "note", "show", "path", "review"})
"""Commands that neither look for garbage nor clear up in the end, a fifth of the time they take:
they leave no thread, no temporary file and nothing still to be written.
"""


def peek(args: Sequence[str]) -> Invocation:
    """What `args` ask for, before they are parsed: help and errors need its language."""
    from coach.commands.invocation import Invocation

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
    if args is not None:
        return _begin(list(args))
    args = sys.argv[1:]
    # A debugger or a profiler still has something to do at the end.
    if not (args and args[0] in BRIEF) or sys.gettrace() or sys.getprofile():
        return _begin(args)
    import gc

    gc.disable()  # it would look through thousands of entries that stay in use
    os._exit(_begin(args))


def _begin(args: list[str]) -> int:
    if args == ["--version"] and COMPLETE not in os.environ and _say_version():
        return 0
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter gets `?` instead of ending the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from coach.util import clock

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
    from coach.commands.open_app import open_app

    invocation.check()
    return open_app(invocation, "")


def _say_version() -> bool:
    """Prints the version; whether it could, else the longer way says what is wrong."""
    from coach import __version__

    try:
        print(f"coach {__version__}", flush=True)
    except (OSError, ValueError):
        return False
    return True


def _run(args: list[str], invocation: Invocation) -> int:
    """Runs the command that `args` mean."""
    if COMPLETE not in os.environ and args[0] in BRIEF:
        code = _run_plainest(args, invocation)
        if code is not None:
            return code
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


def _run_plainest(args: list[str], invocation: Invocation) -> int | None:
    """The exit code of a command that needs no click, or None."""
    from coach.commands.quick import run_plainest

    try:
        return run_plainest(args, invocation)
    except (EOFError, KeyboardInterrupt):
        if sys.stderr is not None:
            sys.stderr.write("\n")  # as click does: what comes next begins a line
        raise KeyboardInterrupt from None


def _ended_by(error: Exception, invocation: Invocation) -> int:
    """Says on standard error, in one sentence, why it ended, and gives the exit code."""
    from contextlib import suppress

    from coach.commands.output import GONE

    if isinstance(error, OSError) and error.errno in GONE:
        return 0  # whoever read our output has read enough
    from coach.commands.errors import exit_code, sentence

    with suppress(OSError):
        invocation.warn(sentence(error, invocation.lang))
    return exit_code(error)


def _let_go() -> None:
    """Leaves nothing in a closed output for the interpreter to stumble over at its end."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            from contextlib import suppress

            with suppress(OSError, ValueError, AttributeError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
