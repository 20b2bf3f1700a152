"""Words that have no business in public text: tickets, branches, flags, hosts, handles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gatepost.model.book import Book
from gatepost.model.registry import Defaults, Policy, Registry
from gatepost.model.release import Release
from gatepost.rules.public_text import Sheet

STANDARDS = frozenset(
    """
    AES AMD ANSI APP ARM ASCII ASN AWS BASE BCP BGP BLAKE CIS CP CSV CVE CWE DALL DES DOI DSA
    ECMA ECC ED EIP EN ERC ES ETSI FAQ FIPS FY GDPR GHSA GLM GMT GPT GSM HMAC HTTP HTTPS IEC
    IEEE IETF INT IPV ISBN ISO ISSN ITU JEP JSR KB KEP LLAMA LTE LTS MD MIL MPEG MP MS NIST OAUTH
    OSI OWASP PBKDF PCI PDF PEP PKCS POSIX PSD PSR RFC RHEL RIPEMD RSA SAML SCRAM SEC SEMVER SHA
    SMS SOC SP SQL SSE SSL STD TLS TOTP TS UCS UTC UTF UUID VT WCAG WIN XML
    """.split()
)
"""What stands before the hyphen in names of standards, sizes and models, not of tickets."""

# The first character class lets the search skip ahead; what stands before a hit is looked at
# afterwards.
_TICKET = re.compile(r"[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,5}(?![\w-]|\.\d)")
_LEAST_DIGITS = 2
_HOST = re.compile(r"\.(?:internal|corp|local|lan|intranet)(?![\w-]|\.\w)", re.IGNORECASE)
_HOST_LEFT = re.compile(r"[\w.-]*\Z")
_WELL_KNOWN = re.compile(
    r"(?:.*\.)?(?:docker\.internal|cluster\.local|google\.internal|ec2\.internal"
    r"|compute\.internal|localhost\.local)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"l(?:ocalhost)(?::\d+|(?<=//localhost))"
    r"|1(?:0(?:\.\d{1,3}){3}|27(?:\.\d{1,3}){3}(?::\d+|(?=/\w))|92\.168(?:\.\d{1,3}){2}"
    r"|72\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?![\w.]*\d|/\d)"
)
_BRANCH = re.compile(
    r"(?:feature|feat|bugfix|hotfix|fix|chore|refactor|release|task|story)s?/"
    r"(?=[\w.-]*[-_\d])[A-Za-z0-9][\w.-]*[A-Za-z0-9](?![\w/])"
    r"|refs/(?:heads|tags)/[\w./-]+|origin/[\w./-]+"
)
_HANDLE = re.compile(r"@[A-Za-z0-9][\w-]*(?:/[\w-]+)*")
_WORDS = re.compile(r"[\w-]+(?:[.:/][\w-]+)*")
_GLUE = frozenset("._-+/@")
_DOMAIN = re.compile(r"\.\w|@")
_BEFORE_WORD = re.compile(r"[\w./:@#-]\Z")
_AFTER_WORD = re.compile(r"[\w/-]|[.:][\w]")


class Hit(NamedTuple):
    """A suspicious word."""

    word: str
    at: int
    """Offset in the sheet's text."""


@dataclass(frozen=True, slots=True)
class Suspects:
    """What to look for in this book, compiled once."""

    tickets: re.Pattern[str] | None
    """The project's own tickets, if it names their prefixes."""
    hosts: re.Pattern[str] | None
    flags: frozenset[str]
    handles: frozenset[str]
    """Lower case, without `@`."""
    innocent: frozenset[str]
    """Words the project says are fit for readers; lower case."""


def suspects(book: Book) -> Suspects:
    """Collect what this book must keep to itself."""
    registry, policy = book.registry, book.registry.policy
    return Suspects(
        tickets=_prefixes(policy),
        hosts=_endings(policy),
        flags=_flags(book.releases, registry),
        handles=frozenset(_handles(book)),
        innocent=frozenset(word.casefold() for word in policy.public_words),
    )


def _prefixes(policy: Policy) -> re.Pattern[str] | None:
    names = [re.escape(name.strip(" -")) for name in policy.ticket_prefixes]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})-\d+(?!\w)") if names else None


def _endings(policy: Policy) -> re.Pattern[str] | None:
    names = [re.escape(name.lstrip("*.")) for name in policy.internal_hosts]
    if not names:
        return None
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-]|\.\w)", re.IGNORECASE
    )


