"""The smallest edit: a line that says only what is missing, for the place where it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gatepost.model.release import PathInFile, Release
from gatepost.process.edit import edit_of, piece_edit

Entry = Callable[..., Release]
SIGNED = '[{role: pm, by: "@pm"}]'


@pytest.mark.parametrize(
    ("front", "path", "value", "words"),
    [
        ("", ("goal",), "speed", "add `goal: speed`"),
        ("", ("scope", "out"), "[imports]", "add `scope: {out: [imports]}`"),
        ("", ("tests", "planning"), "what, where", 'add `tests: {planning: "what, where"}`'),
        ("", ("goal",), "speed, first", "add `goal: speed, first`"),
        ("scope: {in: [a]}", ("scope", "out"), "[b]", "add under `scope:` `out: [b]`"),
        ("scope: {out: []}", ("scope", "out"), "[b]", "write `out: [b]`"),
        ('goal: ""', ("goal",), "speed", "write `goal: speed`"),
        ("incident: {}", ("incident",), "{channel: x}", "write `incident: {channel: x}`"),
        (
            "approvals: {given: [{role: qa_lead, by: '@qa'}]}",
            ("approvals", "given"),
            SIGNED,
            'add to the list `approvals.given` `{role: pm, by: "@pm"}`',
        ),
        (
            "approvals:\n  given:\n    - {role: qa_lead, by: '@qa'}",
            ("approvals", "given"),
            SIGNED,
            'add to the list `approvals.given` `- {role: pm, by: "@pm"}`',
        ),
    ],
)  # fmt: skip
def test_what_is_there_need_not_be_said(
    entry: Entry, front: str, path: PathInFile, value: str, words: str
) -> None:
    """Blocks, lists of one line and of many, and fields that are empty."""
    assert edit_of(entry(front), path, value).words == words


def test_it_points_at_the_line(entry: Entry) -> None:
    """What is missing altogether goes where the phase stands."""
    release = entry("docs: [{title: Exports, state: drafted}]")
    there = piece_edit(release, ("docs", 0, "state"), "state: updated")
    missing = edit_of(release, ("goal",), "speed")

    assert (there.words, there.place.column) == ("write `state: updated`", 32)
    assert missing.place == release.at("phase")


def test_a_piece_that_is_missing_is_added(entry: Entry) -> None:
    """Into the item it belongs to."""
    release = entry("risks: [{text: Files are cut}]")

    assert (
        piece_edit(release, ("risks", 0), "mitigation: A checksum").words
        == "add under `risks:` `mitigation: A checksum`"
    )
