"""While there is no sound registry, only that is told: what it would say is asked of no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gatepost.outputs.assemble import Bodies
from gatepost.outputs.examine import examine

if TYPE_CHECKING:
    from conftest import Shelf

REGISTRY = """\
products:
  reports: {name: Reports}
personas:
  finance: {label: Finance}
phases:
  building: {aliases: [in-the-works]}
"""
ENTRY = "products: [reports]\nfor: [finance]\nphase: in-the-works"


def told(shelf: Shelf) -> list[str]:
    """Every finding of `gatepost check`, with its way out."""
    found = examine(shelf.book(), Bodies())
    return [f"{one}: {one.fix}".replace("content/", "") for one in found]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("  finance", "registry.yml:4:1: GP007 this line is indented with a tab"),
        ("personas:", "registry.yml:3:1: GP006 `personas` has no colon"),
    ],
)
def test_a_registry_that_cannot_be_read(shelf: Shelf, slip: str, said: str) -> None:
    """One finding, not one for every name of every entry."""
    mended = slip.rstrip(":") if slip.endswith(":") else slip.replace("  ", "\t")
    shelf.registry(REGISTRY.replace(slip, mended))
    shelf.entry(ENTRY)
    (only,) = told(shelf)

    assert only.startswith(said)


def test_what_is_wrong_with_a_file_itself_is_told_nevertheless(shelf: Shelf) -> None:
    """It can be seen without the registry."""
    shelf.registry(f"{REGISTRY}\tx: y\n")
    shelf.entry("\tproducts: [reports]")

    assert [one.partition(": ")[0] for one in told(shelf)] == [
        "registry.yml:7:1",
        "releases/one.md:6:1",
    ]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            "",
            (
                "registry.yml:1:1: GP016 there is no registry: "
                "write registry.yml with `products: {reports: {name: Reports}}`"
            ),
        ),
        (
            "registry.yaml",
            (
                "registry.yml:1:1: GP016 there is `registry.yaml` instead: "
                "rename it to registry.yml"
            ),
        ),
    ],
)
def test_a_registry_that_is_missing(shelf: Shelf, other: str, said: str) -> None:
    """One finding that says where to write it, and none for each name it would hold."""
    file = shelf.root / "content/registry.yml"
    file.rename(file.with_name(other)) if other else file.unlink()
    shelf.entry(ENTRY)
    shelf.entry(ENTRY, name="two")

    assert told(shelf) == [said]


def test_a_registry_that_names_nothing_is_a_registry(shelf: Shelf) -> None:
    """Each name it lacks is told."""
    shelf.registry("products: {}\n")
    shelf.entry("products: [reports]")

    assert [one.split()[1] for one in told(shelf)] == ["GP153"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "reports: {label: Reports}",
            (
                "registry.yml:2:13: GP102 `products.reports.label` is no field, so nobody outside "
                "will see it: did you mean `name`?"
            ),
        ),
        (
            "reports: {versions: numbers}",
            (
                "registry.yml:2:23: GP103 `numbers` is not one of the words for "
                "`products.reports.versions`"
            ),
        ),
        (
            "Reports: {name: Reports}",
            (
                "registry.yml:2:3: GP105 products: `Reports` may hold only small letters, digits, "
                "dots and hyphens: write `reports:`"
            ),
        ),
    ],
)
def test_a_row_that_is_wrong_costs_that_row(shelf: Shelf, row: str, said: str) -> None:
    """Nobody is told to add what is there, and every other row counts."""
    shelf.registry(
        REGISTRY.replace("reports: {name: Reports}", f"{row}\n  billing: {{}}")
    )
    name = row.partition(":")[0]
    shelf.entry(ENTRY.replace("[reports]", f"[{name}, billing]"))
    (only,) = told(shelf)

    assert only.startswith(said)


def test_an_unknown_name_is_told_beside_a_broken_row(shelf: Shelf) -> None:
    """It is wrong whatever that row should say."""
    shelf.registry(REGISTRY.replace("name: Reports", "label: Reports"))
    shelf.entry(ENTRY.replace("[finance]", "[marketing]"))

    assert ["GP102", "GP153"] == [one.split()[1] for one in told(shelf)]


def test_a_section_in_the_singular_is_told(shelf: Shelf) -> None:
    """It is more likely than a field of some block that is called so."""
    shelf.registry("product: {}\nphase: {}\n")

    assert [one.rpartition(": ")[2] for one in told(shelf)] == [
        "did you mean `products`?",
        "did you mean `phases`?",
    ]


def test_a_registry_has_no_fields_of_ones_own(shelf: Shelf) -> None:
    """So none is offered."""
    shelf.registry("products: {}\nboard: x\n")

    assert [one.rpartition(": ")[2] for one in told(shelf)] == ["delete it"]
