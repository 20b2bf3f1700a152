"""What readers may see is never held against a site, whatever internal text says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from audited_book import HOST, Desk

from gatepost.audience.audit import file_digests
from gatepost.audience.openly import folder_texts


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A project with one public entry."""
    desk = Desk(tmp_path)
    desk.entry("faster-export", body="Exports run in the background now.")
    return desk


def found(desk: Desk, page: str, *also: str) -> list[str]:
    """Fields that a page seems to leak."""
    desk.page("a.html", page)
    return [leak.canary.field for leak in desk.audit(also=also).leaks]


def test_words_of_a_public_text(desk: Desk) -> None:
    """An internal field may say what the entry says too."""
    desk.entry(
        "b", "id: bee-keeping\ngoal: Exports in the background\nvalue: background"
    )

    assert found(desk, "<p>Exports run in the background now.</p>") == []


def test_words_of_another_entry_do_not_hide_a_secret(desk: Desk) -> None:
    """Only what these readers see makes a word common."""
    desk.entry("b", "id: bee-keeping\ngoal: kumquatfish")
    desk.entry("c", "id: sea-food\naudience: internal", body="All about kumquatfish.")

    assert "goal" in found(desk, "<p>kumquatfish</p>")


def test_short_and_ordinary_values(desk: Desk) -> None:
    """Numbers, dates, versions, measures and words of the format prove nothing."""
    desk.entry(
        "b",
        "id: bee-keeping\nkind: launch\nstate: at-risk\n"
        "x-note: [42, 2026-Q4, 14:05, 250ms, v4.1, QA]"
        "\nmonitors: [{name: p95, threshold: 99.95%}]",
    )
    page = "<p>launch at-risk 42 2026-Q4 14:05 250ms v4.1 QA p95 99.95% internal monitors</p>"

    assert found(desk, page) == []


def test_words_of_the_theme(desk: Desk, tmp_path: Path) -> None:
    """Templates, scripts and modules of a theme are read for their words."""
    desk.entry(
        "b", "id: bee-keeping\ngoal: Breadcrumbs\nproblem: dropdown\nvalue: docstrings"
    )
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "main.html").write_text("<nav class='breadcrumbs'>", "utf-8")
    (folder / "tags.py").write_text(
        '"""About docstrings."""\nX = "dropdown"  # docstrings', "utf-8"
    )
    also = (*folder_texts(folder),)

    # A comment or docstring never reaches a page, so its words stay telling.
    assert found(desk, "<nav class='breadcrumbs dropdown'>", *also) == []
    assert found(desk, "docstrings", *also) == ["value"]


def test_left_out_folders(tmp_path: Path) -> None:
    """Thousands of icons need not be read."""
    for name in ("a.html", ".icons/b.svg", "c.png"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name, "utf-8")

    assert [*folder_texts(tmp_path, leave_out=[".icons"])] == ["a.html"]


def test_the_layout_makes_no_sentences(desk: Desk) -> None:
    """A heading and the text after it are not the five words of a sentence."""
    desk.entry(
        "b", "id: bee-keeping\nproblem: Exports run in the background exports run"
    )
    page = "<h1>Exports run in the background</h1><p>Exports run in the background now.</p>"

    assert found(desk, page, "Exports run in the background") == []


@pytest.mark.parametrize(
    "page",
    [
        "<li>Billing</li><li>Export</li>",
        "<b>Billing</b>\n<p>Export</p>",
        "<span>Billing</span><span>Export</span>",
        "<small>Billing</small>Export",
        '{"areas": ["billing", "export"]}',
        "changelog/billing/export/",
        "See Billing. Export too.",
        "Billing, export",
    ],
)
def test_two_labels_side_by_side(desk: Desk, page: str) -> None:
    """A list of labels is not the name that two of them would make."""
    desk.entry("b", "id: bee-keeping\ntitle_internal: Billing Export")

    assert found(desk, page, "Billing", "Export") == []


