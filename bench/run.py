"""Build changelogs with gatepost and with what else there is, taking turns.

python bench/run.py --sizes 1000,5000 --rounds 5
python bench/run.py --sizes 5000 --rows "hugo,public, one entry changed"
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from cases import Case, Setting, cases, chosen
from corpus import real_entries, repeated
from generate import Sample, samples
from measure import Run, clear_up, measure
from projects import Labels, write_projects
from report import Size, picture, summed_up, table, write_json

_BLOG = Path("build/bench-blog/bin/mkdocs")
"""Made by `bench/blog.sh`: the product's own environment has no need of it."""


def main() -> None:
    """Generate, build in turns, print the medians and their ratios."""
    asked = _asked()
    if shutil.which("hugo") is None:
        print(
            "hugo is not installed: its row is left out (Debian: apt-get install hugo)"
        )
    known = cases(_BLOG.absolute() if _BLOG.exists() else None)
    known = tuple(
        one for one in known if one.command[0] != "hugo" or shutil.which("hugo")
    )
    if not _BLOG.exists():
        print("material-blog is left out: sh bench/blog.sh installs what it needs")
    sizes = []
    with tempfile.TemporaryDirectory(prefix="gatepost-bench-") as folder:
        found, labels = (), Labels()
        if asked.corpus:
            found, labels = real_entries(asked.corpus, Path(folder) / "import")
        for entries in asked.sizes:
            root = Path(folder) / str(entries)
            what = repeated(found, entries) if found else samples(entries)
            wanted = chosen(known, asked.rows, entries)
            sizes.append(_one_size(root, what, labels, wanted, asked.rounds))
            shutil.rmtree(root)
            _report(asked.out, sizes)
    print(table(sizes))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", type=_sizes, default=(1_000,), help="entries, such as 100,1000,5000"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--corpus", type=Path, help="folder of real entries, Markdown or MDX"
    )
    parser.add_argument(
        "--rows", type=_names, default=(), help="names, separated by `;`"
    )
    parser.add_argument("--out", type=Path, default=Path("build/bench"))
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(one.replace("_", "")) for one in text.split(","))


def _names(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())


def _one_size(
    root: Path,
    what: Iterable[Sample],
    labels: Labels,
    wanted: tuple[Case, ...],
    rounds: int,
) -> Size:
    """Take turns: each round builds every case once, one after the other."""
    entries = write_projects(root, what, labels)
    setting = Setting(root, labels)
    runs: dict[str, list[Run]] = {case.name: [] for case in wanted}
    for number in range(rounds):
        for case in wanted:
            runs[case.name].append(measure(case, setting))
            _say(entries, f"round {number + 1}", case, runs[case.name][-1])
        clear_up(root)
    memory = {}
    for case in wanted:
        if case.processes:
            run = measure(case, setting, memory=True)
            memory[case.name] = run.peak_mib
            _say(entries, "memory", case, run)
    return summed_up(entries, runs, memory)


def _say(entries: int, what: str, case: Case, run: Run) -> None:
    print(
        f"{entries:,} entries, {what}: {case.name} {run.wall_s:.2f} s, {run.peak_mib:.0f} MiB",
        file=sys.stderr,
        flush=True,
    )


def _report(out: Path, sizes: list[Size]) -> None:
    """After each size, so that a long run that is stopped has told something."""
    write_json(out / "bench.json", sizes, _about())
    (out / "bench.md").write_text(table(sizes), "utf-8")
    (out / "bench.svg").write_text(picture(sizes), "utf-8")


def _about() -> dict[str, object]:
    names = ("gatepost", "mkdocs", "mkdocs-material", "markdown")
    found: dict[str, object] = {name: version(name) for name in names}
    if shutil.which("hugo"):
        said = subprocess.run(
            ("hugo", "version"), capture_output=True, text=True, check=True
        )
        found["hugo"] = said.stdout.split()[1]
    return {"python": platform.python_version(), "system": platform.platform(), **found}


if __name__ == "__main__":
    main()
