"""What pages tell search engines about themselves, in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gatepost.audience.entry import Entry, Named
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.social_card import social
from gatepost.outputs.words import plain


def linked_data(edition: Edition, entry: Entry) -> Mapping[str, object]:
    """JSON-LD of a release that is published: an article, and where it stands on the site.

    Source: https://schema.org/TechArticle, https://schema.org/BreadcrumbList.
    """
    site, url = edition.site, f"{edition.site.url}{entry.href}"
    article: dict[str, object] = {
        "@type": "TechArticle",
        "headline": plain(entry.title),
        "description": plain(entry.summary),
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": entry.lang or site.language,
        "author": _organization(site),
        "publisher": _organization(site),
        "isAccessibleForFree": True,
    }
    if entry.published:
        article["datePublished"] = entry.published.at.isoformat()
    if entry.revised:
        article["dateModified"] = entry.revised.at.isoformat()
    if site.social_cards != "none":
        article["image"] = f"{site.url}{social(edition, entry).path}"
    if entry.products:
        article["about"] = [_software(named) for named in entry.products]
    crumbs = [(site.tongue.gettext("Changelog"), f"{site.url}changelog/")]
    crumbs += [
        (named.label, f"{site.url}changelog/product/{named.key}/")
        for named in entry.products[:1]
        if not entry.unlisted
    ]
    return _graph(article, _breadcrumbs((*crumbs, (plain(entry.title), url))))


def linked_product(edition: Edition, named: Named, path: str) -> Mapping[str, object]:
    """JSON-LD of the view of a product: a program, its newest version and its release notes.

    Source: https://schema.org/SoftwareApplication.
    """
    site, url = edition.site, f"{edition.site.url}{path}"
    version = edition.newest_version.get(named.key, "")
    software = {
        **_software(named),
        "url": url,
        "releaseNotes": url,
        "publisher": _organization(site),
    }
    if version:
        software["softwareVersion"] = version
    crumbs = (
        (site.tongue.gettext("Changelog"), f"{site.url}changelog/"),
        (named.label, url),
    )
    return _graph(software, _breadcrumbs(crumbs))


def linked_site(site: Site) -> Mapping[str, object]:
    """JSON-LD of the home page. Source: https://schema.org/WebSite."""
    about = {"description": site.description} if site.description else {}
    return _graph(
        {
            "@type": "WebSite",
            "name": site.name,
            "url": site.url,
            "inLanguage": site.language,
            "publisher": _organization(site),
            **about,
        }
    )


def _organization(site: Site) -> dict[str, object]:
    return {"@type": "Organization", "name": site.name, "url": site.url}


def _software(named: Named) -> dict[str, object]:
    return {"@type": "SoftwareApplication", "name": named.label}


def _graph(*rows: Mapping[str, object]) -> dict[str, object]:
    return {"@context": "https://schema.org", "@graph": list(rows)}


def _breadcrumbs(crumbs: Iterable[tuple[str, str]]) -> dict[str, object]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": item}
            for place, (name, item) in enumerate(crumbs, 1)
        ],
    }
