"""A name the registry does not have is told with the lines to write, and they mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

REGISTRY = """\
products:
  sdks: {name: SDKs}
  reporting: {name: Reporting}
  billing: {name: Billing}
components:
  node-sdk: {name: Node SDK, product: sdks}
  go-sdk: {name: Go SDK, product: sdks}
  docs: {name: Documentation}
regions:
  eu: {label: Europe}
"""

LINES = {
    "a component for a product": (
        "products: [node-sdk]",
        "`node-sdk` is a component, so it does not belong in `products`",
        "write `products: [sdks]` and `components: [node-sdk]`",
    ),
    "two components of one product": (
        "products: [billing, node-sdk, go-sdk]",
        "`node-sdk` is a component, so it does not belong in `products`",
        "write `products: [billing, sdks]` and `components: [node-sdk, go-sdk]`",
    ),
    "a component of no product": (
        "products: [docs]",
        "`docs` is a component, so it does not belong in `products`",
        "write `components: [docs]`",
    ),
    "a product for a component": (
        "components: [billing, node-sdk]",
        "`billing` is a product, so it does not belong in `components`",
        "write `components: [node-sdk]` and `products: [billing]`",
    ),
    "a region for a plan": (
        "plans: [eu]",
        "`eu` is a region, so it does not belong in `plans`",
        "write `regions: [eu]`",
    ),
    "a list without brackets": (
        "products: reporting, billing",
        "`reporting, billing` is one name and no list",
        "write `products: [reporting, billing]`",
    ),
    "a list with semicolons": (
        "products: reporting; billing",
        "`reporting; billing` is one name and no list",
        "write `products: [reporting, billing]`",
    ),
    "an item that is two": (
        'products: [sdks, "reporting, billing"]',
        "`reporting, billing` is one name and no list",
        "write `products: [sdks, reporting, billing]`",
    ),
}


@pytest.mark.parametrize(("line", "said", "fix"), LINES.values(), ids=LINES.keys())
def test_the_lines_to_write_mend_a_wrong_name(
    shelf: Shelf, line: str, said: str, fix: str
) -> None:
    """They are pasted instead of the wrong one."""
    shelf.registry(REGISTRY)
    shelf.entry(line)
    first = next(one for one in shelf.judge() if one.code == "GP153")

    assert first.sentence == said
    assert first.fix == fix

    shelf.entry("\n".join(fix.removeprefix("write ").strip("`").split("` and `")))
    assert "GP153" not in shelf.codes()


@pytest.mark.parametrize("word", ["everyone", "All", "customers", "external"])
def test_an_audience_of_all_is_called_public(shelf: Shelf, word: str) -> None:
    """That is what others call it."""
    shelf.entry(f"audience: {word}")
    (finding,) = (one for one in shelf.judge() if one.code == "GP153")

    assert finding.fix.startswith("write `public`, or add ")


def test_an_audience_of_nobody_is_called_internal(shelf: Shelf) -> None:
    """Private text is kept from the public."""
    shelf.entry("audience: private")
    (finding,) = (one for one in shelf.judge() if one.code == "GP153")

    assert finding.fix.startswith("write `internal`, or add ")


def test_an_audience_that_may_be_any_gets_a_choice(shelf: Shelf) -> None:
    """A wrong guess would publish."""
    shelf.registry("audiences:\n  board: {label: The board}\n")
    shelf.entry("audience: resellers")
    (finding,) = (one for one in shelf.judge() if one.code == "GP153")

    assert finding.fix == (
        "write one of board, internal, public, restricted, "
        "or add `resellers:` under `audiences:` in content/registry.yml"
    )


def test_a_declared_audience_is_left_alone(shelf: Shelf) -> None:
    """Even if others call something else by that word."""
    shelf.registry("audiences:\n  customers: {label: Customers}\n")
    shelf.entry("audience: customers")

    assert "GP153" not in shelf.codes()
