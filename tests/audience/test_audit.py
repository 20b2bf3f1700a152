"""A secret is found wherever it stands in a built site and however it is written there."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest
from audited_book import Desk

from gatepost.audience.audit import Report
from gatepost.audience.search import Leak

SECRET = "kumquatfish"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A project with a secret in an internal field, and one honest page."""
    desk = Desk(tmp_path)
    desk.entry("faster-export", f"goal: {SECRET}")
    desk.page("index.html", "<p>Exports are quick.</p>\n")
    return desk


def places(report: Report) -> set[tuple[str, int, str]]:
    """File, line and way of every leak."""
    return {(leak.path, leak.line, leak.how) for leak in report.leaks}


def only(report: Report) -> Leak:
    """The one leak."""
    (leak,) = report.leaks
    return leak


def test_an_honest_site(desk: Desk) -> None:
    """Nothing is found where nothing is."""
    report = desk.audit()

    assert report.clean
    assert (report.files, report.complete) == (2, True)


def test_a_leak_says_where_and_what(desk: Desk) -> None:
    """File, line, column and offset of the hit; field and place of the secret."""
    desk.page("a/index.html", f"<h1>Hello</h1>\n<p>Our {SECRET} is here.</p>\n")

    leak = only(desk.audit())

    assert (leak.path, leak.line, leak.column, leak.offset) == (
        "a/index.html",
        2,
        8,
        22,
    )
    assert leak.canary.field == "goal"
    assert str(leak.canary.place) == "content/releases/faster-export.md:6:7"


TEXT_FORMS = {
    "as written": (SECRET, ""),
    "in capitals": ("KumquatFish", ""),
    "in a longer word": ("projectKumquatfishExport", ""),
    "in full width": (
        "\uff4b\uff55\uff4d\uff51\uff55\uff41\uff54\uff46\uff49\uff53\uff48",
        "",
    ),
    "with soft hyphens": ("kum\u00adquat\u200bfish", ""),
    "with inline tags": ("kumquat<b>fish</b>", ""),
    "with a word break": ("kumquat<wbr>fish", ""),
    "in a comment": (f"<!-- {SECRET} -->", ""),
    "in an attribute": (f'<a title="{SECRET}">x</a>', ""),
    "in a class": (f'<i class="gp-{SECRET}-x"></i>', ""),
    "in an element's name": (f"<x-{SECRET}>", ""),
    "in a script": (f'<script>var a = "{SECRET}"</script>', ""),
    "as decimal entities": ("".join(f"&#{ord(c)};" for c in SECRET), "entities"),
    "as hexadecimal entities": ("".join(f"&#x{ord(c):x};" for c in SECRET), "entities"),
    "percent": ("".join(f"%{ord(c):02x}" for c in SECRET), "percent"),
    "JSON escapes": ("".join(f"\\u{ord(c):04x}" for c in SECRET), "escapes"),
    "JavaScript escapes": ("".join(f"\\x{ord(c):02x}" for c in SECRET), "escapes"),
    "long JavaScript escapes": (
        "".join(f"\\u{{{ord(c):x}}}" for c in SECRET),
        "escapes",
    ),
    "style sheet escapes": ("".join(f"\\{ord(c):x} " for c in SECRET), "escapes"),
    "base64": (base64.b64encode(SECRET.encode()).decode(), "base64"),
    "base64 of a sentence": (
        base64.b64encode(f"Ask about {SECRET}.".encode()).decode(),
        "base64",
    ),
    "base64 begun late": ("ab" + base64.b64encode(SECRET.encode()).decode(), "base64"),
    "base64 of UTF-16": (base64.b64encode(SECRET.encode("utf-16")).decode(), "base64"),
    "hexadecimal": (SECRET.encode().hex(), "hexadecimal"),
    "entities twice": (
        "".join(f"&amp;#{ord(c)};" for c in SECRET),
        "entities",
    ),
    "percent of entities": (quote("".join(f"&#{ord(c)};" for c in SECRET)), "percent"),
}


