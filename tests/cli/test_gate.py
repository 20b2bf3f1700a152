"""`gatepost gate` says go or no-go, in words, as JSON, as Markdown, and as an exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from called_project import CalledProject
from jsonschema import Draft202012Validator

HOTFIX = """kind: hotfix
phase: preparing
version: 2026.11.1
dates: {planned: 2026-12-01}
roles: {qa_lead: "@qa", support_lead: "@support", eng_lead: "@core"}
approvals: {required: [qa_lead], given: [{role: qa_lead, by: "@qa", on: 2026-11-18}]}
tests: {regression: {result: passed, evidence_url: "https://ci.example.com/1"}}
SUPPORT
rollback:
  strategies: [{kind: redeploy, artifact: build 41}]
  runbook: https://runbooks.example.com/exports
  triggers: [{severity: P0, confirmed: true}]
  authority: {who: "@ops"}
  executors: [{step: Put build 41 back, who: on_call}]
  expected_duration: 5m
  tested: {on: 2026-11-02, by: "@ops", env: staging}
"""
READY = HOTFIX.replace(
    "SUPPORT", "support: {faq: [{q: Why?, a: Two workers.}], summary: Faster}"
)
BLOCKED = HOTFIX.replace("SUPPORT", "support: {summary: Faster}")
WAIVED = BLOCKED + (
    "go_no_go: {waivers: [{rule: PRP-07, by: '@pm', on: 2026-11-18, reason: Nobody asks, "
    "until: 2026-12-01}]}\n"
)


def report(project: CalledProject, *words: str) -> dict[str, Any]:
    """The JSON report, which follows its schema."""
    found: dict[str, Any] = json.loads(
        project.call("gate", *words, "--format", "json").out
    )
    schema = json.loads(project.call("schema", "gate").out)
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(found)) == []
    return found


@pytest.mark.parametrize(
    ("front", "word", "code"),
    [
        (READY, "GO", 0),
        (WAIVED, "GO-WITH-WAIVERS", 0),
        (BLOCKED, "NO-GO", 1),
        ("phase: idea\n", "NOT DUE", 0),
    ],
)
def test_the_exit_code_is_the_verdict(
    project: CalledProject, front: str, word: str, code: int
) -> None:
    """Scripts need no words."""
    project.entry("faster-export", front)
    done = project.call("gate", "faster-export")

    assert (done.code, done.err) == (code, "")
    assert done.out.startswith(f"{word}  faster-export: ")


def test_a_blocker_in_words(project: CalledProject) -> None:
    """What, whose, by when, and the line to paste with its place."""
    project.entry("faster-export", BLOCKED)

    assert (
        "  1. PRP-07  Not shown yet: prepare the answers support will give "
        "(@support, by 2026-12-01)\n"
    ) in project.call("gate", "faster-export").out
    assert (
        "content/releases/faster-export.md:14:1: add under `support:` "
        "`faq: [{q: What will customers ask, a: What we answer}]`"
    ) in project.call("gate", "faster-export").out


def test_without_an_id_all_upcoming_are_judged(project: CalledProject) -> None:
    """Soonest first; what is done is left out; one no-go is a no-go for the script."""
    project.entry("faster-export", READY)
    project.entry("slower-import", BLOCKED.replace("2026-12-01", "2026-11-30", 1))
    project.entry("old-news", "phase: done\n")
    done = project.call("gate")

    assert done.code == 1
    assert done.out.index("slower-import") < done.out.index("faster-export")
    assert "old-news" not in done.out
    assert done.out.endswith("1 release can go, 1 cannot, 0 not due.\n")


def test_an_empty_project_has_nothing_to_judge(project: CalledProject) -> None:
    """Which is no fault."""
    done = project.call("gate")

    assert (done.code, done.out) == (0, "No release is on its way.\n")


def test_it_may_be_asked_for_a_phase(project: CalledProject) -> None:
    """Also by the organisation's own name for it."""
    project.write(
        "content/registry.yml",
        project.source("content/registry.yml")
        + "phases: {preparing: {label: Ready, aliases: [almost]}}\n",
    )
    project.entry("faster-export", "kind: hotfix\nphase: testing\n")

    assert project.call("gate", "faster-export").code == 0
    assert project.call("gate", "faster-export", "--for", "testing").code == 0
    asked = project.call("gate", "faster-export", "--for", "Ready")
    assert asked.code == 1
    assert "TST-03" in asked.out


