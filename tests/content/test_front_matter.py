"""Front matter is read one way only; whatever could be read in two is a finding with its place."""

from __future__ import annotations

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gatepost.content.front_matter import Handler, read, read_yaml
from gatepost.model.finding import Place


def said(raw: bytes | str) -> list[str]:
    """What a reader of the file is told: place, code and sentence of every finding."""
    raw = raw.encode() if isinstance(raw, str) else raw
    return [str(finding) for finding in read(raw, "e.md").findings]


def fixes(raw: str) -> list[str]:
    """The ways out."""
    return [finding.fix for finding in read(raw.encode(), "e.md").findings]


NUL = "---\nid: a\x00b\n---\n"
BOMB = (
    "---\na: &a {x: 1}\nb: &b {<<: [*a, *a, *a, *a, *a, *a, *a, *a, *a]}\n"
    "c: &c {<<: [*b, *b, *b, *b, *b, *b, *b, *b, *b]}\nd: {<<: [*c, *c, *c, *c, *c]}\n---\n"
)

REFUSED: dict[str, tuple[bytes | str, str]] = {
    "bad YAML": (
        "---\nid: [a\n---\n",
        "e.md:2:5: GP006 `id: [a` cannot be read: a bracket [ is not",
    ),
    "tab indent": (
        "---\ndates:\n\tplanned: 2026-01-01\n---\n",
        "e.md:3:1: GP007 this line is indented",
    ),
    "second colon": (
        "---\ntitle: Fix: x\n---\n",
        "e.md:2:11: GP006 `title: Fix: x` cannot be read: it has",
    ),
    "no closing fence": (
        "---\nid: a\nText\n",
        "e.md:1:1: GP005 the front matter is not closed",
    ),
    "no closing fence, a rule later": (
        "---\nid: a\n\nProse without a colon\n\n---\nMore\n",
        "e.md:4:1: GP006 `Prose without a colon` cannot be read: there is no colon",
    ),
    "blank line first": (
        "\n---\nid: a\n---\n",
        "e.md:1:1: GP004 the file begins with an empty line",
    ),
    "four hyphens": ("----\nid: a\n----\n", "e.md:1:1: GP004 the first line is `----`"),
    "three dots as end": (
        "---\nid: a\n...\nText\n",
        "e.md:3:1: GP005 the front matter is closed by `...`",
    ),
    "empty block": ("---\n---\nText\n", "e.md:1:1: GP011 the front matter is empty"),
    "a list at the top": (
        "---\n- a\n---\n",
        "e.md:2:1: GP011 the front matter is a list",
    ),
    "a word at the top": (
        "---\nhello\n---\n",
        "e.md:2:1: GP011 the front matter is `hello`",
    ),
    "a field written twice": (
        "---\naudience: internal\naudience: public\n---\n",
        "e.md:3:1: GP008 `audience` is written a second time; first on line 2",
    ),
    "body that begins with a rule": (
        "---\nHello there\n---\n",
        "e.md:2:1: GP011 the front matter is",
    ),
    "no front matter": ("# Title\n", "e.md:1:1: GP004 the file begins with `# Title`"),
    "JSON": ('{"id": "a"}\n', "e.md:1:1: GP004 the file begins with"),
    "MultiMarkdown": (
        "Fixed: a thing\n",
        "e.md:1:1: GP004 the file begins with `Fixed: a thing`",
    ),
    "empty file": ("", "e.md:1:1: GP004 the file is empty"),
    "Latin-1": (
        "---\nid: café\n---\n".encode("latin-1"),
        "e.md:2:8: GP002 this character is not UTF-8",
    ),
    "UTF-16": (
        "---\nid: a\n---\n".encode("utf-16"),
        "e.md:1:1: GP002 the file is written in UTF-16",
    ),
    "UTF-16 without a mark": (
        "---\nid: a\n---\n".encode("utf-16-le"),
        "e.md:1:1: GP002 the file is",
    ),
    "NUL": (NUL, "e.md:2:6: GP003 there is an invisible character (U+0000) here"),
    "line separator": (
        "---\ntitle: a\u2028b\n---\n",
        "e.md:2:9: GP003 there is an invisible character (U+2028)",
    ),
    "next line": (
        "---\ntitle: a\x85b\n---\n",
        "e.md:2:9: GP003 there is an invisible character (U+0085)",
    ),
    "a tag that runs code": (
        "---\nid: !!python/object/apply:os.system [ls]\n---\n",
        "e.md:2:5: GP009 `!!python/object/apply:os.system` is a tag",
    ),
    "references": (
        "---\na: &a [x]\nb: [*a, *a]\n---\n",
        "e.md:2:4: GP009 `&a` names a place",
    ),
    "an alias that means a star": (
        "---\na: *important\n---\n",
        "e.md:2:4: GP009 `*important` refers to",
    ),
    "merge bomb": (BOMB, "e.md:2:4: GP009 `&a` names a place"),
    "merge": (
        "---\na: {<<: {x: 1}}\n---\n",
        "e.md:2:5: GP009 `<<` merges another block",
    ),
    "30,000 brackets": (
        "---\na: " + "[" * 30_000 + "\n---\n",
        "e.md:2:23: GP010 blocks stand more than 20",
    ),
    "too many values": ("---\na: [" + "x, " * 6_000 + "]\n---\n", "e.md:2:"),
    "too long": (
        "---\na: " + "x" * 70_000 + "\n---\n",
        "e.md:2:1: GP010 the front matter is 68 KB long",
    ),
    "a complex key": (
        "---\n? [a, b]\n: c\n---\n",
        "e.md:2:3: GP009 the name of a field is a list",
    ),
    "Word's quotes": (
        "---\ntitle: “Fix: x”\n---\n",
        "e.md:2:12: GP006 `title: “Fix: x”` has curly quotes",
    ),
    "an open quote": (
        "---\ntitle: 'open\n---\n",
        "e.md:2:8: GP006 `title: 'open` cannot be read: a quote",
    ),
    "a sign of YAML": (
        "---\ntitle: @team\n---\n",
        "e.md:2:8: GP006 `title: @team` cannot be read: it begins",
    ),
    "a control character of Windows": (
        "---\ntitle: a\x96b\n---\n",
        "e.md:2:9: GP003 there is an invisible character (U+0096)",
    ),
    "a sign that turns text round": (
        "---\naudience: \u202elanretni\n---\n",
        "e.md:2:11: GP003 there is an invisible character (U+202E)",
    ),
    "a hidden character in the text": (
        "---\nid: a\n---\nText\n\x07\n",
        "e.md:5:1: GP003 there is an invisible character (U+0007)",
    ),
    "Latin-1 behind a mark and old line ends": (
        b"\xef\xbb\xbf---\r\nid: caf\xe9\r\n---\r\n",
        "e.md:2:8: GP002 this character is not UTF-8; it may be meant as `\u00e9`",
    ),
    "a closing fence behind a space": (
        "---\nid: a\n ---\nText\n",
        "e.md:3:1: GP005 the line that closes the front matter does not begin",
    ),
    "an opening fence behind a space": (
        " ---\nid: a\n---\n",
        "e.md:1:1: GP004 the first line has a space before its three hyphens",
    ),
    "an ellipsis as end": (
        "---\nid: a\n\u2026\n",
        "e.md:3:1: GP005 the front matter is closed by `\u2026`",
    ),
    "two blocks of fields": (
        "---\nid: a\n--- # more\nid: b\n---\n",
        "e.md:3:1: GP009 a second block of fields begins here",
    ),
    "no space after a colon": (
        "---\nid:a\ntitle: x\n---\n",
        "e.md:2:1: GP006 `id:a` has no space after its colon",
    ),
    "a deeper line": (
        "---\nid: a\n title: x\n---\n",
        "e.md:3:1: GP006 `title: x` is indented deeper than the line above",
    ),
    "a bracket that opens on another line": (
        "---\nroles: {pm: a\nid: x\n---\n",
        "e.md:2:8: GP006 `roles: {pm: a` cannot be read: a bracket { is not closed",
    ),
    "text that begins with a bracket": (
        "---\ntitle: [Beta] Exports\n---\n",
        "e.md:2:15: GP006 `title: [Beta] Exports` has more text behind its closing",
    ),
    "text that begins with a number sign": (
        "---\ntitle: #5 is fixed\n---\n",
        "e.md:2:7: GP006 `#5 is fixed` is a comment, so the field is empty",
    ),
    "text that ends in a number": (
        "---\ntitle: Exports #512\n---\n",
        "e.md:2:8: GP006 `#512` is a comment, so nobody sees it",
    ),
    "a list that became text": (
        "---\ntitle: Exports\n  - reports\n---\n",
        "e.md:2:8: GP006 `- reports` is read as part of this text, not as a list",
    ),
    "Word's quotes around everything": (
        "---\ntitle: \u201cExports\u201d\n---\n",
        "e.md:2:8: GP006 `\u201cExports\u201d` has curly quotes, which do not count",
    ),
    "a number sign in a list": (
        "---\nrefs: [a, #5]\n---\n",
        "e.md:2:1: GP006 `refs: [a, #5]` has a # without quotes",
    ),
    "Word's quotes in a list": (
        "---\ntags:\n  - \u201cfast\u201d\n---\n",
        "e.md:3:5: GP006 `\u201cfast\u201d` has curly quotes",
    ),
    "a bracket in a list": (
        "---\ntags:\n  - [fast\n---\n",
        "e.md:3:5: GP006 `- [fast` cannot be read: a bracket [ is not closed",
    ),
    "a backslash": (
        '---\ntitle: "a\\qb"\n---\n',
        'e.md:2:10: GP006 `title: "a\\qb"` cannot be read: a backslash means',
    ),
    "a hundred thousand hidden characters": (
        b"---\n" + b"\x01" * 100_000,
        "e.md:2:20: GP003 there is an invisible character (U+0001)",
    ),
    "ten thousand tabs": (
        "---\n" + "\tx\n" * 10_000 + "---\n",
        "e.md:21:1: GP007 this line is indented with a tab",
    ),
    "more than any file": (
        b"---\n" + b"x" * 5_000_000,
        "e.md:1:1: GP001 the file is 4.8 MB",
    ),
    "TOML": ("+++\nid = 1\n+++\n", "e.md:1:1: GP004 the first line is `+++`"),
}