@pytest.mark.parametrize(
    "page",
    [
        "<td>the new</td><td>export of all invoices</td>",
        "This is the new. Export of all invoices is next.",
        '{"title": "the new", "text": "export of all invoices"}',
        '{"text": "the new\\n\\nexport of all invoices"}',
        "the new\n\nexport of all invoices",
        "- the new\n- export of all invoices",
        '&lt;a href="the-new"&gt;export of all invoices&lt;/a&gt;',
    ],
)
def test_two_texts_one_after_the_other(desk: Desk, page: str) -> None:
    """The end of one text and the beginning of the next are no sentence."""
    desk.entry(
        "b", "id: bee-keeping\nproblem: Nobody wants the new export of all invoices"
    )
    public = ("the new", "export of all invoices", "nobody wants")

    assert found(desk, page, *public) == []


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("in our [forum][4] for any help", "in our <a href='x'>forum</a> for any help"),
        (
            "on [the page](https://x.example) of prices",
            "on <a href='x'>the page</a> of prices",
        ),
        ("**index.ts**\n\n```ts\nexport default main", "index.ts export default main"),
        ("the first\n\n## Second part here", '"text":"the first Second part here"'),
    ],
)
def test_markdown_and_what_becomes_of_it(desk: Desk, written: str, page: str) -> None:
    """A public text is compared as it is published, not as it is written."""
    shown = page.replace("<a href='x'>", "").replace("</a>", "").replace('"text":', "")
    desk.entry("b", f"id: bee-keeping\nproblem: '{shown.strip(chr(34))}'")
    desk.entry("c", "id: sea-food", body=written)

    assert found(desk, page) == []


def test_months_and_versions(desk: Desk) -> None:
    """A month and a year head a group of entries; a version stands behind its word."""
    desk.entry(
        "b",
        "id: bee-keeping\ngoal: March 2025\nvalue: Q4 2026\nproblem: Version 0.0.1\n"
        "x-flag: -X version=0.0.1",
    )
    page = "<h2>March 2025 <span>1 change</span></h2> Q4 2026 <p>Version 0.0.1</p>"

    assert found(desk, page) == []


@pytest.mark.parametrize(
    "named", ["launch.json", "billing/index", "./billing/index.html"]
)
def test_names_of_files_the_site_makes(desk: Desk, named: str) -> None:
    """Addresses are made of an id or a product and an ending."""
    desk.entry("b", f"id: bee-keeping\ngoal: Import {named} first")
    desk.page("product/billing/index.html", "x")
    desk.page("api/early-launch.json", "{}")

    assert found(desk, "x", "billing", "launch", "import", "first") == []


@pytest.mark.parametrize(
    "page",
    [
        '{"text": "than\\never and\\narrow\\train"}',
        '{"text": "than \\\\\\never"}',
        '{"text": "public\\u00e1 ways"}',
        "/public%C3%A1/",
        "<p>public&aacute;</p>",
        '{"text": "it\\u2019s"}',
    ],
)
def test_escapes_make_no_words(desk: Desk, page: str) -> None:
    r"""`\never` in JSON is a line break and `ever`; `public\u00e1` is another word."""
    desk.entry(
        "b", "id: bee-keeping\ngoal: Never narrow a publica train u2019s nothing"
    )
    public = "than ever and arrow rain public\u00e1 ways it's"

    assert "goal" not in found(desk, page, public)


def test_a_long_text_is_not_cut_in_a_word(desk: Desk) -> None:
    """Long files are searched in pieces; half a word or half an address is neither."""
    desk.entry("export", "audience: internal")
    desk.entry("export-faster")
    desk.entry("b", "id: bee-keeping\ngoal: leases")
    line = "releases/export-faster/ "
    for shift in range(len(line)):
        desk.page(f"{shift}.txt", "x" * shift + " " + line * 3_000)

    assert {leak.canary.field for leak in desk.audit(also=["export"]).leaks} == set()


def test_a_slug_of_a_heading(desk: Desk) -> None:
    """The address of a heading leaves out dots, so that `dns.records` becomes one word."""
    desk.entry("b", "id: bee-keeping\ngoal: Use dnsrecords only")

    assert found(desk, '<h2 id="dnsrecords">dns.records</h2>', "## `dns.records`") == []


def test_anchors_begin_with_the_id(desk: Desk) -> None:
    """The address of a heading is made of the entry's id and the heading."""
    desk.entry("b", "id: bee-keeping\ngoal: Use keeping.bees")
    desk.entry("c", "id: new-bee-keeping", body="## Bees and more")

    assert found(desk, '<h2 id="new-bee-keeping_bees-and-more">') == []


