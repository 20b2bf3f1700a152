"""Where the links of an imported text may lead, and which pictures come with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from gatepost.content.links import scheme_of

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
"""Endings of pictures that may lie beside an entry."""
_SCHEMES = frozenset({"http", "https", "mailto"})
_OWN = "/releases/"
"""Below it our own entries have their addresses."""

FindPicture = Callable[[str], tuple[str, str]]
"""From a target as written to where the disk adapter finds the file, or else why there is none."""


def no_pictures(_target: str) -> tuple[str, str]:
    """Find nothing: for texts that stand alone."""
    return "", "there is no folder to look for it"


@dataclass(frozen=True, slots=True)
class Destinations:
    """Decides what becomes of a target."""

    site: str = ""
    """Address of the site the text was written for; makes its links absolute."""
    find_picture: FindPicture = no_pictures

    def link(self, target: str) -> tuple[str, str]:
        """Say where a link leads from now on.

        Returns:
            The address to write, or else an empty text and why the link cannot be kept.
        """
        scheme = scheme_of(target)
        if not target or not _readable(target):
            return "", "that is no address"
        if scheme == "//":
            return f"https:{target}", ""
        if scheme and scheme not in _SCHEMES:
            return "", f"`{scheme}:` leads nowhere here"
        if scheme:
            return target, ""
        if self.site:
            return urljoin(self.site.rstrip("/") + "/", target), ""
        if target.startswith(_OWN):
            return "", f"addresses below `{_OWN}` are those of your own entries"
        if target.startswith("/"):
            return target, ""
        return (
            "",
            "the file it leads to is not imported; `--base-url` makes it an address",
        )

    def picture(self, target: str) -> tuple[str, str, str]:
        """Say where a picture is to be had.

        Returns:
            An address on the web; or else where the disk adapter finds the file; or else why it
            is not to be had.
        """
        scheme = scheme_of(target)
        if not _readable(target):
            return "", "", "that is no address"
        if scheme in {"http", "https"}:
            return target, "", ""
        if scheme == "//":
            return f"https:{target}", "", ""
        if scheme or not target:
            return "", "", "that is no address of a picture"
        ending = PurePosixPath(urlsplit(target).path).suffix.lower()
        if ending not in PICTURES:
            return (
                "",
                "",
                f"`{ending or target}` is no kind of picture an entry may show",
            )
        found, why = self.find_picture(target)
        if not found and self.site and not target.startswith("~"):
            return urljoin(self.site.rstrip("/") + "/", target), "", ""
        return "", found, why


def _readable(target: str) -> bool:
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True
