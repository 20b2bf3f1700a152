"""Between two versions or days, a reader is told what matters, once, and what to do first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gatepost.model.moment import Clock, Moment
from gatepost.process.diff import (
    Change,
    Difference,
    between_days,
    between_versions,
    concerning,
    difference,
)


def change(
    name: str, version: str = "", day: str = "2026-10-01", **more: Any
) -> Change:
    """An entry named *name*, published on *day*."""
    known: dict[str, Any] = {
        "id": name,
        "title": name,
        "summary": "",
        "type": "added",
        "breaking": False,
        "action": "",
        "version": version,
        "products": frozenset({"reports"}),
        "plans": frozenset(),
        "published": date.fromisoformat(day),
        "deadline": None,
        "sunset": None,
        "taken_back": "",
        "taken_back_on": None,
        "taken_back_note": "",
        "replaces": frozenset(),
        "replaced_by": frozenset(),
    }
    return Change(**{**known, **more})


def moment(day: str) -> Moment:
    """A day."""
    return Moment.parse(day, Clock())


def told(found: Difference) -> tuple[list[str], list[str], list[str]]:
    """The ids of the three groups."""
    groups = (found.must_do, found.should_know, found.new_for_you)
    must, should, new = ([one.id for one in group] for group in groups)
    return must, should, new


def upgrade(*changes: Change, start: str = "3.2", end: str = "4.1") -> Difference:
    """What changes from one version to another."""
    return difference(between_versions(changes, start, end, "semver"))


def test_the_version_one_has_is_not_news_the_one_one_gets_is() -> None:
    """From 3.2 to 4.1: 3.2 itself is known, 4.1 is not, 4.2 comes later; the newer stands first."""
    found = upgrade(
        change("had", "3.2.0"),
        change("first", "3.3"),
        change("last", "4.1"),
        change("later", "4.2"),
    )
    assert told(found) == ([], [], ["last", "first"])


def test_versions_are_ordered_as_versions() -> None:
    """3.10 comes after 3.9."""
    found = upgrade(change("ten", "3.10"), start="3.9", end="3.11")
    assert told(found) == ([], [], ["ten"])


def test_groups() -> None:
    """What asks for something, what is worth knowing, what is simply there."""
    found = upgrade(
        change("quicker", "4.0", type="performance"),
        change("mended", "4.0", type="fixed"),
        change("other-limit", "4.0", type="changed"),
        change("hole", "4.0", type="security"),
        change("gone", "4.0", type="removed"),
        change("new-key", "4.0", type="changed", breaking=True),
        change("allow-export", "4.0", action="An owner must allow it once."),
        change("old-api", "4.0", type="deprecated", sunset=moment("2027-06-01")),
        change("downtime", "4.0", type="notice"),
    )
    assert told(found) == (
        ["new-key", "allow-export", "gone", "hole"],
        ["old-api", "downtime", "other-limit"],
        ["mended", "quicker"],
    )


@pytest.mark.parametrize(
    "action", ["Nothing to do.", "nothing to do", "No action needed", " None "]
)
def test_nothing_to_do_is_nothing_to_do(action: str) -> None:
    """Entries say so in words, because readers look for it."""
    found = upgrade(change("log", "4.0", action=action))
    assert told(found) == ([], [], ["log"])


def test_deadlines_come_first_the_nearest_on_top() -> None:
    """Then what breaks, then the newest."""
    found = upgrade(
        change("broken", "4.0", breaking=True),
        change("spring", "4.0", deadline=moment("2027-03-01")),
        change("winter", "4.0", deadline=moment("2026-12-01")),
        change("hole", "4.0", type="security"),
    )
    assert told(found)[0] == ["winter", "spring", "broken", "hole"]


def test_an_action_is_asked_for_once() -> None:
    """Two entries that ask for the same thing: the second is told without it."""
    found = upgrade(
        change(
            "webhooks", "4.0", "2026-10-02", action="Replace your key.", breaking=True
        ),
        change("exports", "4.1", action="Replace  your KEY.", breaking=True),
    )
    assert [one.action for one in found.must_do] == ["Replace your key.", ""]


def test_what_was_replaced_on_the_way_is_left_out() -> None:
    """Whether the new entry names the old one or the old one the new."""
    found = upgrade(
        change("beta", "3.3"),
        change("final", "4.0", replaces=frozenset({"beta", "alpha"})),
        change("draft", "3.3", replaced_by=frozenset({"final"})),
    )
    assert told(found) == ([], [], ["final"])
    assert [one.id for one in found.left_out] == ["beta", "draft"]


def test_what_its_replacement_did_not_outlive_stays() -> None:
    """The new one was rolled back, so the old one is what there is."""
    found = upgrade(
        change("old", "3.3"),
        change("new", "4.0", replaces=frozenset({"old"}), taken_back="rolled-back"),
    )
    assert told(found) == ([], [], ["old"])


def test_a_replacement_outside_the_range_does_not_count() -> None:
    """Whoever goes to 4.1 still gets what 5.0 replaces."""
    found = upgrade(
        change("old", "4.0", replaced_by=frozenset({"new"})), change("new", "5.0")
    )
    assert told(found) == ([], [], ["old"])


def test_what_was_taken_back_on_the_way_is_left_out() -> None:
    """It never concerned whoever comes from the older version."""
    found = upgrade(change("tried", "4.0", taken_back="rolled-back"))
    assert (found.total, [one.id for one in found.left_out]) == (0, ["tried"])


def test_what_one_had_and_was_taken_back_since_is_worth_knowing() -> None:
    """It was in 3.2; it was withdrawn after 3.2 had come out."""
    found = upgrade(
        change(
            "preview",
            "3.2",
            "2026-09-01",
            taken_back="withdrawn",
            taken_back_on=date(2026, 9, 15),
        )
    )
    assert told(found) == ([], ["preview"], [])


def test_what_was_taken_back_before_one_had_it_is_no_news() -> None:
    """It was withdrawn before 3.2 came out."""
    found = upgrade(
        change(
            "tried",
            "3.1",
            "2026-08-01",
            taken_back="withdrawn",
            taken_back_on=date(2026, 8, 9),
        ),
        change("had", "3.2", "2026-09-01"),
    )
    assert told(found) == ([], [], [])


def test_a_version_came_out_for_everybody_on_one_day() -> None:
    """What 3.2 brought to others says when it came out: after 3.1 was taken back."""
    tried = change(
        "tried",
        "3.1",
        "2026-08-01",
        taken_back="rolled-back",
        taken_back_on=date(2026, 8, 9),
    )
    others = change("sign-on", "3.2", "2026-09-01", plans=frozenset({"enterprise"}))
    later = change("later", "3.3", "2026-10-01", plans=frozenset({"enterprise"}))

    def since(start: str, *of_others: Change) -> Difference:
        return difference(
            between_versions([tried], start, "4.1", "semver", of_others=of_others)
        )

    assert told(since("3.2", others, later)) == ([], [], [])
    assert told(since("3.1", others, later)) == ([], ["tried"], [])


def test_an_entry_without_a_readable_version_is_named() -> None:
    """It is neither shown in the wrong place nor dropped in silence."""
    found = upgrade(change("no-version"), change("odd", "R23"))
    assert [one.id for one in found.unplaced] == ["no-version", "odd"]


def days(first: str, last: str, *changes: Change) -> Difference:
    """What changes from one day to another."""
    span = date.fromisoformat(first), date.fromisoformat(last)
    return difference(between_days(changes, *span))


def test_both_days_count() -> None:
    """From the first to the last of October."""
    found = days(
        "2026-10-01",
        "2026-10-31",
        change("before", day="2026-09-30"),
        change("first", day="2026-10-01"),
        change("last", day="2026-10-31"),
        change("after", day="2026-11-01"),
    )
    assert told(found) == ([], [], ["last", "first"])


def test_taken_back_after_the_last_day() -> None:
    """On the last day of the range it was still there."""
    entry = change("tried", taken_back="rolled-back", taken_back_on=date(2026, 11, 5))
    assert told(days("2026-10-01", "2026-10-31", entry)) == ([], [], ["tried"])
    assert days("2026-10-01", "2026-11-30", entry).left_out == (entry,)


def test_only_what_concerns_me() -> None:
    """My products, and my plan or all plans."""
    team = frozenset({"team"})
    kept = concerning(
        [
            change("for-all"),
            change("for-team", plans=team),
            change("for-enterprise", plans=frozenset({"enterprise"})),
            change("other-product", products=frozenset({"billing"})),
        ],
        products=frozenset({"reports"}),
        plan="team",
    )
    assert [one.id for one in kept] == ["for-all", "for-team"]


def test_backwards() -> None:
    """The older version, or the earlier day, comes first."""
    with pytest.raises(
        ValueError, match=r"3\.2 comes before 4\.1: write the older version first"
    ):
        upgrade(start="4.1", end="3.2")
    with pytest.raises(ValueError, match="write the earlier day first"):
        days("2026-10-31", "2026-10-01")


def test_order_does_not_depend_on_the_order_of_reading() -> None:
    """Same input, same words."""
    changes = [change(name, "4.0") for name in "cab"]
    assert told(upgrade(*changes)) == told(upgrade(*reversed(changes)))


def test_the_day_is_the_author_s() -> None:
    """A moment late in the evening belongs to its own day, whatever UTC says."""
    late = Moment(datetime(2026, 10, 31, 23, 30, tzinfo=UTC), timed=True)
    assert late.day == date(2026, 10, 31)
