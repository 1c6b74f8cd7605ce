"""All of `coach` as click knows it: its options, and the command that each name stands for.

Commands lie in the modules beside this one and are imported when asked for: most must be quick.
"""

from importlib import import_module

import click

from coach import __version__
from coach.commands.command import Command, help_option, place_options, placed, write_help
from coach.commands.errors import Misused
from coach.commands.invocation import Invocation
from coach.util.wording import Wording

COMMANDS = (
    *("browse", "note", "list", "show", "document", "framework", "export", "import", "backup"),
    *("restore", "doctor", "lock", "unlock", "review", "path"),
)
"""The commands besides the sessions, in the order of the help. Each is a module of this package by
its name (`import_` for `import`, which Python keeps for itself) with `make_command(say)`.
"""
SESSIONS = ("weekly", "reframe", "interview", "internship")
"""Sessions in the order of the help; others follow."""


class Coach(click.Group):
    """All of `coach`; speaks the language of `invocation`."""

    def __init__(self, invocation: Invocation) -> None:
        self.invocation = invocation
        self.say = say = Wording("cli", invocation.lang)
        super().__init__(
            "coach",
            params=[
                *place_options(say),
                click.Option(["--demo"], is_flag=True, help=say("demo")),
                click.Option(
                    ["--version"],
                    is_flag=True,
                    is_eager=True,
                    expose_value=False,
                    callback=_version,
                    help=say("version"),
                ),
            ],
            help=say("help"),
            callback=self._open,
            invoke_without_command=True,
            add_help_option=False,
            subcommand_metavar=say("command"),
        )
        self.params.append(help_option(say))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, for this invocation."""
        ctx.obj = self.invocation
        with placed(ctx):
            rest = super().parse_args(ctx, args)
        demo = ctx.params.pop("demo", False)
        if not ctx.resilient_parsing:  # else a shell only asks what completes the line
            self.invocation.check(ctx)
            if demo:
                _move_to_demo(self.invocation, ctx)
        return rest

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The sessions, then the other commands."""
        paths = self.invocation.workspace.content.paths
        rest = [name for name in paths if name not in (*SESSIONS, *COMMANDS)]
        return [*SESSIONS, *rest, *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, made when asked for."""
        if cmd_name in COMMANDS:
            name = "import_" if cmd_name == "import" else cmd_name
            made: Command = import_module(f"coach.commands.{name}").make_command(self.say)
            return made
        if cmd_name in SESSIONS or self.invocation.workspace.content.has(cmd_name):
            from coach.commands.sessions import session_command

            return session_command(self.say, self.invocation, cmd_name)
        return None

    def _open(self) -> int:
        """Opens the app where no subcommand is named."""
        if click.get_current_context().invoked_subcommand is None:
            from coach.commands.open_app import open_app

            return open_app(self.invocation, "")
        return 0

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with; raises Misused when there is none."""
        command = self.get_command(ctx, args[0])
        if command is None:
            raise Misused(self.say("no_command", name=args[0]), ctx)
        return args[0], command, args[1:]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, options, commands."""
        write_help(self, self.say, ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(200)))
        with formatter.section(self.say("commands")):
            formatter.write_dl(rows)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"coach {__version__}")
        ctx.exit()


def _move_to_demo(invocation: Invocation, ctx: click.Context) -> None:
    """Has `invocation` work on a believable journal that is thrown away in the end."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from coach.demo import build
    from coach.disk.locations import DataFolder

    folder = ctx.with_resource(TemporaryDirectory(prefix="coach-", ignore_cleanup_errors=True))
    invocation.demo = True
    invocation.move(DataFolder(Path(folder)))
    build(Path(folder), invocation.lang)
