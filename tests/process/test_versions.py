"""Versions sort as their product's scheme says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.model.registry import Scheme
from gatepost.process.versions import version_key

LADDERS: dict[Scheme, list[str]] = {
    "semver": [
        *("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2"),
        *("1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.2", "1.10.0", "v2"),
    ],
    "calver": ["2025.12", "2026.2", "2026.10-rc1", "2026.10", "2026.10.1", "2026.11"],
    "pep440": ["1.0.dev1", "1.0a2", "1.0rc1", "1.0", "1.0.post1", "1!0.5"],
    "natural": ["R2", "R9", "R23", "R23a", "S1"],
}


@pytest.mark.parametrize("scheme", LADDERS)
def test_each_is_newer_than_the_one_before(scheme: Scheme) -> None:
    """The ladder of Semantic Versioning, section 11, and one for each other scheme."""
    ladder = LADDERS[scheme]
    shuffled = ladder[::-2] + ladder[-2::-2]
    assert ladder == sorted(shuffled, key=lambda text: version_key(text, scheme))


@pytest.mark.parametrize(
    ("scheme", "one", "other"),
    [
        ("semver", "3.2", "v3.2.0"),
        ("semver", "3.2.0+build.7", "3.2.0"),
        ("semver", " 3.2.0\n", "3.2.0"),
        ("calver", "2026.10", "2026.10.0"),
        ("calver", "2026-10", "2026.10"),
        ("pep440", "1.0", "1.0.0"),
        ("natural", "R23", "r23"),
    ],
)
def test_two_ways_to_write_one_version(scheme: Scheme, one: str, other: str) -> None:
    """People leave out zeros and write a v; builds of a version are that version."""
    assert version_key(one, scheme) == version_key(other, scheme)


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("semver", "R23"),
        ("semver", "1.2.3.4"),
        ("semver", "2026-11-04"),
        ("semver", ""),
        ("semver", "٣.٢"),
        ("calver", "october"),
        ("pep440", "1.0-SNAPSHOT"),
        ("natural", ""),
        ("natural", "…"),
    ],
)
def test_what_is_no_version(scheme: Scheme, text: str) -> None:
    """It is refused with an example of how to write one."""
    with pytest.raises(ValueError, match="write it like"):
        version_key(text, scheme)


@given(st.lists(st.text(max_size=40), max_size=20))
def test_whatever_can_be_read_can_be_sorted(texts: list[str]) -> None:
    """No two keys of a scheme refuse to be compared, and no text crashes the reader."""
    for scheme in LADDERS:
        keys = []
        for text in texts:
            try:
                keys.append(version_key(text, scheme))
            except ValueError:
                continue
        backwards = keys[::-1]
        assert sorted(keys) == sorted(backwards)
