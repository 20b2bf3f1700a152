"""Whatever a group of readers may not see is known, with where it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from audited_book import Desk

from gatepost.audience.canaries import Canary, paragraphs
from gatepost.model.finding import Place


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty project."""
    return Desk(tmp_path)


def texts(found: tuple[Canary, ...]) -> set[str]:
    """What the canaries say."""
    return {canary.text for canary in found}


def of(found: tuple[Canary, ...], field: str) -> Canary:
    """The only canary of a field."""
    (canary,) = (one for one in found if one.field == field)
    return canary


def test_an_internal_field(desk: Desk) -> None:
    """It knows its file, line, column and normal form."""
    desk.entry("faster-export", "goal: Win back the *Kumquat* account")

    goal = of(desk.canaries(), "goal")

    assert goal.place == Place("content/releases/faster-export.md", 6, 7)
    assert goal.normal == "win back the kumquat account"


def test_a_public_field_is_none(desk: Desk) -> None:
    """Nor is the body of an entry these readers see, nor its id."""
    desk.entry("faster-export", "summary: Exports are twice as quick.")

    found = texts(desk.canaries())

    assert (
        not {"faster-export", "Exports are twice as quick.", "Exports are quick."}
        & found
    )


def test_nested_fields(desk: Desk) -> None:
    """They are found however deep they lie, under the names the author wrote."""
    desk.entry(
        "faster-export",
        "rollback:\n  executors: [{step: Drain the queue, who: '@harbour-ops'}]\n"
        "scope: {in: [Half of the exports]}",
    )
    found = desk.canaries()

    assert of(found, "rollback.executors.0.step").text == "Drain the queue"
    assert of(found, "scope.in.0").text == "Half of the exports"


def test_a_sentence_for_readers_inside_an_internal_block_of_fields(desk: Desk) -> None:
    """What `rollback` says to customers is public, the rest of it is not."""
    desk.entry(
        "faster-export",
        "rollback: {public_sentence: We can undo this., point_of_no_return: Friday noon}",
    )

    assert "We can undo this." not in texts(desk.canaries())
    assert "Friday noon" in texts(desk.canaries())


def test_items_say_themselves_whether_they_are_public(desk: Desk) -> None:
    """An item without `public: true` is withheld as a whole, and inside a public one its own."""
    desk.entry(
        "faster-export",
        "support:\n  faq:\n"
        "    - {q: Is it quick?, a: Very., public: true}\n"
        "    - {q: Who broke it?, a: We did.}\n"
        "refs: [{url: 'https://git.example/acme/pull/7', title: The pull request}]",
    )
    found = texts(desk.canaries())

    assert {"Who broke it?", "We did.", "The pull request"} <= found
    assert not {"Is it quick?", "Very."} & found


def test_fields_of_ones_own(desk: Desk) -> None:
    """An `x-` field is withheld with its name, unless the registry opens it."""
    desk.registry("fields: {x-open: public}\n")
    desk.entry("faster-export", "x-budget: {cost: Nine thousand}\nx-open: For everyone")
    found = texts(desk.canaries())

    assert {"x-budget", "cost", "Nine thousand"} <= found
    assert "For everyone" not in found


def test_an_unknown_field(desk: Desk) -> None:
    """A misspelt field is withheld too."""
    desk.entry("faster-export", "gaol: Win the kumquats")

    assert "Win the kumquats" in texts(desk.canaries())


def test_internal_blocks(desk: Desk) -> None:
    """Each paragraph of a block stands on its own, at its own line."""
    body = "Hello.\n\n/// internal\nFirst secret.\n\nSecond\nsecret.\n///"
    desk.entry("faster-export", body=body)
    blocks = [one for one in desk.canaries() if one.field == "internal block"]

    assert [(one.place.line, one.text) for one in blocks] == [
        (10, "First secret."),
        (12, "Second\nsecret."),
    ]


def test_the_internal_file_beside_an_entry(desk: Desk) -> None:
    """Its lines are counted in that file."""
    desk.entry("faster-export")
    desk.write("content/releases/faster-export.internal.md", "\nWatch the kumquats.\n")

    block = of(desk.canaries(), "internal block")

    assert block.place == Place("content/releases/faster-export.internal.md", 2)


def test_comments(desk: Desk) -> None:
    """What is only commented out is withheld as well."""
    desk.entry("faster-export", body="Hello. <!-- ask the kumquat team -->")

    assert of(desk.canaries(), "internal block").text.strip() == "ask the kumquat team"


def test_an_entry_these_readers_do_not_see(desk: Desk) -> None:
    """All of it is withheld, public fields too, and its address."""
    desk.entry(
        "kumquat-pricing", "audience: internal\ntitle: New prices", body="From May."
    )
    found = desk.canaries()

    assert {"kumquat-pricing", "New prices", "From May."} <= texts(found)
    assert of(found, "id").entry == "kumquat-pricing"


