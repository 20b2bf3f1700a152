"""Whatever the secret, wherever it is put and however it is written: it is found."""

from __future__ import annotations

import base64
import gzip
import html
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gatepost.audience.audit import audit
from gatepost.audience.canaries import Canary
from gatepost.audience.decode import readings
from gatepost.audience.glance import Glance
from gatepost.audience.normal import BREAK, fold, normal, words
from gatepost.audience.search import Search
from gatepost.audience.watchlist import Watchlist, watchlist
from gatepost.model.finding import Place

PAGE = """<!doctype html>
<html lang="en" class="no-js">
  <head>
    <meta charset="utf-8"><title>Exports finish in half the time &ndash; Harbour</title>
    <link rel="stylesheet" href="../../assets/main.57a0d79d.min.css?v=%2F1">
    <script>var base = new URL("..", location); /* 2 < 3 && 4 > 3 */</script>
  </head>
  <body dir="ltr"><!-- frame -->
    <h1 id="exports">Exports finish in half the time
    <a class="headerlink" href="#exports">&para;</a></h1>
    <p>Exports of <em>more than</em> 10,000 rows now finish in about half the time.<br>
    Nothing to&nbsp;do; see <a href="https://docs.harbour.example/a%20b/?q=1&amp;r=2">how</a>.</p>
    <pre><code><span class="n">export</span><span class="o">(</span>"\\u00e9\\n"
    <span class="o">)</span></code></pre>
    <img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" alt="a \u201cdot\u201d">
  </body>
</html>
"""

ENCODINGS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "capitals": str.upper,
    "decimal entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "JSON": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "entities twice": lambda text: "".join(f"&amp;#{ord(c)};" for c in text),
    "tags between": "<b></b>".join,
    "soft hyphens": "\u00ad".join,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(
        text.encode()
    ).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
}

made_up = st.from_regex(r"[a-z]{8,16}|[a-z]{4,8}[0-9]{4,8}", fullmatch=True)
handles = st.from_regex(
    r"@?[a-z]{4,8}(-[a-z]{3,8}){1,3}|[A-Z]{3}-[0-9]{4,6}", fullmatch=True
)
words_of_any_script = st.text(st.characters(categories=["Ll"]), min_size=8, max_size=12)


spaces = st.sampled_from([at for at, char in enumerate(PAGE) if char in " \n"])
steady = settings(max_examples=25)


def put(coded: str, at: int) -> str:
    """The page with something in it; where tags are cut in, not inside a tag."""
    if "<" in coded and PAGE.rfind("<", 0, at) > PAGE.rfind(">", 0, at):
        at = PAGE.find(">", at) + 1
    return PAGE[:at] + coded + PAGE[at:]


def watching(*secrets: str) -> Watchlist:
    """A list of secrets, where the honest page is public."""
    place = Place("content/releases/a.md")
    rows = tuple(Canary(place, "goal", one, normal(one)) for one in secrets)
    return watchlist(rows, [PAGE])


