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
    AES AMD ANSI APP ARM ASCII ASN AWS BASE BCP BGP BLAKE CIS COVID CP CSV CVE CWE DALL DES DOI DSA
    ECMA ECC ED EIP EN ERC ES ETSI FAQ FIPS FY GDPR GHSA GLM GMT GPT GSM HMAC HTTP HTTPS ICD IEC
    IEEE IETF INT IPV ISBN ISO ISSN ITU JEP JSR KB KEP LLAMA LTE LTS MD MIL MPEG MP MS NIST OAUTH
    OSI OWASP PBKDF PCI PDF PEP PKCS POSIX PSD PSR RFC RHEL RIPEMD RSA SAML SCRAM SEC SEMVER SHA
    SMS SOC SP SQL SSE SSL STD TLS TOTP TS UCS UTC UTF UUID VT WCAG WIN XML
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""What stands before the hyphen in names of standards, sizes and models, not of tickets."""

# The first character class lets the search skip ahead; what stands before a hit is looked at
# afterwards.
_TICKET = re.compile(r"[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,5}(?![\w-]|\.\d)")
_LEAST_LETTERS = 2
_LEAST_DIGITS = 2
_HOST = re.compile(
    r"\.(?:internal|corp|local|lan|intranet)(?![\w-]|\.\w)", re.IGNORECASE
)
_WIDEST = 253
"""Greatest length of a host name (RFC 1035)."""
_HOST_LEFT = re.compile(r"[\w.-]*\Z")
_WELL_KNOWN = re.compile(
    r"(?:.*\.)?(?:docker\.internal|cluster\.local|google\.internal|ec2\.internal"
    r"|compute\.internal|localhost\.local)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:localhost|1(?:(?:0|27)(?:\.\d{1,3}){3}|92\.168(?:\.\d{1,3}){2}"
    r"|72\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}))(?P<port>:\d+)?(?![\w.]*\d|/\d)"
)
_UNMISTAKABLE = ("192.168.", "172.")
"""Other private addresses look like versions, or like a word, until they have a port or scheme."""
# Begins with the stroke, which is rarer than the words before it.
_BRANCH = re.compile(
    r"/(?:(?:(?<=feature/)|(?<=feat/)|(?<=features/)|(?<=bugfix/)|(?<=hotfix/)|(?<=fix/)"
    r"|(?<=chore/)|(?<=refactor/)|(?<=release/)|(?<=task/)|(?<=story/))"
    r"(?=[\w.-]*[-_\d])[A-Za-z0-9][\w.-]*[A-Za-z0-9](?![\w/])"
    r"|(?:(?<=refs/heads/)|(?<=refs/tags/)|(?<=origin/))[\w./-]*\w)"
)
_BRANCH_LEFT = re.compile(r"(?:refs/(?:heads|tags)|[A-Za-z]+)\Z")
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
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-]|\.\w)", re.IGNORECASE)


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
        letters = prefix.rstrip("0123456789")
        # One letter, as in Q4-2026 or R2-12, is no project key either.
        if prefix in STANDARDS or letters in STANDARDS or len(letters) < _LEAST_LETTERS:
            continue
        if len(number) < _LEAST_DIGITS or _glued(sheet.text, match.start()):
            continue
        if not sheet.fenced(match.start()):
            yield from _unless_innocent(match, known)


def _glued(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_-./=&%#")


def branches(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Names of branches, outside blocks of code and addresses."""
    for match in _BRANCH.finditer(sheet.text):
        word = _leftwards(_BRANCH_LEFT, match)
        start = match.end() - len(word)
        if _glued(sheet.text, start) or sheet.fenced(start):
            continue
        if word.casefold() not in known.innocent:
            yield Hit(word, start)


def flag_keys(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Keys of this book's flags; a key that is an ordinary word counts only as code."""
    if not known.flags:
        return
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
            host = _leftwards(_HOST_LEFT, match)
            yield Hit(host, match.end() - len(host))


def likely_hosts(sheet: Sheet, known: Suspects) -> Iterator[Hit]:
    """Hosts and addresses that only a private network can reach."""
    for match in _HOST.finditer(sheet.text):
        host = _leftwards(_HOST_LEFT, match)
        if _is_private_host(host, match, sheet):
            start = match.end() - len(host)
            if host.casefold() not in known.innocent:
                yield Hit(host, start)
    for match in _ADDRESS.finditer(sheet.text):
        if _addressed(match) and not sheet.coded(match.start()):
            yield from _unless_innocent(match, known)


def _leftwards(pattern: re.Pattern[str], match: re.Match[str]) -> str:
    """A match together with what belongs to it on its left."""
    left = pattern.search(match.string, max(0, match.start() - _WIDEST), match.start())
    return (left.group() if left else "") + match.group()


def _is_private_host(host: str, match: re.Match[str], sheet: Sheet) -> bool:
    if host.startswith((".", "-")) or _WELL_KNOWN.fullmatch(host):
        return False
    if not sheet.coded(match.start()):
        return True
    # In code `settings.local` is more often a name than a host.
    text, start = match.string, match.end() - len(host)
    addressed = text[max(0, start - 3) : start].endswith(("://", "@"))
    return (
        addressed or host.count(".") > 1 or text[match.end() : match.end() + 1] == ":"
    )


def _addressed(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 2) : match.start()]
    if before == "//":
        return True
    if before[-1:].isalnum() or before.endswith((".", "-", "_", "@")):
        return False
    return bool(match["port"]) or match.group().startswith(_UNMISTAKABLE)


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
