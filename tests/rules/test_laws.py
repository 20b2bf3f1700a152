"""Every law has a folder of texts that break it, and one of texts it leaves alone.

`tests/invalid/GP###/bad/` and `good/` are tiny release folders; a `registry.yml` or `ledger.json`
among them goes where a project keeps it, and what is in `beside/` goes beside the releases.
`expected.txt` holds every finding of that code in
`bad/`, with its way out: read it aloud before you commit it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.flag_files.laws import LAWS as FLAG_FILE_LAWS
from gatepost.content.load import load
from gatepost.model.finding import Finding, Law
from gatepost.outputs.assemble import Bodies
from gatepost.outputs.examine import examine
from gatepost.rules.flag_laws import LAWS as FLAG_LAWS
from gatepost.rules.judge import judge
from gatepost.rules.rendered import LAWS as RENDERING_LAWS
from gatepost.rules.table import JUDGED, RULES

INVALID = Path(__file__).resolve().parent.parent / "invalid"
AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
FOUND_IN_BUILT_FILES = {"GP901", "GP902"}
"""Laws of the audit: no text can break them by itself, its own tests build sites that do."""
ABOUT_FLAGS = {law.code for law in (*FLAG_FILE_LAWS, *FLAG_LAWS)}
"""Laws of the flag register and the provider's file: no rule of `gatepost check`."""
ABOUT_SITES = {"GP312"}
"""Laws of a site's configuration: no text of an entry can break them; tests/cli/test_check.py."""
CODES = tuple(
    law.code
    for law in RULES
    if law.code not in FOUND_IN_BUILT_FILES | ABOUT_FLAGS | ABOUT_SITES
)
FOUND_BY_RENDERING = frozenset(law.code for law in RENDERING_LAWS)

Findings = Callable[[str, str], list[Finding]]


@pytest.fixture
def findings(tmp_path: Path) -> Findings:
    """Findings of one code in one of its two fixture folders."""

    def find(code: str, folder: str) -> list[Finding]:
        content = tmp_path / folder / "content"
        releases = content / "releases"
        shutil.copytree(INVALID / code / folder, releases, symlinks=True)
        for name in ("registry.yml", "ledger.json"):
            if (releases / name).exists():
                (releases / name).rename(content / name)
        for beside in sorted((releases / "beside").glob("*")):
            beside.rename(content / beside.name)
        if code != "GP016" and not (content / "registry.yml").exists():
            (content / "registry.yml").write_text("products: {}\n")
        book = load(content.parent, "content", as_of=AS_OF, host="example.com")
        rendered = code in FOUND_BY_RENDERING
        found = examine(book, Bodies()) if rendered else judge(book)
        return [finding for finding in found if finding.code == code]

    return find


@pytest.mark.parametrize("code", CODES)
def test_bad_texts_are_found(
    code: str, findings: Findings, request: pytest.FixtureRequest
) -> None:
    """What breaks a law is found at its place, with a way out."""
    found = findings(code, "bad")
    report = "".join(f"{finding}\n    fix: {finding.fix}\n" for finding in found)
    file = INVALID / code / "expected.txt"
    if request.config.getoption("--update-golden"):
        file.write_text(report, "utf-8")

    assert found
    assert report == file.read_text("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_good_texts_are_left_alone(code: str, findings: Findings) -> None:
    """What looks like a breach and is none is left alone."""
    assert [str(finding) for finding in findings(code, "good")] == []


def test_folders_and_laws_match() -> None:
    """Each folder belongs to a law."""
    folders = {folder.name for folder in INVALID.iterdir() if folder.is_dir()}

    assert set(CODES) == folders


def test_codes_stand_in_order_and_once() -> None:
    """The table is written out in the order of the codes, and no code is used twice."""
    judged = [rule.law.code for rule in JUDGED]

    assert sorted(set(judged)) == judged
    assert sorted(set(CODES)) == list(CODES)


@pytest.mark.parametrize("law", RULES, ids=lambda law: law.code)
def test_every_law_is_explained(law: Law) -> None:
    """A law is one sentence, with a reason and a way out."""
    assert re.fullmatch(r"GP\d{3}", law.code)
    assert law.law.endswith(".")
    assert law.law.count(". ") == 0
    assert law.why.endswith(".")
    assert law.fix.endswith(".")


QUOTED = re.compile(r"`[^`]*`")
JARGON = re.compile(
    r"\b(?:regex|mapping|scalar|token|parse|enum|null|boolean|tuple|string|schema)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("code", CODES)
def test_findings_can_be_read_aloud(code: str) -> None:
    """A finding is a sentence without full stop and without words of programmers."""
    for line in (INVALID / code / "expected.txt").read_text("utf-8").splitlines():
        sentence = line.partition(f": {code} ")[2] or line.partition("fix: ")[2]

        assert sentence
        assert not sentence.endswith(".")
        assert not JARGON.search(QUOTED.sub("", sentence))
