"""The laws of reading: what a file, its front matter and its fields must be."""

from __future__ import annotations

from gatepost.model.finding import Finding, Law, Level, Place


def unreadable_file() -> None:
    """An entry is a regular file that can be opened.

    Why: a link, a folder or a huge file in the place of an entry may lead anywhere.
    Fix: put the text itself into the file, and the file into the releases folder.
    """


def wrong_encoding() -> None:
    """A file is written in UTF-8.

    Why: in another encoding letters such as é or € turn into others without a word.
    Fix: save the file again as UTF-8 (in most editors: Save with Encoding, UTF-8).
    """


def hidden_character() -> None:
    """A file holds no invisible control characters.

    Why: they end lines where nobody sees it, and break feeds.
    Fix: delete the character; type the word again if you cannot see it.
    """


def missing_front_matter() -> None:
    """An entry begins with its front matter, between two lines of three hyphens.

    Why: what is not recognised as front matter would be published as text.
    Fix: make the very first line `---`, then the fields, then another line `---`.
    """


def unclosed_front_matter() -> None:
    """Front matter ends with a line of three hyphens.

    Why: without it nobody can tell where the fields end and the text begins.
    Fix: add a line `---` below the last field.
    """


def unreadable_front_matter() -> None:
    """Front matter is made of lines such as `title: Exports finish sooner`.

    Why: a line that can be read in two ways may be read in the wrong one.
    Fix: put quotes around the text after the colon.
    """


def tab_in_front_matter() -> None:
    """Front matter is indented with spaces.

    Why: a tab looks like spaces and means something else.
    Fix: replace the tab by two spaces.
    """


def repeated_field() -> None:
    """A field is written once.

    Why: of two values one would win, and nobody would know which.
    Fix: delete one of the two lines.
    """


def clever_yaml() -> None:
    """Front matter uses plain fields, lists and texts only.

    Why: references, tags and merged blocks of YAML hide what a field really says.
    Fix: write the value out, or put quotes around it.
    """


def oversized_front_matter() -> None:
    """Front matter stays within 64 KB, 20 levels and 5,000 values.

    Why: a file built to be huge would stop every build.
    Fix: move long text below the front matter.
    """


def no_fields() -> None:
    """Front matter is a set of fields, each with a name.

    Why: a list or a lone word says nothing about which field it is for.
    Fix: write a name and a colon before each value, such as `id: faster-export`.
    """


def open_internal_block() -> None:
    """An internal block that is opened is closed.

    Why: nobody can tell where the internal text ends, so nothing of it may be published.
    Fix: add a line `///` below the last internal line.
    """


def doubtful_internal_block() -> None:
    """A line with three slashes is exactly `/// internal` or `///`, at the start of the line.

    Why: a marker that is nearly right would publish the text it was meant to hide.
    Fix: write `/// internal` above and `///` below, each alone on its line.
    """


def stray_file() -> None:
    """The releases folder holds entries and their attachments only.

    Why: a page that is no entry would be lost there without a word.
    Fix: give the file front matter, or move it out of the folder.
    """


def unreadable_ledger() -> None:
    """The ledger is the JSON that a build wrote.

    Why: it holds the promises made to subscribers; guessing would send old entries again.
    Fix: restore the file from the last commit.
    """


def missing_registry() -> None:
    """There is a registry that names the products.

    Why: entries name products, teams and audiences, and somebody must say what there is.
    Fix: write `content/registry.yml` with at least `products:`.
    """


def missing_field() -> None:
    """An entry has the fields that every entry needs.

    Why: without them it can be neither addressed nor placed.
    Fix: add the field.
    """


def unknown_field() -> None:
    """Every field is one that gatepost knows, or begins with `x-`.

    Why: nobody outside sees an unknown field, so a misspelt one is lost without a word.
    Fix: correct the name, or begin it with `x-` if it is your own.
    """


def wrong_choice() -> None:
    """A field with a fixed set of words holds one of them.

    Why: a word nobody knows would sort the entry nowhere.
    Fix: use one of the words.
    """


def wrong_date() -> None:
    """A date is a real day, written as 2026-11-20, or a time as 2026-11-20T14:05:00Z.

    Why: dates written otherwise are read differently in every country.
    Fix: write year, month and day with hyphens.
    """


def wrong_value() -> None:
    """A value has the form its field asks for.

    Why: a value that cannot be understood would be dropped.
    Fix: write the value in the form the field asks for.
    """


def wrong_shape() -> None:
    """A field is a text, a list or a block, as its description says.

    Why: a text in the place of a list loses everything but one value.
    Fix: write it in the shape that `gatepost schema` shows.
    """


