"""`gatepost new`: write a new entry that passes `check`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

import click
from pydantic import TypeAdapter, ValidationError

from gatepost.cli.command import as_of_option, choose, command, root_option, there_are
from gatepost.hosts.press import read_book
from gatepost.hosts.sites import SiteConfig, find_sites
from gatepost.integrations.naming import entry_names
from gatepost.integrations.yaml_text import scalar
from gatepost.model.book import Book
from gatepost.model.field import RESERVED, Slug
from gatepost.model.finding import Finding, GatepostError
from gatepost.model.phase import PHASES
from gatepost.model.release import Kind, Type
from gatepost.outputs.assemble import Bodies
from gatepost.outputs.examine import examine
from gatepost.rules.unfinished import PLACEHOLDER

_OTHER_TYPES = ", ".join(get_args(Type)[1:])
_SLUG: TypeAdapter[str] = TypeAdapter(Slug)
_SHELL = frozenset('"$`\\!%')
"""Signs that a shell may read otherwise between double quotes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new entry says."""

    id: str
    title: str
    kind: Kind
    products: tuple[str, ...]
    components: tuple[str, ...] = ()

    def text(self) -> str:
        """The file: the fields every entry has, with what else they may say."""
        about = _list("products", self.products) + _list("components", self.components)
        return (
            "---\n"
            f"id: {scalar(self.id)}\n"
            f"title: {scalar(self.title)}\n"
            f"type: {get_args(Type)[0]}  # or {_OTHER_TYPES}\n"
            f"kind: {self.kind}\n"
            f"{about}"
            f"phase: {PHASES[0].key}  # next: {PHASES[1].key}\n"
            "audience: internal  # public, once customers may read it\n"
            "---\n"
            f"{PLACEHOLDER}\n"
        )


def _list(field: str, names: tuple[str, ...]) -> str:
    return f"{field}: [{', '.join(map(scalar, names))}]\n" if names else ""


@command(
    "new",
    'gatepost new "Exports finish in half the time"',
    'gatepost new "See who changed what" --kind launch --product admin',
)
@click.argument("title")
@root_option
@click.option(
    "--kind",
    type=click.Choice(get_args(Kind)),
    default=get_args(Kind)[0],
    show_default=True,
    help="How deep the checklist goes.",
)
@click.option(
    "--product",
    "products",
    multiple=True,
    metavar="P",
    help="The product it is about, or the component, as content/registry.yml calls it. May be "
    "given twice. Needed where there are several products.",
)
@click.option(
    "--id",
    "entry_id",
    metavar="ID",
    help="Its id, if the one made from the title will not do.",
)
@as_of_option
def new_command(
    *,
    title: str,
    root: Path,
    kind: Kind,
    products: tuple[str, ...],
    entry_id: str | None,
    as_of: datetime,
) -> None:
    """Write a new entry that passes `check`.

    TITLE says what the customer gets, as a sentence without a full stop. The entry is internal
    until you make it public, and stands in content/releases/<year>/<id>.md.
    """
    site = find_sites(root)[0]
    book = read_book(site, as_of, site.host)
    words = " ".join(title.split())
    if not words:
        msg = 'a title says what customers get: gatepost new "Exports finish sooner"'
        raise GatepostError(msg)
    named, parts = _about(products, book, words)
    stem = f"{' '.join((*named, *parts)[:1]) or 'entry'} {as_of:%Y-%m-%d}"
    chosen = _right_id(entry_id) if entry_id else _id_of(words, stem, book)
    _refuse_taken(chosen, book)
    file = _file(site, chosen, as_of.astimezone(book.registry.clock.zone).year)
    _write(file, Draft(chosen, words, kind, named, parts))
    _keep_if_right(file, site, as_of)
    shown = os.path.relpath(file, Path.cwd())
    click.echo(f"{shown}\nWrite your text there, then type: gatepost check {shown}")


def _about(
    said: tuple[str, ...], book: Book, title: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The products and components said, or the only product there is.

    A component brings the product it belongs to.

    Raises:
        GatepostError: One is unknown, or none is said and there are several.
    """
    registry = book.registry
    broken = next(
        (one for one in book.findings if one.place.path == book.registry_path), None
    )
    if broken:
        msg = f"{broken}. Mend it first: {broken.fix}"
        raise GatepostError(msg)
    known = (*registry.products, *registry.components)
    for product in said:
        choose(product, known, "product", "--product")
    only = tuple(registry.products)
    if not said and len(only) > 1:
        shown = "..." if _SHELL & {*title} else title
        msg = (
            f"say which product it is about: {there_are(only)}. "
            f'Type, for example: gatepost new "{shown}" --product {only[0]}'
        )
        raise GatepostError(msg)
    parts = tuple(one for one in said if one not in registry.products)
    owners = (registry.components[one].product for one in parts)
    own = (one for one in said if one in registry.products)
    named = tuple(dict.fromkeys(filter(None, (*own, *owners))))
    return (named, parts) if said else (only, ())


def _id_of(title: str, stem: str, book: Book) -> str:
    """An id made from the title; from *stem* when no Latin letter or digit of the title is left."""
    own, *more = entry_names(title, whole=title)
    if more:
        return own
    names = entry_names(stem, whole=title)
    return next((one for one in names if one not in book.by_id), names[-1])


def _right_id(said: str) -> str:
    """*said*, if it may be an id.

    Raises:
        GatepostError: It may not; the message holds one that may.
    """
    try:
        return _SLUG.validate_python(said)
    except ValidationError as error:
        better = entry_names(said, whole=said)[0]
        if said in RESERVED:
            why = error.errors(include_url=False)[0]["msg"].rpartition(": ")[0]
            msg = f"{why}: write --id {better}"
            raise GatepostError(msg) from None
        msg = f"`{said}` cannot be an id: write small letters, digits and hyphens, --id {better}"
        raise GatepostError(msg) from None


def _refuse_taken(entry_id: str, book: Book) -> None:
    if taken := book.by_id.get(entry_id):
        msg = (
            f"the id `{entry_id}` is taken by {taken.source.path}: edit that file, "
            f"or give this one another title or --id {entry_id}-2"
        )
        raise GatepostError(msg)
    if entry_id in book.ledger.rows:
        msg = (
            f"the id `{entry_id}` was published before and may not come back: "
            f"give this one another title or --id {entry_id}-2"
        )
        raise GatepostError(msg)


def _file(site: SiteConfig, entry_id: str, year: int) -> Path:
    return site.content_dir / "releases" / str(year) / f"{entry_id}.md"


def _write(file: Path, draft: Draft) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(draft.text())
    except FileExistsError:
        msg = f"{file.name} is there already: give this one another title or --id"
        raise GatepostError(msg) from None


def _keep_if_right(file: Path, site: SiteConfig, as_of: datetime) -> None:
    """Take the file away again if it would not pass.

    Raises:
        GatepostError: It would not, with what to change in the call.
    """
    path = file.relative_to(site.root).as_posix()
    for finding in examine(read_book(site, as_of, site.host), Bodies()):
        if finding.place.path == path:
            file.unlink()
            raise GatepostError(_why(finding))


def _why(finding: Finding) -> str:
    return f"nothing was written: {finding.sentence} ({finding.code}); {finding.fix}"
