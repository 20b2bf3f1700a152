"""What a release page tells search engines about itself, in the words of schema.org."""

from __future__ import annotations

from collections.abc import Mapping

from gatepost.audience.entry import Entry
from gatepost.outputs.edition import Edition
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
        "publisher": {"@type": "Organization", "name": site.name, "url": site.url},
        "isAccessibleForFree": True,
    }
    if entry.published:
        article["datePublished"] = entry.published.at.isoformat()
    if entry.revised:
        article["dateModified"] = entry.revised.at.isoformat()
    if entry.products:
        article["about"] = [
            {"@type": "SoftwareApplication", "name": named.label}
            for named in entry.products
        ]
    crumbs = [(site.tongue.gettext("Changelog"), f"{site.url}changelog/")]
    crumbs += [
        (named.label, f"{site.url}changelog/product/{named.key}/")
        for named in entry.products[:1]
        if not entry.unlisted
    ]
    return {
        "@context": "https://schema.org",
        "@graph": [
            article,
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": place, "name": name, "item": item}
                    for place, (name, item) in enumerate(
                        (*crumbs, (plain(entry.title), url)), 1
                    )
                ],
            },
        ],
    }