def wrong_id() -> None:
    """An id is 3 to 61 small letters, digits and hyphens, and begins with a letter or digit.

    Why: it is part of the entry's address for ever.
    Fix: write it as in `faster-export`.
    """


def lost_translation() -> None:
    """A translation lies beside the entry it translates, and is called after it.

    Why: without its original nobody knows who may read it, or what it is about.
    Fix: call it after its entry: `faster-export.de.md` beside `faster-export.md`.
    """


def unknown_language() -> None:
    """The name of a translation says its language by the usual tag.

    Why: a page in a language nobody can name is shown to nobody.
    Fix: use a tag such as `de`, `fr`, `pt-BR` or `zh-Hant` before `.md`.
    """


def translation_says_more() -> None:
    """A translation has words only; everything else is what the original says.

    Why: two files that both say who may read an entry, or when it was published, will one day
    disagree, and the wrong one would be believed.
    Fix: delete the line.
    """


def hides_nothing() -> None:
    """Entries, and internal text, stand in the releases folder only.

    Why: elsewhere nobody takes them for what they are; a hand-written page is published whole.
    Fix: move it into an entry below the releases folder, or delete it.
    """


UNREADABLE_FILE = Law.of("GP001", unreadable_file, "error")
WRONG_ENCODING = Law.of("GP002", wrong_encoding, "error")
HIDDEN_CHARACTER = Law.of("GP003", hidden_character, "error")
MISSING_FRONT_MATTER = Law.of("GP004", missing_front_matter, "error")
UNCLOSED_FRONT_MATTER = Law.of("GP005", unclosed_front_matter, "error")
UNREADABLE_FRONT_MATTER = Law.of("GP006", unreadable_front_matter, "error")
TAB_IN_FRONT_MATTER = Law.of("GP007", tab_in_front_matter, "error")
REPEATED_FIELD = Law.of("GP008", repeated_field, "error")
CLEVER_YAML = Law.of("GP009", clever_yaml, "error")
OVERSIZED_FRONT_MATTER = Law.of("GP010", oversized_front_matter, "error")
NO_FIELDS = Law.of("GP011", no_fields, "error")
OPEN_INTERNAL_BLOCK = Law.of("GP012", open_internal_block, "error")
DOUBTFUL_INTERNAL_BLOCK = Law.of("GP013", doubtful_internal_block, "error")
STRAY_FILE = Law.of("GP014", stray_file, "error")
UNREADABLE_LEDGER = Law.of("GP015", unreadable_ledger, "error")
MISSING_REGISTRY = Law.of("GP016", missing_registry, "error")
LOST_TRANSLATION = Law.of("GP017", lost_translation, "error")
UNKNOWN_LANGUAGE = Law.of("GP018", unknown_language, "error")
TRANSLATION_SAYS_MORE = Law.of("GP019", translation_says_more, "error")
HIDES_NOTHING = Law.of("GP020", hides_nothing, "error")
MISSING_FIELD = Law.of("GP101", missing_field, "error")
UNKNOWN_FIELD = Law.of("GP102", unknown_field, "advice")
WRONG_CHOICE = Law.of("GP103", wrong_choice, "error")
WRONG_DATE = Law.of("GP104", wrong_date, "error")
WRONG_VALUE = Law.of("GP105", wrong_value, "error")
WRONG_SHAPE = Law.of("GP106", wrong_shape, "error")
WRONG_ID = Law.of("GP107", wrong_id, "error")

LAWS: tuple[Law, ...] = (
    UNREADABLE_FILE,
    WRONG_ENCODING,
    HIDDEN_CHARACTER,
    MISSING_FRONT_MATTER,
    UNCLOSED_FRONT_MATTER,
    UNREADABLE_FRONT_MATTER,
    TAB_IN_FRONT_MATTER,
    REPEATED_FIELD,
    CLEVER_YAML,
    OVERSIZED_FRONT_MATTER,
    NO_FIELDS,
    OPEN_INTERNAL_BLOCK,
    DOUBTFUL_INTERNAL_BLOCK,
    STRAY_FILE,
    UNREADABLE_LEDGER,
    MISSING_REGISTRY,
    LOST_TRANSLATION,
    UNKNOWN_LANGUAGE,
    TRANSLATION_SAYS_MORE,
    HIDES_NOTHING,
    MISSING_FIELD,
    UNKNOWN_FIELD,
    WRONG_CHOICE,
    WRONG_DATE,
    WRONG_VALUE,
    WRONG_SHAPE,
    WRONG_ID,
)
"""In the order of their codes."""


def broken(
    law: Law, place: Place, sentence: str, fix: str = "", *, level: Level | None = None
) -> Finding:
    """A breach of *law*; the way out is the law's own unless a better one is known."""
    return Finding(
        place, law.code, sentence, fix or law.fix.removesuffix("."), level or law.level
    )
