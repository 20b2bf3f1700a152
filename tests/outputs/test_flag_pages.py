"""The flag pages: a stable and safe address for each key, problems first, files beside them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import INTERNAL

from gatepost.content.flag_files.read import with_provider
from gatepost.content.load import load
from gatepost.model.book import Book
from gatepost.outputs.artifact import Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import Desk
from gatepost.outputs.flag_pages import flag_pages, flag_slug

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
SITE = replace(INTERNAL, source_url="https://git.example/{path}#L{line}")
WHOLE = 'owner: "@a", safe_value: "off", remove_by: 2027-03-01'
HOSTILE = "<img src=x onerror=alert(1)>\"'&"

Pages = Callable[..., dict[str, str]]


def made(artifacts: Iterator[Artifact]) -> dict[str, str]:
    """Every page and file by its address."""
    found = {}
    for one in artifacts:
        if isinstance(one, PageArtifact):
            found[one.path] = str(one.draw())
        elif isinstance(one, FileArtifact):
            found[one.path] = one.make().decode()
    return found


def book_of(root: Path, entries: dict[str, str], provider: str = "") -> Book:
    """A book of entries, each given by its fields, and its provider's file."""
    folder = root / "content/releases"
    folder.mkdir(parents=True)
    named = "flags: {file: flags.json}\n" if provider else ""
    (root / "content/registry.yml").write_text(f"products: {{billing: {{}}}}\n{named}")
    (root / "content/flags.json").write_text(provider)
    for name, fields in entries.items():
        head = f"id: {name}\ntitle: The title of {name}\nproducts: [billing]\n"
        phase = "" if "phase:" in fields else "phase: rolling-out\n"
        (folder / f"{name}.md").write_text(f"---\n{head}{phase}{fields}---\nText.\n")
    book = load(root, "content", as_of=AS_OF, host="example.com")
    return with_provider(book, "content")


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """The flag pages of entries, and of a provider's file."""

    def make(provider: str = "", **entries: str) -> dict[str, str]:
        return made(flag_pages(Desk(SITE, book_of(tmp_path, entries, provider), ())))

    return make


def keys(page: str) -> list[str]:
    """The flags of a list, in its order."""
    return re.findall(r'<th scope="row"><a [^>]+><code>([^<]+)</code>', page)


def flagd(**shares: int) -> str:
    """A provider's file with those flags and shares."""
    rows = {
        key: {
            "state": "ENABLED",
            "variants": {"on": True, "off": False},
            "defaultVariant": "off",
            "targeting": {"fractional": [["on", share], ["off", 100 - share]]},
        }
        for key, share in shares.items()
    }
    return json.dumps({"flags": rows}, indent=1)


def test_problems_stand_first(pages: Pages) -> None:
    """Drift, then what is late, then other problems, then by the day of removal."""
    late = WHOLE.replace("2027-03-01", "2026-09-10")
    soon = WHOLE.replace("2027-03-01", "2027-01-01")
    found = pages(
        flagd(drifts=40, late=100, fine=100, soon=100, bare=100),
        one=f"flags: [{{key: fine, {WHOLE}}}, {{key: soon, {soon}}}, {{key: bare}}, "
        f"{{key: late, {late}}}, {{key: drifts, {WHOLE}}}]\n",
    )
    assert keys(found["flags/"]) == ["drifts", "late", "bare", "soon", "fine"]
    assert keys(found["flags/view/drift/"]) == ["drifts"]
    assert keys(found["flags/view/stale/"]) == ["late"]
    assert keys(found["flags/view/no-owner/"]) == ["bare"]
    assert (
        "5 flags: 1 differ from the provider, 1 past the day of removal"
        in found["flags/"]
    )


