"""Labelled blocks to articles: sections, fragments, lists, quotes, notes, titles, ids."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.label import label
from copydesk.cleaning.rulebook import RuleBook, load_rules
from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.model import Article, ItemList, Label, LabelledBlock, Note, Paragraph, Quote, Role
from copydesk.structure.article import structure
from copydesk.structure.fragments import LONGEST, RESERVED, fragments

HEADLINE = "Council Reopens the Harbour Line"
ONE = "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years."
TWO = "Members of both parties said that the trains, which last ran in 1987, would carry four thousand passengers."


@cache
def rules() -> RuleBook:
    return load_rules()


def article(*lines: str) -> Article:
    source = read("\n".join(lines).encode(), "a.txt")
    return structure(source, label(source, rules()))


def test_sections() -> None:
    found = article(HEADLINE, ONE, "A slow start", TWO, "A slow start", ONE.replace("council", "court"))
    assert [(section.heading, section.fragment) for section in found.sections] == [
        (None, None),
        ("A slow start", "a-slow-start"),
        ("A slow start", "a-slow-start-2"),
    ]
    assert found.sections[1].blocks == (Paragraph(TWO),)


def test_lists_quotes_and_notes() -> None:
    note = "Correction: An earlier version of this story gave the wrong year."
    found = article(HEADLINE, ONE, "- one thing", "- another thing", "> We wait.", "> For fog.", TWO, note)
    kinds = [type(block) for block in found.body()]
    assert kinds == [Paragraph, ItemList, Quote, Paragraph, Note]
    items, quote = list(found.body())[1:3]
    assert items == ItemList(("one thing", "another thing"), False, ("- one thing", "- another thing"))
    assert quote == Quote("We wait. For fog.", ("> We wait.", "> For fog."))


def test_numbered_lists_count_up() -> None:
    found = article(HEADLINE, ONE, "1. First this.", "2. Then that.", TWO)
    assert list(found.body())[1] == ItemList(("First this.", "Then that."), True, ("1. First this.", "2. Then that."))
    assert not any(isinstance(block, ItemList) for block in article(HEADLINE, ONE, "1987. It was a year.", TWO).body())


def test_numbered_lists_keep_their_numbers() -> None:
    items = [
        "1. First this.",
        "2. Then that.",
        TWO,
        "3. Now this.",
        "4. At last that.",
        "7. Much later.",
        "8. The end.",
    ]
    found = [block for block in article(HEADLINE, ONE, *items, TWO).body() if isinstance(block, ItemList)]
    assert [(block.start, len(block.items)) for block in found] == [(1, 2), (3, 2), (7, 2)]


def test_facts_at_the_top() -> None:
    found = article(HEADLINE, "By Ines Varga and Tom Lee", "12 March 2026", "Updated: 13 March 2026", ONE, TWO)
    assert found.authors == ("Ines Varga", "Tom Lee")
    assert str(found.published) == "2026-03-12"
    assert str(found.updated) == "2026-03-13"


@pytest.mark.parametrize("byline", ["By the sea", "By staff", "Von der Redaktion", "By Harrow Bay"])
def test_no_author_is_invented(byline: str) -> None:
    found = article(HEADLINE, byline, ONE, TWO)
    assert found.authors in ((), ("Harrow Bay",))  # two capitalised words can't be told from a name


@pytest.mark.parametrize("line", ["3/4/2026", "On 12 March 2026 it rained", "12 March", "32 March 2026"])
def test_no_date_is_invented(line: str) -> None:
    assert article(HEADLINE, line, ONE, TWO).published is None


def test_a_text_without_a_headline_gets_a_title_from_its_first_words() -> None:
    found = article(ONE, TWO)
    assert found.headline is None
    assert found.title == "The council of Harrow Bay voted on Tuesday to reopen the old harbour…"


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("The harbour line opens again.", "The harbour line opens again"),
        ("Can the line survive its first winter?", "Can the line survive its first winter?"),
        ("The visit of Dr. Hale was over.", "The visit of Dr. Hale was over"),
        ("Am 15. Juni fährt der erste Zug.", "Am 15. Juni fährt der erste Zug"),
        ("議会は鉄道の再開を決めた。", "議会は鉄道の再開を決めた"),
    ],
)
def test_a_short_first_sentence_is_the_title_of_a_text_without_a_headline(first: str, title: str) -> None:
    assert article(f"{first} {ONE}", TWO).title == title


def test_ids_come_from_the_address_else_from_the_bytes() -> None:
    with_address = article("URL: https://news.example/a", HEADLINE, ONE, TWO)
    assert with_address.id == article("URL: https://news.example/a", "Another Headline", ONE, TWO).id
    assert article(HEADLINE, ONE, TWO).id == article(HEADLINE, ONE, TWO).id
    assert article(HEADLINE, ONE, TWO).id != article(HEADLINE, ONE).id
    assert with_address.id.startswith("urn:uuid:")


def test_nothing_but_furniture_is_refused() -> None:
    with pytest.raises(RefusedSeed, match="all 3 lines are furniture"):
        article("Menu", "Log in", "Leave A Reply")


def test_every_kept_line_has_a_role_of_its_own() -> None:
    found = article("Menu", HEADLINE, ONE, "A slow start", TWO, "Leave A Reply")
    assert [line.label.role for line in found.ledger.lines()] == [
        Role.FURNITURE,
        Role.HEADLINE,
        Role.PARAGRAPH,
        Role.HEADING,
        Role.PARAGRAPH,
        Role.FURNITURE,
    ]


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("What’s next?", "whats-next"),
        ("Était-ce vrai ?", "était-ce-vrai"),
        ("日誌は船にも公開", "日誌は船にも公開"),
        ("كيف تعمل المكتبة", "كيف-تعمل-المكتبة"),
        ("हिन्दी में ख़बर", "हिन्दी-में-ख़बर"),
        ("…", "section"),
        ("Main", "main-2"),
        ("<b onclick=x>", "b-onclick-x"),
    ],
)
def test_fragments_are_readable(heading: str, fragment: str) -> None:
    assert fragments([heading]) == [fragment]


@given(st.lists(st.text(max_size=80), max_size=8), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_fragments_are_unique_and_short(headings: list[str], ids: list[str]) -> None:
    found = fragments(headings, ids)
    assert len(set(found)) == len(headings)
    assert not set(found) & {*RESERVED, *ids}
    assert all(1 <= len(fragment) <= LONGEST + 4 and not fragment.split()[1:] for fragment in found)
    assert fragments(headings, ids) == found


def saved(body: str, head: str = "") -> Article:
    source = read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")
    return structure(source, label(source, rules()))


def test_what_a_saved_page_declares_counts_before_its_lines() -> None:
    head = (
        f"<meta property=og:title content='{HEADLINE}'><meta name=author content='Joan Tregenna'>"
        "<meta property=article:published_time content='2026-03-20'>"
    )
    found = saved(
        f"<p>News</p><h1>{HEADLINE}</h1><p>By Ana Ruiz</p><p>March 19, 2026</p><p>{ONE}</p><p>{TWO}</p>", head
    )
    assert (found.headline, found.authors, found.published) == (HEADLINE, ("Joan Tregenna",), date(2026, 3, 20))
    assert [type(block) for block in found.body()] == [Paragraph, Paragraph]
    without = saved(f"<p>{ONE}</p><p>{TWO}</p>", head)
    assert (without.headline, without.provenance.headline_from) == (HEADLINE, "the page's own metadata")


@pytest.mark.parametrize(
    ("name", "section", "found"),
    [
        ("a.html", "Science", "Science"),
        ("science/a.html", "World", None),
        ("a.html", "Arts, Culture and Books", "Arts, Culture and Books"),
        ("a.html", "world,news,slider", "World"),
        ("a.html", "culture_culture-lifestyle", "Culture"),
        ("a.html", "public-service", "Public service"),
        ("a.html", "AI", "AI"),
        ("a.html", "Uncategorized", None),
        ("a.html", "paper.example", None),
        ("a.html", "", None),
        ("a.html", "https://news.example/science", None),
        ("a.html", "A section whose name is far too long to be one", None),
    ],
)
def test_the_section_that_a_page_declares_counts_where_there_is_no_folder(
    name: str, section: str, found: str | None
) -> None:
    page = (
        f"<!doctype html><meta property=article:section content='{section}'><h1>{HEADLINE}</h1><p>{ONE}</p><p>{TWO}</p>"
    )
    source = read(page.encode(), name)
    assert structure(source, label(source, rules())).section_name == found


def test_headings_of_a_saved_page_are_section_heads() -> None:
    found = saved(f"<h1>{HEADLINE}</h1><p>{ONE}</p><h2>What the council had promised the bay in 1987</h2><p>{TWO}</p>")
    assert [section.heading for section in found.sections] == [None, "What the council had promised the bay in 1987"]


def test_a_publishing_systems_own_user_is_no_author() -> None:
    found = saved(
        f"<h1>{HEADLINE}</h1><p>By Joan Tregenna</p><p>{ONE}</p><p>{TWO}</p>", "<meta name=author content=Admin>"
    )
    assert found.authors == ("Joan Tregenna",)


ERROR_PAGES = [
    "404 Not Found",
    "Page not found.",
    "ACCESS DENIED",
    "Just a moment...",
    "Seite nicht gefunden",
    "页面不存在",
]


@pytest.mark.parametrize("headline", ERROR_PAGES)
@pytest.mark.parametrize(
    "written", ["{0}\nThe page that you asked for could not be found on this server, sorry.", "{0}"]
)
def test_error_pages_are_refused(headline: str, written: str) -> None:
    with pytest.raises(RefusedSeed):
        article(*written.format(headline).splitlines())


def test_an_article_about_an_error_page_is_none() -> None:
    assert article("404 Not Found", ONE, TWO, ONE.replace("council", "court"), TWO.replace("both", "all")).sections


def test_an_editor_can_publish_what_looks_like_an_error_page() -> None:
    line = "The page that you asked for could not be found on this server, sorry."
    source = read(f"Not Found\n{line}".encode(), "a.txt")
    kept = [
        LabelledBlock(lb.block, Label(True, Role.PARAGRAPH, "override", "the editor keeps it"))
        for lb in label(source, rules())
    ]
    assert structure(source, tuple(kept)).sections
