"""Where the theme lies: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

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
