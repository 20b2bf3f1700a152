"""A release page as Markdown, for whoever reads by program: all it says, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.audience.entry import Entry
from gatepost.model.moment import Moment
from gatepost.outputs.card import deadline
from gatepost.outputs.edition import Edition
from gatepost.outputs.release_page import lead, said_parts
from gatepost.outputs.words import STAGES, TAKEN_BACK, availability

_RELEASE_LINK = re.compile(r"\]\(release:([a-z0-9-]+)(#[^)\s]*)?\)")


def twin(edition: Edition, entry: Entry) -> str:
    """Heading, facts, what overrides the text, the parts, the author's own text, what is known."""
    blocks = (
        f"# {entry.title}",
        "\n".join(f"- {name}: {value}" for name, value in _facts(edition, entry)),
        _notice(entry),
        entry.summary if lead(edition, entry) else "",
        *(f"**{head}:** {text}" for head, text in said_parts(entry)),
        _body(edition, entry),
        *_sections(entry),
    )
    return "\n\n".join(block for block in blocks if block) + "\n"


def _facts(edition: Edition, entry: Entry) -> Iterator[tuple[str, str]]:
    yield "Address", f"{edition.site.url}{entry.href}"
    yield "Type", f"{'breaking, ' if entry.breaking else ''}{entry.type}"
    for name, group in (
        ("Products", entry.products),
        ("Plans", entry.plans),
        ("Regions", entry.regions),
        ("Platforms", entry.platforms),
        ("Hosting", entry.hosting),
        ("For", entry.personas),
    ):
        if group:
            yield name, ", ".join(named.label for named in group)
    if entry.version:
        yield "Version", entry.version
    yield from _dates(edition, entry)
    yield "Availability", availability(entry) or entry.wording
    if entry.stage:
        yield "Stage", STAGES[entry.stage][0]
    if entry.affects_versions:
        yield "Affected versions", ", ".join(entry.affects_versions)
    yield from _advisory(entry)


def _dates(edition: Edition, entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.logged and entry.published:
        yield "Released", _day(edition, entry.published)
    if entry.taken_back and entry.taken_back_on:
        yield TAKEN_BACK[entry.taken_back], _day(edition, entry.taken_back_on)
    if not entry.logged and entry.plan and entry.plan.target:
        yield "Planned for", entry.plan.target
    if until := deadline(entry, edition.site.as_of):
        yield "Act by", _day(edition, until)
    if entry.deprecation and entry.deprecation.sunset_on:
        yield "Ends", _day(edition, entry.deprecation.sunset_on)
    if entry.migration and entry.migration.guide_url:
        yield "Migration guide", entry.migration.guide_url


def _day(edition: Edition, moment: Moment) -> str:
    local = moment.at.astimezone(edition.site.zone) if moment.timed else moment.at
    return local.date().isoformat()


def _advisory(entry: Entry) -> Iterator[tuple[str, str]]:
    said = entry.security
    if said is None:
        return
    if numbers := (*said.cve, *said.ghsa):
        yield "Advisory", ", ".join(numbers)
    if said.severity:
        yield "Severity", said.severity


def _notice(entry: Entry) -> str:
    if entry.taken_back:
        said = f"**{TAKEN_BACK[entry.taken_back]}.** {entry.taken_back_note}"
        return said.rstrip()
    return "" if entry.logged else "**Nothing on this page is live yet.**"


def _body(edition: Edition, entry: Entry) -> str:
    """The author's text, its links to releases and to its own files absolute."""
    url = edition.site.url
    text = _RELEASE_LINK.sub(rf"]({url}releases/\1/\2)", entry.body.strip())
    for asset in entry.assets:
        text = text.replace(f"]({asset.name}", f"]({url}{entry.href}{asset.name}")
    return text


def _sections(entry: Entry) -> Iterator[str]:
    if entry.issues:
        yield "## Known issues"
        for one in entry.issues:
            rows = [f"- {one.status}: {one.text}"]
            rows += [f"  Affected: {one.affected}"] * bool(one.affected)
            rows += [f"  Until then: {one.workaround}"] * bool(one.workaround)
            rows += [f"  Fixed in: {one.fixed_in}"] * bool(one.fixed_in)
            yield "\n".join(rows)
    if entry.limitations:
        yield "## Limitations"
        yield "\n".join(f"- {text}" for text in entry.limitations)
    if entry.questions:
        yield "## Questions and answers"
        yield from (f"**{one.q}**\n{one.a}" for one in entry.questions)
    if entry.updated:
        yield "## Corrections"
        yield "\n".join(f"- {one.on.iso}: {one.what}" for one in entry.updated)
    if pages := (*entry.docs, *entry.refs):
        yield "## Links"
        yield "\n".join(f"- [{page.title}]({page.url})" for page in pages)
