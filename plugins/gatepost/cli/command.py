"""What commands have in common: examples in their help, the project they run in, the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click

from gatepost.hosts.clock import build_clock
from gatepost.hosts.sites import PATTERN, SiteConfig
from gatepost.model.finding import GatepostError
from gatepost.model.moment import Clock, Moment
from gatepost.rules.nearest import Names

_F = TypeVar("_F", bound=Callable[..., Any])

MOST_SHOWN = 12
"""Names in one message."""
_MOST_ALIKE = 5
_HARDLY_ALIKE = 0.4
"""From 0 to 1: how alike a name must be to be worth reading where there are very many."""
_IN_FILES = frozenset({"release", "entry"})
"""What is named by files, so that the names can be seen there."""
END_OF_DAY = time(23, 59, 59)


class Command(click.Command):
    """A command whose help ends with examples to type."""

    def __init__(self, *args: Any, examples: tuple[str, ...], **more: Any) -> None:
        """Take the examples, the most useful first."""
        super().__init__(*args, **more)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples under the options."""
        del ctx
        with formatter.section("Examples"):
            for example in self.examples:
                # Never wrapped: an example is copied whole.
                formatter.write(f"  {example}\n")


def command(name: str, *examples: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function; its docstring is the help."""
    return click.command(name, cls=Command, examples=examples)


def root_option(function: _F) -> _F:
    """Hand the command the project's folder as `root`."""
    return click.option(
        "--root",
        metavar="DIR",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        callback=lambda _ctx, _param, said: find_root(said),
        help="The project's folder; the nearest one with a site_config.yml when left out.",
    )(function)


def as_of_option(function: _F) -> _F:
    """Hand the command the clock as `as_of`."""
    return click.option(
        "--as-of",
        metavar="TIME",
        callback=lambda _ctx, _param, said: read_clock(said),
        help="Act as if it were this time: 2026-11-20 (to the end of that day, UTC) or "
        "2026-11-20T14:05:00Z. Else SOURCE_DATE_EPOCH, else now.",
    )(function)


def site_option(what: str) -> Callable[[_F], _F]:
    """Hand the command the name of a site as `site`."""
    return click.option("--site", metavar="NAME", help=what)


def find_root(said: Path | None) -> Path:
    """The project's folder: the one said, else the nearest with a site's configuration."""
    if said is not None:
        return said.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any(folder.glob(PATTERN)):
            return folder
    msg = (
        f"found no site_config.yml in {here} or any folder above it: "
        "go to your project's folder, or name it, for example: --root ~/changelog"
    )
    raise GatepostError(msg)


def read_clock(said: str | None) -> datetime:
    """The time a command is about, in UTC and whole seconds.

    A day means its end, so that everything dated that day has happened.

    Raises:
        GatepostError: *said* is no time, with the form to write.
    """
    if said is None:
        return build_clock()
    try:
        moment = Moment.parse(said.strip(), Clock(UTC, END_OF_DAY))
    except ValueError:
        msg = (
            f"`--as-of {said}` is not a time: write --as-of 2026-11-20 "
            "or --as-of 2026-11-20T14:05:00Z"
        )
        raise GatepostError(msg) from None
    return moment.at.astimezone(UTC)


def pick_site(sites: Iterable[SiteConfig], name: str) -> SiteConfig:
    """The site of that name.

    Raises:
        GatepostError: There is none, with those there are.
    """
    known = {site.name: site for site in sites}
    return known[choose(name, known, "site", "--site")]


def choose(
    said: str,
    known: Iterable[str],
    noun: str,
    option: str,
    *,
    listed: Sequence[str] = (),
) -> str:
    """Return *said* if it is known.

    Args:
        said: What was typed.
        known: The names there are, other spellings included.
        noun: What such a name is called.
        option: What is typed before the name.
        listed: The names to list when nothing is like *said*, in their order; all that are known,
            from A to Z, when left out.

    Raises:
        GatepostError: It is not; the message says what was probably meant, else what there is.
    """
    names = Names.of(known)
    if said in names:
        return said
    near = names.nearest(said)
    if near:
        meant = f"did you mean `{option} {near}`?"
    else:
        meant = _known(said, listed or sorted(names.known), noun)
    msg = f"there is no {noun} `{said}`: {meant}"
    raise GatepostError(msg)


def _known(said: str, names: Sequence[str], noun: str) -> str:
    if not names:
        return f"content/registry.yml names no {noun} yet"
    if len(names) <= MOST_SHOWN or noun not in _IN_FILES:
        return there_are(names)
    alike = [name for name in names if said and said.casefold() in name.casefold()]
    alike += get_close_matches(said, names, _MOST_ALIKE, _HARDLY_ALIKE)
    shown = tuple(dict.fromkeys(alike))[:_MOST_ALIKE]
    most = (
        f"most like it {'are' if shown[1:] else 'is'} {', '.join(shown)}; "
        if shown
        else ""
    )
    return (
        f"{most}there are {len(names)}, each in a file of its own in content/releases, "
        "with its id at the top"
    )


def there_are(names: Sequence[str]) -> str:
    """The names there are, in their order, as many as one message can hold."""
    shown, more = names[:MOST_SHOWN], len(names) - MOST_SHOWN
    return f"there are {', '.join(shown)}{f' and {more} more' if more > 0 else ''}"
