"""The static JSON, the Markdown twins and the list for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from gatepost.audience.entry import Entry, OpenIssue
from gatepost.outputs.api_schema import PATH, api_schema
from gatepost.outputs.artifact import ROOT, FileArtifact
from gatepost.outputs.card import entry_href
from gatepost.outputs.edition import Edition
from gatepost.outputs.json_text import json_text
from gatepost.outputs.notices import http_headers
from gatepost.outputs.roadmap import dropped
from gatepost.outputs.tongue import ENGLISH
from gatepost.outputs.twin import twin
from gatepost.outputs.words import TAKEN_BACK, plain, stands, told_summary, told_title

VERSION = 1
"""Version of the JSON's shape: raised when a key goes or changes its meaning."""


def machine_files(edition: Edition) -> Iterator[FileArtifact]:
    """`/api/v1/…` and `/llms.txt`, without what there is of each entry."""
    url = edition.site.url
    yield FileArtifact(PATH, lambda: json_text(api_schema(url)).encode())
    for name, told in (
        ("changelog", _changelog),
        ("roadmap", _roadmap),
        ("deprecations", _deprecations),
        ("known-issues", _known_issues),
    ):
        yield _file(name, told, edition)
    yield FileArtifact("llms.txt", partial(_text, _llms, edition))


def entry_files(edition: Edition, entry: Entry) -> Iterator[FileArtifact]:
    """An entry's JSON, and `index.md` beside its page."""
    yield _file(f"releases/{entry.id}", _release, edition, entry)
    yield FileArtifact(f"{entry.href}index.md", partial(_text, twin, edition, entry))


def _file(
    name: str, told: Callable[..., dict[str, object]], edition: Edition, *of: object
) -> FileArtifact:
    return FileArtifact(f"api/v1/{name}.json", partial(_json, told, edition, *of))


# There are two files for every entry: each is one small partial until it is written.
def _json(
    told: Callable[..., dict[str, object]], edition: Edition, *of: object
) -> bytes:
    head = {"$schema": f"{edition.site.url}{PATH}", "version": VERSION}
    return json_text({**head, **told(edition, *of)}).encode()


def _text(written: Callable[..., str], *of: object) -> bytes:
    return written(*of).encode()


def _changelog(edition: Edition) -> dict[str, object]:
    site = edition.site
    return {
        "title": site.name,
        "home_page_url": site.url,
        "entries": [_brief(edition, entry) for entry in edition.log],
    }


def _brief(edition: Edition, entry: Entry) -> dict[str, object]:
    """What a list or a widget needs of an entry; empty values are left out."""
    said: dict[str, object] = {
        "id": entry.id,
        "url": edition.site.url + entry.href,
        "title": plain(entry.title),
        "summary": plain(entry.summary),
        "type": entry.type,
        "breaking": entry.breaking,
        "importance": entry.importance,
        "products": [named.key for named in entry.products],
        "for": [named.key for named in entry.personas],
        "plans": [named.key for named in entry.plans],
        "version": entry.version,
        "published": entry.published.at.isoformat() if entry.published else "",
        "updated": entry.revised.at.isoformat() if entry.revised else "",
        "availability": stands(entry, ENGLISH),
        "action": plain(entry.action),
        "state": entry.taken_back,
    }
    return {key: value for key, value in said.items() if value not in ("", [], False)}


def _release(edition: Edition, entry: Entry) -> dict[str, object]:
    return {"release": _detail(edition, entry)}


def _detail(edition: Edition, entry: Entry) -> dict[str, object]:
    body = edition.bodies[entry.id].html.replace(ROOT, edition.site.url)
    said: dict[str, object] = {
        **_brief(edition, entry),
        "what": plain(entry.what),
        "who": plain(entry.who),
        "impact": plain(entry.impact),
        "stage": entry.stage or "",
        "regions": [named.key for named in entry.regions],
        "platforms": [named.key for named in entry.platforms],
        "hosting": [named.key for named in entry.hosting],
        "affects_versions": list(entry.affects_versions),
        "tags": list(entry.tags),
        "supersedes": list(entry.supersedes),
        "superseded_by": list(entry.superseded_by),
        "related": list(entry.related),
        "fixes": list(entry.fixes),
        "state_note": entry.taken_back_note,
        "corrections": [
            {"on": one.on.iso, "what": one.what, "notify": one.notify}
            for one in entry.updated
        ],
        "known_issues": [_issue(one) for one in entry.issues],
        "body_html": body,
    }
    return {key: value for key, value in said.items() if value not in ("", [])}


