"""A sitemap is one file, or an index and parts that no search engine finds too long."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from gatepost.outputs.sitemap import sitemap_files

SITE = "https://changelog.example/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def rows(count: int) -> list[tuple[str, str]]:
    """Pages, each changed a day later than the one before."""
    return [(f"{SITE}releases/{n}/", f"2026-11-{n + 1:02}") for n in range(count)]


def locations(text: str) -> list[str]:
    """Every address in a sitemap or an index."""
    return [one.text or "" for one in ET.fromstring(text).iter(f"{SPACE}loc")]


def test_a_short_sitemap_is_one_file() -> None:
    """Nothing changes for a site of ordinary size."""
    ((path, text),) = sitemap_files(rows(3), SITE)

    assert path == "sitemap.xml"
    assert locations(text) == [url for url, _ in rows(3)]
    assert "<lastmod>2026-11-03</lastmod>" in text


def test_a_site_without_pages_has_a_sitemap_too() -> None:
    """A file that is announced exists."""
    ((path, text),) = sitemap_files([], SITE)

    assert (path, locations(text)) == ("sitemap.xml", [])


def test_more_pages_than_a_file_may_list_make_an_index() -> None:
    """Seven pages with three a file: an index of three parts, which together list each once."""
    (index, *parts) = sitemap_files(rows(7), SITE, most_urls=3)

    assert index[0] == "sitemap.xml"
    assert locations(index[1]) == [f"{SITE}sitemap-{n}.xml" for n in (1, 2, 3)]
    assert [path for path, _ in parts] == [f"sitemap-{n}.xml" for n in (1, 2, 3)]
    assert [3, 3, 1] == [len(locations(text)) for _, text in parts]
    assert [url for _, text in parts for url in locations(text)] == [
        url for url, _ in rows(7)
    ]


def test_the_limit_is_fifty_thousand_pages() -> None:
    """One page more than search engines take in one file makes two parts."""
    many = [(f"{SITE}releases/{n}/", "2026-11-01") for n in range(50_001)]

    assert len(sitemap_files(many[:-1], SITE)) == 1
    assert [2, 50_000, 1] == [
        text.count("<loc>") for _, text in sitemap_files(many, SITE)
    ]


def test_the_index_says_when_each_part_changed_last() -> None:
    """A search engine then reads again only the parts that changed."""
    (_, text), *_ = sitemap_files(rows(4), SITE, most_urls=2)

    days = [one.text for one in ET.fromstring(text).iter(f"{SPACE}lastmod")]
    assert days == ["2026-11-02", "2026-11-04"]


def test_no_file_is_larger_than_allowed() -> None:
    """Long addresses fill a file before it lists as many as it may."""
    long = [(f"{SITE}{'ä' * 200}/{n}/", "") for n in range(20)]

    (_, *parts) = sitemap_files(long, SITE, most_bytes=2_000)

    assert len(parts) > 1
    assert all(len(text.encode()) <= 2_000 for _, text in parts)
    assert sum(len(locations(text)) for _, text in parts) == 20


def test_a_page_changed_on_no_known_day_has_no_date() -> None:
    """An empty date is refused by search engines."""
    ((_, text),) = sitemap_files([(f"{SITE}about/", "")], SITE)

    assert "lastmod" not in text


def test_addresses_are_written_as_xml() -> None:
    """A sign that means something to XML comes out as itself."""
    ((_, text),) = sitemap_files([(f"{SITE}a&b/<c>/", "")], SITE)

    assert locations(text) == [f"{SITE}a&b/<c>/"]
