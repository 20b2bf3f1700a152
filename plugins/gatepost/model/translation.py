"""An entry in another language: words alone, everything else is the original's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gatepost.model.field import Part, Text, reader_field
from gatepost.model.finding import Place
from gatepost.model.release import Body, PathInFile


class Wording(Part):
    """Everything the front matter of a translation may say."""

    title: Text = reader_field("The entry's title.")
    summary: Text = reader_field("Its summary.", "")
    what: Text = reader_field("What changed.", "")
    who: Text = reader_field("Who has it, who notices.", "")
    action: Text = reader_field("What the reader must do, and by when.", "")
    impact: Text = reader_field("What it does to existing use.", "")
    state_note: Text = reader_field("What customers are told about its state.", "")
    texts: Mapping[Text, Text] = reader_field(
        "Every other public text: the original's words, and theirs in this language.",
        {},
    )
    original: Text = reader_field(
        "What the original's text was known by when this was written.", ""
    )


@dataclass(frozen=True, slots=True)
class Translation:
    """An entry in another language, as its file tells it."""

    release: str
    """Id of the entry."""
    lang: str
    """Tag of the language, from the file's name."""
    path: str
    """Relative to the project's root, with forward slashes."""
    words: Wording
    body: Body
    places: Mapping[PathInFile, Place]
    """Where each field was written."""
