# ruff: noqa: E501 - source and result stand side by side, each on one line
"""Products are added to the registry without touching a line that is there."""

from __future__ import annotations

import pytest

from gatepost.content.front_matter import read_yaml
from gatepost.integrations.planned import NamedProduct
from gatepost.integrations.registry_editor import product_keys, with_products
from gatepost.model.finding import GatepostError

WAF = NamedProduct("waf")
KIT = NamedProduct("kit", "Kit & Co", "pep440")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "products:\n  waf: {}\n"),
        ("zone: UTC", "zone: UTC\nproducts:\n  waf: {}\n"),
        ("zone: UTC\n", "zone: UTC\nproducts:\n  waf: {}\n"),
        ("products:\n  a: {name: A}\n", "products:\n  a: {name: A}\n  waf: {}\n"),
        ("products:\n  a:\n", "products:\n  a:\n  waf: {}\n"),
        (
            "# ours\nproducts:   # what we sell\n    a:\n        name: A  # first\n\n# teams\nteams: {}\n",
            "# ours\nproducts:   # what we sell\n    a:\n        name: A  # first\n    waf: {}\n\n# teams\nteams: {}\n",
        ),
        (
            "products:\n  a:\n    name: |\n      A\n      # no comment\n\nteams: {}\n",
            "products:\n  a:\n    name: |\n      A\n      # no comment\n  waf: {}\n\nteams: {}\n",
        ),
        ("products: {a: {name: A}}\nzone: UTC\n", "products: {a: {name: A}, waf: {}}\nzone: UTC\n"),
        ("products: {}\n", "products: {waf: {}}\n"),
        ("products:\nzone: UTC\n", "products:\n  waf: {}\nzone: UTC\n"),
        ("products: # none yet\nzone: UTC\n", "products: # none yet\n  waf: {}\nzone: UTC\n"),
        ("products:\r\n  a: {}\r\nzone: UTC\r\n", "products:\r\n  a: {}\r\n  waf: {}\r\nzone: UTC\r\n"),
        ("\ufeffproducts:\n  a: {}\n", "\ufeffproducts:\n  a: {}\n  waf: {}\n"),
        ("zone: products\nproducts:\n  a: {}\n", "zone: products\nproducts:\n  a: {}\n  waf: {}\n"),
    ],
)  # fmt: skip
def test_lines_are_added_at_the_end_of_the_products(before: str, after: str) -> None:
    """Comments, order, indents and line ends stay their author's."""
    assert with_products(before, [WAF]) == after


def test_names_and_orders_of_versions_are_written_too() -> None:
    """And can be read back by the strict reader."""
    text = with_products("zone: UTC\n", [KIT])

    assert (
        text
        == "zone: UTC\nproducts:\n  kit:\n    name: Kit & Co\n    versions: pep440\n"
    )
    assert not read_yaml(text.encode(), "registry.yml").findings


def test_products_that_are_there_change_nothing() -> None:
    """A second import adds nothing."""
    text = "products: {waf: {name: Firewall}}\n"

    assert with_products(text, [WAF]) == text
    assert product_keys(text) == {"waf"}


@pytest.mark.parametrize(
    "text",
    [
        "products: [a, b]\n",
        "products: ~\n",
        "products: a\n",
        "a: [\n",
        "? [products]\n: a\n  b\n",
    ],
)
def test_a_registry_that_cannot_be_added_to_is_left_alone(text: str) -> None:
    """It says what to do by hand."""
    with pytest.raises(GatepostError):
        with_products(text, [WAF])
