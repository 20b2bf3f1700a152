"""What every test may ask for: the corpus, golden files, and a small project on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# Material prints a notice about MkDocs 2 from any child process without this.
os.environ["NO_MKDOCS_2_WARNING"] = "1"

CHECKOUT = Path(__file__).resolve().parent.parent

# A slow machine is no reason to fail; the same examples each time are a reason to trust a pass.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew: read the difference before you commit it."""
    parser.addoption("--update-golden", action="store_true")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name beside the test."""

    def compare(name: str, text: str) -> None:
        file = request.path.parent / "golden" / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        assert file.read_text("utf-8") == text

    return compare


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder with pyproject.toml."""
    return CHECKOUT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real changelogs: `GATEPOST_CORPUS`, else `../shared/corpus` beside the checkout."""
    said = os.environ.get("GATEPOST_CORPUS")
    folder = Path(said) if said else CHECKOUT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}: set GATEPOST_CORPUS to a copy of it")
    return folder
