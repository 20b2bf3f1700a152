"""The 55 proposals of the corpus before the gate: the figures of docs/keps.md, worked out anew.

The words of the page are people's; its tables are made here, and must stand there as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.flag_files.read import read_flag_files
from gatepost.content.load import load
from gatepost.integrations.run import Report, Wish, import_source
from gatepost.model.book import Book
from gatepost.model.release import Release
from gatepost.process.answer import Answer
from gatepost.process.terms import Terms
from gatepost.process.verdict import Verdict, verdict
from gatepost.rules.judge import judge

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
GATES = "kubernetes-feature-gates/en"
ASKED = ("IDN-01", "PLN-02", "PLN-12", "PLN-13", "TST-05", "PRP-05", "DEP-06", "DEP-07")
"""What the README answers."""


@dataclass(frozen=True)
class Proposals:
    """The corpus as entries, under the registry the page prints."""

    wish: Wish
    report: Report
    book: Book

    @property
    def releases(self) -> tuple[Release, ...]:
        """By their numbers."""
        return tuple(sorted(self.book.releases, key=number))

    def verdicts(self, profile: str) -> dict[int, Verdict]:
        """May the recorded stage go out? By number."""
        terms = Terms.of(self.book.registry, AS_OF, profile, self.book.releases)
        return {
            number(one): verdict(one, terms, into="rolling-out")
            for one in self.releases
        }

    def has_readme(self, release: Release) -> bool:
        """Whether the corpus has its README."""
        assert release.imported
        kep = self.wish.source.parent / release.imported.source
        return (kep.parent / "README.md").exists()

    def field(self, release: Release, name: str) -> str:
        """What its `kep.yaml` says, as it stands there."""
        assert release.imported
        kep = self.wish.source.parent / release.imported.source
        found = re.search(
            rf"^{name}:[ ]*\"?([\w.-]+)", kep.read_text("utf-8"), re.MULTILINE
        )
        return found[1] if found else "–"


def number(release: Release) -> int:
    """Number of the proposal."""
    assert release.imported
    return int(release.imported.key)


@pytest.fixture(scope="session")
def page(request: pytest.FixtureRequest) -> str:
    """The report people read."""
    return (request.config.rootpath / "docs/keps.md").read_text("utf-8")


@pytest.fixture(scope="session")
def proposals(
    corpus: Path, page: str, tmp_path_factory: pytest.TempPathFactory
) -> Proposals:
    """Imported into a project of their own."""
    root = tmp_path_factory.mktemp("proposals")
    found = re.search(r"title=\"content/registry.yml\"\n(.*?)```", page, re.DOTALL)
    assert found
    releases = root / "content/releases"
    releases.mkdir(parents=True)
    (root / "content/registry.yml").write_text(found[1], "utf-8")
    wish = Wish(corpus / "keps", releases)
    report = import_source("kep", wish)
    return Proposals(
        wish, report, load(root, "content", as_of=AS_OF, host="example.com")
    )


def approved(release: Release) -> bool:
    """Whether the recorded stage was approved for production."""
    said = release.approvals
    given = {one.role for one in said.given} if said else set()
    return bool(said and said.required) and given.issuperset(
        said.required if said else ()
    )


def answers(found: Verdict, item: str) -> Answer | None:
    """What came of an item, if it is asked."""
    return next((one for one in found.answers if one.item.id == item), None)


def test_every_proposal_comes_in_once(proposals: Proposals) -> None:
    """All 55, with nothing that stops a build; a second import changes nothing."""
    again = import_source("kep", proposals.wish)

    assert len(proposals.releases) == 55
    assert again.landing.unchanged == 55
    assert [one for one in judge(proposals.book) if one.level == "error"] == []


def test_every_approval_comes_in(proposals: Proposals, page: str) -> None:
    """47 files, 107 stages; each with who gave it and where it stands."""
    given = [
        one.approvals.given
        for one in proposals.releases
        if one.approvals and one.approvals.given
    ]
    stages = [row for rows in given for row in rows]

    assert f"{len(given)} files approve {len(stages)} stages" in page
    assert (len(given), len(stages)) == (47, 107)
    assert all(row.by.startswith("@") and row.ref for row in stages)


def test_the_table_of_verdicts_is_the_one_of_the_page(
    proposals: Proposals, page: str
) -> None:
    """One row for each proposal, in the order of their numbers."""
    found = proposals.verdicts("proposals")
    rows = [_row(proposals, one, found[number(one)]) for one in proposals.releases]

    assert _missing(rows, page) == []


def _row(proposals: Proposals, release: Release, found: Verdict) -> str:
    stops = dict.fromkeys(one.rule for one in found.blockers)
    advice = [one.item.id for one in found.warnings]
    cells = (
        str(number(release)),
        proposals.field(release, "status"),
        proposals.field(release, "stage"),
        "yes" if approved(release) else "no",
        found.value,
        ", ".join(stops) or "–",
        (", ".join(advice) or "nothing") if proposals.has_readme(release) else "–",
    )
    return f"| {' | '.join(cells)} |"


def test_the_sums_are_those_of_the_page(proposals: Proposals, page: str) -> None:
    """Where verdict and approval agree, and where they differ."""
    found = proposals.verdicts("proposals")
    sums = Counter(
        (approved(one), found[number(one)].value) for one in proposals.releases
    )
    rows = [
        f"| approved | {sums[True, 'go']} | {sums[True, 'no-go']} |",
        f"| not approved | {sums[False, 'go']} | {sums[False, 'no-go']} |",
    ]

    assert sums.total() == 55
    assert _missing(rows, page) == []


def test_the_whole_checklist_lets_none_of_them_through(
    proposals: Proposals, page: str
) -> None:
    """As shipped it asks for more than the process of proposals; how often, item by item."""
    found = proposals.verdicts("agile")
    counted = Counter(
        rule
        for one in found.values()
        for rule in dict.fromkeys(row.rule for row in one.blockers)
    )
    everywhere = [rule for rule, times in counted.items() if times == 55]
    told = re.search(r"In all 55 stand in the way: (.*?)\.", page, re.DOTALL)

    assert {one.value for one in found.values()} == {"no-go"}
    assert told
    assert sorted(re.findall(r"[A-Z]{3}-\d\d", told[1])) == sorted(everywhere)


def test_what_the_readmes_answer_is_what_the_page_says(
    proposals: Proposals, page: str
) -> None:
    """Of the ten proposals whose README is there, how many satisfy each item."""
    found = proposals.verdicts("proposals")
    read = [one for one in proposals.releases if proposals.has_readme(one)]
    rows = []
    for item in ASKED:
        said = [answers(found[number(one)], item) for one in read]
        done = sum(one.done for one in said if one)
        rows.append(f"| {item} | {done} of {sum(one is not None for one in said)} |")

    assert len(read) == 10
    assert _missing(rows, page) == []


def test_stage_and_status_differ_where_the_page_says(
    proposals: Proposals, page: str
) -> None:
    """Approved for stable and still to be built, approved and provisional, another milestone."""
    said = {
        number(one): (proposals.field(one, "status"), proposals.field(one, "stage"))
        for one in proposals.releases
        if approved(one)
    }
    late = [n for n, both in said.items() if both == ("implementable", "stable")]
    early = [n for n, (status, _) in said.items() if status == "provisional"]
    other = sorted(
        int(re.findall(r"/(\d+)-", one.path)[0])
        for one in proposals.report.leftovers
        if "the latest milestone is" in one.why
    )

    assert (
        f"- {_listed(late)} are approved for stable and still `implementable`" in page
    )
    assert f"- {_listed(early)} is approved for alpha and still `provisional`" in page
    assert f"- {_listed(other)} name a latest milestone that is not" in page


def test_what_has_no_approval_is_old(proposals: Proposals, page: str) -> None:
    """By the day it was begun."""
    begun = {
        number(one): proposals.field(one, "creation-date") < "2020-07"
        for one in proposals.releases
    }
    without = [number(one) for one in proposals.releases if not approved(one)]
    of_that_age = [n for n, old in begun.items() if old and n not in without]

    assert [begun[n] for n in without] == [True] * 8
    assert len(of_that_age) == 8
    assert "Eight others of that age have their approval." in page


def _listed(numbers: list[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last


def test_flags_against_their_pages(
    proposals: Proposals, corpus: Path, page: str
) -> None:
    """The feature gates of the proposals beside the front matter of their own pages."""
    snapshot = read_flag_files(corpus, GATES)
    terms = Terms.of(
        proposals.book.registry, AS_OF, "proposals", proposals.releases, snapshot
    )
    known = {one.key for one in snapshot.flags}
    named = {flag.key for one in proposals.releases for flag in one.flags}
    rows = sorted(_drifts(terms, proposals.releases, known))

    assert snapshot.findings == ()
    assert len(named & known) - len(rows) == 7
    assert "Seven say the same" in page
    assert f"{len(named & known)} of their {len(named)} feature gates" in page
    assert _missing([f"| {row} |" for row in rows], page) == []


def _drifts(
    terms: Terms, releases: Iterable[Release], known: set[str]
) -> Iterator[str]:
    """Differences over gates that the corpus has a page of; it is a selection."""
    for release in releases:
        for one in terms.flags.drifts.get(release.id, ()):
            if one.key in known:
                word = "removed" if one.kind == "gone" else f"on for {one.says_there}"
                word = "off" if one.says_there == "off" else word
                yield f"{number(release)} | `{one.key}` | {word}"


def _missing(rows: Iterable[str], page: str) -> list[str]:
    return [row for row in rows if row not in page]