def test_addresses_of_the_site(desk: Desk) -> None:
    """Internal text may link to a public page of the site itself."""
    link = f"https://{HOST}/releases/faster-export/"
    desk.entry("b", f"id: bee-keeping\ngoal: See {link} first\nvalue: {link}")

    assert found(desk, f'<link rel="canonical" href="{link}">') == []


def test_an_id_that_begins_like_another(desk: Desk) -> None:
    """The address of `export-faster` is not that of `export`."""
    desk.entry("export", "audience: internal")
    desk.entry("export-faster")

    assert found(desk, '<a href="/releases/export-faster/">', "export") == []


def test_ids_that_were_public(desk: Desk) -> None:
    """What the ledger promised to subscribers once is known."""
    desk.entry("old-kumquats", "audience: internal")
    row = '{"old-kumquats": {"feed_id": "tag:harbour.example,2024:old-kumquats"}}'
    desk.write("content/ledger.json", row)

    assert "old-kumquats" in desk.book().ledger.rows
    page = "<id>tag:harbour.example,2024:old-kumquats</id> /releases/old-kumquats/"

    assert "id" not in found(desk, page)


def test_a_reference_does_not_open_an_entry(desk: Desk) -> None:
    """`related` is a public field; the unseen id in it stays a secret."""
    desk.entry("b", "id: bee-keeping\nrelated: [kumquat-prices]")
    desk.entry("kumquat-prices", "audience: internal")

    assert "id" in found(desk, "<p>kumquat-prices</p>")


def test_words_the_registry_calls_public(desk: Desk) -> None:
    """The way out for a word that looks internal and is not."""
    desk.registry("policy: {public_words: [ORDER-10]}\n")
    desk.entry("b", "id: bee-keeping\ngoal: Fix ORDER-10")

    assert found(desk, "<p>ORDER-10</p>") == []


def test_a_file_its_author_chose(desk: Desk) -> None:
    """Ordinary words in a published attachment are its author's business, names are not."""
    desk.entry(
        "b", "id: bee-keeping\ngoal: Ship to warehouses\ntitle_internal: Kumquat"
    )
    desk.page("releases/b/a.csv", "stage,warehouses\n")
    desk.page("releases/b/b.csv", "stage,kumquat\n")
    chosen = ["releases/b/a.csv", "releases/b/b.csv"]

    assert [leak.path for leak in desk.audit(chosen=chosen).leaks] == [
        "releases/b/b.csv"
    ]
    assert len(desk.audit().leaks) == 2


def test_trusted_files(desk: Desk, tmp_path: Path) -> None:
    """An exact copy of an installed file is not searched; a changed copy is."""
    desk.entry("b", "id: bee-keeping\ngoal: kumquatfish")
    installed = tmp_path / "theme"
    installed.mkdir()
    (installed / "main.js").write_text("var kumquatfish", "utf-8")
    desk.page("assets/main.js", "var kumquatfish")
    trusted = file_digests(installed)

    assert desk.audit(trusted=trusted).leaks == ()
    assert desk.audit(trusted=trusted).trusted == 1
    desk.page("assets/main.js", "var kumquatfish;")
    assert len(desk.audit(trusted=trusted).leaks) == 1


def test_how_much_could_not_be_proved(desk: Desk) -> None:
    """Values of which everything is public are counted, not looked for."""
    desk.entry("b", "id: bee-keeping\ngoal: Exports\nvalue: kumquatfish")
    before = desk.audit()
    after = desk.audit(also=["kumquatfish"])

    assert (after.canaries, after.common) == (before.canaries - 1, before.common + 1)


def test_a_folded_calendar(desk: Desk) -> None:
    """A line end in the middle of a word makes no two words of it."""
    desk.entry("b", "id: bee-keeping\ngoal: Fix the leases")
    page = "BEGIN:VCALENDAR\r\nDESCRIPTION:Dates and planned re\r\n leases.\r\nEND:VCALENDAR\r\n"
    desk.page("calendar/releases.ics", page)

    assert desk.audit(also=["Dates and planned releases"]).leaks == ()


def test_words_of_the_search_index(desk: Desk) -> None:
    """The theme's search keeps its settings beside the texts."""
    desk.entry(
        "b", "id: bee-keeping\ngoal: A speed boost for the pipeline of stopWordFilter"
    )
    page = '{"config":{"fields":{"text":{"boost":1.0}},"pipeline":["stopWordFilter"]},"docs":[]}'
    desk.page("search/search_index.json", page)

    assert desk.audit().leaks == ()
