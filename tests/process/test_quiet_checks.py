"""A checklist item that never stood in the way of anything may be dropped."""

from __future__ import annotations

from gatepost.process.quiet_checks import Asked, State, check_records


def asked(*states: State) -> list[Asked]:
    """One item, asked of a release for each state."""
    return [Asked(f"r{n}", state) for n, state in enumerate(states)]


def test_never_failing_takes_five_releases() -> None:
    """Five times held is silence, four times is too early, one that is open or waived is none."""
    records = check_records(
        {
            "always": asked(*["held"] * 5),
            "new": asked(*["held"] * 4),
            "useful": asked(*["held"] * 5, "open"),
            "waived": asked(*["held"] * 5, "waived"),
        },
        {"always": "Somebody read it"},
    )
    assert [(one.item, one.never_fails) for one in records] == [
        ("always", True),
        ("new", False),
        ("useful", False),
        ("waived", False),
    ]
    assert ("Somebody read it", 5) == (records[0].asks, records[0].held)


def test_the_releases_behind_are_named() -> None:
    """All that were asked, and those in which it is open."""
    (only,) = check_records({"docs": asked("held", "open")}, {})
    assert (("r0", "r1"), ("r1",)) == (only.releases, only.open)
