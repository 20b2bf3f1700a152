"""The history of entries is read whole, fast, and whatever state the repository is in."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from git_repository import RELEASES, Repository, utc
from small_project import AS_OF

from gatepost.hosts.git_history import read_history
from gatepost.model.history import Revision


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    root = tmp_path / "project"
    root.mkdir()
    return Repository(root)


def phases(rows: tuple[Revision, ...]) -> list[tuple[str, str, str]]:
    """Day, phase before and phase after of each revision."""
    return [(f"{one.at:%m-%d}", one.before.phase, one.after.phase) for one in rows]


def test_each_commit_tells_when_who_and_what(repository: Repository) -> None:
    """The author's time in UTC, the phase before and after, and the fields that differ."""
    repository.entry("export", "phase: planning\n")
    repository.commit("2026-03-02T10:00:00+02:00", "Plan the export")
    repository.entry("export", "phase: building\ngoal: Speed\n")
    repository.commit("2026-03-09T10:00:00Z", "Build the export")

    first, second = repository.history().of("export")

    assert (first.change, first.at, first.author) == (
        "added",
        utc("2026-03-02T08:00"),
        "Release desk",
    )
    assert (second.subject, second.fields) == ("Build the export", ("goal", "phase"))
    assert phases((second,)) == [("03-09", "planning", "building")]


def test_an_entry_is_followed_through_renames(repository: Repository) -> None:
    """Into a folder, under another name, and even when most of the text changed with it."""
    repository.entry("export", "phase: idea\n")
    repository.commit("2026-03-02T10:00:00Z")
    (repository.root / "content/releases/2026/quick").mkdir(parents=True)
    repository.git(
        "mv", "content/releases/export.md", "content/releases/2026/quick/index.md"
    )
    repository.commit("2026-03-03T10:00:00Z")
    (repository.root / "content/releases/2026/quick/index.md").unlink()
    repository.entry("export", "phase: planning\n", "Quite another text.\n" * 40)
    repository.commit("2026-03-04T10:00:00Z")

    rows = repository.history().of("export")

    assert ["added", "moved", "moved"] == [one.change for one in rows]
    assert phases(rows)[-1] == ("03-04", "idea", "planning")


def test_an_entry_is_followed_through_a_new_id(repository: Repository) -> None:
    """Before it was published, an id may change; what came before still belongs to it."""
    repository.entry("secret-name", "phase: idea\n")
    repository.commit("2026-03-02T10:00:00Z")
    text = repository.root / "content/releases/secret-name.md"
    text.write_text(text.read_text().replace("secret-name", "export"))
    repository.commit("2026-03-03T10:00:00Z")

    assert 2 == len(repository.history().of("export"))
    assert () == repository.history().of("secret-name")


def test_another_entry_of_the_same_file_name_is_another_entry(
    repository: Repository,
) -> None:
    """A file that was deleted long ago does not lend its history to a new one."""
    repository.entry("export", "id: old-export\nphase: idea\n")
    repository.commit("2026-03-02T10:00:00Z")
    (repository.root / "content/releases/export.md").unlink()
    repository.commit("2026-03-03T10:00:00Z")
    repository.entry("export", "phase: planning\n")
    repository.commit("2026-03-04T10:00:00Z")

    assert phases(repository.history().of("export")) == [("03-04", "", "planning")]
    assert ["added", "removed"] == [
        one.change for one in repository.history().of("old-export")
    ]


def test_both_sides_of_a_merge_are_told_once(repository: Repository) -> None:
    """The branch's commit counts with its own day; a clean merge adds nothing."""
    repository.entry("export", "phase: idea\n")
    repository.commit("2026-03-02T10:00:00Z")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.entry("export", "phase: planning\n")
    repository.commit("2026-03-03T10:00:00Z", "On the branch")
    repository.git("checkout", "--quiet", "main")
    repository.entry("other", "phase: idea\n")
    repository.commit("2026-03-04T10:00:00Z")
    repository.git("merge", "--quiet", "--no-ff", "work", at="2026-03-05T10:00:00Z")

    assert phases(repository.history().of("export")) == [
        ("03-02", "", "idea"),
        ("03-03", "idea", "planning"),
    ]


