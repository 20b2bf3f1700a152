"""What is saved while a preview runs: told at once where the system tells, else by looking."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Event, Thread
from typing import NamedTuple

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

log = logging.getLogger("mkdocs.plugins.gatepost")

QUIET = 0.05
"""Seconds without a further change after which a file is taken for written."""
LOOK_EVERY = 1.0
"""Seconds between two looks at every file: shared disks often tell nobody of a change."""

_WRITES = frozenset({"created", "modified", "moved", "deleted"})
"""Events that change a file; opening and closing one are events as well."""

_BESIDE = re.compile(r"\..+\.sw[a-px]x?|4913|.+~|#.+#|\.#.+")
"""What Vim and Emacs write beside a file while it is open, every few seconds: nothing to show."""

Show = Callable[[], None]
"""Brings what is ready to the browsers."""

State = tuple[int, int, int] | None
"""When a file was changed, its size and its number on the disk; None if there is none."""


class Steps(NamedTuple):
    """What is to be done about files that were saved; each runs in a thread of its own."""

    glance: Callable[[frozenset[Path]], Show | None]
    """Prepare them ahead of the rest; None if that cannot be done, or need not."""
    compose: Callable[[], Show]
    """Prepare the whole site."""


class Saves(FileSystemEventHandler):
    """Follows a folder: what was saved is shown at once, what follows from it when it is ready."""

    def __init__(
        self,
        folder: Path,
        spared: Path,
        steps: Steps,
        observers: tuple[BaseObserver, ...] = (),
    ) -> None:
        """Follow *folder*, but for what lies below *spared*.

        Each of the *observers* watches; when left out, the system's own and one that looks.
        """
        self._folder, self._spared, self._steps = folder, spared, steps
        self._changed = Condition()
        self._paths: set[Path] = set()
        self._states: dict[Path, State] = {}
        self._taken = self._composed = 0
        """How often changes were taken up, and how many of these the whole site holds."""
        self._glancing = False
        self._ended = Event()
        both = (Observer(), PollingObserver(timeout=LOOK_EVERY))
        self._observers = observers or both
        works = (self._glance, self._compose, self._return)
        self._threads = tuple(Thread(target=one, daemon=True) for one in works)

    def begin(self) -> None:
        """Watch, in threads that end with the process."""
        for observer in self._observers:
            # Where the system cannot watch so many folders, looking is left.
            with suppress(OSError):
                observer.schedule(self, str(self._folder), recursive=True)
                observer.start()
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Watch no more; what is being done is done first."""
        with self._changed:
            self._ended.set()
            self._changed.notify_all()
        for observer in self._observers:
            observer.stop()
        for one in (*self._observers, *self._threads):
            if one.is_alive():
                one.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what changed; watchdog calls this."""
        if event.is_directory or event.event_type not in _WRITES:
            return
        named = (event.src_path, event.dest_path)
        for path in (Path(os.fsdecode(one)) for one in named if one):
            self._note(path)

    def _note(self, path: Path) -> None:
        if path.is_relative_to(self._spared) or _BESIDE.fullmatch(path.name):
            return
        with self._changed:
            state = _state(path)
            # Both ways of watching tell of the same change.
            if path not in self._states or self._states[path] != state:
                self._states[path] = state
                self._paths.add(path)
                self._changed.notify_all()

    def _return(self) -> None:
        """Watch the folder again when it is back: watching ends with the folder."""
        while not self._ended.wait(LOOK_EVERY):
            for observer in self._observers:
                watching = [one.is_alive() for one in observer.emitters]
                # One that could not even begin is left alone.
                if not observer.is_alive() or (watching and all(watching)):
                    continue
                with suppress(OSError):  # the folder is not back yet
                    observer.unschedule_all()
                    observer.schedule(self, str(self._folder), recursive=True)
                    self._note(self._folder)

    def _glance(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._paths or self._ended.is_set())
                if self._ended.is_set():
                    return
                while self._changed.wait(QUIET):
                    pass  # it is still being written
                paths = frozenset(self._paths)
                self._paths.clear()
                self._taken += 1
                self._glancing = True
            try:
                if show := self._steps.glance(paths):
                    show()
            except Exception as error:  # noqa: BLE001 - nothing would follow what is saved then
                # Composing meets the same and tells it, if it is not of the glance alone.
                log.warning("not shown ahead of the rest: %s", error)
            with self._changed:
                self._glancing = False
                self._changed.notify_all()

    def _compose(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: (
                        self._ended.is_set()
                        or (self._taken > self._composed and not self._glancing)
                    )
                )
                if self._ended.is_set():
                    return
                taken = self._taken
            show = self._steps.compose()
            with self._changed:
                # What was saved meanwhile may be on screen already: an older state must not
                # take its place.
                if taken == self._taken and not self._paths:
                    self._composed = taken
                    show()


def _state(path: Path) -> State:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
