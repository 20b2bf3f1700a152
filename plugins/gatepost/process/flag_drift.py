"""Drift: where the releases and the provider of flags disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from gatepost.model.finding import Finding, Law, Level, Place
from gatepost.model.flag_snapshot import ProviderFlag, Share, Snapshot
from gatepost.process.exposure import ALL
from gatepost.process.flag_record import FlagRecord
from gatepost.process.flags import Register
from gatepost.rules import flag_laws as laws

DriftKind = Literal["undeclared", "gone", "switched", "share", "default", "safe-value"]
_LAWS: dict[DriftKind, Law] = {
    "undeclared": laws.UNDECLARED,
    "gone": laws.GONE,
    "switched": laws.SWITCHED,
    "share": laws.SHARE,
    "default": laws.DEFAULT,
    "safe-value": laws.SAFE_VALUE,
}
NEAR = 1.0
"""Percentage points that are no difference: providers count in thousandths."""
_SAME = {"true": "on", "false": "off", "enabled": "on", "disabled": "off"}


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference between a release and the provider."""

    kind: DriftKind
    key: str
    here: Place | None
    """In the entry; None if no entry declares the flag."""
    there: Place
    """In the provider's file."""
    says_here: str
    """What the entry says, such as `100%`; may be empty."""
    says_there: str
    """What the provider says, such as `40%`."""
    sentence: str
    """Names the flag and both sides; no full stop."""
    level: Level = "error"
    release: str = ""
    """Id of the release whose entry is `here`; empty if no entry declares the flag."""

    @property
    def finding(self) -> Finding:
        """For reports; the sentence ends with the other place."""
        law, place = _LAWS[self.kind], self.here or self.there
        other = f" ({self.there})" if self.here else ""
        fix = law.fix.removesuffix(".")
        return Finding(place, law.code, f"{self.sentence}{other}", fix, self.level)


@dataclass(frozen=True)
class Comparison:
    """The register beside what the provider says."""

    register: Register
    provider: Snapshot | None
    """None if nobody knows what the provider says."""
    drifts: tuple[Drift, ...] = ()
    """In the order of their keys."""

    @cached_property
    def theirs(self) -> Mapping[str, ProviderFlag]:
        """The provider's flags by key."""
        return {one.key: one for one in self.provider.flags} if self.provider else {}

    @cached_property
    def _drifts_of(self) -> Mapping[str, tuple[Drift, ...]]:
        found: dict[str, list[Drift]] = {}
        for one in self.drifts:
            found.setdefault(one.key, []).append(one)
        return {key: tuple(rows) for key, rows in found.items()}

    def drifts_of(self, key: str) -> tuple[Drift, ...]:
        """The differences of one flag."""
        return self._drifts_of.get(key, ())

    @property
    def undeclared(self) -> tuple[str, ...]:
        """Keys that only the provider knows."""
        return tuple(one.key for one in self.drifts if one.kind == "undeclared")

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong: in the file, between both, and in the releases; sorted."""
        return tuple(
            sorted(
                (
                    *(self.provider.findings if self.provider else ()),
                    *(one.finding for one in self.drifts),
                    *self.register.findings,
                )
            )
        )


def compare(register: Register, provider: Snapshot | None) -> Comparison:
    """Put the provider's flags beside the register."""
    drifts = drift(register, provider) if provider else ()
    return Comparison(register, provider, drifts)


def drift(register: Register, snapshot: Snapshot) -> tuple[Drift, ...]:
    """Compare the releases with the provider, flag by flag in the order of their keys.

    A file from which nothing could be read says nothing about any flag.
    """
    if not snapshot.flags and snapshot.findings:
        return ()
    there = {one.key: one for one in snapshot.flags}
    found: list[Drift] = []
    for key in sorted(register.by_key.keys() | there.keys()):
        record, theirs = register.by_key.get(key), there.get(key)
        if record is None and theirs is not None:
            found += _undeclared(theirs)
        elif record is not None and theirs is not None and not theirs.removed:
            found += _differences(record, theirs)
        elif record is not None and key not in snapshot.unreadable:
            found += _gone(record, theirs.place if theirs else Place(snapshot.path))
    return tuple(found)


