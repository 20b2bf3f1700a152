"""Any executor of `concurrent.futures` renders, and none changes a byte of a site."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from small_project import AS_OF, Project

from gatepost.hosts.build import build_sites
from gatepost.model.finding import GatepostError
from gatepost.outputs.elsewhere import BATCH, EXECUTOR, render_batch, rendered_elsewhere

TEXT = ("entry-1", "See [limits](release:limits) and `code`.\n")
LINK = (("release:limits", "gatepost:/releases/limits/"),)


class Recording(ThreadPoolExecutor):
    """Two threads, which count what they were sent."""

    batches = 0

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **named: Any
    ) -> Future[Any]:
        """Count, then do it."""
        Recording.batches += 1
        return super().submit(fn, *args, **named)


class Answering(Executor):
    """Somebody else's machine, which answers what it likes."""

    answer: Callable[[bytes], bytes]

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **named: Any
    ) -> Future[Any]:
        """Answer at once."""
        future: Future[Any] = Future()
        future.set_result(type(self).answer(fn(*args, **named)))
        return future


class Failing(Executor):
    """A machine that is lost while it works."""

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **named: Any
    ) -> Future[Any]:
        """Fail."""
        del fn, args, named
        future: Future[Any] = Future()
        future.set_exception(OSError("the worker is gone"))
        return future


def two_processes() -> Executor:
    """Processes that know nothing of this one."""
    return ProcessPoolExecutor(2, get_context("spawn"))


@pytest.fixture
def harbour(project: Project) -> Project:
    """Enough entries for three batches: links, headings, footnotes, code, internal text."""
    for number in range(BATCH + 5):
        project.entry(
            f"entry-{number}",
            "",
            f"## Part {number}\n\nSee [a neighbour](release:entry-{number // 2})[^1], `code`.\n\n"
            f"[^1]: Note {number}.\n\n/// internal\nQuince {number}.\n///\n",
        )
    return project


def built(project: Project) -> dict[str, bytes]:
    """Build the public site without a cache; every file that came of it."""
    build_sites(project.root, sites=("public",), as_of=AS_OF, cache=False)
    out = project.root / "build"
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Name an executor of this module."""
    monkeypatch.setitem(sys.modules, "executors_of_a_test", sys.modules[__name__])

    def name(attribute: str) -> None:
        monkeypatch.setenv(EXECUTOR, f"executors_of_a_test:{attribute}")

    return name


@pytest.mark.parametrize("executor", ["Recording", "two_processes"])
def test_a_site_is_the_same_wherever_it_was_rendered(
    harbour: Project,
    named: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
    executor: str,
) -> None:
    """Serial, on threads and in processes: not one byte differs."""
    alone = built(harbour)

    named(executor)

    assert built(harbour) == alone
    assert "rendered here" not in caplog.text


def test_what_is_missing_is_sent_in_batches(
    harbour: Project, named: Callable[[str], None]
) -> None:
    """55 entries, each with a public and an internal text, are 110 texts in three batches."""
    named("Recording")
    Recording.batches = 0

    built(harbour)

    assert Recording.batches == 3


HARM: dict[str, Callable[[bytes], bytes]] = {
    "another text": lambda answer: answer.replace(b"limits", b"lemons"),
    "no JSON": lambda _: b"<html>502 Bad Gateway</html>",
    "too few": lambda _: b"[]",
    "nothing": lambda _: b"",
    "another shape": lambda _: b'[{"html": "<script>"}]',
    "numbers": lambda _: b"[[1, 2]]",
    "null": lambda _: b"[null]",
}


@pytest.mark.parametrize("harm", HARM)
def test_an_answer_that_is_not_sealed_is_not_used(
    named: Callable[[str], None], harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever a machine answers, only what this code makes is taken; the rest is told."""
    named("Answering")
    Answering.answer = staticmethod(HARM[harm])

    assert rendered_elsewhere([(*TEXT, LINK, ())]) == {}
    assert "1 of 1 texts are rendered here" in caplog.text


def test_an_honest_answer_is_used(named: Callable[[str], None]) -> None:
    """The same machine, answering what it rendered."""
    named("Answering")
    Answering.answer = staticmethod(lambda answer: answer)

    (body,) = rendered_elsewhere([(*TEXT, LINK, ())]).values()

    assert 'href="gatepost:/releases/limits/"' in body.html


def test_a_lost_machine_costs_time_only(
    harbour: Project, named: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    """What it does not answer is rendered here, and that is told."""
    alone = built(harbour)

    named("Failing")

    assert built(harbour) == alone
    assert "the worker is gone" in caplog.text


def test_a_machine_without_the_secret_is_not_believed(
    named: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it rendered the very same."""
    answer = render_batch(((*TEXT, LINK, ()),))
    monkeypatch.setenv("GATEPOST_CACHE_SECRET", "ours alone")
    named("Answering")
    Answering.answer = staticmethod(lambda _: answer)

    assert rendered_elsewhere([(*TEXT, LINK, ())]) == {}


def test_a_link_nobody_spoke_of_is_left_to_whoever_asked() -> None:
    """Only there it can be resolved."""
    assert render_batch(((*TEXT, (), ()),)) == b"[null]"


@pytest.mark.parametrize(
    "name",
    [
        "nowhere_at_all:pool",
        "concurrent.futures:NoSuch",
        "concurrent.futures",
        ":",
        "json:dumps",
        "builtins:dict",
    ],
)
def test_an_executor_that_is_not_there_is_named(
    harbour: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The build says which variable is wrong, and how to write it."""
    monkeypatch.setenv(EXECUTOR, name)

    with pytest.raises(GatepostError, match=r"GATEPOST_EXECUTOR.*module:callable"):
        built(harbour)
