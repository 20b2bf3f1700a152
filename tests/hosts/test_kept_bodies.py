"""What is kept between builds makes them faster, and never changes a byte of a site."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from small_project import AS_OF, Project

from gatepost.hosts.build import build_sites
from gatepost.outputs.body_cache import SECRET

Harm = Callable[[Path], None]


def built(project: Project, *, cache: bool = True) -> dict[str, bytes]:
    """Build the public site; every file that came of it."""
    build_sites(project.root, sites=("public",), as_of=AS_OF, cache=cache)
    out = project.root / "build"
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file()
    }


def kept(project: Project) -> Path:
    """The file of the cache."""
    return project.root / ".cache/gatepost/bodies.sqlite"


def change(file: Path, statement: str) -> None:
    """Change the kept records with a hand of one's own."""
    base = sqlite3.connect(file)
    with base:
        base.execute(statement)
    base.close()


@pytest.fixture
def harbour(project: Project) -> Project:
    """Two public entries, one with a picture's address and a footnote, and an internal one."""
    project.entry(
        "faster-export",
        "",
        "Half the time. See [limits](release:limits).[^1]\n\n[^1]: Yes.\n",
    )
    project.entry("limits", "", "## Now\n\nHigher.\n\n/// internal\nQuince.\n///\n")
    project.entry("ledger-rework", "audience: internal\n", "Tables are split.\n")
    return project


def test_warm_is_cold(harbour: Project) -> None:
    """Without a cache, with a new one and with a full one a site is the same."""
    alone = built(harbour, cache=False)
    assert not kept(harbour).exists()

    assert built(harbour) == alone
    assert kept(harbour).exists()
    assert built(harbour) == alone


def test_a_changed_text_is_rendered_anew(harbour: Project) -> None:
    """The saved change is on the page, and so is everything that did not change."""
    page = "public/releases/faster-export/index.html"
    before = built(harbour)[page]
    harbour.entry("faster-export", "", "A third of the time.\n")

    assert built(harbour)[page] != before
    assert built(harbour) == built(harbour, cache=False)


HARMS: dict[str, Harm] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "no database": lambda file: file.write_text("<html>not found</html>"),
    "zeros in the middle": lambda file: file.write_bytes(
        file.read_bytes()[:4096] + b"\0" * 4096 + file.read_bytes()[8192:]
    ),
    "of another program": lambda file: (
        file.unlink(),
        change(file, "CREATE TABLE bodies (name TEXT)"),
    )[0],
    "of another version": lambda file: change(file, "PRAGMA user_version = 9"),
    "other words": lambda file: change(
        file, "UPDATE bodies SET record = replace(record, 'Half', 'Twice')"
    ),
    "another entry's body": lambda file: change(
        file,
        "UPDATE bodies SET record = (SELECT record FROM bodies ORDER BY key LIMIT 1), "
        "seal = (SELECT seal FROM bodies ORDER BY key LIMIT 1)",
    ),
    "no words at all": lambda file: change(file, "UPDATE bodies SET record = NULL"),
    "bytes for words": lambda file: change(file, "UPDATE bodies SET record = x'ff'"),
    "no seal": lambda file: change(file, "UPDATE bodies SET seal = ''"),
    "a folder": lambda file: (file.unlink(), file.mkdir())[1],
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_cache_changes_no_byte(harbour: Project, harm: str) -> None:
    """Whatever happened to it, the site is the same, and the next build has a cache again."""
    alone = built(harbour)
    HARMS[harm](kept(harbour))

    assert built(harbour) == alone
    assert built(harbour) == alone


def test_a_place_where_nothing_can_be_kept(harbour: Project) -> None:
    """A file where the folder should be costs the cache, not the build."""
    alone = built(harbour, cache=False)
    harbour.write(".cache", "mine")

    assert built(harbour) == alone
    assert harbour.read("../.cache") == "mine"


def test_records_of_those_who_know_no_secret(
    harbour: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A well-sealed wrong record of a stranger is not used where a secret is set."""
    alone = built(harbour)
    base = sqlite3.connect(kept(harbour))
    with base:
        for key, record in base.execute("SELECT key, record FROM bodies").fetchall():
            wrong = record.replace("Half", "Twice")
            seal = hashlib.blake2b(key + wrong.encode(), digest_size=20).digest()
            row = (wrong, seal, key)
            base.execute("UPDATE bodies SET record = ?, seal = ? WHERE key = ?", row)
    base.close()
    monkeypatch.setenv(SECRET, "quince")

    assert built(harbour) == alone


def test_it_stays_out_of_the_repository(harbour: Project) -> None:
    """Nobody commits it by accident."""
    built(harbour)

    assert (kept(harbour).parent / ".gitignore").read_text() == "*\n"


def test_it_stays_small(harbour: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond its limit, what was not used for longest goes."""
    built(harbour)
    monkeypatch.setattr("gatepost.outputs.body_cache.MOST_BYTES", 9_000)
    for number in range(9):
        harbour.entry(
            "limits", "", f"Limit {number}.\n\n" + f"Higher {number}.\n\n" * 50
        )
        alone = built(harbour)

    assert kept(harbour).stat().st_size < 40_000
    assert built(harbour, cache=False) == alone