def _undeclared(theirs: ProviderFlag) -> Iterator[Drift]:
    if theirs.removed:
        return
    off = theirs.share is not None and not theirs.share.most
    says = f"on for {theirs.share}" if theirs.share else "there"
    sentence = f"the flag `{theirs.key}` is {'off' if off else says} at the provider"
    yield Drift(
        "undeclared",
        theirs.key,
        None,
        theirs.place,
        "",
        str(theirs.share or ""),
        f"{sentence}, and no release declares it",
        "advice" if off else "error",
    )


def _gone(record: FlagRecord, there: Place) -> Iterator[Drift]:
    if record.state == "taken-back":
        return  # removing it is what should have happened
    sentence = f"the flag `{record.key}` is declared, and the provider does not have it"
    one = record.declarations[0]
    yield Drift(
        "gone",
        record.key,
        one.at(),
        there,
        says(record),
        "",
        sentence,
        release=one.release.id,
    )


def says(record: FlagRecord) -> str:
    """What the entries say a flag does now, in a word: `40%`, or its default."""
    return record.default if record.share is None else f"{record.share}%"


def _differences(record: FlagRecord, theirs: ProviderFlag) -> Iterator[Drift]:
    if record.share is not None and theirs.share is not None:
        yield from _rollout(record, theirs, record.share, theirs.share)
    elif record.share is None and _differs(record.default, theirs.default):
        yield _drift(
            "default",
            record,
            theirs,
            (record.default, theirs.default[0]),
            f"the default of the flag `{record.key}` is `{record.default}` here "
            f"and `{theirs.default[0]}` at the provider",
        )
    if fault := _safe_value(record, theirs):
        yield fault


def _rollout(
    record: FlagRecord, theirs: ProviderFlag, ours: int, share: Share
) -> Iterator[Drift]:
    name = f"the flag `{record.key}`"
    said = (f"{ours}%", str(share))
    if ours and not share.most:
        sentence = f"{name} is on for {ours}% here and off at the provider"
        yield _drift("switched", record, theirs, ("on", "off"), sentence)
    elif not ours and share.least:
        sentence = f"{name} is off here and on for {share} at the provider"
        yield _drift("switched", record, theirs, ("off", str(share)), sentence)
    elif not ours:
        return  # who is let in by name before the rollout is a test account
    elif ours < share.least - NEAR or ours > share.most + NEAR:
        sentence = f"{name} is on for {ours}% here and for {share} at the provider"
        yield _drift("share", record, theirs, said, sentence)
    elif record.general and share.most < ALL - NEAR:
        sentence = f"{name} is generally available by its entry and on for {share} at the provider"
        yield _drift("share", record, theirs, said, sentence)


def _drift(
    kind: DriftKind,
    record: FlagRecord,
    theirs: ProviderFlag,
    said: tuple[str, str],
    sentence: str,
) -> Drift:
    fields: dict[DriftKind, str] = {"default": "default", "safe-value": "safe_value"}
    one = record.leading if kind in {"switched", "share"} else record.declarations[0]
    here = one.at(fields.get(kind, "key"))
    return Drift(
        kind,
        record.key,
        here,
        theirs.place,
        *said,
        sentence,
        release=one.release.id,
    )


def _safe_value(record: FlagRecord, theirs: ProviderFlag) -> Drift | None:
    safe, name = record.safe_value, f"the flag `{record.key}`"
    if theirs.variants and _differs(safe, theirs.variants):
        sentence = (
            f"the safe value of {name} is `{safe}`, which the provider does not have"
        )
        return _drift("safe-value", record, theirs, (safe, ""), sentence)
    if record.share is not None and _differs(safe, theirs.off):
        sentence = (
            f"the safe value of {name} is `{safe}` here, and off means `{theirs.off[0]}` "
            "at the provider"
        )
        return _drift("safe-value", record, theirs, (safe, theirs.off[0]), sentence)
    return None


def _differs(said: str, words: tuple[str, ...]) -> bool:
    """Whether a declared value is none of the names a provider has for it; unsaid never differs."""
    return bool(said and words) and _plain(said) not in {_plain(one) for one in words}


def _plain(word: str) -> str:
    lower = word.strip().lower()
    return _SAME.get(lower, lower)
