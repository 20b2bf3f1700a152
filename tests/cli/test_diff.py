"""`gatepost diff` tells a reader what changes, in a terminal, a document and a script."""

from __future__ import annotations

import json

import pytest
from called_project import CalledProject


@pytest.fixture
def upgrade(project: CalledProject) -> CalledProject:
    """Reports 4.0 and 4.1, and one entry of Billing."""
    project.write("content/ledger.json", "{}\n")
    project.entry(
        "new-address",
        "title: Exports move to a new address\nproducts: [exports]\nversion: 4.1.0\n"
        "type: changed\nbreaking: true\naction: Allow exports.example.com in your firewall.\n"
        "impact: Exports fail until you do.\nmigration: {deadline: 2027-03-01}\n",
    )
    project.entry(
        "audit-log",
        "title: See who changed what\nproducts: [reports]\nversion: 4.0.0\n"
        "plans: [enterprise]\naction: Nothing to do.\n",
        "Admins can now read *every* change.\n",
    )
    project.entry(
        "faster-export",
        "title: Exports finish in half the time\nproducts: [reports]\nversion: 4.0.0\n"
        "type: performance\n",
    )
    project.entry(
        "secret-lab",
        "title: Laboratory Kumquat\nproducts: [reports]\nversion: 4.1.0\naudience: internal\n",
    )
    project.entry("new-invoice", "version: 2026.10\ndates: {published: 2026-11-05}\n")
    return project


def test_text(upgrade: CalledProject) -> None:
    """What must be done first, then what is new, each with its address."""
    done = upgrade.call("diff", "3.2", "4.1", "--product", "reports")
    assert done.code == 0
    assert done.out == (
        "Reports 3.2 → 4.1\n"
        "\n"
        "MUST DO\n"
        "- Exports move to a new address (4.1.0, breaking)\n"
        "  By 2027-03-01: Allow exports.example.com in your firewall.\n"
        "  https://public.harbour.example/releases/new-address/\n"
        "\n"
        "NEW FOR YOU\n"
        "- See who changed what (4.0.0, added)\n"
        "  Admins can now read every change.\n"
        "  https://public.harbour.example/releases/audit-log/\n"
        "- Exports finish in half the time (4.0.0, performance)\n"
        "  Exports finish sooner.\n"
        "  https://public.harbour.example/releases/faster-export/\n"
    )


def test_markdown(upgrade: CalledProject) -> None:
    """The same for a document, with links, and nothing of a title taken for markup."""
    upgrade.entry(
        "stars",
        "title: Paths like a_b*.csv <work>\nproducts: [reports]\nversion: 4.1.0\n",
    )
    done = upgrade.call("diff", "4.0", "4.1", "--product", "reports", "--format", "md")
    assert done.out == (
        "# Reports 4.0 → 4.1\n"
        "\n"
        "## Must do\n"
        "\n"
        "- [Exports move to a new address (4.1.0, breaking)]"
        "(https://public.harbour.example/releases/new-address/)\n"
        "  By 2027-03-01: Allow exports.example.com in your firewall.\n"
        "\n"
        "## New for you\n"
        "\n"
        "- [Paths like a\\_b\\*.csv \\<work\\> (4.1.0, added)]"
        "(https://public.harbour.example/releases/stars/)\n"
        "  Exports finish sooner.\n"
    )


def test_json(upgrade: CalledProject) -> None:
    """A version, the question, and the groups in order."""
    done = upgrade.call(
        "diff", "3.2", "4.1", "--product", "reports", "--format", "json"
    )
    found = json.loads(done.out)
    assert (found["version"], found["product"], found["from"], found["to"]) == (
        1,
        "Reports",
        "3.2",
        "4.1",
    )
    assert [row["id"] for row in found["must_do"]] == ["new-address"]
    assert found["must_do"][0]["due"] == "2027-03-01"
    assert [row["id"] for row in found["new_for_you"]] == ["audit-log", "faster-export"]


def test_only_my_plan(upgrade: CalledProject) -> None:
    """What another plan gets is not for me; what all plans get is."""
    call = ("diff", "3.2", "4.1", "--product", "reports", "--format", "json", "--plan")
    team = json.loads(upgrade.call(*call, "team").out)
    assert [row["id"] for row in team["new_for_you"]] == ["faster-export"]


def test_a_version_of_another_plan_is_a_version(upgrade: CalledProject) -> None:
    """A product that counts in days: a day that is a version for some is one for all."""
    for day, published, plan in (
        ("2026-08-18", "2026-08-18", "enterprise"),
        ("2026-10-20", "2026-10-30", "team"),
    ):
        upgrade.entry(
            f"of-{day}",
            f"version: {day}\nplans: [{plan}]\ndates: {{published: {published}}}\n",
        )
    call = ("diff", "2026-08-18", "2026-10-25", "--product", "billing")

    assert "of-2026-10-20" in upgrade.call(*call).out
    assert "of-2026-10-20" in upgrade.call(*call, "--plan", "team").out
    assert "of-2026-08-18" not in upgrade.call(*call).out