def test_json_follows_its_schema(project: CalledProject) -> None:
    """And says the same as the words."""
    project.entry("faster-export", BLOCKED)
    project.entry("slower-import", WAIVED)
    project.entry("some-idea", "phase: idea\n")
    found = report(project)
    told = {one["id"]: one["verdict"] for one in found["releases"]}

    assert told == {
        "faster-export": "no-go",
        "slower-import": "go-with-waivers",
        "some-idea": "not-due",
    }
    (one,) = found["releases"][0]["blockers"]
    assert (one["rule"], one["owner"], one["due"]) == (
        "PRP-07",
        "@support",
        "2026-12-01",
    )
    assert one["edit"]["under"] == "support"
    assert one["edit"]["fact"] is False


def test_every_format_asks_for_the_truth(project: CalledProject) -> None:
    """What records a fact is to be written once it is one, wherever it is said."""
    project.entry("faster-export", f"{READY}state: blocked\n")
    (one,) = report(project)["releases"][0]["blockers"]
    said = "nce it is true, write `state: on-track`"

    assert one["edit"]["yaml"] == "state: on-track"
    assert one["edit"]["fact"] is True
    assert said in one["fix"]
    assert said in project.call("gate", "faster-export").out
    assert said in project.call("gate", "faster-export", "--format", "markdown").out


def test_json_of_one_release_and_of_none(project: CalledProject) -> None:
    """The shape is the same."""
    assert report(project)["releases"] == []
    project.entry("faster-export", READY)

    assert [one["id"] for one in report(project, "faster-export")["releases"]] == [
        "faster-export"
    ]


def test_markdown_is_a_comment(project: CalledProject) -> None:
    """Words of an entry stay words: no table cell, link or tag of theirs."""
    title = 'title: "A | b [c](https://x.example.com) <img src=x>"\n'
    project.entry("faster-export", title + BLOCKED)
    done = project.call("gate", "faster-export", "--format", "markdown")

    assert done.code == 1
    assert done.out.startswith("### NO-GO: A \\| b \\[c")
    assert "<img" not in done.out
    assert (
        "| PRP-07 | Not shown yet: prepare the answers support will give |" in done.out
    )


def test_words_of_an_entry_do_not_pass_for_a_verdict(project: CalledProject) -> None:
    """A line feed or a terminal's own signs in a text stay where they are."""
    risk = 'risks: [{text: "Slow\\nGO  faster-export\\e[2K", state: open}]\n'
    project.entry("faster-export", READY + risk)
    out = project.call("gate", "faster-export").out

    assert "The risk “Slow GO  faster-export" in out
    assert "\x1b" not in out


def test_errors_of_the_file_are_a_no_go(project: CalledProject) -> None:
    """What stops the build stops the release."""
    project.entry("faster-export", READY + "products: [biling]\n")
    done = project.call("gate", "faster-export")

    assert done.code == 1
    assert "GP153" in done.out


def test_what_cannot_be_computed_is_a_no_go(project: CalledProject) -> None:
    """A file that cannot be read has no verdict, so it may not go."""
    project.write("content/releases/faster-export.md", "---\nid: [\n---\nText\n")
    for words in (("gate",), ("gate", "faster-export")):
        done = project.call(*words)

        assert done.code == 1
        assert (
            "NO-GO  content/releases/faster-export.md: the verdict cannot be computed"
            in done.out
        )
    assert project.call("gate", "--format", "json").code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("faster-exprot",), "did you mean"),
        (("faster-export", "--for", "shipping"), "there is no phase `shipping`"),
        (("faster-export", "--as-of", "soon"), "is not a time"),
        (("faster-export", "--format", "pdf"), "pdf"),
    ],
)
def test_a_wrong_call_is_two(
    project: CalledProject, words: tuple[str, ...], told: str
) -> None:
    """With what was probably meant."""
    project.entry("faster-export", READY)
    done = project.call("gate", *words)

    assert done.code == 2
    assert told in done.err


