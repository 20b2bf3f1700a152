"""One project in several languages: pages, feeds and addresses, and nothing that was to stay in."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from small_project import Project

from gatepost.hosts.sites import ContentFault

SLOT = "gatepostslot"


def speak(project: Project, language: str, **changes: str) -> None:
    """Add a site in a language, below the address of the public one."""
    rows = {
        "site_url": f"https://public.harbour.example/{language}/",
        "site_dir": f"build/{language}",
        **changes,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in rows.items())
    project.write(
        f"site_config.{language}.yml",
        f"INHERIT: site_config.yml\n{lines}"
        f"theme: {{language: {language}}}\n"
        "plugins: {gatepost: {audience: public}}\n",
    )


def translate(
    project: Project, name: str, text: str, body: str = "Exporte sind früher fertig.\n"
) -> None:
    """Write a translation."""
    project.write(f"content/releases/{name}.md", f"---\n{text}---\n{body}")


@pytest.fixture
def german(project: Project) -> Project:
    """A project with one entry in two languages, and one in English only."""
    speak(project, "de")
    project.entry("exports", "action: Do nothing.\n", "Exports finish sooner.\n")
    project.entry("imports", "", "Imports [follow](exports.md).\n")
    translate(
        project,
        "exports.de",
        "title: Exporte sind schneller\naction: Zu tun ist nichts.\n",
    )
    return project


class Spoken(HTMLParser):
    """Every piece of text with the language it is in, as a screen reader takes it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language that begins."""
        before = self.open[-1][1] if self.open else ""
        self.open.append((tag, dict(attrs).get("lang") or before))

    def handle_endtag(self, tag: str) -> None:
        """Go back to the language outside."""
        while self.open and self.open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        """Keep what is said."""
        if data.strip() and self.open and self.open[-1][0] not in {"script", "style"}:
            self.said.append((self.open[-1][1], data.strip()))

    def language_of(self, text: str) -> set[str]:
        """The languages in which a text is said."""
        return {lang for lang, said in self.said if text in said}


def test_a_page_speaks_the_language_of_its_site(german: Project) -> None:
    """Our words, dates and the entry's own are German; the English site is as it was."""
    german.build("public", "de")
    page = german.read("de/releases/exports/index.html")

    assert '<html lang="de"' in page
    for words in ("Exporte sind schneller", "Zu tun ist nichts.", "Was zu tun ist"):
        assert Spoken(page).language_of(words) == {"de"}
    assert '<time datetime="2026-10-01">1. Okt. 2026</time>' in page
    assert "Exports finish sooner" not in page
    english = german.read("public/releases/exports/index.html")
    assert "What to do" in english
    assert "Exporte" not in english


def navigation(page: str) -> list[str]:
    """What the sidebar and the tabs of a page say."""
    found = re.findall(
        r'(?s)<(?:span class="md-ellipsis"|a href="[^"]*" class="md-tabs__link")>(.*?)</',
        page.partition('id="gp-content"')[0],
    )
    return [one.strip() for one in found]


def test_the_navigation_speaks_it_too(german: Project) -> None:
    """Sections have the names of their pages, not those of folders, which are English."""
    config = (german.root / "site_config.de.yml").read_text("utf-8")
    german.write(
        "site_config.de.yml",
        config.replace("language: de", "language: de, features: [navigation.tabs]"),
    )
    german.write("content/pages/public/guide/first-steps.md", "# Erste Schritte\n")
    german.build("public", "de")
    said = navigation(german.read("de/changelog/index.html"))

    assert {"Start", "Änderungen", "Bekannte Probleme", "Abonnieren"} <= {*said}
    english = {"Home", "Changelog", "Known issues", "Deprecations", "Subscribe"}
    assert not english & {*said}
    assert said.count("Abonnieren") >= 3, "in the tabs, as a section, and as its page"
    assert "Guide" in said, "a folder of hand-written pages is called what it is"
    assert english <= {*navigation(german.read("public/changelog/index.html"))}