def test_only_my_platform(upgrade: CalledProject) -> None:
    """What is for another platform is not for me; what names none is for all."""
    for name in ("ios", "android"):
        upgrade.entry(
            f"for-{name}",
            f"title: Better on {name}\nproducts: [reports]\nversion: 4.1.0\n"
            f"platforms: [{name}]\n",
        )
    registry = upgrade.root / "content/registry.yml"
    registry.write_text(
        registry.read_text("utf-8") + "platforms: {ios: {}, android: {}}\n", "utf-8"
    )
    call = ("diff", "4.0", "4.1", "--product", "reports", "--platform", "ios")
    done = upgrade.call(*call)

    assert done.out.startswith("Reports 4.0 → 4.1, platform ios\n")
    assert "for-ios" in done.out
    assert "for-android" not in done.out
    assert "new-address" in done.out


def test_between_days(upgrade: CalledProject) -> None:
    """Of all products; both days count."""
    done = upgrade.call("diff", "2026-11-01", "2026-11-05", "--format", "json")
    assert [row["id"] for row in json.loads(done.out)["new_for_you"]] == ["new-invoice"]


def test_only_what_the_public_may_see(upgrade: CalledProject) -> None:
    """Unless the readers of another site are asked for."""
    call = ("diff", "3.2", "4.1", "--product", "reports")
    assert "Kumquat" not in upgrade.call(*call).out
    assert "Kumquat" in upgrade.call(*call, "--site", "internal").out


def test_what_is_not_public_yet(upgrade: CalledProject) -> None:
    """An entry under embargo appears when the embargo ends."""
    upgrade.entry(
        "surprise",
        "products: [reports]\nversion: 4.1.0\nembargo_until: 2026-12-01\n",
    )
    call = ("diff", "3.2", "4.1", "--product", "reports")
    assert "surprise" not in upgrade.call(*call).out
    assert "surprise" in upgrade.call(*call, "--as-of", "2026-12-01").out


def test_nothing_changes(upgrade: CalledProject) -> None:
    """It says so."""
    done = upgrade.call("diff", "5.0", "6.0", "--product", "reports")
    assert done.out == "Reports 5.0 → 6.0\n\nNothing changes for you.\n"


def test_what_could_not_be_compared(upgrade: CalledProject) -> None:
    """An entry without a version is named, with another way to see it."""
    upgrade.entry("no-version", "products: [reports]\n")
    done = upgrade.call("diff", "5.0", "6.0", "--product", "reports")
    assert "without a version that can be read: no-version. Days can" in " ".join(
        done.out.split()
    )


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (
            "3.2 4.1",
            "say whose versions these are: --product billing or exports or reports",
        ),
        (
            "4.1 3.2 --product reports",
            "3.2 comes before 4.1: write the older version first",
        ),
        (
            "a.b c.d --product reports",
            "`a.b` is no version of this product: write it like 3.2.0",
        ),
        (
            "3.2 2026-10-01 --product reports",
            "`3.2` and `2026-10-01` are a day and a version",
        ),
        (
            "2026-10-05 2026-10-01",
            "2026-10-01 comes before 2026-10-05: write the earlier day",
        ),
        ("3.2 4.1 --product raports", "did you mean `--product reports`?"),
        ("3.2 4.1 --product reports --plan taem", "did you mean `--plan team`?"),
    ],
)
def test_wrong_calls(upgrade: CalledProject, words: str, answer: str) -> None:
    """Each says what to type instead."""
    done = upgrade.call("diff", *words.split())
    assert (done.code, done.out) == (2, "")
    assert answer in done.err
    assert done.err.count("\n") == 1


def test_no_versions_at_all(project: CalledProject) -> None:
    """Days can always be compared."""
    project.entry("faster-export", "products: [reports]\n")
    done = project.call("diff", "1", "2")
    assert (done.code, "compare days, such as 2026-10-01" in done.err) == (2, True)


def test_the_only_product_with_versions_need_not_be_said(
    project: CalledProject,
) -> None:
    """It asks nothing that it can know."""
    project.entry("faster-export", "products: [reports]\nversion: 4.0\n")
    assert project.call("diff", "3.2", "4.1").out.startswith("Reports 3.2 → 4.1\n")


def test_each_product_has_its_own_order(upgrade: CalledProject) -> None:
    """Billing counts in years and months."""
    done = upgrade.call("diff", "2026.9", "2026.10", "--product", "billing")
    assert "new-invoice" in done.out


def test_versions_that_look_like_days(upgrade: CalledProject) -> None:
    """A version of that name is meant; where there is none, a day is."""
    upgrade.entry("march", "version: 2026-03-10\ndates: {published: 2026-04-02}\n")
    call = ("diff", "2026-03-01", "2026-03-10")
    assert "march" in upgrade.call(*call, "--product", "billing").out
    assert "march" not in upgrade.call(*call).out
    days = upgrade.call("diff", "2026-04-01", "2026-04-30", "--product", "billing")
    assert "march" in days.out
