"""What is shipped works without the checkout: the wheel, built from the source archive."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from gatepost.resources import theme_dir

pytestmark = pytest.mark.xdist_group("package")


@dataclass(frozen=True)
class Shipped:
    """The two archives, and a folder into which the wheel was installed."""

    wheel: Path
    source: Path
    target: Path

    def python(self, code: str) -> str:
        """What an interpreter prints that finds gatepost in the wheel first."""
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONPATH": str(self.target)},
            cwd=self.target.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()


@pytest.fixture(scope="module")
def shipped(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Build the source archive, the wheel from it, and install that wheel."""
    folder = tmp_path_factory.mktemp("shipped")
    out, target = folder / "dist", folder / "target"
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    _run([*build, str(checkout)])
    (wheel,), (source,) = out.glob("*.whl"), out.glob("*.tar.gz")
    _run([*pip, "--target", str(target), str(wheel)])
    return Shipped(wheel, source, target)


def _run(call: list[str]) -> None:
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_theme_is_in_the_wheel(shipped: Shipped, checkout: Path) -> None:
    """Every file of theme/ lies in gatepost/theme."""
    theme = checkout / "theme"
    files = [path for path in theme.rglob("*") if path.is_file()]
    expected = {
        f"gatepost/theme/{path.relative_to(theme).as_posix()}" for path in files
    }
    assert expected - set(zipfile.ZipFile(shipped.wheel).namelist()) == set()


def test_the_wheel_finds_its_theme(shipped: Shipped) -> None:
    """In an installed package, the theme is the one inside it."""
    found = shipped.python(
        "from gatepost.resources import theme_dir; print(theme_dir())"
    )
    assert str(shipped.target / "gatepost" / "theme") == found


def test_the_wheel_speaks_other_languages(shipped: Shipped) -> None:
    """The catalogues are in it, and are found there."""
    code = (
        "from gatepost.outputs.tongue import tongue_of; "
        "print([tongue_of(one).gettext('Subscribe') for one in ('de', 'fr')])"
    )
    assert shipped.python(code) == "['Abonnieren', 'S’abonner']"


def test_the_checkout_finds_its_theme(checkout: Path) -> None:
    """In an editable install, the theme is the one beside the package."""
    assert checkout / "theme" == theme_dir()


def test_the_wheel_holds_the_package_and_nothing_else(shipped: Shipped) -> None:
    """No tests, no content, no linter settings."""
    names = zipfile.ZipFile(shipped.wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    strange = [name for name in names if name.endswith(("ruff.toml", ".pyc"))]
    assert ({"gatepost"}, []) == (
        {top for top in tops if not top.endswith(".dist-info")},
        strange,
    )


def test_the_wheel_says_it_is_typed_and_under_which_licence(shipped: Shipped) -> None:
    """py.typed for type checkers, the licence for everybody."""
    names = zipfile.ZipFile(shipped.wheel).namelist()
    assert "gatepost/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_source_archive_can_be_built_from(shipped: Shipped) -> None:
    """It holds what the wheel is made of."""
    with tarfile.open(shipped.source) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md"} <= inside
    assert "theme/gatepost-frame.html" in inside


def test_the_command_is_installed(shipped: Shipped) -> None:
    """`gatepost` starts from the wheel."""
    code = "from gatepost.cli import main; main(['--version'])"
    assert shipped.python(code).startswith("gatepost, version ")


def test_mkdocs_finds_the_plugin(shipped: Shipped) -> None:
    """The entry point names a class that is there."""
    code = (
        "from importlib.metadata import distribution; "
        "(point,) = [one for one in distribution('gatepost').entry_points "
        "if one.group == 'mkdocs.plugins']; print(point.name, point.load().__name__)"
    )
    assert shipped.python(code) == "gatepost GatepostPlugin"
