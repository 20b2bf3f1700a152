"""The line somebody slipped in is named, and the line to type mends it when it is pasted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gatepost.content.front_matter import read, read_yaml
from gatepost.model.finding import Finding

ENTRY = (
    Path(__file__).resolve().parents[2] / "content/releases/2026/retry-plan/index.md"
)
SLIPS = {
    "a forgotten colon": (
        "id: exports\ntitle Exports finish sooner\ntype: performance\nphase: done",
        "e.md:3:1: GP006 `title Exports finish sooner` has no colon after the name",
        "title: Exports finish sooner",
    ),
    "a forgotten colon in the first line": (
        "Title Exports finish sooner\nid: exports",
        "e.md:2:1: GP006 `Title Exports finish sooner` has no colon after the name",
        "title: Exports finish sooner",
    ),
    "a forgotten colon in the last line": (
        "id: exports\ntitle Exports finish sooner",
        "e.md:3:1: GP006 `title Exports finish sooner` has no colon after the name",
        "title: Exports finish sooner",
    ),
    "a forgotten colon in a block": (
        "dates:\n  planned 2026-10-10\n  exposed: 2026-10-12\nphase: done",
        "e.md:3:3: GP006 `planned 2026-10-10` has no colon after the name",
        "planned: 2026-10-10",
    ),
    "a full-width colon": (
        "id: exports\ntitle\uff1aExports finish sooner\ntype: performance",
        "e.md:3:1: GP006 `title\uff1aExports finish sooner` has a full-width colon",
        "title: Exports finish sooner",
    ),
    "nothing but a full-width colon": (
        "title\uff1aExports",
        "e.md:2:1: GP011 the front matter is `title\uff1aExports`, not fields",
        "title: Exports",
    ),
    "an item without its space": (
        "id: exports\nproducts:\n-billing\nsummary: Sooner",
        "e.md:4:1: GP006 `-billing` has no space after its hyphen",
        "- billing",
    ),
    "an indented item without its space": (
        "id: exports\nproducts:\n  -billing\nsummary: Sooner",
        "e.md:4:3: GP006 `-billing` has no space after its hyphen",
        "- billing",
    ),
    "one item of several without its space": (
        "id: exports\nproducts:\n  - reports\n  -billing\nsummary: Sooner",
        "e.md:5:3: GP006 `-billing` has no space after its hyphen",
        "- billing",
    ),
    "a quote left open above another quote": (
        'id: exports\nsummary: "Half\naction: "Nothing to do."\nphase: done',
        'e.md:3:10: GP006 `summary: "Half` cannot be read: a quote is not closed',
        'summary: "Half"',
    ),
    "a single quote left open": (
        "id: exports\nsummary: 'Half\naction: 'Nothing to do.'\nphase: done",
        "e.md:3:10: GP006 `summary: 'Half` cannot be read: a quote is not closed",
        'summary: "Half"',
    ),
    "a quote left open to the end": (
        'id: exports\nsummary: "Half\nphase: done',
        'e.md:3:10: GP006 `summary: "Half` cannot be read: a quote is not closed',
        'summary: "Half"',
    ),
    "a quote left open between braces": (
        'roles: {pm: "@x}\ntitle: "Exports"\nphase: done',
        'e.md:2:13: GP006 `roles: {pm: "@x}` cannot be read: a quote is not closed',
        'roles: {pm: "@x"}',
    ),
    "a second colon between braces": (
        "support: {faq: [{q: Why is it empty?, a: Because: reasons}]}",
        "e.md:2:49: GP006 `support: {faq: [{q: Why is it empty?, a:…` cannot be read: it has",
        'support: {faq: [{q: Why is it empty?, a: "Because: reasons"}]}',
    ),
    "a forgotten colon before a block": (
        "id: exports\ndeployment {path: push, peak_ok: true}\nphase: done",
        "e.md:3:1: GP006 `deployment {path: push, peak_ok: true}` has no colon after the name",
        "deployment: {path: push, peak_ok: true}",
    ),
    "a forgotten colon in an item": (
        "media:\n  - src one.png\n    alt: One\n  - src: two.png\n    alt: Two",
        "e.md:3:3: GP006 `- src one.png` has no colon after the name",
        "- src: one.png",
    ),
    "a forgotten colon of a name that another item has": (
        "media:\n  - src: one.png\n    alt One row\n    caption: One\n  - src: b\n    alt: Two",
        "e.md:4:5: GP006 `alt One row` has no colon after the name",
        "alt: One row",
    ),
    "a colon without its space below a text": (
        "type: added\nkind:standard\nphase: done",
        "e.md:3:1: GP006 `kind:standard` has no space after its colon",
        "kind: standard",
    ),
    "a colon without its space in an item": (
        "media:\n  - src:one.png\n    alt: One",
        "e.md:3:3: GP006 `- src:one.png` has no space after its colon",
        "- src: one.png",
    ),
    "an item of fields without its space": (
        "media:\n  -src: one.png\n    alt: One",
        "e.md:3:3: GP006 `-src: one.png` has no space after its hyphen",
        "- src: one.png",
    ),
    "two second colons between braces": (
        "docs: [{title: Vault: runbook, state: updated}, {title: Help: centre}]",
        "e.md:2:21: GP006 `docs: [{title: Vault: runbook, state: up…` cannot be read: it has a",
        'docs: [{title: "Vault: runbook", state: updated}, {title: "Help: centre"}]',
    ),
    "a quote left open before another between braces": (
        'roles: {pm: "@a, qa: "@b"}\nphase: done',
        'e.md:2:13: GP006 `roles: {pm: "@a, qa: "@b"}` cannot be read: a quote is not closed',
        'roles: {pm: "@a", qa: "@b"}',
    ),
    "a bracket left open": (
        "deployment: {path: push, environments: [staging, production]\nphase: done",
        "e.md:2:13: GP006 `deployment: {path: push, environments: […` cannot be read: a bracket {",
        "deployment: {path: push, environments: [staging, production]}",
    ),
    "Word's quotes around what YAML keeps for itself": (
        "support: {escalation: \u201c@a in #b\u201d, summary: \u201cOne, two: three\u201d}",
        "e.md:2:10: GP006 `support: {escalation: \u201c@a in #b\u201d, summar…` has curly quotes",
        'support: {escalation: "@a in #b", summary: "One, two: three"}',
    ),
    "Word's quotes between braces": (
        "roles: {pm: \u201c@x\u201d, qa: \u201e@it\u2019s\u201c}",
        "e.md:2:13: GP006 `\u201c@x\u201d` has curly quotes",
        'roles: {pm: "@x", qa: "@it\u2019s"}',
    ),
    "Word's quotes between brackets": (
        "products: [\u2018a\u2019, \u2018b\u2019]",
        "e.md:2:12: GP006 `\u2018a\u2019` has curly quotes",
        'products: ["a", "b"]',
    ),
}


def found(text: str) -> tuple[Finding, ...]:
    """What the reader of an entry with these fields is told."""
    return read(f"---\n{text}\n---\nText\n".encode(), "e.md").findings


def pasted(text: str, line: int, mended: str) -> str:
    """The fields with one line of the file typed anew, as deep as it was."""
    lines = text.split("\n")
    old = lines[line - 2]
    lines[line - 2] = old[: len(old) - len(old.lstrip())] + mended
    return "\n".join(lines)


@pytest.mark.parametrize(("text", "said", "line"), SLIPS.values(), ids=SLIPS.keys())
def test_the_way_out_of_a_slip_mends_it(text: str, said: str, line: str) -> None:
    """The finding names the line of the slip, and its fix leaves nothing to report."""
    first, *_ = found(text)

    assert str(first).startswith(said)
    assert first.fix == f"write: {line}"
    assert found(pasted(text, first.place.line, line)) == ()


def test_two_slips_are_mended_one_after_the_other() -> None:
    """Each paste leads to the next line that is wrong, and the last to none."""
    text = "id: exports\nproducts:\n-billing\n-reports\ntitle Exports\nphase: done"
    lines = []
    while findings := found(text):
        lines.append(findings[0].place.line)
        text = pasted(text, lines[-1], findings[0].fix.removeprefix("write: "))

    assert lines == [4, 5, 6]


def test_text_that_goes_on_without_indent_may_be_indented_or_joined() -> None:
    """Both ways out leave nothing to report."""
    text = "id: exports\nsummary: One text that\ngoes on here\nand here\nphase: done"
    (finding,) = found(text)

    assert str(finding) == (
        "e.md:4:1: GP006 `goes on here` is more of the text above, but not indented"
    )
    assert finding.fix == (
        "begin these lines with 2 spaces, or write them and the one above as one: "
        "summary: One text that goes on here and here"
    )
    assert found(text.replace("\ngoes", "\n  goes").replace("\nand", "\n  and")) == ()
    assert found(text.replace("\ngoes", " goes").replace("\nand", " and")) == ()


def test_a_block_of_text_that_is_not_indented_is_only_indented() -> None:
    """Nobody joins a line to the sign that begins such a block."""
    (finding,) = found("id: exports\nsummary: >\nOne text\nphase: done")

    assert finding.fix == "begin it with 2 spaces"


def test_a_word_that_is_a_field_already_is_text() -> None:
    """A sentence may begin with the name of a field."""
    (finding,) = found(
        "title: One\nsummary: For this\ntitle there is more\nphase: done"
    )

    assert "is more of the text above" in str(finding)


def test_a_line_that_may_be_a_field_or_text_is_told_both_ways() -> None:
    """`for` begins a field and many a sentence."""
    text = "id: exports\nsummary: Exports finish sooner\nfor everyone\nphase: done"
    (finding,) = found(text)

    assert finding.fix == (
        "write: for: everyone; or, if it belongs to the text above, begin it with 2 spaces"
    )
    assert found(text.replace("\nfor", "\n  for")) == ()


def test_a_field_without_its_colon_that_stands_further_down_as_well() -> None:
    """Nothing above it could go on in it, so it is a field, and the line is named."""
    (finding,) = found("title Exports\nid: exports\ntitle: Imports")

    assert str(finding).startswith("e.md:2:1: GP006 `title Exports` has no colon")


def test_a_line_of_prose_above_the_fields_is_named() -> None:
    """Not the field below it."""
    (finding,) = found("Exports are fast\nid: exports\nphase: done")

    assert str(finding).startswith("e.md:2:1: GP006 `Exports are fast` cannot be read")


def test_prose_below_an_empty_line_is_no_field() -> None:
    """It stands above the line that should have closed the front matter."""
    (finding,) = found("id: exports\n\nProse without a colon")

    assert "there is no colon after the name" in str(finding)
    assert finding.fix == "write a name and a colon before it, or move it below `---`"


@pytest.mark.parametrize(
    "text",
    [
        "title: One\n  -5 degrees",
        "summary: Use the flag\n  -v to see more",
        "title: -v is gone",
        'summary: "Half\n  the time"',
        "title: \u201cHalf\u201d and \u201cwhole\u201d",
        "title: Ratio 1\uff1a2",
        "products:\n  - billing\n  - reports",
    ],
)
def test_what_is_no_slip_is_left_alone(text: str) -> None:
    """It is read as it stands."""
    assert found(text) == ()


def test_a_slip_in_the_registry_is_told_alike() -> None:
    """Its lines are counted from the first."""
    raw = 'products:\n  a:\n    name: "Half\n  b:\n    name: "Billing"\n'
    (finding,) = read_yaml(raw.encode(), "content/registry.yml").findings

    assert str(finding) == (
        'content/registry.yml:3:11: GP006 `name: "Half` cannot be read: a quote is not closed'
    )
    assert finding.fix == 'write: name: "Half"'
    mended = raw.replace('"Half', '"Half"')
    assert read_yaml(mended.encode(), "content/registry.yml").findings == ()


EVERY_SLIP: dict[str, tuple[str, str]] = {
    "no colon": (r"^(\s*(?:- )?[\w-]+): (?=\S)", r"\1 "),
    "a full-width colon": (r"^(\s*(?:- )?[\w-]+): ", "\\1\uff1a"),
    "no space after the hyphen": (r"^(\s*)- (?=\w)", r"\1-"),
    "no space after the colon": (r"^(\s*(?:- )?[\w-]+): (?=\w)", r"\1:"),
    "a quote at the start only": (r"^(\s*(?:- )?[\w-]+: )([A-Z]\w+ .*)$", r'\1"\2'),
    "a second colon": (r"^(\s*(?:- )?[\w-]+: [A-Z]\w+) (?=\w)", r"\1: "),
    "Word's quotes": (r'"([^"]*)"', "\u201c\\1\u201d"),
    "a second colon between braces": (r"(\{.*?: [A-Za-z]\w+) (?=\w)", r"\1: "),
    "an open quote between braces": (r'(\{.*?"[^"]*)"', r"\1"),
    "no closing brace": (r"\}\s*$", ""),
}


@pytest.mark.parametrize(
    ("wrong", "instead"), EVERY_SLIP.values(), ids=EVERY_SLIP.keys()
)
def test_every_line_of_a_long_entry_can_be_mended(wrong: str, instead: str) -> None:
    """Whatever line of the longest entry of the demonstration somebody slips in."""
    _, fields, _ = ENTRY.read_text("utf-8").split("---\n", 2)
    lines = fields.rstrip("\n").split("\n")
    tried = 0
    for number, line in enumerate(lines):
        slipped = re.sub(wrong, instead, line, count=1)
        text = "\n".join([*lines[:number], slipped, *lines[number + 1 :]])
        if slipped == line or not (told := found(text)):
            continue
        tried += 1
        assert told[0].place.line == number + 2, slipped
        assert told[0].fix.startswith("write: "), slipped
        mended = told[0].fix.removeprefix("write: ").partition("; or, if")[0]
        left = found(pasted(text, number + 2, mended))
        assert [one for one in left if one.place.line == number + 2] == [], slipped
    assert tried


def test_a_line_of_nothing_but_quotes_is_read_in_no_time() -> None:
    """Whoever sends it shall not keep the build busy."""
    text = "roles: {" + 'a: "x, ' * 8_000 + "\nphase: done"

    assert found(text)
