"""The catalogues: every text of ours in every language, whole, and no text that bypasses them."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment

from gatepost.model.parts import Feedback
from gatepost.model.phase import PHASES
from gatepost.model.settings import Settings
from gatepost.outputs import script_words, words
from gatepost.outputs.tongue import CATALOGUES, ENGLISH, tongue_of
from gatepost.resources import theme_dir

SHIPPED = ("ar", "de", "fr", "ja")
FORMS = {"ar": 6, "de": 2, "fr": 2, "ja": 1}
COLLEAGUES = {
    *("calendar", "checklists", "flag", "flags", "metrics", "readiness", "rollback"),
    *("readiness_board", "support_brief", "support_search", "trail"),
    *("board_act", "board_row", "partials/blocker", "partials/calendar_chart"),
    *("partials/calendar_grid", "partials/calendar_history", "partials/calendar_waits"),
    *("partials/checks", "partials/metrics_chart", "partials/readiness_contents"),
    *("partials/score", "partials/sheet", "partials/for_us", "partials/support_paste"),
    *("partials/facts_table", "partials/way_back"),
}
"""Templates of the internal site, which speaks English."""
NAMES = {"RSS", "Atom", "JSON Feed", "article"}
"""Names that are the same in every language, and words of HTML."""


def languages(checkout: Path) -> ModuleType:
    """`docs/languages.py`, which finds the texts."""
    spec = importlib.util.spec_from_file_location(
        "languages", checkout / "docs" / "languages.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(code: str) -> Catalog:
    """A catalogue as it is shipped."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(found: Catalog) -> dict[tuple[str | None, str], Message]:
    """Its texts by context and English."""
    return {
        (one.context, one.id if isinstance(one.id, str) else one.id[0]): one
        for one in found
        if one.id
    }


