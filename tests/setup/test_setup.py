"""The set-up scripts say what is missing and how to get it, instead of failing somewhere deep."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TOOLS = ("sh", "mkdir", "rmdir", "sleep", "id", "env")

FAKE_PYTHON = """#!/bin/sh
case "$2" in
*"sys.exit("*) exit {new_enough} ;;
*ensurepip*) exit {can_make_venv} ;;
*print*) echo 3.12 ;;
esac
"""


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of programs with nothing in it but the simplest tools."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def program(folder: Path, name: str, text: str) -> None:
    """Put a program into the folder."""
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def run(
    script: str, *words: str, path: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a script that finds programs only in *path*."""
    return subprocess.run(
        [shutil.which("sh") or "sh", str(HERE / script), *words],
        cwd=path.parent,
        env={"PATH": str(path), "HOME": os.environ.get("HOME", "/"), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_python(bare: Path) -> None:
    """It names the version and the way to get it."""
    done = run("environment.sh", ".venv", "site.lock", path=bare)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer and found none" in done.stderr
    assert "apt-get install python3" in done.stderr
    assert "brew install python" in done.stderr


def test_an_old_python(bare: Path) -> None:
    """An older one is as good as none."""
    program(bare, "python3", FAKE_PYTHON.format(new_enough=1, can_make_venv=0))
    done = run("environment.sh", ".venv", "site.lock", path=bare)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr


def test_a_python_without_environments(bare: Path) -> None:
    """Debian ships the module apart, under the version's name."""
    program(bare, "python3", FAKE_PYTHON.format(new_enough=0, can_make_venv=1))
    done = run("environment.sh", ".venv", "site.lock", path=bare)
    assert done.returncode != 0
    assert "sudo apt-get install python3.12-venv" in done.stderr


def test_a_failed_set_up_leaves_no_lock(bare: Path) -> None:
    """Else the next try would wait for nobody."""
    run("environment.sh", ".venv", "site.lock", path=bare)
    assert not (bare.parent / ".venv-lock").exists()


def test_no_browser_and_no_way_to_install_one(bare: Path) -> None:
    """It says what to install on each system, and fails: tests are not skipped."""
    done = run("machine.sh", path=bare)
    assert done.returncode != 0
    assert "sudo apt-get install chromium" in done.stderr
    assert "brew install --cask chromium" in done.stderr
    assert "CHROMIUM=/path/to/chromium make test" in done.stderr


def test_no_npm_and_no_java(bare: Path) -> None:
    """A word that is there but does nothing, as on a bare macOS, is as good as none."""
    program(bare, "chromium", "#!/bin/sh\n")
    program(bare, "nginx", "#!/bin/sh\n")
    program(bare, "java", "#!/bin/sh\nexit 1\n")
    done = run("machine.sh", path=bare)
    assert done.returncode != 0
    assert "sudo apt-get install npm" in done.stderr
    assert "sudo apt-get install default-jre-headless" in done.stderr
    assert "browser" not in done.stderr


def test_what_is_there_already(bare: Path) -> None:
    """Nothing is installed, and nothing said."""
    for name in ("chromium", "nginx", "npm", "java"):
        program(bare, name, "#!/bin/sh\n")
    done = run("machine.sh", path=bare)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_programs_named_by_hand(bare: Path) -> None:
    """Wherever they lie."""
    for name in ("my-browser", "npm", "java"):
        program(bare, name, "#!/bin/sh\n")
    named = {"CHROMIUM": str(bare / "my-browser"), "NGINX": str(bare / "my-browser")}
    assert run("machine.sh", path=bare, **named).returncode == 0


def test_only_what_is_missing_is_installed(bare: Path) -> None:
    """With apt-get at hand; the fake one notes what it was asked for."""
    noted = bare.parent / "asked"
    program(bare, "apt-get", f'#!/bin/sh\necho "$@" >> {noted}\n')
    program(bare, "sudo", '#!/bin/sh\n[ "$1" = -n ] && shift\nexec "$@"\n')
    program(bare, "true", "#!/bin/sh\n")
    program(bare, "nginx", "#!/bin/sh\n")
    program(bare, "npm", "#!/bin/sh\n")
    run("machine.sh", path=bare)
    asked = noted.read_text()
    wanted = "install -y -qq --no-install-recommends chromium default-jre-headless\n"
    assert asked.endswith(wanted)
    assert "nginx" not in asked


@pytest.fixture
def judges(tmp_path: Path, bare: Path) -> Path:
    """The script beside a lock file, and an npm that notes what it was asked for."""
    for name in ("dirname", "cmp", "cp"):
        found = shutil.which(name)
        assert found is not None
        (bare / name).symlink_to(found)
    shutil.copy(HERE / "checkers.sh", tmp_path)
    (tmp_path / "package-lock.json").write_text("{}")
    program(
        bare, "npm", f'#!/bin/sh\nmkdir node_modules\necho "$@" >> {tmp_path}/asked\n'
    )
    return tmp_path


def test_the_checkers_are_fetched_once(judges: Path, bare: Path) -> None:
    """Exactly those of the lock file, none of whose scripts is run; again when it changes."""
    script = str(judges / "checkers.sh")
    run(script, path=bare)
    run(script, path=bare)
    asked = (judges / "asked").read_text().splitlines()
    assert asked == ["ci --ignore-scripts --no-audit --no-fund --loglevel=error"]

    (judges / "package-lock.json").write_text('{"newer": true}')
    run(script, path=bare)
    assert len((judges / "asked").read_text().splitlines()) == 2


def test_every_checker_is_pinned() -> None:
    """One version, and the hash of its bytes."""
    named = json.loads((HERE / "package.json").read_text())["dependencies"]
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    del locked[""]
    assert {one.removeprefix("node_modules/") for one in locked} == set(named)
    for name, version in named.items():
        row = locked[f"node_modules/{name}"]
        assert row["version"] == version
        assert row["integrity"].startswith("sha512-")
