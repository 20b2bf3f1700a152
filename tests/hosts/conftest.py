"""A small project on disk that is really built."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import AS_OF, Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty project with a public and an internal site."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(AS_OF.timestamp())))
    return Project(tmp_path)
