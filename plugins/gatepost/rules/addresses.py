"""What an address means: an entry, a file beside it, or one that lacks its beginning."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from gatepost.content.links import scheme_of

_HOST = re.compile(
    r"(?:www\.[^\s/?#]+|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|dev|example))"
    r"(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
"""The name of a host, by its first word or by an ending that no file of ours has."""
_MAILBOX = re.compile(r"[^\s/@:]+@[^\s/@:]+\.[a-z]{2,}", re.IGNORECASE)


def full_address(target: str) -> str:
    """The address that is meant by one without `https://` or `mailto:`; empty if it is none."""
    if _HOST.fullmatch(target):
        return f"https://{target}"
    return f"mailto:{target}" if _MAILBOX.fullmatch(target) else ""


def bare_id(target: str) -> str:
    """The id a link consists of if it is one, as in `[words](faster-export)`."""
    path = target.partition("#")[0].partition("?")[0].rstrip("/")
    name = posixpath.basename(path) if path.startswith(("../", "./")) else path
    return "" if "/" in name or "." in name or ":" in name else name


def entry_at(target: str, home: str) -> str | None:
    """The id or file that a link to another entry means; None if it means no entry.

    `release:some-id`, `/releases/some-id/` and relative paths to Markdown files mean entries.

    Args:
        target: The address, as written.
        home: Folder of the file it is written in, relative to the project's root.
    """
    if target.startswith("release:"):
        return target.removeprefix("release:").partition("#")[0].strip("/")
    path = target.partition("#")[0].partition("?")[0]
    if full_address(path):
        return None
    if path.startswith("/releases/"):
        return path.removeprefix("/releases/").partition("/")[0]
    if not path.endswith(".md") or ":" in path or path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(home, path))


def local_name(target: str) -> str:
    """The file an address means if it means one beside the entry, else nothing."""
    path = target.partition("#")[0].partition("?")[0]
    if not path or path.startswith("/") or scheme_of(path) or full_address(path):
        return ""
    return posixpath.normpath(unquote(path))
