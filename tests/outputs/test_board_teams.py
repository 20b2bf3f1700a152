"""Teams of the board: a folder for each, and a mark for each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.load import load
from gatepost.model.book import Book
from gatepost.outputs.board_teams import Mark, marks, slugs, teams_of
from gatepost.process.terms import Terms
from gatepost.process.verdict import Verdict, verdict

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
REGISTRY = """\
zone: UTC
products: {billing: {name: Billing}}
teams:
  "@api": {name: API, roles: [security_lead]}
  "@pm": {name: Product}
"""


@pytest.mark.parametrize(
    ("handles", "folders"),
    [
        (["@payouts", "@api"], ["api", "payouts"]),
        (["@a.b", "@a-b", "@A b"], ["a-b", "a-b-2", "a-b-3"]),
        (["../../etc", "@", "日本"], ["team", "etc", "team-2"]),
        (['@x"><script>', "@x" * 3], ["x-script", "x-x-x"]),
    ],
)
def test_every_handle_has_a_safe_folder_of_its_own(
    handles: list[str], folders: list[str]
) -> None:
    """Whatever a handle is written with; the same handles give the same folders."""
    found = slugs(handles)

    assert list(found) == sorted(handles)
    assert sorted(found.values()) == sorted(folders)
    assert slugs(reversed(handles)) == found


def judged(tmp_path: Path, front: str) -> tuple[Book, Verdict]:
    """A book of one release and the verdict on it."""
    (tmp_path / "content/releases").mkdir(parents=True)
    (tmp_path / "content/registry.yml").write_text(REGISTRY, "utf-8")
    (tmp_path / "content/ledger.json").write_text("{}\n", "utf-8")
    (tmp_path / "content/releases/one.md").write_text(
        "---\nid: one-release\ntitle: One release\ntype: added\nkind: quiet\n"
        f"products: [billing]\naudience: internal\n{front}---\nText.\n",
        "utf-8",
    )
    book = load(tmp_path, "content", as_of=AS_OF, host="example.org")
    [release] = book.releases
    return book, verdict(release, Terms.of(book.registry, AS_OF, "", book.releases))


def marked(book: Book, found: Verdict) -> dict[str, Mark]:
    """The marks of its one release by their heads."""
    [release] = book.releases
    return {one.head: one for one in marks(release, found, book.registry.teams)}


def test_a_blocker_is_its_owners(tmp_path: Path) -> None:
    """What another team owes stands in that team's column, not in that of who asks for it."""
    book, found = judged(
        tmp_path,
        "phase: testing\nroles: {pm: '@pm', release_manager: '@pm'}\n"
        'dependencies: [{team: "@api", what: A limit, state: blocked}]\n',
    )
    row = marked(book, found)

    assert (row["Security"].state, row["Security"].done) == ("no", "0/1")
    assert row["Product"].state != "no"
    assert teams_of(book.releases[0], found) == {"@pm", "@api"}


def test_a_team_without_a_check_of_its_own_can_stop_a_release(tmp_path: Path) -> None:
    """A release on hold is its lead's to move, also when nothing is asked of a column."""
    book, found = judged(tmp_path, "phase: idea\nstate: on-hold\nroles: {pm: '@pm'}\n")

    assert marked(book, found)["Product"].state == "no"
    assert marked(book, found)["QA"] == Mark("QA", "n/a", "none")


def test_without_teams_in_the_registry_roles_decide(tmp_path: Path) -> None:
    """The columns need no register of teams."""
    book, found = judged(tmp_path, "phase: testing\nroles: {pm: '@pm'}\n")
    bare = replace(found, blockers=())
    [release] = book.releases

    assert {one.state for one in marks(release, bare, {})} <= {
        *("ok", "half", "open", "none"),
    }