def test_names_in_the_navigation_may_be_chosen(german: Project) -> None:
    """What a site writes itself in its `nav` stays."""
    config = (german.root / "site_config.de.yml").read_text("utf-8")
    nav = "nav: [index.md, Changelog: [Neu: changelog/index.md]]\n"
    german.write("site_config.de.yml", f"{config}{nav}")
    german.build("de")

    said = navigation(german.read("de/changelog/index.html"))
    assert said[-3:] == ["Start", "Changelog", "Neu"]


def test_what_is_not_translated_is_there_in_its_own_language(german: Project) -> None:
    """Readers get the original, marked, so that it is read aloud as what it is."""
    german.build("de")
    page = Spoken(german.read("de/releases/imports/index.html"))

    assert page.language_of("The title of imports") >= {"en"}
    assert page.language_of("Imports") == {"en"}
    assert page.language_of("Verfügbarkeit") == {"de"}
    log = Spoken(german.read("de/changelog/index.html"))
    assert log.language_of("The title of imports") == {"en"}
    assert log.language_of("Exporte sind schneller") == {"de"}


def test_links_between_entries_hold_in_every_language(german: Project) -> None:
    """A link to the original's file leads to the page, translated or not."""
    translate(
        german, "imports.de", "title: Importe\n", "Importe [folgen](exports.md).\n"
    )
    german.build("de")

    assert 'href="../../releases/exports/"' in german.read(
        "de/releases/imports/index.html"
    )


def test_feeds_are_in_the_language_of_their_site(german: Project) -> None:
    """They say so, each item says so if it is in another; ids are the same everywhere."""
    german.build("public", "de")
    feed = json.loads(german.read("de/feeds/all.json"))
    english = json.loads(german.read("public/feeds/all.json"))

    assert (feed["language"], english["language"]) == ("de", "en")
    assert feed["title"] == "Harbour: Alle Änderungen"
    assert "<language>de</language>" in german.read("de/feeds/all.rss.xml")
    assert 'xml:lang="de"' in german.read("de/feeds/all.atom.xml")
    titles = {one["id"]: one["title"] for one in feed["items"]}
    assert set(titles) == {one["id"] for one in english["items"]}
    assert set(titles.values()) == {"Exporte sind schneller", "The title of imports"}
    languages = {one["title"]: one.get("language") for one in feed["items"]}
    assert languages == {"Exporte sind schneller": None, "The title of imports": "en"}


def test_each_page_names_its_twins(german: Project) -> None:
    """For search engines in the head, for readers in the menu; nobody is sent to a home page."""
    german.build("public", "de")
    page = german.read("de/releases/exports/index.html")

    assert re.findall(r'hreflang="([^"]+)" href="([^"]+)"', page) == [
        ("en", "https://public.harbour.example/releases/exports/"),
        ("x-default", "https://public.harbour.example/releases/exports/"),
        ("de", "https://public.harbour.example/de/releases/exports/"),
    ]
    assert re.findall(r'<a href="([^"]+)" hreflang="(\w+)"', page) == [
        ("/releases/exports/", "en"),
        ("/de/releases/exports/", "de"),
    ]
    # The theme's script would fetch a sitemap for each plain `alternate`.
    assert 'rel="alternate"' not in page
    assert SLOT not in page
    assert '"inLanguage": "de"' in page


def test_one_language_has_no_menu(project: Project) -> None:
    """A site that speaks one language says nothing of others."""
    project.entry("exports", "")
    project.build("public")

    assert "hreflang" not in project.read("public/index.html")


def test_right_to_left(project: Project) -> None:
    """The page turns, and text in English stays what it is."""
    speak(project, "ar")
    project.entry("exports", "", "Exports finish sooner.\n")
    project.build("ar")
    page = project.read("ar/releases/exports/index.html")

    assert '<body dir="rtl"' in page
    assert 'lang="en" dir="ltr"' in page
    assert Spoken(page).language_of("التوفّر") == {"ar"}


