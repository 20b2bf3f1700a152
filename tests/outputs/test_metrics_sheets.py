"""Tables leave as CSV and JSON that spreadsheets and scripts can trust."""

from __future__ import annotations

from gatepost.outputs.metrics_sheet import Sheet, csv_bytes, json_rows

SHEET = Sheet(
    "deployments",
    "Deployments",
    "About them.",
    ("version", "lead time h", "rate %", "releases"),
    (
        ('=HYPERLINK("x")', 1.5, None, ("export", "import")),
        ("@sre-oncall", -2, 4.5, ()),
        ("@SUM(A1)", 0, 0.0, ("a",)),
    ),
)


def test_no_cell_starts_a_formula() -> None:
    """A formula is kept as text; a team handle and a negative number stay as they are."""
    rows = csv_bytes(SHEET).decode().split("\r\n")
    assert rows == [
        "version,lead time h,rate %,releases",
        '"\'=HYPERLINK(""x"")",1.5,,export import',
        "@sre-oncall,-2,4.5,",
        "'@SUM(A1),0,0.0,a",
        "",
    ]


def test_json_names_are_single_words() -> None:
    """And releases are a list, a missing number is null."""
    assert json_rows(SHEET)[0] == {
        "version": '=HYPERLINK("x")',
        "lead_time_h": 1.5,
        "rate_percent": None,
        "releases": ["export", "import"],
    }