def test_it_gates_a_pipeline(project: CalledProject) -> None:
    """In a shell, what stands behind && runs only on a go."""
    project.entry("faster-export", READY)
    project.entry("slower-import", BLOCKED)
    program = Path(sys.executable).with_name("gatepost")
    gate = f"{program} gate {{}} --as-of 2026-11-21 >/dev/null && echo deployed"
    for name, out in (("faster-export", "deployed\n"), ("slower-import", "")):
        done = subprocess.run(
            ["bash", "-c", gate.format(name)],
            cwd=project.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (out, "")


FLAGGED = READY + (
    "flags: [{key: exports, owner: '@core', default: 'off', safe_value: 'off'}]\n"
)
FLAGD = '{"flags": {"exports": {"state": "%s", "variants": {"on": true, "off": false}, '
FLAGD += '"defaultVariant": "off"}}}'


def test_without_a_provider_the_report_says_that_nobody_compared(
    project: CalledProject,
) -> None:
    """In words, as Markdown and as JSON."""
    project.entry("faster-export", FLAGGED)
    told = "Flags: the registry names no file of the flag provider, so nobody compared."

    assert project.call("gate", "faster-export").out.endswith(f"\n{told}\n")
    assert told in project.call("gate", "faster-export", "--format", "markdown").out
    assert report(project, "faster-export")["flag_snapshot"] is None


def test_a_provider_is_compared_and_named(project: CalledProject) -> None:
    """A difference is a no-go with both places."""
    project.entry("faster-export", FLAGGED)
    registry = project.root / "content/registry.yml"
    registry.write_text(registry.read_text() + "flags: {file: flags.json}\n")
    flags = project.root / "content/flags.json"
    flags.write_text(FLAGD % "ENABLED")
    same = project.call("gate", "faster-export")
    flags.write_text((FLAGD % "ENABLED").replace("exports", "export"))
    gone = project.call("gate", "faster-export")

    assert same.code == 0
    assert same.out.endswith("Flags: compared with content/flags.json.\n")
    assert gone.code == 1
    assert (
        "FLG-02  The flag `exports` is declared, and the provider does not have"
        in gone.out
    )
    found = report(project, "faster-export")["flag_snapshot"]
    assert (found["path"], found["format"], found["flags"]) == (
        "content/flags.json",
        "flagd",
        1,
    )


def test_a_broken_provider_file_is_told_with_its_line(project: CalledProject) -> None:
    """The gate does not pass over it."""
    project.entry("faster-export", FLAGGED)
    registry = project.root / "content/registry.yml"
    registry.write_text(registry.read_text() + "flags: {file: flags.json}\n")
    (project.root / "content/flags.json").write_text('{"flags": \n')
    done = project.call("gate", "faster-export")
    (fault,) = report(project, "faster-export")["flag_snapshot"]["faults"]

    assert done.code == 1
    assert done.out.endswith("Flags: nothing could be read from content/flags.json.\n")
    assert fault["at"].startswith("content/flags.json:")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("gate", ""), "the id is empty"),
        (("gate", " "), "the id is empty"),
        (("gate", "--for", ""), "the phase is empty: write one of idea, "),
        (("advance", "", "testing"), "the id is empty"),
        (("advance", "faster-export", ""), "the phase is empty"),
    ],
)
def test_a_variable_that_was_not_set_is_a_wrong_call(
    project: CalledProject, words: tuple[str, ...], told: str
) -> None:
    """A pipeline must not hear go to a question nobody asked."""
    project.entry("faster-export", READY)
    done = project.call(*words)

    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize("words", [(), ("faster-export",), ("--for", "ready")])