@pytest.mark.parametrize("form", TEXT_FORMS)
def test_forms_of_a_text(desk: Desk, form: str) -> None:
    """Encodings are taken off, and each is named."""
    written, how = TEXT_FORMS[form]
    desk.page("a.html", f"<p>one</p>\n<p>two {written} three</p>\n")

    leak = only(desk.audit())

    assert (leak.path, leak.line) == ("a.html", 2)
    assert how in leak.how


def test_a_json_string(desk: Desk) -> None:
    """Markup inside a JSON string is taken off too."""
    desk.page("feed.json", '{"html": "<p>The kum<b>quat\\u0066ish<\\/b><\\/p>"}')

    assert places(desk.audit()) == {("feed.json", 1, "escapes")}


def test_markup_inside_markup(desk: Desk) -> None:
    """A feed carries HTML as text: there the tags are entities."""
    desk.page(
        "feed.xml",
        "<rss><description>&lt;p&gt;kumquat&lt;b&gt;fish&lt;/b&gt;&lt;/p&gt;</description></rss>",
    )

    assert only(desk.audit()).line == 1


def test_folded_lines_of_a_calendar(desk: Desk) -> None:
    """A calendar breaks a line anywhere and goes on after a space."""
    desk.page("a.ics", "BEGIN:VEVENT\r\nSUMMARY:Our kumqu\r\n atfish\r\nEND:VEVENT\r\n")

    assert places(desk.audit()) == {("a.ics", 2, "folded lines")}


def test_wrapped_base64(desk: Desk) -> None:
    """Base64 in lines, as in mail, is one text."""
    coded = base64.encodebytes(b"x" * 54 + SECRET.encode() + b"y" * 30).decode()
    desk.page("a.eml", f"Subject: x\n\n{coded}")

    assert only(desk.audit()).how == "base64"


@pytest.mark.parametrize(
    "code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_of_a_file(desk: Desk, code: str) -> None:
    """A text is read whatever its encoding; the umlaut makes it no UTF-8."""
    desk.page("a.txt", f"Hall\u00f6chen {SECRET}\n".encode(code))

    assert only(desk.audit()).line == 1


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"img/{SECRET}.png", f"img/{SECRET}.png"),
        (f"{SECRET}/index.html", f"{SECRET}/index.html"),
        ("img/kumquat%66ish.png", "img/kumquat%66ish.png"),
    ],
)
def test_names(desk: Desk, path: str, shown: str) -> None:
    """Names of files and folders are searched as well."""
    desk.page(path, b"x")
    found = places(desk.audit())

    assert any(leak[0] == shown and leak[2].startswith("file name") for leak in found)


def test_an_empty_folder(desk: Desk) -> None:
    """A folder with nothing in it has a name all the same."""
    (desk.site / SECRET).mkdir()

    assert places(desk.audit()) == {(SECRET, 1, "file name")}


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png(*chunks: bytes, after: bytes = b"") -> bytes:
    """A picture of one point."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(chunks)
        + pixels
        + chunk(b"IEND", b"")
        + after
    )


def zipped(name: str, content: bytes, comment: bytes = b"") -> bytes:
    """An archive with one member."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        archive.comment = comment
    return made.getvalue()


def pdf(stream: bytes, *, packed: bool) -> bytes:
    """A PDF with one stream and a byte that makes it no text."""
    body = zlib.compress(stream) if packed else stream
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\x00\n1 0 obj\n<<>>\nstream\n"
        + body
        + b"\nendstream\n"
    )


def riff(kind: bytes, content: bytes) -> bytes:
    """A WebP picture with one chunk of notes."""
    notes = (
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    )
    pixels = b"VP8L" + struct.pack("<I", 4) + b"\xff\xfe\x00\x9c"
    return b"RIFF" + struct.pack("<I", 4 + len(notes) + 12) + b"WEBP" + pixels + notes


