"""What is installed with the package: where the theme lies, and what code this is."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from gatepost.model.finding import GatepostError


@cache
def theme_dir() -> Path:
    """The folder with our templates and assets.

    Raises:
        GatepostError: The installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    # An editable install has no theme inside the package: it is built in only into the wheel.
    for folder in (package / "theme", package.parents[1] / "theme"):
        if (folder / "gatepost-frame.html").is_file():
            return folder
    msg = "gatepost's theme is missing: install gatepost again"
    raise GatepostError(msg)


@cache
def package_digest() -> str:
    """SHA-256, in hexadecimal, of the package's own modules."""
    package = Path(__file__).resolve().parent
    whole = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        whole.update(file.read_bytes())
    return whole.hexdigest()
