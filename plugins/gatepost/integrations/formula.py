"""Say a MathML formula in one line of text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

_SIGNS = {"msub": "_", "msup": "^", "mfrac": " / ", "munder": "_"}


def formula_text(source: str) -> str:
    """Say a formula as `slot_0 = a & (b - 1)`.

    Args:
        source: From `<math` to `</math>`.
    """
    try:
        words = _said(fromstring(source))  # noqa: S314 - begins at `<math`, so it declares nothing
    except ParseError:
        words = re.sub(r"<[^<>]*>", " ", source)
    return " ".join(words.replace("`", "'").split())


def _said(node: Element) -> str:
    parts = [_said(child) for child in node] or [node.text or ""]
    sign = _SIGNS.get(node.tag)
    if sign and len(parts) > 1:
        return sign.join((parts[0].strip(), *map(_grouped, parts[1:])))
    inside = " ".join(parts)
    return f"√({inside})" if node.tag == "msqrt" else inside


def _grouped(part: str) -> str:
    part = " ".join(part.split())
    return part if part.isalnum() else f"({part})"
