"""What is saved while a preview runs is taken up once, and an older state never wins."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from gatepost.hosts.saves import LOOK_EVERY, Saves, Steps

PATIENCE = 20
"""Seconds to wait for what must come."""


class Preview:
    """Notes what it is asked for; composing waits until it is let through."""

    def __init__(self, folder: Path, *observers: BaseObserver) -> None:
        """Follow the files of *folder*, but for its pages."""
        self.folder = folder
        self.glances: Queue[set[str]] = Queue()
        self.composed: Queue[str] = Queue()
        self.shown: Queue[str] = Queue()
        self.fails = False
        """Whether a glance comes to grief."""
        self.may_compose = Event()
        self.may_compose.set()
        steps = Steps(self._glance, self._compose)
        self.saves = Saves(folder, folder / "pages", steps, observers)

    def _glance(self, paths: frozenset[Path]) -> Callable[[], None]:
        if self.fails:
            raise ZeroDivisionError
        self.glances.put({one.relative_to(self.folder).as_posix() for one in paths})
        return lambda: self.shown.put("a glance")

    def _compose(self) -> Callable[[], None]:
        entry = self.folder / "entry.md"
        text = entry.read_text("utf-8") if entry.exists() else "nothing"
        self.composed.put(text)
        assert self.may_compose.wait(PATIENCE)
        return lambda: self.shown.put(text)

    def save(self, text: str, name: str = "entry.md") -> None:
        """Write a file."""
        (self.folder / name).write_text(text, "utf-8")

    def glanced(self) -> set[str]:
        """The files of the next glance."""
        return self.glances.get(timeout=PATIENCE)

    def until_shown(self, text: str) -> list[str]:
        """Everything that is shown up to this."""
        found = [self.shown.get(timeout=PATIENCE)]
        while found[-1] != text:
            found.append(self.shown.get(timeout=PATIENCE))
        return found


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A folder with one entry that is followed."""
    (tmp_path / "pages").mkdir()
    found = Preview(tmp_path)
    found.save("before")
    found.saves.begin()
    yield found
    found.saves.end()


def test_a_saved_file_is_shown_then_all_that_follows(preview: Preview) -> None:
    """First the glance, then the whole site with it."""
    preview.save("after")

    assert preview.glanced() == {"entry.md"}
    assert preview.until_shown("after") == ["a glance", "after"]


def test_each_change_is_taken_up_once(preview: Preview) -> None:
    """The system tells of it, and looking finds it as well."""
    preview.save("after")
    preview.until_shown("after")

    preview.glanced()
    with pytest.raises(Empty):
        preview.glances.get(timeout=3 * LOOK_EVERY)


def test_a_disk_that_tells_nobody(tmp_path: Path) -> None:
    """A folder shared with another machine is looked at."""
    preview = Preview(tmp_path, PollingObserver(timeout=0.1))
    preview.save("before")
    preview.saves.begin()

    preview.save("after")

    assert preview.until_shown("after") == ["a glance", "after"]
    preview.saves.end()


def test_an_editor_that_writes_beside_and_renames(preview: Preview) -> None:
    """Many do, so that no half file is ever there."""
    preview.save("after", ".entry.md.swp")
    (preview.folder / ".entry.md.swp").replace(preview.folder / "entry.md")

    seen = preview.glanced()
    while "entry.md" not in seen:
        seen |= preview.glanced()
    assert preview.until_shown("after")[-1] == "after"


@pytest.mark.parametrize(
    "name", [".entry.md.swp", ".entry.md.swx", "4913", "entry.md~", "#entry.md#"]
)
def test_what_an_editor_keeps_beside_an_open_file(preview: Preview, name: str) -> None:
    """It is written every few seconds; nothing is composed for it."""
    preview.save("half a sen", name)
    preview.save("after")

    assert preview.glanced() == {"entry.md"}


def test_a_file_that_goes(preview: Preview) -> None:
    """Its page has to go too."""
    preview.save("more", "other.md")
    preview.until_shown("before")
    preview.glanced()

    (preview.folder / "other.md").unlink()

    assert preview.glanced() == {"other.md"}


def test_reading_and_hand_written_pages_are_no_change(preview: Preview) -> None:
    """The server follows its pages itself; looking at an entry does not save it."""
    (preview.folder / "entry.md").read_bytes()
    preview.save("A page", "pages/index.md")
    preview.save("after")

    assert preview.glanced() == {"entry.md"}


def test_an_older_state_never_takes_the_place_of_a_newer_one(preview: Preview) -> None:
    """What is saved while the whole is composed is shown; the whole is then composed again."""
    preview.may_compose.clear()
    preview.save("first")
    assert preview.composed.get(timeout=PATIENCE) == "first"
    preview.save("second")
    preview.glanced()
    assert preview.glanced() == {"entry.md"}
    preview.may_compose.set()

    shown = preview.until_shown("second")

    assert "first" not in shown


def test_a_glance_that_fails_is_not_the_last(
    preview: Preview, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole is composed all the same, and what is saved next is followed."""
    preview.fails = True
    preview.save("first")
    assert preview.until_shown("first") == ["first"]
    preview.fails = False
    preview.save("second")

    assert preview.until_shown("second") == ["a glance", "second"]
    assert "ahead of the rest" in caplog.text


def test_a_folder_that_goes_and_comes_back(tmp_path: Path) -> None:
    """As with a branch that has none: what came with it is shown, and what is saved next."""
    observers = Observer(), PollingObserver(timeout=0.1)
    preview = Preview(tmp_path, *observers)
    preview.save("before")
    preview.saves.begin()
    shutil.rmtree(tmp_path)
    for watching in [one for each in observers for one in each.emitters]:
        watching.join(PATIENCE)
        assert not watching.is_alive()
    tmp_path.mkdir()
    preview.save("another branch")
    preview.until_shown("another branch")

    preview.save("after")

    preview.until_shown("after")
    preview.saves.end()