def _issue(one: OpenIssue) -> dict[str, object]:
    said = {"fix_released": one.fix_is_out} if one.fixed_in else {}
    said |= {"internal": True} if one.ours else {}
    return {
        "id": one.id,
        "text": one.text,
        "status": one.status,
        "affected": one.affected,
        "workaround": one.workaround,
        "fixed_in": one.fixed_in,
        **said,
    }


def _known_issues(edition: Edition) -> dict[str, object]:
    """Every known issue, with the release it belongs to; the newest release first."""
    return {
        "known_issues": [
            {
                **_issue(one),
                "release": entry.id,
                "url": f"{edition.site.url}{entry.href}#{entry.id}-{one.id}",
                "products": [named.key for named in entry.products],
            }
            for entry in edition.log
            for one in entry.issues
        ]
    }


def _roadmap(edition: Edition) -> dict[str, object]:
    items = []
    for entry in (*edition.plans, *dropped(edition)):
        plan = entry.plan
        dated = plan is not None and entry.column in {"now", "next"}
        said: dict[str, object] = {
            "id": entry.id,
            "url": edition.site.url + entry.href,
            "title": plain(entry.title),
            "column": "" if entry.taken_back == "cancelled" else entry.column,
            "wording": TAKEN_BACK["cancelled"]
            if entry.taken_back == "cancelled"
            else entry.wording,
            "state": entry.taken_back,
            "state_on": entry.taken_back_on.iso if entry.taken_back_on else "",
            "state_note": plain(entry.taken_back_note),
            "target": plan.target.label if plan and plan.target and dated else "",
            "was": plan.was.label
            if plan and plan.was and dated and edition.site.roadmap_moves
            else "",
            "confidence": plan.confidence if plan and dated else "",
            "theme": plan.theme if plan else "",
            "confirmed": plan.confirmed.iso if plan and plan.confirmed else "",
        }
        items.append({key: value for key, value in said.items() if value})
    notice = edition.site.tongue.gettext(edition.site.roadmap_notice)
    return {"notice": notice, "items": items}


def _deprecations(edition: Edition) -> dict[str, object]:
    rows = []
    for entry in edition.log:
        if (said := entry.deprecation) is None:
            continue
        replacement = said.replacement
        row: dict[str, object] = {
            "id": entry.id,
            "url": edition.site.url + entry.href,
            "title": plain(entry.title),
            "products": [named.key for named in entry.products],
            "notice_on": said.notice_on.iso if said.notice_on else "",
            "sunset_on": said.sunset_on.iso if said.sunset_on else "",
            "removal_version": said.removal_version,
            "replacement": list(replacement.targets) if replacement else [],
            "action": plain(entry.action),
            "headers": http_headers(entry, edition.site),
        }
        rows.append({key: value for key, value in row.items() if value})
    return {"deprecations": rows}


def _llms(edition: Edition) -> str:
    """The list for machines (https://llmstxt.org)."""
    site, gettext = edition.site, edition.site.tongue.gettext
    log, plans, data = gettext("Changelog"), gettext("Roadmap"), gettext("Data")
    about = gettext("{sentence}.").format(sentence=log)
    about = site.description or site.intro or about
    lines = [f"# {site.name}", "", f"> {about}", ""]
    lines += [f"## {log}", ""]
    lines += [_line(edition, entry) for entry in edition.log]
    if edition.plans:
        lines += ["", f"## {plans}", ""]
        lines += [_line(edition, entry) for entry in edition.plans if not entry.logged]
    whole = gettext("All changes as JSON")
    lines += ["", f"## {data}", "", f"- [{whole}]({site.url}api/v1/changelog.json)"]
    return "\n".join(lines) + "\n"


def _line(edition: Edition, entry: Entry) -> str:
    address = entry_href(entry).replace(ROOT, edition.site.url)
    title = told_title(entry, edition.site.tongue)
    return f"- [{title}]({address}index.md): {told_summary(entry)}"
