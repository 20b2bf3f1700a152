"""What a provider of feature flags says, in the words all providers share."""

from __future__ import annotations

from dataclasses import dataclass

from gatepost.model.finding import Finding, Place

NOBODY, EVERYBODY = 0.0, 100.0
"""Ends of a share, in percent."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many accounts have something switched on: between two percentages, often the same."""

    least: float
    most: float

    @property
    def exact(self) -> bool:
        """False if it depends on rules that look at each account."""
        return self.least == self.most

    def __str__(self) -> str:
        if self.exact:
            return f"{self.least:g}%"
        if (self.least, self.most) == (NOBODY, EVERYBODY):
            return "some accounts"
        return f"{self.least:g} to {self.most:g}%"


OFF = Share(NOBODY, NOBODY)
ON = Share(EVERYBODY, EVERYBODY)


@dataclass(frozen=True, slots=True)
class ProviderFlag:
    """One flag as its provider has it."""

    key: str
    place: Place
    """Where the flag's key was written."""
    share: Share | None
    """Who has it switched on; None if the file does not say, or no value means off."""
    default: tuple[str, ...] = ()
    """What is served when no rule applies: the variant's name, then its value. Empty: unsaid."""
    off: tuple[str, ...] = ()
    """What is served when it is switched off: the variant's name, then its value."""
    variants: tuple[str, ...] = ()
    """Names and values it can serve; empty if the format has no variants."""
    removed: bool = False
    """True if the provider keeps it only as a memory."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One provider's file, or folder of files, as it was read."""

    path: str
    """Relative to the project's root if it lies there, with forward slashes."""
    format: str
    """Name of the format, such as `flagd`; empty if nobody could tell."""
    flags: tuple[ProviderFlag, ...] = ()
    """In the order of their keys."""
    findings: tuple[Finding, ...] = ()
    """What is wrong in it, sorted. A flag with a fault is left out of `flags`."""
    unreadable: frozenset[str] = frozenset()
    """Keys of flags that are there and have a fault."""
