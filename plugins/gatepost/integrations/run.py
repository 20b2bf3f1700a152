"""One import from source to content folder, and what there is to say about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gatepost.content.front_matter import read_yaml
from gatepost.content.ledger import read_ledger
from gatepost.integrations import front_matter, keep_a_changelog, kep
from gatepost.integrations.destinations import Destinations
from gatepost.integrations.disk import write_all
from gatepost.integrations.kep_record import APPROVALS, approvals_path
from gatepost.integrations.landing import Landing, plan_landing
from gatepost.integrations.naming import product_of_folders
from gatepost.integrations.planned import Leftover, NamedProduct, PlannedEntry
from gatepost.integrations.registry_editor import product_keys, with_products
from gatepost.integrations.source_folder import SourceFolder, SourceText
from gatepost.model.finding import GatepostError
from gatepost.model.registry import REGISTRY_FILE
from gatepost.rules.named import readable

Read = Callable[
    [SourceText, SourceFolder, "Wish"],
    tuple[Iterable[PlannedEntry], Iterable[Leftover]],
]
SCHEMES = ("semver", "pep440", "calver", "natural")
"""Ways to order versions, the strictest first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller asked for."""

    source: Path
    releases: Path
    """Folder of the entries; the registry and the ledger lie above it."""
    audience: str = "internal"
    product: str = ""
    site: str = ""
    assets: Path | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    files: int
    """Texts that were read."""
    entries: tuple[PlannedEntry, ...]
    landing: Landing
    leftovers: tuple[Leftover, ...]
    products: tuple[str, ...]
    """Keys that were added to the registry."""
    unnamed: tuple[str, ...] = ()
    """Keys of the registry that entries named before this import, and none does now."""

    @property
    def types(self) -> Mapping[str, int]:
        """How many entries got which type, the most frequent first."""
        counted = Counter(entry.type for entry in self.entries)
        return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def import_source(format_name: str, wish: Wish) -> Report:
    """Import a source: reads it, plans everything, then writes all of it or nothing.

    Raises:
        GatepostError: There is no such source, or the registry cannot be added to.
        OSError: The disk refused; nothing was changed.
    """
    _refuse_own_entries(wish)
    endings, read = FORMATS[format_name]
    folder = SourceFolder.open(wish.source, wish.assets)
    entries: list[PlannedEntry] = []
    leftovers: list[Leftover] = []
    for text in folder.texts(endings):
        planned, left = read(text, folder, wish)
        entries.extend(planned)
        leftovers.extend(left)
    entries = _with_schemes(entries)
    content = wish.releases.parent
    registry = content / REGISTRY_FILE
    before = _text_of(registry)
    landing = plan_landing(entries, wish.releases, wish.audience, _ledger_ids(content))
    # What was left alone names its products as it did: a new one would have no entry.
    added = _new_products(landing.written, before)
    more = {registry: with_products(before, added).encode()} if added else {}
    write_all({**landing.files, **more}, landing.removed, content)
    keys = tuple(one.key for one in added)
    every = tuple(sorted((*leftovers, *folder.leftovers)))
    # A row may have been edited since it was added: whether it goes is for people to say.
    stale = product_keys(before).intersection(landing.unnamed)
    return Report(
        folder.looked_at, tuple(entries), landing, every, keys, tuple(sorted(stale))
    )


def _refuse_own_entries(wish: Wish) -> None:
    source, releases = wish.source.resolve(), wish.releases.resolve()
    if releases.is_relative_to(source) or source.is_relative_to(releases):
        msg = f"{wish.source} holds the project's own entries: name the folder they come from"
        raise GatepostError(msg)


def known_audiences(releases: Path) -> tuple[str, ...]:
    """The reader groups entries below *releases* may name."""
    registry = releases.parent / REGISTRY_FILE
    data = registry.read_bytes() if registry.is_file() else b""
    named = read_yaml(data, registry.name).tree.get("audiences")
    return (
        "public",
        "internal",
        "restricted",
        *(named if isinstance(named, Mapping) else ()),
    )


def _text_of(registry: Path) -> str:
    try:
        return registry.read_bytes().decode("utf-8") if registry.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{registry} cannot be read, so nothing was imported: {error}"
        raise GatepostError(msg) from None


def _new_products(
    entries: Iterable[PlannedEntry], registry: str
) -> tuple[NamedProduct, ...]:
    known = product_keys(registry)
    found: dict[str, NamedProduct] = {}
    for product in (one for entry in entries for one in entry.products):
        before = found.get(product.key)
        if product.key not in known and (before is None or not before.name):
            found[product.key] = product
    return tuple(found[key] for key in sorted(found))


def _with_schemes(entries: list[PlannedEntry]) -> list[PlannedEntry]:
    """Say of each product how its versions can be put in order."""
    versions: dict[str, list[str]] = {}
    for entry in entries:
        for product in entry.products if entry.version else ():
            versions.setdefault(product.key, []).append(entry.version)
    schemes = {key: _scheme(found) for key, found in versions.items()}
    return [
        replace(
            entry,
            products=tuple(
                replace(one, versions=schemes.get(one.key, ""))
                for one in entry.products
            ),
        )
        for entry in entries
    ]


def _scheme(versions: list[str]) -> str:
    """The strictest order all versions fit; empty for semantic versions, which are assumed."""
    for scheme in SCHEMES:
        if all(readable(version, scheme) for version in versions):  # type: ignore[arg-type]
            return "" if scheme == SCHEMES[0] else scheme
    return SCHEMES[-1]


def _ledger_ids(content: Path) -> frozenset[str]:
    file = content / "ledger.json"
    data = file.read_bytes() if file.is_file() else b"{}"
    return frozenset(read_ledger(data, file.name)[0].rows)


def _front_matter(
    text: SourceText, folder: SourceFolder, wish: Wish
) -> tuple[Iterable[PlannedEntry], Iterable[Leftover]]:
    reading = front_matter.read_file(
        front_matter.ForeignFile(
            text.path,
            text.text,
            folder.source_of(text.path),
            home=folder.home,
            product=wish.product,
            destinations=Destinations(wish.site, folder.pictures_of(text.path)),
        )
    )
    return [reading.entry] if reading.entry else [], reading.leftovers


def _changelog(
    text: SourceText, folder: SourceFolder, wish: Wish
) -> tuple[Iterable[PlannedEntry], Iterable[Leftover]]:
    folders = text.path.split("/")[:-1]
    product = wish.product or product_of_folders(*reversed(folders)) or folder.home
    reading = keep_a_changelog.read_changelog(
        keep_a_changelog.ChangelogFile(
            text.path,
            text.text,
            folder.source_of(text.path),
            product,
            Destinations(wish.site, folder.pictures_of(text.path)),
        )
    )
    return reading.entries, reading.leftovers


def _proposal(
    text: SourceText, folder: SourceFolder, wish: Wish
) -> tuple[Iterable[PlannedEntry], Iterable[Leftover]]:
    *above, name = text.path.split("/")
    if name != kep.FILE:
        approval = APPROVALS in above
        why = f"it is neither a `{kep.FILE}` nor a readiness approval"
        return [], () if approval else (Leftover(text.path, 1, why),)
    readme, approvals = "/".join((*above, "README.md")), approvals_path(text.path)
    entry, left = kep.read_proposal(
        kep.Proposal(
            text.path,
            text.text,
            folder.source_of(text.path),
            readme=folder.text_beside(readme),
            readme_path=readme,
            approvals=folder.text_beside(approvals) if approvals else "",
            approvals_path=approvals,
            product=wish.product,
            destinations=Destinations(wish.site, folder.pictures_of(readme)),
        )
    )
    return [entry], left


FORMATS: Mapping[str, tuple[tuple[str, ...], Read]] = {
    front_matter.FORMAT: ((".md", ".mdx", ".markdown"), _front_matter),
    kep.FORMAT: ((".yaml", ".yml"), _proposal),
    keep_a_changelog.FORMAT: ((".md", ".markdown", ".mdown", ".txt", ""), _changelog),
}
"""Name of a format to the endings of its files and the function that reads one."""