def test_what_a_merge_itself_changed_is_told(repository: Repository) -> None:
    """Two branches set the phase; whoever merged chose a third."""
    repository.entry("export", "phase: idea\n")
    repository.commit("2026-03-02T10:00:00Z")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.entry("export", "phase: planning\n")
    repository.commit("2026-03-03T10:00:00Z")
    repository.git("checkout", "--quiet", "main")
    repository.entry("export", "phase: building\n")
    repository.commit("2026-03-04T10:00:00Z")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "--quiet", "--no-ff", "work")
    repository.entry("export", "phase: testing\n")
    repository.commit("2026-03-05T10:00:00Z", "Merge work")

    last = repository.history().of("export")[-1]
    assert (last.subject, last.after.phase) == ("Merge work", "testing")


def test_a_shallow_copy_says_where_it_begins(
    repository: Repository, tmp_path: Path
) -> None:
    """Its first commit is no beginning: the entry may be older."""
    for day, phase in enumerate(("idea", "planning", "building"), start=1):
        repository.entry("export", f"phase: {phase}\n")
        repository.commit(f"2026-03-0{day}T10:00:00Z")
    copy = tmp_path / "copy"
    origin = repository.root.as_uri()
    subprocess.run(["git", "clone", "--quiet", "--depth=2", origin, copy], check=True)

    history = repository.history(copy)

    assert history.shallow
    assert "git fetch --unshallow" in history.fix
    assert ["boundary", "changed"] == [one.change for one in history.of("export")]


def test_a_copy_without_contents_is_not_filled_up(
    repository: Repository, tmp_path: Path
) -> None:
    """Nothing is fetched while a site is built: the reason is told instead."""
    repository.entry("export", "phase: idea\n")
    repository.commit("2026-03-01T10:00:00Z")
    repository.entry("export", "phase: planning\n")
    repository.commit("2026-03-02T10:00:00Z")
    repository.git("config", "uploadpack.allowFilter", "true")
    copy = tmp_path / "copy"
    origin = repository.root.as_uri()
    call = ["git", "clone", "--quiet", "--no-checkout", "--filter=blob:none", origin]
    subprocess.run([*call, copy], check=True)

    history = repository.history(copy)

    assert history.missing == (
        "the copy of the repository leaves out the contents of old files"
    )


def test_old_versions_may_be_in_any_state(repository: Repository) -> None:
    """Half merged, without an end, not UTF-8, empty: each says nothing, and the rest stands."""
    states = (
        b"---\nid: export\nphase: idea\ntitle: \xe9t\xe9\n---\nLatin-1\n",
        b"---\nid: export\n<<<<<<< HEAD\nphase: done\n=======\nphase: idea\n>>>>>>> b\n---\n",
        b"---\nid: export\nphase: done\n",
        b"",
        b"\xff\xfe-\x00-\x00-\x00",
        b"---\r\nid: export\r\nphase: planning # soon\r\n---\r\nWindows\r\n",
        b'\xef\xbb\xbf---\nid: export\n"phase": "building"\nscope: {in: [[[[[}\n---\nMark\n',
    )
    for day, raw in enumerate(states, start=1):
        repository.write("content/releases/export.md", raw)
        repository.commit(f"2026-03-0{day}T10:00:00Z")

    assert [one.after.phase for one in repository.history().of("export")] == [
        *("idea", "", "", "", ""),
        *("planning", "building"),
    ]


def test_windows_line_ends_are_no_change(repository: Repository) -> None:
    """A file that only got other line ends says the same."""
    file = repository.entry("export", "phase: idea\n")
    repository.commit("2026-03-01T10:00:00Z")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    repository.commit("2026-03-02T10:00:00Z")

    assert () == repository.history().of("export")[-1].fields