S = SECRET.encode()
BINARY_FORMS = {
    "gzip": ("sitemap.xml.gz", gzip.compress(S), "gzip"),
    "second gzip member": ("a.gz", gzip.compress(b"one") + gzip.compress(S), "gzip"),
    "name in a gzip header": (
        "a.gz",
        b"\x1f\x8b\x08\x08\0\0\0\0\0\x03" + S + b"\0" + gzip.compress(b"x")[10:],
        "gzip header",
    ),
    "bzip2": ("a.bz2", bz2.compress(S), "bzip2"),
    "xz": ("a.xz", lzma.compress(S), "xz"),
    "zip member": ("a.zip", zipped("notes.txt", S), "member notes.txt"),
    "name of a zip member": ("a.zip", zipped(f"{SECRET}.txt", b"x"), "member name"),
    "comment of a zip": ("a.zip", zipped("a.txt", b"x", S), "zip comment"),
    "archive in an archive": (
        "a.zip",
        zipped("inner.gz", gzip.compress(S)),
        "member inner.gz, gzip",
    ),
    "PNG tEXt": ("a.png", png(chunk(b"tEXt", b"Comment\0" + S)), "PNG tEXt"),
    "PNG zTXt": (
        "a.png",
        png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(S))),
        "PNG zTXt",
    ),
    "PNG iTXt": (
        "a.png",
        png(chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(S))),
        "PNG iTXt",
    ),
    "after a PNG": ("a.png", png(after=S), "after the picture"),
    "JPEG comment": (
        "a.jpg",
        b"\xff\xd8\xff\xfe"
        + struct.pack(">H", 2 + len(S))
        + S
        + b"\xff\xda\0\x02\x11\xff\xd9",
        "JPEG note",
    ),
    "JPEG note in UTF-16": (
        "a.jpg",
        b"\xff\xd8\xff\xe1"
        + struct.pack(">H", 2 + 2 * len(S))
        + SECRET.encode("utf-16-le")
        + b"\xff\xda\0\x02\x11\xff\xd9",
        "JPEG note",
    ),
    "after a JPEG": (
        "a.jpg",
        b"\xff\xd8\xff\xda\0\x02\x11\xff\xd9" + S,
        "after the picture",
    ),
    "WebP notes": ("a.webp", riff(b"XMP ", b"<x>" + S + b"</x>"), "RIFF XMP "),
    "GIF comment": (
        "a.gif",
        b"GIF89a\1\0\1\0\0\0\0\x21\xfe"
        + bytes([4])
        + S[:4]
        + bytes([7])
        + S[4:]
        + b"\0;",
        "GIF note",
    ),
    "PDF stream": ("a.pdf", pdf(b"BT (" + S + b") Tj ET", packed=True), "PDF"),
    "PDF letters set apart": (
        "a.pdf",
        pdf(b"[(kum) -20 (quat) 12 (fish)] TJ", packed=True),
        "PDF",
    ),
    "PDF hexadecimal": (
        "a.pdf",
        pdf(b"<" + S.hex().encode() + b"> Tj", packed=False),
        "PDF",
    ),
    "PDF title in UTF-16": (
        "a.pdf",
        pdf(b"", packed=True)
        + b"/Title <FEFF"
        + SECRET.encode("utf-16-be").hex().encode()
        + b">",
        "PDF",
    ),
    "among other bytes": ("a.bin", b"\0\x01\x02\xff" + S + b"\x03\0\xfe", ""),
    "UTF-16 among other bytes": (
        "a.bin",
        b"\xff\x01\x02\xff" + SECRET.encode("utf-16-le") + b"\x03\0\xfe\xfe\xfe\xfe",
        "",
    ),
}


@pytest.mark.parametrize("form", BINARY_FORMS)
def test_forms_of_a_file(desk: Desk, form: str) -> None:
    """Archives are opened, notes in pictures and streams of a PDF are read."""
    path, content, how = BINARY_FORMS[form]
    desk.page(f"files/{path}", content)

    found = places(desk.audit())

    assert (f"files/{path}", 1, how) in found


def test_a_picture_in_a_page(desk: Desk) -> None:
    """A `data:` address is opened like a file; the hit is where it begins."""
    coded = base64.b64encode(
        png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(S)))
    ).decode()
    desk.page("a.html", f'<p>x</p>\n<img src="data:image/png;base64,{coded}">')

    leak = only(desk.audit())

    assert (leak.line, leak.column, leak.how) == (2, 33, "data address, PNG zTXt")


