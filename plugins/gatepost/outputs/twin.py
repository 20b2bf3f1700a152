"""A release page as Markdown, for whoever reads by program: all it says, in its order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

from gatepost.audience.entry import Entry, OpenIssue
from gatepost.content.links import read_marks
from gatepost.model.moment import Moment
from gatepost.model.span import in_zone
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.card import deadline
from gatepost.outputs.edition import Edition
from gatepost.outputs.release_parts import concerned, lead, said_parts
from gatepost.outputs.tongue import N_, Tongue
from gatepost.outputs.words import FIX, OURS, STAGES, TAKEN_BACK, stands

_RELEASE = re.compile(r"release:([a-z0-9-]+)/?")
_TARGET = re.compile(
    r"(\]\([ ]?<?|^[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*<?|\b(?:href|src)=[\"'])"
    r"((?:[^\s()<>\"']|\([^\s()]*\))+)",
    re.MULTILINE,
)
"""What begins an address in Markdown, and the address."""


def twin(edition: Edition, entry: Entry) -> str:
    """Heading, facts, what overrides the text, the parts, the author's own text, what is known."""
    tongue = edition.site.tongue
    headed = tongue.gettext("{heading}:")
    blocks = (
        f"# {entry.title}",
        "\n".join(
            f"- {headed.format(heading=name)} {value}"
            for name, value in _facts(edition, entry)
        ),
        _notice(entry, tongue),
        entry.summary if lead(edition, entry) else "",
        *(
            f"**{headed.format(heading=head)}** {text}"
            for head, text in said_parts(entry, tongue)
        ),
        _body(edition, entry),
        *_sections(entry, tongue),
    )
    return "\n\n".join(block for block in blocks if block) + "\n"


def _facts(edition: Edition, entry: Entry) -> Iterator[tuple[str, str]]:
    tongue = edition.site.tongue
    gettext = tongue.gettext
    yield gettext("Address"), f"{edition.site.url}{entry.href}"
    yield gettext("Type"), f"{'breaking, ' if entry.breaking else ''}{entry.type}"
    if entry.products:
        yield gettext("Products"), tongue.listed(one.label for one in entry.products)
    yield from concerned(entry, tongue)
    if entry.version:
        yield gettext("Version"), entry.version
    yield from _dates(edition, entry)
    yield gettext("Availability"), stands(entry, tongue)
    if entry.stage:
        yield gettext("Stage"), gettext(STAGES[entry.stage][0])
    if entry.affects_versions:
        yield gettext("Affected versions"), tongue.listed(entry.affects_versions)
    yield from _advisory(entry, tongue)


def _dates(edition: Edition, entry: Entry) -> Iterator[tuple[str, str]]:
    tongue = edition.site.tongue
    gettext = tongue.gettext
    if entry.logged and entry.published:
        yield gettext("Released"), _day(edition, entry.published)
    if entry.taken_back and entry.taken_back_on:
        yield gettext(TAKEN_BACK[entry.taken_back]), _day(edition, entry.taken_back_on)
    if not entry.logged and entry.plan and entry.plan.target:
        yield gettext("Planned for"), tongue.target(entry.plan.target)
    if until := deadline(entry, edition.site.as_of):
        yield gettext("Act by"), _day(edition, until)
    if entry.deprecation and entry.deprecation.sunset_on:
        yield gettext("Ends"), _day(edition, entry.deprecation.sunset_on)
    if entry.migration and entry.migration.guide_url:
        yield gettext("Migration guide"), entry.migration.guide_url


def _day(edition: Edition, moment: Moment) -> str:
    local = in_zone(moment.at, edition.site.zone) if moment.timed else moment.at
    return local.date().isoformat()


def _advisory(entry: Entry, tongue: Tongue) -> Iterator[tuple[str, str]]:
    said = entry.security
    if said is None:
        return
    if numbers := (*said.cve, *said.ghsa):
        yield tongue.gettext("Advisory"), tongue.listed(numbers)
    if said.severity:
        yield tongue.gettext("Severity"), said.severity


def _notice(entry: Entry, tongue: Tongue) -> str:
    gettext = tongue.gettext
    if entry.taken_back:
        state = gettext(TAKEN_BACK[entry.taken_back])
        said = gettext("{sentence}.").format(sentence=state)
        return f"**{said}** {entry.taken_back_note}".rstrip()
    return "" if entry.logged else f"**{gettext('Nothing on this page is live yet.')}**"


def _body(edition: Edition, entry: Entry) -> str:
    """The author's text, its links to releases and to its own files absolute."""
    url, text = edition.site.url, entry.body.strip()
    known = edition.links.get(entry.id, {})
    if not known and "release:" not in text:
        return text
    marks = read_marks(text)
    code = sorted((*marks.fences, *marks.code))

    def absolute(match: re.Match[str]) -> str:
        before, target = match.groups()
        if _is_in(match.start(), code):
            return match.group()
        if found := known.get(unescape(target)):
            return f"{before}{url}{found.removeprefix(ROOT)}"
        if other := _RELEASE.match(target):
            return f"{before}{url}releases/{other[1]}/{target[other.end() :]}"
        return match.group()

    return _TARGET.sub(absolute, text)


def _is_in(at: int, spans: list[tuple[int, int]]) -> bool:
    row = bisect_right(spans, (at, len(spans))) - 1
    return row >= 0 and at < spans[row][1]


def _sections(entry: Entry, tongue: Tongue) -> Iterator[str]:
    gettext = tongue.gettext
    if entry.issues:
        yield f"## {gettext('Known issues')}"
        yield from (_issue(one, tongue) for one in entry.issues)
    if entry.limitations:
        yield f"## {gettext('Limitations')}"
        yield "\n".join(f"- {_ours(one.ours)}{one.text}" for one in entry.limitations)
    if entry.questions:
        yield f"## {gettext('Questions and answers')}"
        yield from (f"{_ours(one.ours)}**{one.q}**\n{one.a}" for one in entry.questions)
    if entry.updated:
        yield f"## {gettext('Corrections')}"
        yield "\n".join(f"- {one.on.iso}: {one.what}" for one in entry.updated)
    if pages := (*entry.docs, *entry.refs):
        yield f"## {gettext('Links')}"
        yield "\n".join(f"- [{page.title}]({page.url})" for page in pages)


def _issue(one: OpenIssue, tongue: Tongue) -> str:
    headed = tongue.gettext("{heading}:")
    known = (
        (N_("Affected"), one.affected),
        (N_("Until then"), one.workaround),
        (FIX[one.fix_is_out], one.fixed_in),
    )
    rows = [
        f"  {headed.format(heading=tongue.gettext(head))} {text}"
        for head, text in known
        if text
    ]
    return "\n".join((f"- {_ours(one.ours)}{one.status}: {one.text}", *rows))


def _ours(is_ours: bool) -> str:  # noqa: FBT001 - it is the whole question
    return f"**{OURS}:** " if is_ours else ""
