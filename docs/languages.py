"""Bring the catalogues in line with the program: new texts in, texts that are gone out.

    python docs/languages.py            # every catalogue
    python docs/languages.py es pt-BR   # begin new ones as well

What is translated stays as it is; what is new stands there empty.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "plugins" / "gatepost" / "languages"
SPEAKING = (("plugins/gatepost", "python"), ("theme/gatepost", "jinja2"))
"""Where texts for readers stand, and how they are found."""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "NP_": (1, 2),
    "plural": (1, 2),
    "pgettext": ((1, "c"), 2),
}
"""The names that mark a text, with the places of their arguments."""


def template() -> Catalog:
    """Every text of ours, as an empty catalogue."""
    found = Catalog(project="gatepost", charset="utf-8")
    for file, text, context in sorted(_texts(), key=str):
        found.add(text, locations=[(file, None)], context=context)
    return found


def _texts() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    for folder, method in SPEAKING:
        ending = "py" if method == "python" else "html"
        rows = extract_from_dir(
            ROOT / folder, [(f"**.{ending}", method)], keywords=KEYWORDS
        )
        for file, _, text, _, context in rows:
            yield f"{folder}/{file}", text, context


def updated(path: Path, texts: Catalog) -> Catalog:
    """The catalogue of that file with exactly these texts, or a new one."""
    locale = str(Locale.parse(path.stem, sep="-"))
    if not path.exists():
        catalogue = Catalog(locale=locale, project="gatepost", charset="utf-8")
    else:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as it is committed: what it says, with neither times nor names of people."""
    texts = BytesIO()
    write_po(texts, catalogue, width=100, omit_header=True, sort_output=True)
    name = Locale.parse(catalogue.locale_identifier).english_name
    head = f"""\
# The words of gatepost in {name}.
# `python docs/languages.py` brings new texts in; docs/guide/languages.md tells the rest.
msgid ""
msgstr ""
"Language: {str(catalogue.locale_identifier).replace("_", "-")}\\n"
"Plural-Forms: {catalogue.plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
    return head.encode() + texts.getvalue().strip() + b"\n"


def main() -> None:
    """Write the catalogues."""
    names = {path.stem for path in CATALOGUES.glob("*.po")} | set(sys.argv[1:])
    texts = template()
    for name in sorted(names):
        path = CATALOGUES / f"{name}.po"
        catalogue = updated(path, texts)
        path.write_bytes(written(catalogue))
        missing = sum(not all(message.string or [""]) for message in catalogue)
        print(f"{name}: {len(catalogue)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