def test_the_offset_in_a_picture(desk: Desk) -> None:
    """In a picture the offset counts bytes, to where the note begins."""
    desk.page("a.png", png(chunk(b"tEXt", S)))

    assert only(desk.audit()).offset == 33


SENTENCE = "The rollout waits until the Bremen team has drained its old queue."


@pytest.mark.parametrize(
    "leaked",
    [
        "waits until the Bremen team",
        "WAITS\nuntil   the, Bremen\nteam",
        "waits <em>until</em> the <a href='x'>Bremen</a> team",
        "<li>Rollout waits until the Bremen team!</li>",
        "waits&nbsp;until&nbsp;the&nbsp;Bremen&nbsp;team",
        '{"text": "waits until\\nthe Bremen\\tteam"}',
    ],
)
def test_five_words_of_a_sentence(desk: Desk, leaked: str) -> None:
    """Five words in a row prove a sentence even if each of them is public."""
    desk.entry("b", f"id: bee-keeping\nproblem: {SENTENCE}")
    watch = [f"{word} x" for word in SENTENCE.split()]
    desk.page("a.html", leaked)

    (leak,) = desk.audit(also=watch).leaks

    assert leak.canary.field == "problem"


def test_a_part_of_an_internal_block(desk: Desk) -> None:
    """Blocks are paragraphs of Markdown: links and emphasis in them do not hide a thing."""
    text = "Watch the [depth of the queue](https://x.example) *all the first day*."
    block = f"/// internal\n{text}\n///"
    desk.entry("b", "id: bee-keeping", body=f"Hello.\n\n{block}")
    watch = ["watch", "the depth", "of the", "queue", "all the", "first", "day"]
    desk.page("a.html", "<p>depth of the queue all the first</p>")

    assert only(desk.audit(also=watch)).canary.field == "internal block"


def test_the_body_of_an_unseen_entry(desk: Desk) -> None:
    """Everything of an entry these readers do not see is a secret, its title too."""
    desk.entry(
        "kumquat-prices",
        "audience: internal\ntitle: New prices for everyone",
        body="From May on we will charge by the seat, not by the month.",
    )
    desk.page("a.html", "<p>we will charge by the seat</p>")
    desk.page("b.html", "<title>New prices for everyone</title>")
    fields = {(leak.path, leak.canary.field) for leak in desk.audit().leaks}

    assert {("a.html", "body"), ("b.html", "title")} <= fields


@pytest.mark.parametrize(
    "leaked",
    [
        '<a href="../releases/new-prices/">x</a>',
        "https://docs.harbour.example/releases/new-prices/index.md",
        '{"url": "https:\\/\\/docs.harbour.example\\/releases\\/new-prices"}',
        "releases%2Fnew-prices",
    ],
)
def test_the_address_of_an_unseen_entry(desk: Desk, leaked: str) -> None:
    """Its address is a secret even if its words are everywhere, in this order too."""
    desk.entry("new-prices", "audience: internal")
    desk.page("a.html", leaked)

    (leak,) = desk.audit(also=["New prices come each month: new-prices."]).leaks

    assert leak.canary.entry == "new-prices"