def test_every_flag_has_its_page(pages: Pages) -> None:
    """With what is wrong, both places, the releases behind it and what their readers are told."""
    found = pages(
        flagd(checkout=80),
        one="regions: [eu]\ndeployment: {rings: [{name: a, share: 40, on: 2026-11-20}]}\n"
        f"flags: [{{key: checkout, {WHOLE}}}]\n",
    )
    page = found["flags/checkout/"]
    assert "is on for 40% here and for 80% at the provider" in page
    assert 'href="https://git.example/content/releases/one.md#L8"' in page
    assert 'href="https://git.example/content/flags.json#L3"' in page
    assert "Rolling out: about 40% of eu accounts, as of 20 Nov 2026" in page
    assert 'href="gatepost:/releases/one/"' in page


def test_a_flag_that_only_the_provider_knows(pages: Pages) -> None:
    """Stands in the register and has a page, which says what it lacks."""
    found = pages(flagd(stray=100))
    assert keys(found["flags/"]) == ["stray"]
    assert "No release declares this flag" in found["flags/stray/"]


def test_a_flag_of_hidden_releases_is_not_called_undeclared(tmp_path: Path) -> None:
    """Colleagues who may not see a release do not learn of its flag as an orphan."""
    secret = f"audience: restricted\nflags: [{{key: merger, {WHOLE}}}]\n"
    book = book_of(tmp_path, {"secret": secret}, flagd(merger=100))
    found = made(flag_pages(Desk(SITE, book, ())))
    assert [] == [path for path, text in found.items() if "merger" in path + text]


def test_without_a_provider_nothing_is_compared(pages: Pages) -> None:
    """The column is left out, and the page says why."""
    page = pages(one=f"flags: [{{key: checkout, {WHOLE}}}]\n")["flags/"]
    assert "No provider's file is configured" in page.replace("&#39;", "'")
    assert 'data-l="Provider"' not in page


def test_no_flag_at_all(pages: Pages) -> None:
    """The page says what to do."""
    assert "No release declares a flag" in pages()["flags/"]


def test_a_provider_that_cannot_be_read(pages: Pages) -> None:
    """Its fault stands on the page, with its place."""
    page = pages('{"flags": nope}')["flags/"]
    assert "content/flags.json:1:11" in page


def test_only_the_first_faults_are_shown(pages: Pages) -> None:
    """And how many more there are."""
    broken = {f"flag-{number}": {"state": "ON"} for number in range(15)}
    page = pages(json.dumps({"flags": broken}))["flags/"]
    assert page.count("gp-note") == 21
    assert "10 more." in page


@pytest.mark.parametrize(
    ("declared", "provider", "here", "there"),
    [
        (
            'purpose: ops, default: "5"',
            {"variants": {"some": 5}, "defaultVariant": "some"},
            "5",
            "5",
        ),
        ("purpose: ops", {"variants": {"some": 5}}, "not said", "not said"),
        (
            "purpose: release",
            {"variants": {"red": 1, "blue": 2}, "defaultVariant": "red"},
            "100%",
            "red",
        ),
        ("purpose: release", {"variants": {"red": 1, "blue": 2}}, "100%", "by rule"),
        (
            "purpose: release",
            {"variants": {"off": False, "on": True}, "state": "DISABLED"},
            "100%",
            "Off",
        ),
        ("purpose: release", {}, "100%", "not there"),
    ],
)
def test_both_sides_of_a_flag(
    pages: Pages, declared: str, provider: dict[str, object], here: str, there: str
) -> None:
    """A share where there is one, else the value that is served."""
    rows = {"other": {"state": "ENABLED", "variants": {"on": True}}}
    if provider:
        rows["checkout"] = {"state": "ENABLED", **provider}  # type: ignore[dict-item]
    text = json.dumps({"flags": rows})
    page = pages(text, one=f"flags: [{{key: checkout, {declared}, {WHOLE}}}]\n")[
        "flags/"
    ]
    (row,) = re.findall(
        r"<tr[^>]*>\s*<th scope=\"row\"><a[^>]*><code>checkout.*?</tr>", page, re.DOTALL
    )
    levels = re.findall(r'<span class="[^"]*gp-level">([^<]*)', row)
    assert [here, there] == levels


