"""Which languages there are, by the tags that name them."""

from __future__ import annotations

import re

_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
"""Language, script, region (RFC 5646): `de`, `pt-BR`, `zh-Hant`, `es-419`."""
KNOWN = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch ckb co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fil fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
    hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
    li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os
    pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg
    th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo yue za zh zu
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""The languages of ISO 639-1, and some of ISO 639-2 that people write changelogs in."""


def is_language(tag: str) -> bool:
    """Whether *tag* names a language, such as `de`, `pt-BR` or `zh-Hant`."""
    match = _TAG.fullmatch(tag)
    return match is not None and match[1] in KNOWN


def speaks(reader: str, tag: str) -> bool:
    """Whether a text in *tag* is in the language of a *reader*: `de` is for `de-CH` too."""
    return tag in {reader, reader.partition("-")[0]}