@pytest.mark.parametrize(("raw", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_could_be_misread_is_refused_with_its_place(
    raw: bytes | str, expected: str
) -> None:
    """Never silence, never a crash, and no field and no text of a refused file is used."""
    raw = raw.encode() if isinstance(raw, str) else raw
    parsed = read(raw, "e.md")

    assert [
        str(finding) for finding in parsed.findings if str(finding).startswith(expected)
    ]
    assert parsed.tree == {}
    assert parsed.body == ""


READ: dict[str, tuple[bytes | str, object]] = {
    "BOM": (b"\xef\xbb\xbf---\nid: a\n---\nText\n", "a"),
    "CRLF": (b"---\r\nid: a\r\n---\r\nText\r\n", "a"),
    "lone CR": (b"---\rid: a\r---\rText\r", "a"),
    "spaces after the fences": ("---  \nid: a\n--- \nText\n", "a"),
    "a date": ("---\nid: 2026-01-02\n---\nText\n", "2026-01-02"),
    "a date and time": ("---\nid: 2026-01-02 10:00\n---\nText\n", "2026-01-02 10:00"),
    "no such day": ("---\nid: 2026-02-30\n---\nText\n", "2026-02-30"),
    "a version": ("---\nid: 1.10\n---\nText\n", "1.10"),
    "a number with a zero": ("---\nid: 012\n---\nText\n", "012"),
    "a time": ("---\nid: 12:30\n---\nText\n", "12:30"),
    "a number with a line": ("---\nid: 1_000\n---\nText\n", "1_000"),
    "Norway": ("---\nid: NO\n---\nText\n", "NO"),
    "off": ("---\nid: off\n---\nText\n", "off"),
    "yes": ("---\nid: yes\n---\nText\n", "yes"),
    "True": ("---\nid: True\n---\nText\n", "True"),
    "true": ("---\nid: true\n---\nText\n", True),
    "the word true": ('---\nid: "true"\n---\nText\n', "true"),
    "false": ("---\nid: false\n---\nText\n", False),
    "nothing": ("---\nid:\n---\nText\n", None),
    "null": ("---\nid: null\n---\nText\n", None),
    "an empty text": ('---\nid: ""\n---\nText\n', ""),
    "a quoted colon": ('---\nid: "Fix: x"\n---\nText\n', "Fix: x"),
    "a comment": ("---\nid: a  # the id\n---\nText\n", "a"),
    "a comment with a word": ("---\nid: a #beta\n---\nText\n", "a"),
    "a colour": ('---\nid: "#123"\n---\nText\n', "#123"),
    "an apostrophe": ("---\nid: It\u2019s\n---\nText\n", "It\u2019s"),
    "quoted words": (
        "---\nid: \u201ca\u201d and \u201cb\u201d\n---\nText\n",
        "\u201ca\u201d and \u201cb\u201d",
    ),
    "text over two lines": ("---\nid: one\n  two\n---\nText\n", "one two"),
    "an address": (
        "---\nid: https://a.example/b#5\n---\nText\n",
        "https://a.example/b#5",
    ),
    "an emoji": ("---\nid: a \U0001f389\n---\nText\n", "a \U0001f389"),
    "lines of text": ("---\nid: |\n  one\n  two\n---\nText\n", "one\ntwo\n"),
}


@pytest.mark.parametrize(("raw", "expected"), READ.values(), ids=READ.keys())
def test_text_stays_text(raw: bytes | str, expected: object) -> None:
    """Only true and false are more than text; every line end is read the same."""
    raw = raw.encode() if isinstance(raw, str) else raw
    parsed = read(raw, "e.md")

    assert parsed.findings == ()
    assert parsed.tree == {"id": expected}
    assert parsed.body == "Text\n"


def test_a_field_called_content_is_a_field() -> None:
    """The word that python-frontmatter trips over is no special word."""
    assert read(b"---\ncontent: x\n---\nText\n", "e.md").tree == {"content": "x"}


def test_a_body_that_looks_like_json_is_a_body() -> None:
    """What stands below the front matter is text."""
    assert read(b"---\nid: a\n---\n{not json\n", "e.md").body == "{not json\n"


def test_a_rule_in_the_text_is_text() -> None:
    """Only the first closing fence closes."""
    assert (
        read(b"---\nid: a\n---\nOne\n\n---\n\nTwo\n", "e.md").body
        == "One\n\n---\n\nTwo\n"
    )


def test_every_value_knows_its_place() -> None:
    """A finding can point at the very word."""
    parsed = read(b"---\nid: a\nflags:\n  - key: k\n    owner: o\n---\nText\n", "e.md")

    assert parsed.places["id",] == Place("e.md", 2, 5)
    assert parsed.places["flags", 0, "owner"] == Place("e.md", 5, 12)
    assert parsed.keys["flags", 0, "owner"] == Place("e.md", 5, 5)
    assert parsed.body_line == 7


def test_all_repeated_fields_are_told_at_once() -> None:
    """Nobody mends a file one finding at a time."""
    assert [one[:14] for one in said("---\na: 1\na: 2\nb: 1\nb: 2\n---\n")] == [
        "e.md:3:1: GP00",
        "e.md:5:1: GP00",
    ]


def test_the_way_out_is_the_line_to_type() -> None:
    """The fix of a broken line is the mended line."""
    assert fixes("---\ntitle: Fix: x\n---\n") == ['write: title: "Fix: x"']
    assert fixes("---\ntitle: “Fix: x”\n---\n") == ['write: title: "Fix: x"']
    assert fixes("---\ntitle: Say “x”: y\n---\n") == ['write: title: "Say “x”: y"']
    assert fixes("---\ntitle: It's: x\n---\n") == ['write: title: "It\'s: x"']
    assert fixes('---\ntitle: Say "x": y\n---\n') == ["write: title: 'Say \"x\": y'"]
    assert fixes("---\ntitle: Exports #512\n---\n") == ['write: title: "Exports #512"']
    assert fixes("---\ntitle: [Beta] x\n---\n") == ['write: title: "[Beta] x"']
    assert fixes("---\nid:a\nx: y\n---\n") == ["write: id: a"]
    assert fixes("---\nroles: {pm: @a}\n---\n") == ['put quotes around it: "@a"']
    assert fixes("---\ntitle: 'open\n---\n") == ['write: title: "open"']


def test_the_reader_stands_behind_python_frontmatter() -> None:
    """The library gets the same fields from our handler."""
    handler = Handler("e.md", "id: a\nversion: 1.10\n")

    metadata, _ = frontmatter.parse(
        "---\nid: a\nversion: 1.10\n---\nText", handler=handler
    )

    assert metadata == {"id": "a", "version": "1.10"}


def test_a_block_that_nobody_decoded_is_refused_too() -> None:
    """Whoever uses the handler alone gets a finding and no exception."""
    handler = Handler("e.md", "id: \x01\n")

    metadata, _ = frontmatter.parse("---\n---\n", handler=handler)

    assert metadata == {}
    assert [str(one) for one in handler.findings] == [
        "e.md:2:1: GP006 the front matter holds a sign that YAML does not know"
    ]


@pytest.mark.parametrize(
    "raw",
    ["\ufeff---\nid: a\n---\nText\n", "---\nid: a\n---\nText\n"],
    ids=["with a byte order mark", "without"],
)
def test_the_library_and_the_build_never_disagree(raw: str) -> None:
    """Where another reader sees no front matter, ours refuses or has taken the mark away."""
    parsed = read(raw.encode(), "e.md")

    assert (parsed.tree, parsed.body) == ({"id": "a"}, "Text\n")


@pytest.mark.parametrize(
    "raw",
    [
        "\n---\nid: a\n---\nText\n",
        "----\nid: a\n----\nText\n",
        "---\nid: a\n...\nText\n",
    ],
    ids=["an empty line first", "four hyphens", "three dots"],
)
def test_what_readers_disagree_about_is_refused(raw: str) -> None:
    """One takes the block for fields, another publishes it: nobody shall have to guess."""
    parsed = read(raw.encode(), "e.md")

    assert (parsed.tree, parsed.body) == ({}, "")
    assert [one.code[:4] for one in parsed.findings] == ["GP00"]


@pytest.mark.parametrize(
    "raw",
    [raw for raw, _ in (*REFUSED.values(), *READ.values())],
    ids=[*REFUSED, *READ],
)
def test_the_slow_parser_reads_the_same(
    raw: bytes | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML comes without its C library, the same files are good, at the same lines."""
    raw = raw.encode() if isinstance(raw, str) else raw
    fast = read(raw, "e.md")
    monkeypatch.setattr("gatepost.content.yaml_walk._LOADER", yaml.SafeLoader)
    slow = read(raw, "e.md")

    assert (slow.tree, slow.places, slow.body) == (fast.tree, fast.places, fast.body)
    assert {(one.code, one.place.line) for one in slow.findings} == {
        (one.code, one.place.line) for one in fast.findings
    }


def test_a_registry_is_read_by_the_same_laws() -> None:
    """A file that is all fields has places from its first line."""
    parsed = read_yaml(b"products:\n  billing: {name: Billing}\n", "r.yml")

    assert parsed.tree == {"products": {"billing": {"name": "Billing"}}}
    assert parsed.places["products", "billing", "name"] == Place("r.yml", 2, 19)


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    """Whatever a file holds, there are fields or findings, never both and never an exception."""
    parsed = read(b"---\n" + raw, "e.md")

    assert not (parsed.findings and (parsed.tree or parsed.body))


_PIECES = st.sampled_from(
    [
        "a: ",
        "b",
        "- ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        '"',
        "'",
        ": ",
        "#",
        "|",
        ">",
        "&x ",
        "*x",
        "!t ",
        "? ",
        "\t",
        "---\n",
        "...\n",
        "é",
        "“",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_yaml_crashes_the_reader(text: str) -> None:
    """Pieces of YAML in any order give fields or findings."""
    parsed = read(f"---\n{text}\n---\nText\n".encode(), "e.md")

    assert parsed.findings or isinstance(parsed.tree, dict)
    for finding in parsed.findings:
        assert finding.place.line >= 1
        assert finding.fix