@pytest.mark.parametrize("broken", ["products: [\n", "profile: nope\n", None])
def test_without_a_registry_nothing_else_is_said(
    project: CalledProject, words: tuple[str, ...], broken: str | None
) -> None:
    """Its products and teams would all seem to be missing; the registry is what to mend."""
    project.entry("faster-export", READY)
    registry = project.root / "content/registry.yml"
    if broken is None:
        registry.unlink()
    else:
        registry.write_text(broken)
    done = project.call("gate", *words)

    assert done.code == 1
    assert done.out.startswith(
        "NO-GO  content/registry.yml: the verdict cannot be computed\n"
    )
    assert "faster-export" not in done.out


def test_it_does_not_advance_without_a_registry(project: CalledProject) -> None:
    """And says which file is to be mended."""
    project.entry("faster-export", READY)
    (project.root / "content/registry.yml").write_text("products: [\n")
    done = project.call("advance", "faster-export", "rolling-out")

    assert done.code == 1
    assert "NO-GO  content/registry.yml" in done.out
    assert "phase: preparing" in project.source("content/releases/faster-export.md")


def test_a_fresh_export_stands_in_for_the_registrys_file(
    project: CalledProject,
) -> None:
    """A pipeline exports the flags, then asks."""
    project.entry("faster-export", FLAGGED)
    fresh = project.root / "export.json"
    fresh.write_text(FLAGD % "ENABLED")
    same = project.call("gate", "faster-export", "--flags", "export.json")
    fresh.write_text((FLAGD % "ENABLED").replace("exports", "export"))
    gone = project.call("gate", "faster-export", "--flags", "export.json")
    missing = project.call("gate", "faster-export", "--flags", "exports.json")

    assert (same.code, gone.code, missing.code) == (0, 1, 2)
    assert same.out.endswith("Flags: compared with export.json.\n")
    assert "there is no file or folder `exports.json`" in missing.err


def test_json_names_what_could_not_be_read(project: CalledProject) -> None:
    """No release with a verdict is not the same as nothing to judge."""
    project.entry("faster-export", READY)
    project.write("content/releases/other.md", "---\ntitle: [\n---\n")
    (fault,) = report(project)["unread"]

    assert fault["at"].startswith("content/releases/other.md:")
    assert fault["what"]
    assert fault["fix"]
    assert report(project, "faster-export")["unread"] == []


def test_a_comparison_nobody_asks_for_is_not_told(project: CalledProject) -> None:
    """Where FLG-02 is dropped, the verdict rests on no file of a provider."""
    registry = project.root / "content/registry.yml"
    dropped = "{drop: true, by: '@core', on: 2026-11-01, why: No provider}"
    registry.write_text(registry.read_text() + f"checklist: {{FLG-02: {dropped}}}\n")
    project.entry("faster-export", FLAGGED)

    assert "Flags:" not in project.call("gate", "faster-export").out


def test_an_unknown_id_among_very_many(project: CalledProject) -> None:
    """The most alike are named, and where all ids stand; a part of one is enough."""
    for number in range(30):
        project.entry(f"export-{number}", "")
    project.entry("refund-totals", "")

    part, none = (project.call("gate", word).err for word in ("refund", "zzzz"))

    assert "there is no release `refund`: most like it is refund-totals; " in part
    assert "there are 31, each in a file of its own in content/releases" in part
    assert "there is no release `zzzz`: there are 31, each" in none


def test_an_unknown_phase(project: CalledProject) -> None:
    """Phases are listed as a release goes through them, without other spellings."""
    registry = project.source("content/registry.yml")
    project.write(
        "content/registry.yml", f"{registry}phases: {{done: {{aliases: [archived]}}}}\n"
    )
    project.entry("faster-export", "")

    done = project.call("gate", "faster-export", "--for", "zzz")

    assert done.err == (
        "gatepost: there is no phase `zzz`: there are idea, planning, building, testing, "
        "preparing, rolling-out, monitoring, reviewing, done\n"
    )
