"""The command line: one file per command. It prints, exits and reads the clock."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword
from typing import Any

import click

from gatepost import __version__
from gatepost.model.finding import GatepostError

COMMANDS = (
    ("build", "Check everything, then build every site."),
    ("serve", "Preview one site while you write."),
    ("check", "Say everything that is wrong, and the way out."),
    ("new", "Write a new entry that passes `check`."),
    ("translate", "Begin the translation of an entry."),
    ("gate", "Say go or no-go, what blocks, and the smallest fix."),
    ("advance", "Move a release to a phase, when the gate allows it."),
    ("diff", "Say what changes for me between two versions or dates."),
    ("metrics", "Say how often, how fast and how safely releases go out."),
    ("import", "Make entries of a changelog or notes kept elsewhere."),
    ("audit", "Prove that a built folder holds nothing its readers may not see."),
    ("flags", "List every flag, and where it differs from its provider."),
    ("rule", "Say what a rule wants, why, and how to fix it."),
    ("schema", "Print the JSON Schema of an entry and of the registry."),
)
"""Name and first sentence, in the order of a day's work. A command is imported when it is called,
so that help is quick and one broken command does not stop the others."""

BAD_CALL = 2
"""Exit code when the call is at fault."""


class Commands(click.Group):
    """Finds a command by name, and says every wrong call in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        del ctx
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = f"gatepost.cli.{cmd_name}{'_' * iskeyword(cmd_name)}"
        try:
            found = getattr(import_module(module), f"{cmd_name}_command")
        except ImportError as error:
            msg = f"`gatepost {cmd_name}` cannot start: {error}. Install gatepost again"
            raise click.ClickException(msg) from None
        if not isinstance(found, click.Command):
            msg = f"{module} holds no command"
            raise TypeError(msg)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Look up the first word, and say what was probably meant when it is no command."""
        known = self.list_commands(ctx)
        word = args[0]
        if word in known or word.startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(word, known, n=1)
        meant = f"did you mean `gatepost {near[0]}`?" if near else ""
        msg = (
            f"there is no command `{word}`: {meant or 'there are ' + ', '.join(known)}"
        )
        raise GatepostError(msg)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(COMMANDS)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "gatepost",
        complete_var: str | None = None,
        *_: Any,
        **extra: Any,
    ) -> Any:
        """Run, and end with 0 when all is well, 1 when content is at fault, 2 when the call is."""
        extra.pop("standalone_mode", None)
        with _no_collector():
            self._run(args, prog_name, complete_var, extra)

    def _run(
        self,
        args: Sequence[str] | None,
        prog_name: str | None,
        complete_var: str | None,
        extra: dict[str, Any],
    ) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                # An old terminal may lack letters of a title: that is no reason to stop.
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(
                args, prog_name, complete_var, standalone_mode=False, **extra
            )
        except click.UsageError as error:
            _refuse(_say(error))
        except click.ClickException as error:
            _refuse(error.format_message())
        except GatepostError as error:
            _refuse(str(error))
        except click.Abort:
            sys.exit(130)  # as shells report Ctrl-C
        except BrokenPipeError:
            # `gatepost rule | head`: the reader has seen enough. Python would complain again
            # when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            _refuse(f"{error.filename or 'the disk'}: {error.strerror}")
        sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Spare a command Python's search for cycles: it walks every entry, again and again.

    What a command makes lives until its end. The search takes an eighth of the time that imports
    need, a twelfth of a build of 5,000 entries, and frees nothing worth mentioning.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refuse(message: str) -> None:
    click.echo(f"gatepost: {message.rstrip('.')}", err=True)
    sys.exit(BAD_CALL)


def _say(error: click.UsageError) -> str:
    words = " ".join(error.format_message().split())
    words += "" if words.endswith((".", "?", "!")) else "."
    if error.ctx is None:
        return words
    examples = getattr(error.ctx.command, "examples", ())
    if examples:
        return f"{words} Type, for example: {examples[0]}"
    return f"{words} Type: {error.ctx.command_path} --help"


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="gatepost")
@click.pass_context
def main(ctx: click.Context) -> None:
    """One Markdown file per release becomes a public and an internal changelog.

    Begin with `gatepost new "What customers get"`, write your text, then type `gatepost check`
    and `gatepost build`. `gatepost COMMAND --help` explains each command with an example.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