@pytest.mark.parametrize(
    ("field", "value", "leaked"),
    [
        ("flags", "[{key: new-checkout-flow}]", 'if (on("new_checkout_flow"))'),
        ("flags", "[{key: new-checkout-flow}]", "newCheckoutFlow"),
        ("roles", "{pm: '@harbour-leads'}", "Ask @harbour-leads."),
        (
            "roles",
            "{pm: '@harbour-leads'}",
            "Ask @Harbour-Leads, or the harbour leads.",
        ),
        (
            "goal",
            "Ask ops@corp.harbour.example first",
            "mailto:ops%40corp.harbour.example",
        ),
        ("goal", "See PAY-12345", "fixes pay-12345"),
        ("goal", "Host 10.20.30.40", "curl 10.20.30.40:8080"),
        (
            "monitors",
            "[{name: Q, url: 'https://grafana.corp.example/d/3xq'}]",
            "grafana.corp.example",
        ),
        ("title_internal", "Blue Heron", "blue-heron.css"),
        ("title_internal", "Blue Heron", "#BlueHeronLaunch"),
        (
            "goal",
            "\u9be8\u8a08\u753b\u306e\u958b\u59cb\u65e5",
            "<p>\u6765\u5e74\u306e\u9be8\u8a08\u753b\u306e\u958b\u59cb\u65e5\u3067\u3059</p>",
        ),
    ],
)
def test_names_and_made_up_words(
    desk: Desk, field: str, value: str, leaked: str
) -> None:
    """Keys, handles, hosts, tickets and code names are found in their usual spellings."""
    desk.entry("b", f"id: bee-keeping\n{field}: {value}")
    desk.page("a.html", leaked)
    common = [
        "new",
        "checkout",
        "flow",
        "ops",
        "corp",
        "harbour leads",
        "blue",
        "heron",
    ]

    assert {leak.path for leak in desk.audit(also=common).leaks} == {"a.html"}


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
def test_hashed_names(desk: Desk, name: str) -> None:
    """A name is not hidden by hashing it: whoever guesses it can check the guess."""
    desk.entry("new-prices", "audience: internal")
    digest = hashlib.new(name, b"new-prices").hexdigest()
    desk.page("a.html", f'<p>x</p>\n<p data-key="{digest}">x</p>')

    leak = only(desk.audit())

    assert (leak.line, leak.how, leak.canary.field) == (2, "digest", "id")


def test_an_attachment_under_another_name(desk: Desk) -> None:
    """The bytes of a file that is not published are known, whatever it is called."""
    desk.entry("c/index.md", "id: sea-food")
    desk.write("content/releases/c/costs.png", b"secret picture")
    desk.page("img/1.png", b"secret picture")

    leak = only(desk.audit())

    assert (leak.path, leak.how, leak.canary.text) == (
        "img/1.png",
        "whole file",
        "costs.png",
    )


def test_a_source_path(desk: Desk) -> None:
    """An edit link into the private repository is a leak."""
    desk.page(
        "a.html",
        '<a href="https://git.example/blob/content/releases/faster-export.md">',
    )

    assert only(desk.audit()).canary.field == "source file"


def test_a_leak_on_every_page(desk: Desk) -> None:
    """A leak in the frame is reported for each page, once."""
    for number in range(3):
        desk.page(
            f"{number}.html", f"<p>{SECRET}</p>\n<p>{SECRET}</p>\n<p>{number}</p>"
        )

    assert places(desk.audit()) == {(f"{number}.html", 1, "") for number in range(3)}


def test_a_leak_between_known_lines(desk: Desk) -> None:
    """Lines that were clean on other pages are not when they come together."""
    desk.entry("b", f"id: bee-keeping\nproblem: {SENTENCE}")
    watch = [f"{word} x" for word in SENTENCE.split()]
    desk.page(
        "1.txt", "waits until the\nBrest team\n" + "x\n" * 9 + "Hamburg\nBremen team"
    )
    desk.page("2.txt", "waits until the\nBremen team\n")

    assert {leak.path for leak in desk.audit(also=watch).leaks} == {"2.txt"}


def test_the_search_ends(desk: Desk) -> None:
    """After a thousand leaks the rest is not searched, and the report says so."""
    for number in range(1001):
        desk.page(f"{number}.txt", SECRET)
    report = desk.audit()

    assert (len(report.leaks), report.complete) == (1000, False)


def test_what_cannot_be_opened_is_said(desk: Desk) -> None:
    """A file the audit has no means to look into is named, with the reason."""
    desk.page("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04")
    desk.page("b.zip", b"PK\x03\x04 broken")
    desk.page("c.gz", b"\x1f\x8b broken")

    assert {one.path for one in desk.audit().unread} == {"a.7z", "b.zip", "c.gz"}


def test_a_bomb(desk: Desk) -> None:
    """A small file that unpacks to very much is not unpacked to the end."""
    desk.page("a.gz", gzip.compress(bytes(70_000_000), 1))

    (unread,) = desk.audit().unread

    assert unread.why == "gzip: more than 64 MB"
