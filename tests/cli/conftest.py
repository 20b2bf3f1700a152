"""A small project in which commands are called as a shell calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from called_project import CalledProject
from small_project import AS_OF


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CalledProject:
    """The folder one works in, on 21 November 2026."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(AS_OF.timestamp())))
    return CalledProject(tmp_path)
