"""Markdown: what Python-Markdown and Pelican read is the article again, and nothing in it fires."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from pelican.readers import MarkdownReader
from pelican.settings import DEFAULT_CONFIG

from copydesk.model import Article, Emphasis, ItemList, Note, Paragraph, Quote, Section, Span, Status
from copydesk.render.escape import one_line
from copydesk.render.html import body_html
from copydesk.render.markdown import to_markdown
from newarticle import HOSTILE, articles, block_strategy, new_article, texts_of

TEXT_ELEMENTS = ["h2", "h3", "h4", "p", "li", "td", "th"]
AROUND = """
ul ol blockquote body html table thead tbody tr a em strong br sup sub del code
""".split()
KEYS = {
    "title", "dek", "date", "modified", "authors", "lang", "category", "tags", "keywords", "summary", "status",
    "id", "seed", "seed_sha256", "source_url",
}  # fmt: skip


def read_back(article: Article, folder: Path) -> tuple[BeautifulSoup, dict[str, object]]:
    file = folder / "article.md"
    file.write_text(to_markdown(article), encoding="utf-8", newline="\n")
    settings = {**DEFAULT_CONFIG, "MARKDOWN": {"extensions": list(EXTENSIONS), "extension_configs": {}}}
    html, metadata = MarkdownReader(settings).read(str(file))
    return BeautifulSoup(html, "html.parser"), metadata


EXTENSIONS = [
    "markdown.extensions.codehilite",
    "markdown.extensions.extra",
    "markdown.extensions.meta",
    "markdown.extensions.toc",
    "markdown.extensions.admonition",
    "markdown.extensions.sane_lists",
]


def texts_read(soup: BeautifulSoup) -> list[str]:
    found = [element for element in soup.find_all(TEXT_ELEMENTS) if not element.find_parent("li")]
    return [text for text in (" ".join(element.get_text().split()) for element in found) if text]


def texts_written(article: Article) -> list[str]:
    return [text for text in (" ".join(one_line(text).split()) for text in texts_of(article)) if text]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("markdown")


@given(article=articles())
def test_pelican_reads_the_same_texts_and_no_other_markup(folder: Path, article: Article) -> None:
    soup, metadata = read_back(article, folder)
    assert texts_read(soup) == texts_written(article)
    assert {element.name for element in soup.find_all()} <= {*TEXT_ELEMENTS, *AROUND}
    allowed = {"class", "start", "id", "href"}
    assert all(set(element.attrs) <= allowed for element in soup.find_all())
    assert all(str(link["href"]).startswith(("https://", "http://", "mailto:")) for link in soup.find_all("a"))
    assert set(metadata) <= KEYS


@given(article=articles())
def test_summary_comes_back_as_text(folder: Path, article: Article) -> None:
    _, metadata = read_back(article, folder)
    summary = BeautifulSoup(str(metadata.get("summary", "")), "html.parser")
    assert " ".join(summary.get_text().split()) == " ".join(one_line(article.summary).split())
    assert {element.name for element in summary.find_all()} <= {"p"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_alone_in_each_place(text: str, folder: Path) -> None:
    blocks = (Paragraph(text), Quote(text, (text,)), ItemList((text,), False, (text,)), Note(text))
    article = new_article(sections=[Section(text, "x", blocks)], title=text, dek=text, authors=(text,), summary=text)
    soup, metadata = read_back(article, folder)
    assert texts_read(soup) == texts_written(article)
    assert set(metadata) <= KEYS
    assert "<" not in str(metadata.get("title", ""))


def test_neighbouring_lists_and_quotes_stay_apart(folder: Path) -> None:
    article = new_article(
        ItemList(("a", "b"), False, ("- a", "- b")),
        ItemList(("c",), False, ("* c",)),
        Quote("q", ("> q",)),
        Quote("r", ("> r",)),
        ItemList(("d",), True, ("1. d",)),
        Paragraph("after"),
    )
    soup, _ = read_back(article, folder)
    assert [len(found.find_all("li")) for found in soup.find_all(["ul", "ol"])] == [2, 1, 1]
    assert len(soup.find_all("blockquote")) == 2
    assert not soup.find_all("li", string="after")


def test_lists_begin_at_their_numbers(folder: Path) -> None:
    soup, _ = read_back(new_article(ItemList(("c", "d"), True, ("3. c", "4. d"), (), 3)), folder)
    assert str(soup.ol) == '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'


def test_lines_of_quotes_and_items_stay_lines(folder: Path) -> None:
    items = ItemList(("a\n- b", "c"), False, ("- a b", "- c"), ((Span(0, 5, Emphasis.STRONG),), ()))
    quote = Quote("One,\n> two.\n\nThree.", ("> One,", "> > two.", "> Three."))
    soup, _ = read_back(new_article(items, quote), folder)
    assert [str(item).replace("\n", "").replace(" ", "") for item in soup.find_all("li")] == [
        "<li><strong>a</strong><br/>-b</li>",
        "<li>c</li>",
    ]
    assert [" ".join(paragraph.get_text("|").split()) for paragraph in soup.blockquote.find_all("p")] == [  # type: ignore[union-attr]
        "One,| > two.",
        "Three.",
    ]


@pytest.mark.parametrize(
    ("text", "marked", "read_as"),
    [
        ("106 litres", (Span(2, 3, Emphasis.SUPERSCRIPT),), "10<sup>6</sup> litres"),
        ("H2O", (Span(1, 2, Emphasis.SUBSCRIPT),), "H<sub>2</sub>O"),
        ("£5 £8", (Span(0, 2, Emphasis.DELETED),), "<del>£5</del> £8"),
        ("a_b_c *d*", (Span(0, 9, Emphasis.CODE),), "<code>a_b_c *d*</code>"),
        ("a<b>", (Span(1, 4, Emphasis.SUPERSCRIPT),), "a<sup>&lt;b&gt;</sup>"),
    ],
)
def test_what_markdown_has_no_mark_for_stays_marked_up(
    folder: Path, text: str, marked: tuple[Span, ...], read_as: str
) -> None:
    article = new_article(Paragraph(text, marked))
    soup, _ = read_back(article, folder)
    assert str(soup.p) == f"<p>{read_as}</p>" == body_html(article)


def test_metadata_is_what_is_known(folder: Path) -> None:
    article = new_article(
        Paragraph("Text."),
        url="https://news.example/a?b=c",
        title="Bread & <Roses>",
        dek="The dek",
        published=date(2026, 3, 2),
        authors=("Ann Lee", "Smith, J."),
        language="en",
        section_name="World",
        tags=("Trains",),
        keywords=("Harrow Bay",),
        summary="A *summary*.",
    )
    head = to_markdown(article).split("\n\n")[0].splitlines()
    assert head == [
        "Title: Bread &amp; &lt;Roses&gt;",
        "Dek: The dek",
        "Date: 2026-03-02",
        "Authors: Ann Lee; Smith, J.;",
        "Lang: en",
        "Category: World",
        "Tags: Trains",
        "Keywords: Harrow Bay",
        "Summary: A \\*summary\\*.",
        f"Id: {article.id}",
        "Seed: a.txt",
        f"Seed_sha256: {article.provenance.sha256}",
        "Source_url: https://news.example/a?b=c",
    ]
    _, metadata = read_back(article, folder)
    assert [author.name for author in metadata["authors"]] == ["Ann Lee", "Smith, J."]  # type: ignore[attr-defined]


def test_unknown_facts_have_no_line() -> None:
    keys = [line.split(":")[0] for line in to_markdown(new_article(Paragraph("Text."))).split("\n\n")[0].splitlines()]
    assert keys == ["Title", "Id", "Seed", "Seed_sha256"]


def test_withdrawn_and_hidden_articles_stay_out_of_listings() -> None:
    article = dataclasses.replace(new_article(Paragraph("Text.")), status=Status.WITHDRAWN)
    assert "\nStatus: hidden\n" in to_markdown(article)


@given(block=block_strategy())
@example(block=Paragraph(" "))
@example(block=Paragraph("plain sentence, with U.S. names (and more) - even 3.5% or 10 a.m."))
def test_plain_sentences_are_not_escaped(block: object) -> None:
    if isinstance(block, Paragraph) and set(block.text) <= set("abc ,.()%") and block.text.strip():
        assert to_markdown(new_article(block)).split("\n\n", 1)[1].strip() == " ".join(block.text.split(" ")).strip()
