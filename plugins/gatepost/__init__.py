"""The gate a release must pass, and the post that announces it."""

from __future__ import annotations

__version__ = "0.1.0"