def forms(message: Message) -> tuple[str, ...]:
    """What a text is in that language; several with a number."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said)


@pytest.mark.parametrize("code", SHIPPED)
def test_every_text_is_translated(code: str, checkout: Path) -> None:
    """Each of our texts stands in each catalogue in every form, and nothing else does."""
    ours, theirs = messages(languages(checkout).template()), messages(catalogue(code))

    assert sorted(map(str, ours)) == sorted(map(str, theirs))
    for key, message in theirs.items():
        assert all(text.strip() for text in forms(message)), key
        assert not message.fuzzy, key
        assert len(forms(message)) == (FORMS[code] if message.pluralizable else 1), key


@pytest.mark.parametrize("code", SHIPPED)
def test_translations_keep_the_slots(code: str) -> None:
    """What stands in braces is filled in by the program: none is lost, none is invented.

    A form for exactly one or two may say so in words instead of the number.
    """
    for (_, text), message in messages(catalogue(code)).items():
        wanted = set(re.findall(r"\{\w+\}", text))
        for said in forms(message):
            found = set(re.findall(r"\{\w+\}", said))
            missing = (
                wanted - found - ({"{n}", "{found}"} if message.pluralizable else set())
            )
            assert (missing, found - wanted) == (set(), set()), text


@pytest.mark.parametrize("code", SHIPPED)
def test_a_sentence_ends_as_one(code: str) -> None:
    """What ends with a full stop or colon in English ends with one there."""
    for (_, text), message in messages(catalogue(code)).items():
        if text.endswith((".", ":")):
            assert all(
                said[-1] in ".:。\uff1a" or "{" in said[-6:] for said in forms(message)
            ), text


@pytest.mark.parametrize("code", SHIPPED)
def test_no_text_stays_none(code: str) -> None:
    """A site may leave a notice empty; a catalogue keeps notes about itself behind that."""
    assert tongue_of(code).gettext("") == ""


def test_the_script_and_the_catalogues_agree(checkout: Path) -> None:
    """Every text of the script is handed to it, and nothing else is."""
    script = (checkout / "theme/assets/gatepost.js").read_text("utf-8")
    said = re.findall(r'gatepostSay\("([^"]+)"', script)

    assert set(said) == {*script_words.WORDS, *(one for one, _ in script_words.COUNTED)}
    assert all(f'"{many}"' in script for _, many in script_words.COUNTED)
    assert script_words.script_words(ENGLISH) == ""


def test_words_of_the_model_are_marked() -> None:
    """What other rooms say in English for readers is among the texts."""
    assert {phase.public_wording for phase in PHASES} == set(words.STANDINGS)
    assert Feedback(url="https://example.com").label == words.FEEDBACK
    assert Settings(audience="public").roadmap_notice == words.NOTICE


def templates() -> list[str]:
    """Every template that readers outside see, by its name."""
    home = theme_dir() / "gatepost"
    names = {
        path.relative_to(home).with_suffix("").as_posix()
        for path in home.rglob("*.html")
    }
    assert names > COLLEAGUES
    return sorted(names - COLLEAGUES - {"icons"})


@pytest.mark.parametrize("name", templates())
def test_no_template_speaks_english_by_itself(name: str) -> None:
    """Words stand in `_("…")`; in the markup itself there are only names."""
    source = (theme_dir() / "gatepost" / f"{name}.html").read_text("utf-8")

    assert bare_words(source) == []


def bare_words(source: str) -> list[str]:
    """Words that a reader would see or hear whatever the language."""
    tokens = list(Environment(autoescape=True).lex(source))
    pieces = [
        value if kind == "data" else "\0"
        for _, kind, value in tokens
        if kind != "whitespace"
    ]
    markup = re.sub("\0+", "\0", "".join(pieces))
    spoken = re.findall(
        r'(?:aria-label|placeholder|title|alt|data-l)="([^"]*)"', markup
    )
    spoken += re.sub(r"<[^<>]*>", "\n", markup).split("\n")
    literal = [
        value[1:-1]
        for number, (_, kind, value) in enumerate(tokens)
        if kind == "string" and not _called(tokens[:number])
    ]
    spoken += [text for text in literal if re.match(r"[A-Z][a-z]", text)]
    texts = {re.sub(r"[\0·/×]+", " ", text).strip() for text in spoken}
    return sorted(text for text in texts - NAMES if re.search(r"[A-Za-z]{2}", text))


def _called(before: list[tuple[int, str, str]]) -> bool:
    """Whether a string is handed to `_` or `pgettext`."""
    words_before = [value for _, kind, value in before if kind != "whitespace"][-4:]
    return words_before[-2:] == ["_", "("] or "pgettext" in words_before


def test_a_bare_word_is_noticed() -> None:
    """In text, in what is read out, and as a literal handed to a macro."""
    assert bare_words("<p>{{ x }} Hello</p>") == ["Hello"]
    assert bare_words('<a aria-label="{{ x }}, table">') == [", table"]
    assert bare_words('{{ chips(rows, "Type of change") }}') == ["Type of change"]
    assert bare_words('<p>{{ _("Hello") }} {{ pgettext("a", "Next") }} RSS</p>') == []


def test_numbers_choose_their_form() -> None:
    """Arabic has six, Japanese one; numbers and dates are written as people do there."""
    arabic = [
        tongue_of("ar").plural("{n} change", "{n} changes", n)
        for n in (0, 1, 2, 3, 11, 100)
    ]
    german = tongue_of("de")

    assert len(set(arabic)) == 6
    assert german.plural("{n} change", "{n} changes", 12345) == "12.345 Änderungen"
    assert tongue_of("ja").plural("{n} change", "{n} changes", 1) == "1 件の変更"
    assert german.quarter("2026-Q4") == "Q4 2026"
    assert tongue_of("fr").quarter("2026-Q4") == "T4 2026"
    assert tongue_of("ja").month(2026, 11) == "2026年11月"


def test_a_region_speaks_its_language_and_an_unknown_tongue_english() -> None:
    """`de-CH` reads the German catalogue; what has none stays English, dates too."""
    assert tongue_of("de-CH").gettext("Subscribe") == "Abonnieren"
    assert tongue_of("xx") is ENGLISH
    assert tongue_of("en") is ENGLISH


def test_english_loads_no_other_language() -> None:
    """A site in English takes neither time nor memory for catalogues."""
    code = (
        "import sys, gatepost.outputs.compose; "
        "print({'babel', 'gatepost.outputs.foreign_tongue'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
