"""A post's path gives its date, and a name that stays when the date slips."""

from __future__ import annotations

import pytest

from gatepost.integrations.foreign_paths import read_path


@pytest.mark.parametrize(
    ("path", "stem", "date"),
    [
        ("access/2025-08-15-new-rules.mdx", "new-rules", "2025-08-15"),
        ("2025-08-15-1-1-1-1-dns.md", "1-1-1-1-dns", "2025-08-15"),
        ("2026-03-copy-as-json.mdx", "copy-as-json", ""),
        ("2019/10-23-error-code.md", "error-code", "2019-10-23"),
        ("2025/01/06/faster/index.md", "faster", "2025-01-06"),
        ("2025_01_06 faster.markdown", "faster", "2025-01-06"),
        ("2026-03-12.md", "2026-03-12", "2026-03-12"),
        ("2026-03-5g-launch.md", "2026-03-5g-launch", ""),
        ("v1.2.0.md", "v1.2.0", ""),
    ],
)
def test_the_forms_of_paths(path: str, stem: str, date: str) -> None:
    """Dates in folders, in names and in both."""
    found = read_path(path)

    assert (found.stem, found.date) == (stem, date)


def test_the_key_has_no_date() -> None:
    """So that a renamed file is still the same entry."""
    assert read_path("access/2025-08-15-new-rules.mdx").key == "access/new-rules"
    assert read_path("2019/10-23-error-code.md").key == "error-code"


def test_a_file_named_after_a_version() -> None:
    """With dots or underscores."""
    assert read_path("v0_3_0.md").version == "0.3.0"
    assert read_path("faster.md").version == ""