def test_the_page_says_how_it_is_switched_off(pages: Pages) -> None:
    """With the release that describes the way back, who decides, and each step ahead."""
    page = pages(
        one="deployment: {rings: [{name: a, share: 5, wording: Friends, on: 2026-11-01}, "
        "{name: b, share: 50, on: 2026-12-01}, {name: c, share: 100}]}\n"
        f"flags: [{{key: checkout, {WHOLE}}}]\n"
        "rollback: {strategies: [{kind: feature_flag, flag: checkout}], "
        'authority: {who: "@oncall"}}\n',
        two=f"state: rolled-back\nflags: [{{key: checkout, {WHOLE}}}]\n",
    )["flags/checkout/"]
    assert 'href="gatepost:/releases/one/rollback/"' in page
    assert "@oncall decides" in page
    assert "not by this flag" in page
    assert "Off for all accounts" in page
    assert "Rolling out: Friends, as of 1 Nov 2026" in page
    assert [word in page for word in ("Reached", "Planned", "No date")] == [True] * 3


def test_words_of_a_key_stay_words(pages: Pages) -> None:
    """Markup in a key is shown, never obeyed; neither is it in the address."""
    key = json.dumps(HOSTILE)
    found = pages(
        json.dumps(
            {"flags": {HOSTILE: {"state": "ENABLED", "variants": {"on": True}}}}
        ),
        one=f"flags: [{{key: {key}, owner: {key}, safe_value: {key}, default: {key}}}]\n",
    )
    (path,) = (one for one in found if re.fullmatch(r"flags/img-[\w-]+/", one))
    for address in ("flags/", path):
        assert "&lt;img src=x" in found[address]
        assert "<img" not in found[address]


@pytest.mark.parametrize(
    ("key", "slug"),
    [
        ("smart-retries", "smart-retries"),
        ("a", "a"),
        ("view", "view-2bcb43cb"),
        ("Checkout.v2", "checkout-v2-e498c6e5"),
        ("checkout/v2", "checkout-v2-b2670b44"),
        ("../../etc/passwd", "etc-passwd-3754d6cb"),
        ("проверка", "flag-dbdd1f31"),
        ("a-12345678", "a-12345678-2e4b18ba"),
        ("", "flag-e3b0c442"),
    ],
)
def test_the_address_of_a_key(key: str, slug: str) -> None:
    """Never changes: people link to it."""
    assert flag_slug(key) == slug


@given(st.text(), st.text())
def test_addresses_are_safe_and_apart(one: str, other: str) -> None:
    """For any two keys: letters, digits and hyphens, not too long, and not the same."""
    slugs = {flag_slug(one), flag_slug(other)}
    assert all(
        re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?", slug) for slug in slugs
    )
    assert len(slugs) == len({one, other})


def test_the_files(pages: Pages) -> None:
    """CSV and JSON at their addresses."""
    found = pages(one=f"flags: [{{key: checkout, {WHOLE}}}]\n")
    assert (
        found["flags/flags.csv"]
        .splitlines()[1]
        .startswith("checkout,release,on,100,,'@a,")
    )
    assert json.loads(found["api/v1/flags.json"])["flags"][0]["key"] == "checkout"


def test_ten_thousand_flags(tmp_path: Path) -> None:
    """Are listed in parts, in a moment; the files hold all."""
    entries = {
        f"release-{number}": "flags:\n"
        + "".join(
            f"  - {{key: flag-{number}-{flag}, {WHOLE}}}\n" for flag in range(100)
        )
        for number in range(100)
    }
    shares = {
        f"flag-{number}-{flag}": 100 for number in range(100) for flag in range(100)
    }
    desk = Desk(SITE, book_of(tmp_path, entries, flagd(**shares)), ())

    begun = time.perf_counter()
    artifacts = list(flag_pages(desk))
    register = next(one for one in artifacts if isinstance(one, PageArtifact))
    page = str(register.draw())
    took_seconds = time.perf_counter() - begun

    assert (len(artifacts), len(keys(page))) == (20_007, 500)
    assert "500 of 10,000 shown" in page
    assert took_seconds < 20
    table = next(one for one in artifacts if one.path == "flags/flags.csv")
    assert isinstance(table, FileArtifact)
    assert table.make().count(b"\n") == 10_001
