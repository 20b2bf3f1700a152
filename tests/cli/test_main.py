"""`gatepost` itself: help, wrong calls, the project it runs in, and the clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from called_project import CalledProject

from gatepost.cli import COMMANDS
from gatepost.cli.command import read_clock
from gatepost.model.finding import GatepostError


def test_help_lists_every_command(project: CalledProject) -> None:
    """With a sentence each; `gatepost` alone says the same."""
    done = project.call("--help")
    assert done.code == 0
    assert [name for name, line in COMMANDS if line not in done.out] == []
    assert project.call() == done


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_help_of_each_command_has_an_example(project: CalledProject, name: str) -> None:
    """To copy, in one piece."""
    done = project.call(name, "--help")
    assert done.code == 0
    assert f"\nExamples:\n  gatepost {name}" in done.out


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ("buidl", "there is no command `buidl`: did you mean `gatepost build`?"),
        (
            "frobnicate",
            "there is no command `frobnicate`: there are build, serve, check,",
        ),
        ("--verbose", "No such option '--verbose'"),
        ("check --fromat json", "No such option '--fromat'"),
        ("check --format jsno", "'jsno' is not one of 'text', 'json', 'github'"),
        ("new", "Missing argument 'TITLE'. Type, for example: gatepost new"),
        ("diff 3.2", "Missing argument 'TO'. Type, for example: gatepost diff 3.2 4.1"),
        ("schema entries", "'entries' is not one of 'entry', 'registry'"),
        ("check --root nowhere", "Directory 'nowhere' does not exist"),
        (
            "check --as-of soon",
            "`--as-of soon` is not a time: write --as-of 2026-11-20",
        ),
        ("check --as-of 2026-11-31", "`--as-of 2026-11-31` is not a time"),
        ("build --site intrnal", "there is no site `intrnal`"),
        (
            "serve --site pubic",
            "there is no site `pubic`: did you mean `--site public`?",
        ),
        ("rule GP9999", "there is no rule `GP9999`"),
    ],
)
def test_a_wrong_call_is_one_line(
    project: CalledProject, call: str, answer: str
) -> None:
    """It ends with 2, says what to type, and is never a traceback."""
    done = project.call(*call.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("gatepost: ")
    assert answer in done.err
    assert done.err.count("\n") == 1


def test_outside_a_project(
    project: CalledProject,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It says what it looked for, where, and how to name the project."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    done = project.call("check")
    assert (done.code, done.out) == (2, "")
    assert f"found no site_config.yml in {elsewhere} or any folder above it" in done.err
    assert "--root ~/changelog" in done.err


def test_named_from_outside(
    project: CalledProject,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`--root` names the project from anywhere."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    done = project.call("check", "--root", str(project.root))
    assert (done.code, done.out) == (0, "Nothing to report in 0 entries.\n")


def test_from_a_folder_inside_the_project(
    project: CalledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the entries lie is a natural place to work."""
    monkeypatch.chdir(project.root / "content" / "releases")
    assert project.call("check").out == "Nothing to report in 0 entries.\n"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-11-20", datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)),
        ("2026-11-20T14:05:00Z", datetime(2026, 11, 20, 14, 5, tzinfo=UTC)),
        ("2026-11-20T14:05:00+02:00", datetime(2026, 11, 20, 12, 5, tzinfo=UTC)),
        (" 2026-11-20 14:05 ", datetime(2026, 11, 20, 14, 5, tzinfo=UTC)),
    ],
)
def test_a_time_is_fixed_by_as_of(said: str, meant: datetime) -> None:
    """A day means its end: what is dated that day has happened."""
    assert read_clock(said) == meant


def test_a_time_is_fixed_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH counts unless `--as-of` says otherwise."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")
    assert read_clock(None) == datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert read_clock("2026-11-20T00:00:00Z") == datetime(2026, 11, 20, tzinfo=UTC)


def test_a_wrong_time_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, not replaced by today."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(GatepostError, match="SOURCE_DATE_EPOCH is `yesterday`"):
        read_clock(None)


def test_without_either_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """In whole seconds, UTC."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).replace(microsecond=0)
    found = read_clock(None)
    assert before <= found <= datetime.now(UTC)
    assert (found.microsecond, found.tzinfo) == (0, UTC)


def gatepost_of(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Call the copy of gatepost in *folder*."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); from gatepost.cli import main; main()"
    call = [sys.executable, "-c", code, *words]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_a_broken_command_does_not_break_the_others(
    checkout: Path, tmp_path: Path
) -> None:
    """It says so in a line; help and the other commands still work."""
    shutil.copytree(checkout / "plugins" / "gatepost", tmp_path / "gatepost")
    (tmp_path / "gatepost" / "cli" / "diff.py").write_text("import nothing_like_this\n")
    assert gatepost_of(tmp_path, "--help").returncode == 0
    assert gatepost_of(tmp_path, "rule", "GP101").returncode == 0
    broken = gatepost_of(tmp_path, "diff", "1", "2")
    assert (broken.returncode, broken.stdout) == (2, "")
    assert broken.stderr == (
        "gatepost: `gatepost diff` cannot start: No module named 'nothing_like_this'. "
        "Install gatepost again\n"
    )


def test_help_is_quick_because_it_loads_no_command() -> None:
    """Neither the model nor a host is loaded to list the commands."""
    code = (
        "import sys\nfrom gatepost.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "loaded = {'pydantic', 'mkdocs', 'yaml', 'markdown'} & set(sys.modules)\n"
        "print(sorted(loaded), file=sys.stderr)"
    )
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_a_disk_that_refuses(project: CalledProject) -> None:
    """A file in the place of a folder is named in a line."""
    project.write("content/releases/2026", "I am no folder")
    done = project.call("new", "Faster exports", "--product", "reports")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("gatepost: ")
    assert "content/releases/2026: File exists" in done.err


def test_a_terminal_without_our_letters(project: CalledProject) -> None:
    """An arrow or a name it cannot show is written in another way."""
    project.entry("new-name", "title: Ārrows → everywhere\nproducts: [reports]\n")
    code = "from gatepost.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "diff", "2026-01-01", "2026-12-01"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-01-01 \\u2192 2026-12-01" in done.stdout


def test_a_reader_who_has_seen_enough() -> None:
    """`gatepost rule | head -1` ends without a complaint."""
    call = (
        f"{sys.executable} -c 'from gatepost.cli import main; main()' rule | head -n 1"
    )
    done = subprocess.run(
        ["sh", "-c", call], capture_output=True, text=True, check=True
    )
    assert (done.stdout.count("\n"), done.stderr) == (1, "")