def test_dates_and_scope_are_kept_as_they_were_written(repository: Repository) -> None:
    """They are what late changes are found by."""
    repository.entry(
        "export",
        "phase: building\n"
        "scope:\n  in:\n    - Export\n    - 'Log: all'\n  frozen_on: 2026-03-01\n"
        "dates: {planned: 2026-04-01}\n",
    )
    repository.commit("2026-03-01T10:00:00Z")

    said = repository.history().of("export")[0].after
    assert (said.scope, said.frozen_on, said.planned) == (
        ("Export", "Log: all"),
        "2026-03-01",
        "2026-04-01",
    )


def test_commits_after_the_clock_have_not_happened(repository: Repository) -> None:
    """A build as of an earlier day tells what was known that day."""
    repository.entry("export", "phase: idea\n")
    repository.commit("2026-03-01T10:00:00Z")
    repository.entry("export", "phase: planning\n")
    repository.commit("2026-03-05T10:00:00Z")

    history = repository.history(as_of=utc("2026-03-02T00:00"))
    assert phases(history.of("export")) == [("03-01", "", "idea")]


def test_names_and_messages_in_any_language(repository: Repository) -> None:
    """Umlauts in paths, an old encoding of a message, and a tab in it."""
    repository.entry("größe", "id: groesse\nphase: idea\n")
    repository.git("config", "i18n.commitEncoding", "ISO-8859-1")
    repository.commit("2026-03-01T10:00:00Z", "Gr\udcf6\udcdfe\tjetzt")

    (only,) = repository.history().of("groesse")
    assert (only.path, only.subject) == ("content/releases/größe.md", "Größe\tjetzt")


def test_settings_of_the_machine_do_not_matter(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a hook, git points elsewhere; users colour, sign and cut as they like."""
    repository.entry("export", "phase: idea\n")
    repository.commit("2026-03-01T10:00:00Z")
    before = repository.history()
    for setting in ("diff.renames=false", "color.ui=always", "log.showSignature=true"):
        key, _, value = setting.partition("=")
        repository.git("config", key, value)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")

    assert before == repository.history()


def test_a_project_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    """Paths are relative to the project, not to the repository."""
    outer = Repository(tmp_path)
    inner = outer.root / "sites" / "changelog"
    outer.write(
        "sites/changelog/content/releases/export.md", "---\nid: export\n---\nA\n"
    )
    outer.git("add", "--all", "sites")
    outer.git("commit", "--quiet", "-m", "One")

    (only,) = outer.history(inner).of("export")
    assert only.path == "content/releases/export.md"


def test_without_a_repository(tmp_path: Path) -> None:
    """The reason and the way out, and no error."""
    history = read_history(tmp_path, RELEASES, as_of=AS_OF)

    assert history.missing == "the entries lie in no git repository"
    assert history.fix


def test_without_a_commit(repository: Repository) -> None:
    """A repository that was only begun."""
    assert repository.history().missing == "nothing was committed yet"


def test_without_git(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that has none."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert repository.history().missing == "git is not installed here"


def test_two_thousand_commits_are_quick(repository: Repository) -> None:
    """Forty entries of two hundred lines, edited fifty times each: well under three seconds."""
    body = "".join(f"Line {n} of the text.\n" for n in range(200))
    stream = []
    for n in range(2_000):
        phase = ("idea", "planning", "building", "testing")[n // 500]
        text = (
            f"---\nid: entry-{n % 40}\nphase: {phase}\ngoal: {n}\n---\n{body}".encode()
        )
        at = f"{1_767_225_600 + n * 3600} +0000"
        stream.append(
            f"commit refs/heads/main\nauthor D <d@h.example> {at}\n"
            f"committer D <d@h.example> {at}\ndata 1\nw\n"
            f"M 100644 inline content/releases/entry-{n % 40}.md\n"
            f"data {len(text)}\n".encode()
            + text
            + b"\n"
        )
    subprocess.run(
        ["git", "-C", repository.root, "fast-import", "--quiet"],
        input=b"".join(stream),
        check=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
    )
    start = time.monotonic()
    history = repository.history()

    assert time.monotonic() - start < 3
    assert 2_000 == sum(len(rows) for rows in history.revisions.values())
    assert history.of("entry-7")[-1].after.phase == "testing"
