"""Small entries stay small: what they do not say comes from the registry, and is known to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Content

REGISTRY = """\
defaults:
  plans: [free]
  regions: [eu]
  roles: {pm: "@pm", devops: "@ops"}
products:
  reports:
    defaults:
      plans: [team]
      audience: [public]
      roles: {pm: "@reports-pm"}
      rollback: {strategies: [{kind: redeploy}]}
  billing: {}
components:
  export:
    product: reports
    defaults:
      plans: [enterprise]
      channels: [{channel: changelog}]
"""


def test_a_component_counts_more_than_a_product_and_that_more_than_all(
    content: Content,
) -> None:
    """The nearest row that says something is taken, and named."""
    content.write("content/registry.yml", REGISTRY)
    content.entry("components: [export]\n")

    release = content.release()

    assert release.plans == ("enterprise",)
    assert release.audience == ("public",)
    assert release.regions == ("eu",)
    assert release.source.inherited == {
        "plans": "components.export",
        "channels": "components.export",
        "audience": "products.reports",
        "rollback": "products.reports",
        "regions": "defaults",
        "roles.pm": "products.reports",
        "roles.devops": "defaults",
    }


def test_one_product_need_not_be_a_list(content: Content) -> None:
    """It is read as a list of one, and inherited from all the same."""
    content.write("content/registry.yml", REGISTRY)
    content.entry("products: reports\n")

    assert content.release().plans == ("team",)


def test_what_an_entry_says_counts_most(content: Content) -> None:
    """Also when it says less."""
    content.write("content/registry.yml", REGISTRY)
    content.entry("audience: internal\nplans: []\n")

    release = content.release()

    assert (release.audience, release.plans) == (("internal",), ())
    assert not {"audience", "plans"} & set(release.source.inherited)


def test_roles_are_inherited_one_by_one(content: Content) -> None:
    """An entry names only who is different."""
    content.write("content/registry.yml", REGISTRY)
    content.entry("roles: {pm: '@launch-pm', qa_lead: '@qa'}\n")

    release = content.release()

    assert release.roles == {
        "pm": "@launch-pm",
        "qa_lead": "@qa",
        "devops": "@ops",
    }
    assert release.source.inherited["roles.devops"] == "defaults"
    assert "roles.pm" not in release.source.inherited


def test_an_inherited_value_is_found_in_the_registry(content: Content) -> None:
    """A finding about it must not send people to the entry."""
    content.write("content/registry.yml", REGISTRY)
    content.entry()

    release = content.release()

    assert str(release.at("plans", 0)) == "content/registry.yml:8:15"
    assert str(release.at("roles", "devops")) == "content/registry.yml:4:30"
    assert str(release.at("phase")) == "content/releases/one.md:4:8"


@pytest.mark.parametrize(
    "line", ["deployment: {schema_change: true}", "flags: [{key: export-v2}]"]
)
def test_a_new_flag_or_schema_needs_a_way_back_of_its_own(
    content: Content, line: str
) -> None:
    """The standing plan was made without it."""
    content.write("content/registry.yml", REGISTRY)
    content.entry(f"{line}\n")

    release = content.release()

    assert release.rollback is None
    assert "rollback" not in release.source.inherited


def test_a_product_without_defaults_gives_nothing_but_those_for_all(
    content: Content,
) -> None:
    """Nor does a product nobody declared."""
    content.write("content/registry.yml", REGISTRY)
    content.entry("products: [billing, nobody]\n")

    release = content.release()

    assert release.audience == ("internal",)
    assert release.plans == ("free",)


def test_the_first_product_counts_most(content: Content) -> None:
    """In the order the entry names them."""
    rows = "a-one: {defaults: {plans: [a]}}, b-two: {defaults: {plans: [b]}}"
    content.write("content/registry.yml", f"products: {{{rows}}}\n")
    content.entry("products: [b-two, a-one]\n")

    assert content.release().plans == ("b",)


def test_a_fault_in_an_inherited_value_is_told_once(content: Content) -> None:
    """Where it was written, however many entries inherit it."""
    content.write(
        "content/registry.yml",
        "products:\n  reports:\n    defaults:\n      channels: [{channel: pigeon}]\n",
    )
    content.entry(name="one.md")
    content.entry(name="two.md")

    assert {one.partition(" ")[0] for one in content.said()} == {
        "content/registry.yml:4:28:"
    }
    assert content.load().releases == ()


def test_entries_do_not_share_what_they_inherit(content: Content) -> None:
    """What is set aside for one entry is still there for the next."""
    content.write(
        "content/registry.yml",
        "products: {reports: {defaults: {incident: {chanel: '#war'}}}}\n",
    )
    for name in ("one.md", "two.md"):
        content.entry(name=name)

    assert [one.source.extra for one in content.load().releases] == [
        {"incident.chanel": "#war"},
        {"incident.chanel": "#war"},
    ]


def test_an_empty_default_is_no_default(content: Content) -> None:
    """It gives entries nothing to stumble over."""
    content.write("content/registry.yml", "defaults: {plans: , roles: }\n")
    content.entry()

    assert content.release().source.inherited == {}


def test_roles_that_are_no_block_are_told_where_they_stand(content: Content) -> None:
    """What could be inherited does not hide the slip."""
    content.write("content/registry.yml", REGISTRY)
    content.entry("roles: nobody\n")

    assert content.said() == [
        "one.md:6:8: GP106 `roles` is the text `nobody`, but must be a block of fields"
    ]


@pytest.mark.parametrize(
    "registry",
    [
        "defaults: [plans]\n",
        "products: {reports: {defaults: plans}}\n",
        "products: [reports]\n",
        "products: {reports: }\n",
        "defaults: {roles: ['@pm']}\n",
    ],
)
def test_a_broken_registry_is_a_finding_and_no_crash(
    content: Content, registry: str
) -> None:
    """Whatever stands where a block should be."""
    content.write("content/registry.yml", registry)
    content.entry("roles: {pm: '@pm'}\n")
    content.entry("roles: nobody\nproducts: {a: b}\n", name="two.md")

    assert any(one.startswith("content/registry.yml:1:") for one in content.said())
