"""Commands that speak the student's language: click's parsing, our own help and errors.

click's own texts are English; help is therefore written here, and what click raises is worded by
`coach.commands.errors`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.errors import Misused
from coach.util.wording import Wording

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import click

from coach.commands.output import GONE
from coach.util.text import clean

if TYPE_CHECKING:
    from coach.commands.invocation import Invocation


class Command(click.Command):
    """One command. `run` is called with the invocation and its parameters; it gives an exit code.

    Its help is the text `NAME.help` of `data/wording/cli.toml`; `--data-dir`, `--lang` and
    `--passphrase-fd` are taken after its name too.
    """

    def __init__(
        self,
        name: str,
        say: Wording,
        run: Callable[..., int],
        params: Sequence[click.Parameter] = (),
        help: str = "",
    ) -> None:
        self.say = say
        self.run = run
        super().__init__(
            name,
            params=[*params, *place_options(say, hidden=True)],
            help=help or say(f"{name}.help"),
            add_help_option=False,
            options_metavar="[OPTIONS]",
            context_settings={"allow_extra_args": True},
        )
        self.params.append(help_option(say))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, with an error for what is left over in the student's language."""
        with placed(ctx):
            rest = super().parse_args(ctx, args)
        if rest:
            raise Misused(self.say("extra", what=" ".join(rest)), ctx)
        return rest

    def invoke(self, ctx: click.Context) -> int:
        """Runs the command."""
        try:
            return self.run(ctx.obj, **ctx.params)
        except OSError as error:
            if error.errno in GONE:
                return 0  # click would end with 1
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, what it does, its options."""
        write_help(self, self.say, ctx, formatter)


@contextmanager
def placed(ctx: click.Context) -> Iterator[None]:
    """Lets errors of click's parser, which do not know it, tell the command they belong to."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def write_help(
    command: click.Command, say: Wording, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Writes the help of `command` up to its options, all in the language of `say`."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=say("usage") + " ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(command.help or "")
    records = [param.get_help_record(ctx) for param in command.get_params(ctx)]
    rows = [record for record in records if record is not None]
    if rows:
        with formatter.section(say("options")):
            formatter.write_dl(rows)


Offers: TypeAlias = Callable[[click.Context, click.Parameter, str], list[Any]]
"""What a shell may complete a word to; the word begun is given last."""


def paths(kind: Literal["file", "dir"]) -> Offers:
    """Has the shell complete a word by its files or its folders."""

    def offer(ctx: click.Context, param: click.Parameter, begun: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(begun, type=kind)]

    return offer


def among(names: Iterable[str]) -> Offers:
    """Completes a word to one of `names`."""

    def offer(ctx: click.Context, param: click.Parameter, begun: str) -> list[Any]:
        return [name for name in names if name.startswith(begun)]

    return offer


def _listed(metavar: str) -> Offers | None:
    """The values offered for a metavar such as `fr|en`; None for any other."""
    return among(metavar.split("|")) if "|" in metavar else None


def argument(
    name: str,
    metavar: str,
    *,
    many: bool = False,
    needed: bool = True,
    offers: Offers | None = None,
) -> click.Argument:
    """An argument shown as `metavar`; with `many` it takes all that is left, as a tuple.

    One called `path` is completed as a file, unless `offers` says otherwise.
    """
    return click.Argument(
        [name],
        nargs=-1 if many else 1,
        required=needed,
        metavar=metavar,
        shell_complete=offers or (paths("file") if name == "path" else None),
    )


def flag(say: Wording, command: str, name: str) -> click.Option:
    """A switch `--name`, explained by the text `COMMAND.NAME`."""
    return click.Option(
        [f"--{name}", name.replace("-", "_")], is_flag=True, help=say(f"{command}.{name}")
    )


def option(say: Wording, command: str, name: str, metavar: str) -> click.Option:
    """An option `--name METAVAR`, '' where it is not given."""
    return click.Option(
        [f"--{name}", name.replace("-", "_")],
        default="",
        metavar=metavar,
        shell_complete=_listed(metavar),
        show_default=False,
        help=say(f"{command}.{name}"),
    )


def help_option(say: Wording) -> click.Option:
    """`--help`, which shows the help and ends."""

    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(clean(ctx.get_help()), color=False)
            ctx.exit()

    return click.Option(
        ["--help", "show_help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=say("show_help"),
    )


def place_options(say: Wording, *, hidden: bool = False) -> list[click.Option]:
    """`--data-dir`, `--lang` and `--passphrase-fd`, which tell the invocation."""

    def keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        def choose_option(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
            if value is not None:
                invocation: Invocation = ctx.obj
                invocation.choose(name, value, ctx)

        return choose_option

    return [
        click.Option(
            [f"--{name}", name.replace("-", "_")],
            metavar=metavar,
            shell_complete=paths("dir") if name == "data-dir" else _listed(metavar),
            expose_value=False,
            hidden=hidden,
            callback=keep(name),
            help=say(name),
        )
        for name, metavar in (("data-dir", say("dir")), ("lang", "fr|en"), ("passphrase-fd", "N"))
    ]


def typed_path(typed: str) -> Path:
    """The path that was typed, `~` taken as the home folder."""
    path = Path(typed)
    with suppress(RuntimeError):  # `~name` of somebody who is not on this machine
        return path.expanduser()
    return path


def is_kept(path: Path) -> bool:
    """Whether what was just written to `path` is a file: not a pipe, or standard output."""
    try:
        return path.is_file()
    except OSError:
        return True