def leaks(watch: Watchlist, site: Path, content: bytes | str) -> list[str]:
    """What is found in a page of the site."""
    file = site / "index.html"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    search = Search(watch)
    search.file("index.html", file)
    return [leak.canary.text for leak in search.leaks.values()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that every example writes anew."""
    return tmp_path_factory.mktemp("site")


@pytest.mark.parametrize("encoding", ENCODINGS)
@steady
@given(word=made_up, at=st.integers(0, len(PAGE)))
@example(word="aaaaaaaa", at=PAGE.index("u00e9") + 1)
@example(word="deadbeef", at=PAGE.index("%20b") + 1)
@example(word="aaaaaaag", at=PAGE.index("u00e9") + 1)
def test_a_made_up_word_at_any_place(
    site: Path, encoding: str, word: str, at: int
) -> None:
    """Also in the middle of a word, a tag, an escape or an entity."""
    if normal(word) in normal(PAGE):
        return
    page = put(ENCODINGS[encoding](word), at)

    assert leaks(watching(word), site, page) == [word]
    assert not Glance(watching(word)).is_clean(page)


LAYERS = {
    **ENCODINGS,
    "a tag inside": lambda text: f"{text[:3]}<em class='a'>{text[3:]}</em>",
    "a comment": "<!-- {} -->".format,
    "an attribute": '<i title="{}">x</i>'.format,
    "JSON text": json.dumps,
    "escaped markup": html.escape,
    "full width": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    ),
}


@settings(max_examples=150)
@given(
    word=st.sampled_from(["kumquatfish", "quince4711", "@pear-guild", "INT-90210"]),
    layers=st.lists(st.sampled_from(sorted(LAYERS)), min_size=1, max_size=3),
    at=spaces,
    gap=st.sampled_from(["", " ", '"', "<p>", "\n"]),
)
@example(word="kumquatfish", layers=["soft hyphens", "tags between"], at=15, gap="")
@example(word="quince4711", layers=["decimal entities", "a tag inside"], at=15, gap="")
@example(word="medlar-shed", layers=["a tag inside", "base64"], at=15, gap=" ")
def test_a_glance_passes_over_nothing(
    word: str, layers: list[str], at: int, gap: str
) -> None:
    """Whatever a closer reading finds, however it is wrapped, the quick look leaves open."""
    coded = word
    for layer in layers:
        coded = LAYERS[layer](coded)
    page = PAGE[:at] + gap + coded + gap + PAGE[at:]
    watch = watching(word)
    glance = Glance(watch)
    glance.is_clean(PAGE)
    found = any(watch.search(read) for _, read in readings(page))

    assert not (found and glance.is_clean(page))


@pytest.mark.parametrize(
    "encoding", ["as written", "capitals", "decimal entities", "percent"]
)
@steady
@given(secret=handles, at=spaces)
def test_a_handle_or_key_between_words(
    site: Path, encoding: str, secret: str, at: int
) -> None:
    """Names of several words need to stand as names do."""
    coded = ENCODINGS[encoding](secret)

    assert leaks(watching(secret), site, put(f" {coded} ", at)) == [secret]


@pytest.mark.parametrize("encoding", ["as written", "decimal entities", "percent"])
@steady
@given(
    secret=words_of_any_script,
    at=spaces,
)
def test_a_word_of_any_script(site: Path, encoding: str, secret: str, at: int) -> None:
    """Letters are compared without case and without forms that only look different."""
    if not any(len(word) >= 5 for word in words(fold(secret))):
        return
    coded = ENCODINGS[encoding](secret)

    assert leaks(watching(secret), site, put(f" {coded} ", at)) == [secret]


@steady
@given(
    sentence=st.lists(made_up, min_size=9, max_size=14, unique=True),
    first=st.integers(0, 4),
    gap=st.sampled_from(
        [" ", ", ", "\n      ", "</b> <i>", "&nbsp;", "%20", "\\n", "\u2014"]
    ),
    at=spaces,
)
def test_five_words_of_any_sentence(
    site: Path, sentence: list[str], first: int, gap: str, at: int
) -> None:
    """Even if every single word is public, five in a row are not."""
    secret = " ".join(sentence)
    place = Place("content/releases/a.md")
    row = Canary(place, "goal", secret, normal(secret))
    watch = watchlist((row,), [PAGE, *sentence])
    leaked = gap.join(sentence[first : first + 5])

    assert leaks(watch, site, put(f" {leaked} ", at)) == [secret]


@steady
@given(secret=made_up, content=st.binary(max_size=400), at=st.integers(0, 400))
def test_among_any_bytes(site: Path, secret: str, content: bytes, at: int) -> None:
    """Neither random bytes nor a gzip around them hide a word, and nothing makes the audit fail."""
    hidden = content[:at] + b"\0" + secret.encode() + b"\0" + content[at:]

    assert leaks(watching(secret), site, hidden) == [secret]
    assert leaks(watching(secret), site, gzip.compress(hidden)) == [secret]


@steady
@given(
    content=st.binary(max_size=300),
    head=st.sampled_from(
        [
            b"",
            b"\x1f\x8b\x08",
            b"PK\x03\x04",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"GIF89a",
            b"%PDF-1.4 stream\n",
            b"RIFF0000WEBP",
            b"BZh9",
            b"\xfd7zXZ\x00",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        ]
    ),
)
def test_broken_files_are_no_failure(site: Path, content: bytes, head: bytes) -> None:
    """A file that is not what it says is searched as far as it goes."""
    assert leaks(watching("kumquatfish"), site, head + content) == []


@steady
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Every reading ends, and none is endless."""
    read = [*readings(text)]

    assert sum(len(one) for _, one in read) <= 40 * len(text) + 400


@steady
@given(st.text(max_size=80))
def test_folding_twice_changes_no_word(text: str) -> None:
    """The normal form is its own normal form."""
    once = normal(text.replace(BREAK, " "))

    assert normal(once) == once


@steady
@given(st.lists(made_up, min_size=1, max_size=30))
def test_an_honest_page_is_honest(site: Path, secrets: list[str]) -> None:
    """Whatever is watched for, a page of public words holds none of it."""
    assert leaks(watching(*secrets), site, PAGE) == []


class Counting(Watchlist):
    """A watchlist that counts the characters it is asked to search."""

    asked = 0

    def search(self, text: str, *, chosen: bool = False) -> frozenset[int]:
        """Count, and find nothing."""
        del chosen
        Counting.asked += len(text)
        return frozenset()


def asked_for(pages: list[str], site: Path) -> int:
    """Characters that were searched in these pages, one after the other."""
    Counting.asked = 0
    search = Search(Counting(()))
    for number, text in enumerate(pages):
        file = site / f"{number}.html"
        file.write_text(text, "utf-8")
        search.file(file.name, file)
    return Counting.asked


def test_a_frame_is_searched_once(site: Path) -> None:
    """What each page repeats costs nothing from the second page on."""
    frame = "\n".join(f"<p>frame line {number}</p>" for number in range(500))
    pages = [f"{frame}\n<h1>Page {number}</h1>\n{frame[::-1]}" for number in range(40)]
    one, all_of_them = asked_for(pages[:1], site), asked_for(pages, site)

    assert all_of_them - one < 40 * 1_000


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "&#", "%2", "\\u00", "<!--", "A" * 9 + " ", "\r\n "]
)
def test_hostile_repetition_is_linear(site: Path, piece: str) -> None:
    """No text makes the search read it over and over."""
    short, long = piece * 5_000, piece * 50_000

    assert asked_for([long], site) <= 12 * max(asked_for([short], site), 1)


def test_many_canaries_are_one_search(tmp_path: Path) -> None:
    """A page is not compared with one canary after the other: words are looked up."""
    secrets = [
        f"secret{number}word of entry {number} in the list" for number in range(5_000)
    ]
    (tmp_path / "index.html").write_text(f"{PAGE}<p>secret4999word</p>", "utf-8")

    (leak,) = audit(tmp_path, watching(*secrets), manifest={}).leaks

    assert leak.canary.text == secrets[4999]
