"""The corpus these tests need: they fail without it, unless somebody says it is not to be had."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

NO_CORPUS = "GATEPOST_NO_CORPUS"
HERE = Path(__file__).parent
_LEFT_OUT: list[str] = []


def _sought() -> Path:
    said = os.environ.get("GATEPOST_CORPUS")
    return Path(said) if said else HERE.parents[1].parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real changelogs: `GATEPOST_CORPUS`, else `../shared/corpus` beside the checkout."""
    folder = _sought()
    if not folder.is_dir():
        pytest.fail(
            f"no corpus at {folder}: set GATEPOST_CORPUS to a copy of it, "
            f"or {NO_CORPUS}=1 to leave these tests out"
        )
    return folder


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave the tests of the corpus out if, and only if, somebody asked for it."""
    if os.environ.get(NO_CORPUS) != "1":
        return
    left_out = [
        item
        for item in items
        if item.path.is_relative_to(HERE)
        and "corpus" in getattr(item, "fixturenames", ())
    ]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    _LEFT_OUT.extend(item.name for item in left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out."""
    if _LEFT_OUT:
        names = ", ".join(sorted(set(_LEFT_OUT)))
        terminalreporter.write_line(
            f"{NO_CORPUS}=1: {len(_LEFT_OUT)} tests left out: {names}"
        )