def test_more_rights_withhold_less(desk: Desk) -> None:
    """Internal readers may see internal fields; the restricted ones stay."""
    desk.entry(
        "faster-export",
        "goal: Win the kumquats\nenablement: {key_accounts: [Orchard Ltd]}",
    )

    assert "Orchard Ltd" in texts(desk.canaries("internal"))
    assert "Win the kumquats" not in texts(desk.canaries("internal"))
    assert "Orchard Ltd" not in texts(desk.canaries("restricted"))


def test_a_group_of_outsiders(desk: Desk) -> None:
    """A group of the registry reads its entries, but no internal field of them."""
    desk.registry("audiences: {partners: {label: Partners}}\n")
    desk.entry("partner-api", "audience: partners\ngoal: Win the kumquats")

    assert "Win the kumquats" in texts(desk.canaries("partners"))
    assert "partner-api" not in texts(desk.canaries("partners"))
    assert "partner-api" in texts(desk.canaries("public"))


def test_source_paths(desk: Desk) -> None:
    """Where an entry is written is nobody's business, whoever sees the entry."""
    desk.entry("faster-export")

    path = of(desk.canaries(), "source file")

    assert (path.text, path.kind) == ("content/releases/faster-export.md", "path")


def test_attachments(desk: Desk) -> None:
    """A file that is not published is known by its name and its digests."""
    desk.entry("faster-export/index.md")
    desk.write("content/releases/faster-export/after.png", b"public picture")
    desk.write("content/releases/faster-export/costs.png", b"secret picture")
    desk.write("content/releases/faster-export/copy.png", b"public picture")
    found = desk.canaries(published=["content/releases/faster-export/after.png"])
    left = {one.text: len(one.digests) for one in found if one.field == "attachment"}

    # The copy has the bytes of a published file: only its name is a secret.
    assert left == {"costs.png": 3, "copy.png": 0}


def test_empty_files_are_alike(desk: Desk) -> None:
    """An empty attachment does not make every empty file of the site a leak."""
    desk.entry("faster-export/index.md")
    desk.write("content/releases/faster-export/empty.csv", b"")

    assert of(desk.canaries(), "attachment").digests == ()


def test_symbolic_links_are_not_followed(desk: Desk, tmp_path: Path) -> None:
    """A link beside an entry names a file that is not the entry's."""
    desk.entry("faster-export/index.md")
    (tmp_path / "content/releases/faster-export/passwd").symlink_to("/etc/hostname")

    assert "passwd" not in texts(desk.canaries())


def test_the_registry(desk: Desk) -> None:
    """Teams, owners, groups and standing plans are for colleagues."""
    desk.registry(
        "products: {billing: {name: Billing, owner: '@money-team'}}\n"
        "teams: {'@money-team': {name: Money, channel: '#money'}}\n"
        "audiences: {partners: {label: Our partners}}\n"
        "policy: {internal_hosts: [corp.harbour.example]}\n"
        "defaults: {incident: {on_call: '@night-watch'}}\n"
    )
    desk.entry("faster-export", "products: billing")
    found = desk.canaries()

    assert {"@money-team", "#money", "Our partners", "@night-watch"} <= texts(found)
    assert "corp.harbour.example" in texts(found)
    assert of(found, "products.billing.owner").place.path == "content/registry.yml"
    assert "Billing" not in texts(found)


def test_an_unannounced_product(desk: Desk) -> None:
    """A product that no seen entry names is withheld, name and all."""
    desk.registry("products: {kumquat: {name: Kumquat Cloud}}\n")
    desk.entry("kumquat-beta", "products: kumquat\naudience: internal")

    assert {"kumquat", "Kumquat Cloud"} <= texts(desk.canaries())


def test_dates_and_switches_are_none(desk: Desk) -> None:
    """They stand on public pages anyway, and would prove nothing."""
    desk.entry("faster-export", "dates: {planned: 2026-12-24}\nbedding_in: 5d")

    assert not {"2026-12-24", "5d"} & texts(desk.canaries())


def test_paragraphs_keep_their_lines() -> None:
    """Lines are counted as an editor does; lines of spaces are empty."""
    assert [*paragraphs("\none\ntwo\n \n\nthree", 7)] == [
        (8, "one\ntwo"),
        (12, "three"),
    ]


def test_a_translation_of_a_hidden_entry(desk: Desk) -> None:
    """Its words are as secret as those of the original, and lie where they were written."""
    desk.entry("faster-export", "audience: internal")
    desk.write(
        "content/releases/faster-export.de.md",
        "---\ntitle: Exporte werden Flitzpiepen\n---\nDas Kumquat bleibt geheim.\n",
    )
    found = desk.canaries()

    title = next(one for one in found if one.text == "Exporte werden Flitzpiepen")
    assert title.place == Place("content/releases/faster-export.de.md", 2, 8)
    assert "Das Kumquat bleibt geheim." in texts(found)


def test_an_internal_block_of_a_translation(desk: Desk) -> None:
    """It is internal, although the entry is public and so are its other words."""
    desk.entry("faster-export")
    desk.write(
        "content/releases/faster-export.de.md",
        "---\ntitle: Exporte\n---\nFlitzpiepen.\n\n/// internal\nKumquat.\n///\n",
    )
    found = texts(desk.canaries())

    assert "Kumquat." in found
    assert not {"Flitzpiepen.", "Exporte"} & found
