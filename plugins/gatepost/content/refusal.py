"""Why reading a file cannot go on."""

from __future__ import annotations

from gatepost.model.finding import Finding


class Refusal(Exception):
    """Carries what is wrong from the depths of a reader to its door; never leaves `content`."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        """At least one."""
        super().__init__(*findings)