def test_a_translation_publishes_nothing(german: Project) -> None:
    """Who may read an entry stands in the original: what is hidden is hidden in every language."""
    hidden = {
        "internal": "audience: internal\n",
        "embargo": "embargo_until: 2027-01-01\n",
    }
    for name, front in hidden.items():
        german.entry(name, front)
        translate(
            german, f"{name}.de", f"title: Geheimnis {name}\n", "Streng Geheim.\n"
        )
    german.build("public", "de")

    for site in ("public", "de"):
        whole = b"\n".join(german.files(site).values()).lower()
        assert b"geheim" not in whole


def test_internal_blocks_and_comments_of_a_translation_are_cut(german: Project) -> None:
    """They are internal in every language."""
    block = "/// internal\nWarteschlange zuckerrohr beobachten.\n///\n"
    german.write(
        "content/releases/exports.de.md",
        "---\ntitle: Exporte sind schneller\naction: Zu tun ist nichts.\n---\n"
        f"Exporte sind früher fertig.\n\n{block}\n<!-- Notiz karamell -->\n",
    )
    german.build("de")

    whole = b"\n".join(german.files("de").values())
    assert b"zuckerrohr" not in whole
    assert b"karamell" not in whole


def test_a_translation_is_cleaned_like_its_original(german: Project) -> None:
    """Programs in it are taken out, and addresses that are not safe are found."""
    translate(
        german,
        "exports.de",
        "title: Exporte\naction: Nichts.\n",
        "Früher fertig.\n\n<img src=x onerror=alert(1)>\n\n[klick](javascript:alert(1))\n",
    )
    with pytest.raises(ContentFault) as fault:
        german.build("de")

    assert "exports.de.md" in str(fault.value)
    assert "GP309" in str(fault.value)


def test_names_of_the_registry_are_translated(german: Project) -> None:
    """Products and personas; what has no name in that language keeps the one it has."""
    german.write(
        "content/registry.yml",
        "zone: UTC\nproducts:\n  billing: {name: Billing, names: {de: Abrechnung}}\n"
        "personas:\n  admins: {label: Admins}\n",
    )
    german.entry("exports", "action: Do nothing.\nfor: [admins]\n")
    german.build("public", "de")
    page = german.read("de/releases/exports/index.html")

    assert Spoken(page).language_of("Abrechnung") == {"de"}
    assert "Admins" in page
    assert "Billing" not in page
    assert "Abrechnung" not in german.read("public/releases/exports/index.html")


def test_an_older_translation_says_so(german: Project) -> None:
    """Readers are told politely, with the way to the original."""
    translate(
        german,
        "exports.de",
        "title: Exporte\naction: Nichts.\noriginal: 0badcafe\n",
    )
    german.build("de")
    page = german.read("de/releases/exports/index.html")

    assert "Das Original ist neuer als diese Übersetzung." in page
    assert "https://public.harbour.example/releases/exports/" in page
    assert "neuer als diese" not in german.read("de/releases/imports/index.html")


def test_half_a_translation_is_not_shown(german: Project) -> None:
    """As long as it lacks what one must do, the original stands there."""
    translate(german, "exports.de", "title: Exporte sind schneller\n")
    german.build("de")
    page = german.read("de/releases/exports/index.html")

    assert "Exporte sind schneller" not in page
    assert Spoken(page).language_of("Exports finish sooner.") == {"en"}


def test_every_language_of_ours_is_built(project: Project) -> None:
    """Each says what it is, and the audit finds nothing."""
    project.entry("exports", "type: fixed\n")
    for language in ("de", "fr", "ja", "ar"):
        speak(project, language)
        project.build(language)
        page = project.read(f"{language}/changelog/index.html")
        assert f'<html lang="{language}"' in page
        assert "Fixed" not in page
        assert (
            "Subscribe"
            not in page.partition('id="gp-content"')[2].partition("</article>")[0]
        )


def test_building_twice_gives_the_same_bytes(german: Project) -> None:
    """In every language."""
    german.build("de")
    first = german.files("de")
    german.build("de")

    assert german.files("de") == first
