"""What was meant to hide text on a hand-written page, where nothing hides any."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.content.astray import marks_astray


def found(root: Path, text: str) -> list[str]:
    """What is said of a page with this text, by line."""
    page = root / "pages" / "about.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(text, "utf-8")
    rows = marks_astray(root / "pages", root, "content/releases")
    return [f"{row.place.line} {row.sentence}" for row in rows]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/// internal", "`/// internal` hides nothing: this page is published whole"),
        (
            "/// Internal | for us",
            "`/// Internal | for us` hides nothing: this page is published whole",
        ),
        (":::internal", "`:::internal` hides nothing: this page is published whole"),
        ("/// private", "`/// private` hides nothing: this page is published whole"),
        ("/// intrenal", "`/// intrenal` hides nothing: this page is published whole"),
        ("::: private", "`::: private` hides nothing: this page is published whole"),
        ("  // internal", "`// internal` hides nothing: this page is published whole"),
    ],
)
def test_a_mark_hides_nothing_there(tmp_path: Path, line: str, said: str) -> None:
    """It is found where it stands, also when it is written almost right."""
    assert found(tmp_path, f"# About\n\n{line}\nOnly for us.\n///\n") == [f"3 {said}"]


def test_an_audience_hides_nothing_there(tmp_path: Path) -> None:
    """Whoever writes it believes that not everybody reads the page."""
    text = "---\ntitle: About\naudience: internal\n---\n\nOnly for us.\n"

    assert found(tmp_path, text) == [
        "3 `audience` hides nothing: every hand-written page is for everybody"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# About\n\n```markdown\n/// internal\nOnly for us.\n///\n```\n",
        "# About\n\n/// warning\nMind the gap.\n///\n",
        "# About\n\n/// note\nA block of another extension.\n///\n",
        "# About\n\n!!! tip\n    International readers, too.\n",
        "---\ntitle: About\n---\n\nThe audience: everybody. See https://example.com/internal/.\n",
    ],
    ids=["code", "warning", "block", "admonition", "prose"],
)
def test_what_is_left_alone(tmp_path: Path, text: str) -> None:
    """Samples of code, other blocks, and ordinary words."""
    assert found(tmp_path, text) == []


def test_a_site_without_pages(tmp_path: Path) -> None:
    """There is nothing to look at."""
    assert [*marks_astray(tmp_path / "none", tmp_path, "content/releases")] == []
