"""Feeds as readers of feeds see them: same items in every format, absolute, newest first."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

BASE = "https://changelog.tidewater.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
KEYS = (
    "all",
    "product/billing",
    "type/fixed",
    "type/breaking",
    "for/developers",
    "roadmap",
)


def feed(demo: Path, name: str) -> feedparser.FeedParserDict:
    """A built feed, read by a real feed parser."""
    found = feedparser.parse((demo / "build/public/feeds" / name).read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("key", KEYS)
def test_the_three_formats_hold_the_same_items(demo: Path, key: str) -> None:
    """A subscriber who changes the format sees nothing twice."""
    rss, atom = feed(demo, f"{key}.rss.xml"), feed(demo, f"{key}.atom.xml")
    told = json.loads((demo / f"build/public/feeds/{key}.json").read_text("utf-8"))
    ids = [item["id"] for item in told["items"]]

    assert ids
    assert [entry.id for entry in rss.entries] == ids
    assert [entry.id for entry in atom.entries] == ids
    assert all(one.startswith("tag:") for one in ids)
    assert len(set(ids)) == len(ids)


def test_items_come_newest_first_with_time_and_zone(demo: Path) -> None:
    """The order of the page is the order of the feed."""
    told = json.loads((demo / "build/public/feeds/all.json").read_text("utf-8"))
    dates = [item["date_published"] for item in told["items"]]

    assert dates == sorted(dates, reverse=True)
    assert all(date[-6] in "+-" for date in dates)
    assert told["version"] == "https://jsonfeed.org/version/1.1"


@pytest.mark.parametrize("name", ["all.rss.xml", "all.atom.xml"])
def test_the_note_itself_is_in_the_feed_and_leads_nowhere_relative(
    demo: Path, name: str
) -> None:
    """Readers read in their reader; links and pictures work there."""
    entries = feed(demo, name).entries
    first = next(one for one in entries if one.link == f"{BASE}releases/retry-plan/")
    html = first.content[0].value

    assert "Dashboard" in html
    assert f'src="{BASE}releases/retry-plan/' in html
    assert "gatepost:" not in html
    assert 'href="..' not in html
    assert "<" not in first.summary


def test_the_channel_leads_to_its_page_and_knows_itself(demo: Path) -> None:
    """RSS: the link is the page, `self` is the feed; Atom: one alternate per item."""
    rss = ET.fromstring((demo / "build/public/feeds/all.rss.xml").read_bytes())
    atom = ET.fromstring((demo / "build/public/feeds/all.atom.xml").read_bytes())
    channel = rss.find("channel")
    assert channel is not None

    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert channel.findtext("link") == f"{BASE}changelog/"
    assert (own.get("rel"), own.get("href")) == ("self", f"{BASE}feeds/all.rss.xml")
    for entry in atom.iter(f"{ATOM}entry"):
        links = entry.findall(f"{ATOM}link")
        assert [(one.get("rel"), one.get("type")) for one in links] == [
            ("alternate", "text/html")
        ]


def test_what_was_taken_back_says_so(demo: Path) -> None:
    """A rolled-back entry stays, labelled, with one update and the id it always had."""
    entries = {one.link: one for one in feed(demo, "all.atom.xml").entries}
    taken = entries[f"{BASE}releases/parallel-invoices/"]

    assert taken.title == "Rolled back: Invoices finalise in parallel"
    assert taken.updated > taken.published


def test_every_page_names_its_own_feed(demo: Path) -> None:
    """A reader that looks for feeds on a page finds the one for that page."""
    page = (demo / "build/public/changelog/product/billing/index.html").read_text(
        "utf-8"
    )

    assert 'type="application/rss+xml"' in page
    assert 'href="../../../feeds/product/billing.rss.xml"' in page
