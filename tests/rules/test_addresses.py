"""A link that lacks its beginning gets one finding, with the address to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gatepost.model.finding import Finding
from gatepost.outputs.assemble import Bodies
from gatepost.outputs.examine import examine

if TYPE_CHECKING:
    from conftest import Shelf


def of(shelf: Shelf, body: str) -> tuple[Finding, ...]:
    """What is wrong with an entry of that body, beside one called `retry-plan`."""
    shelf.entry("id: retry-plan", name="other")
    shelf.entry(body=body)
    return examine(shelf.book(), Bodies())


@pytest.mark.parametrize(
    ("link", "fix"),
    [
        ("retry-plan", "write `(release:retry-plan)`"),
        ("retry-plan/", "write `(release:retry-plan)`"),
        ("../retry-plan/", "write `(release:retry-plan)`"),
        ("www.example.com", "write `https://www.example.com`"),
        ("docs.example.com/guide.md", "write `https://docs.example.com/guide.md`"),
        ("example.com:8080/a?b=c#d", "write `https://example.com:8080/a?b=c#d`"),
        ("help@example.com", "write `mailto:help@example.com`"),
    ],
)
def test_what_is_written_mends_it(shelf: Shelf, link: str, fix: str) -> None:
    """One finding, and none once it is pasted."""
    (finding,) = of(shelf, f"Text.\n\nSee [it]({link}) there.")

    assert (finding.place.line, finding.place.column) == (10, 5)
    assert finding.fix == fix

    meant = fix.removeprefix("write `").strip("()`")
    assert of(shelf, f"Text.\n\nSee [it]({meant}) there.") == ()


def test_a_file_called_like_an_entry_is_a_file(shelf: Shelf) -> None:
    """What lies beside the entry is what the link leads to."""
    shelf.entry("id: retry-plan", name="other")
    file = shelf.entry(name="one/index.md", body="[it](retry-plan)")
    (file.parent / "retry-plan").write_text("x")

    assert "GP302" not in shelf.codes()


@pytest.mark.parametrize(
    "link", ["https://www.example.com", "mailto:help@example.com", "release:retry-plan"]
)
def test_a_whole_address_is_left_alone(shelf: Shelf, link: str) -> None:
    """Nothing is added to it."""
    assert of(shelf, f"[it]({link})") == ()


def test_a_path_of_windows_is_told_once(shelf: Shelf) -> None:
    """Where it stands, and not a second time because rendering takes it away."""
    (finding,) = of(shelf, "Text.\n\nMore.\n\n![It](C:\\_a\\b.png)")

    assert finding.code == "GP309"
    assert finding.place.line == 12


def test_a_fields_address_lacks_its_beginning_too(shelf: Shelf) -> None:
    """It would lead to a page of the site that is not there."""
    shelf.entry("docs: [{title: Guide, url: docs.example.com/guide, public: true}]")
    (finding,) = shelf.judge()

    assert finding.fix == "write `https://docs.example.com/guide`"


@pytest.mark.parametrize(
    ("there", "said"), [("shot.png", "Shot.PNG"), ("Shot.PNG", "shot.png")]
)
def test_a_file_in_other_capitals_is_named(shelf: Shelf, there: str, said: str) -> None:
    """Also where the disk takes one for the other: the server does not."""
    file = shelf.entry(name="one/index.md", body=f"![It]({said})")
    (file.parent / there).write_bytes(b"x")
    (finding,) = shelf.judge()

    assert finding.sentence == (
        f"there is no file `{said}` beside the entry; did you mean `{there}`?"
    )
    assert finding.fix == f"write `{there}`"


def test_a_file_like_no_other_is_only_missed(shelf: Shelf) -> None:
    """Nothing is guessed."""
    shelf.entry(name="one/index.md", body="![It](shot.png)")
    (finding,) = shelf.judge()

    assert finding.sentence == "there is no file `shot.png` beside the entry"


def test_a_link_to_no_heading_may_be_no_matter_to_a_site(shelf: Shelf) -> None:
    """It is advice, so a registry may silence it or make it stop the build."""
    levels = []
    for wanted in ("advice", "error", "off"):
        shelf.registry(f"products: {{}}\nrules: {{GP122: {wanted}}}\n")
        levels.append([one.level for one in of(shelf, "[it](#nowhere)")])

    assert levels == [["advice"], ["error"], []]