def _flags(releases: Iterable[Release], registry: Registry) -> frozenset[str]:
    keys = {flag.key for release in releases for flag in release.flags}
    named = {*registry.products, *registry.components, *registry.plans}
    return frozenset(keys - named)


def _handles(book: Book) -> Iterator[str]:
    registry = book.registry
    named = [*registry.teams, *_owners(registry)]
    for release in book.releases:
        named.extend(release.roles.values())
    for name in named:
        if bare := name.strip().lstrip("@").lower():
            yield bare


def _owners(registry: Registry) -> Iterator[str]:
    rows = (*registry.products.values(), *registry.components.values())
    for row in rows:
        yield row.owner
    every: tuple[Defaults, ...] = (registry.defaults, *(row.defaults for row in rows))
    for defaults in every:
        yield from (defaults.roles or {}).values()


def own_tickets(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Ticket ids of the project's own trackers, anywhere."""
    if known.tickets is not None:
        for match in known.tickets.finditer(sheet.text):
            yield from _unless_innocent(match, known)


def likely_tickets(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """What looks like a ticket id, outside blocks of code and addresses."""
    for match in _TICKET.finditer(sheet.text):
        prefix, _, number = match.group().partition("-")
        if prefix in STANDARDS or prefix.rstrip("0123456789") in STANDARDS:
            continue
        if len(number) < _LEAST_DIGITS or _glued(sheet.text, match.start()):
            continue
        if not sheet.fenced(match.start()):
            yield from _unless_innocent(match, known)


def _glued(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_-./=&%#")


def branches(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Names of branches, outside blocks of code and addresses."""
    if "/" not in sheet.text:
        return
    for match in _BRANCH.finditer(sheet.text):
        if not _glued(sheet.text, match.start()) and not sheet.fenced(match.start()):
            yield from _unless_innocent(match, known)


def flag_keys(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Keys of this book's flags; a key that is an ordinary word counts only as code."""
    if known.flags.isdisjoint(words := _WORDS.findall(sheet.text)):
        return
    for key in sorted(known.flags & frozenset(words)):
        plain = key.isalpha() and key.islower()
        for match in re.finditer(re.escape(key), sheet.text):
            if _whole(match) and (not plain or sheet.coded(match.start())):
                yield from _unless_innocent(match, known)


def _whole(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    before = _BEFORE_WORD.search(text, max(0, start - 1), start)
    return before is None and _AFTER_WORD.match(text, end) is None


def own_hosts(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Hosts the policy calls internal, anywhere."""
    if known.hosts is not None:
        for match in known.hosts.finditer(sheet.text):
            yield Hit(_host(match), match.start())


def likely_hosts(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Hosts and addresses that only a private network can reach."""
    for match in _HOST.finditer(sheet.text):
        host = _host(match)
        if _is_private_host(host, match, sheet):
            start = match.end() - len(host)
            if host.casefold() not in known.innocent:
                yield Hit(host, start)
    for match in _ADDRESS.finditer(sheet.text):
        if not sheet.coded(match.start()) and not _versioned(match):
            yield from _unless_innocent(match, known)


def _host(match: re.Match[str]) -> str:
    left = _HOST_LEFT.search(match.string, max(0, match.start() - 253), match.start())
    return (left.group() if left else "") + match.group()


def _is_private_host(host: str, match: re.Match[str], sheet: Sheet) -> bool:
    if host.startswith((".", "-")) or _WELL_KNOWN.fullmatch(host):
        return False
    if not sheet.coded(match.start()):
        return True
    # In code `settings.local` is more often a name than a host.
    text, start = match.string, match.end() - len(host)
    addressed = text[max(0, start - 3) : start].endswith(("://", "@"))
    return addressed or host.count(".") > 1 or text[match.end() : match.end() + 1] == ":"


def _versioned(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 9) : match.start()].lower()
    return before.endswith(("v", "version ", "release ", ".", "-")) or before[-1:].isalnum()


def handles(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Handles of the book's teams; e-mail addresses and package scopes are left alone."""
    for match in _HANDLE.finditer(sheet.text):
        start, end = match.span()
        before = sheet.text[start - 1 : start]
        if before.isalnum() or before in _GLUE or _DOMAIN.match(sheet.text, end):
            continue
        if match.group()[1:].lower() in known.handles:
            yield from _unless_innocent(match, known)


def _unless_innocent(match: re.Match[str], known: Suspects) -> Iterator[Hit]:
    if match.group().casefold() not in known.innocent:
        yield Hit(match.group(), match.start())
