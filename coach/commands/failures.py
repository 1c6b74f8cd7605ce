"""How a command ends that could not do it: exit codes 1 and 2."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    pass


class Failed(Exception):
    """The command could not do it (exit 1); the message is the sentence that says why."""


class Misused(click.UsageError):
    """The command was called wrongly (exit 2); the message is already in the student's words."""
