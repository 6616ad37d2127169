"""Links, emphasis and tables of saved pages: they come along, whole and safe, with the text as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.intake import read
from copydesk.intake.marked import MOST_SPANS, MarkedText
from copydesk.model import (
    Article,
    Block,
    Emphasis,
    ItemList,
    Label,
    LabelledBlock,
    Paragraph,
    Quote,
    Role,
    Source,
    Table,
)
from copydesk.packing import pack, unpack
from copydesk.render.html import body_html
from copydesk.render.record import to_record
from copydesk.render.text import body_text
from copydesk.structure.article import structure
from copydesk.structure.sections import sections_of
from newarticle import new_article

PAGE = """<!DOCTYPE html><html><head><title>x</title><link rel="canonical" href="https://news.example/a/story.html">
%s</head><body><article>%s</article></body></html>"""


def source(body: str, head: str = "") -> Source:
    return read((PAGE % (head, body)).encode(), "a.html")


def told(block: Block) -> list[tuple[str, str, str | None]]:
    return [(span.kind.value, block.text[span.start : span.end], span.href) for span in block.spans]


def test_links_and_emphasis_are_where_they_were() -> None:
    page = source(
        "<p>The  <a href='/b?utm_source=x&amp;q=1'>old\n harbour</a> line, <b>which <i>many</i></b> "
        "knew<sup>2</sup>, runs.</p>"
    )
    block = page.blocks[0]
    assert block.text == "The old harbour line, which many knew2, runs."
    assert told(block) == [
        ("a", "old harbour", "https://news.example/b?q=1"),
        ("strong", "which many", None),
        ("em", "many", None),
        ("sup", "2", None),
    ]


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "#notes", "story.html#notes", "", "http://[x"],
)
def test_what_leads_nowhere_else_is_no_link(href: str) -> None:
    assert told(source(f'<p>Some <a href="{href}">words</a> here.</p>').blocks[0]) == []


def test_a_page_may_name_its_base() -> None:
    page = source("<p>Some <a href='b.html'>words</a>.</p>", "<base href='https://other.example/c/'>")
    assert told(page.blocks[0]) == [("a", "words", "https://other.example/c/b.html")]


def test_an_element_goes_on_over_the_end_of_a_line() -> None:
    page = source("<ul><li>One <b>two<br>three</b> four</li></ul>")
    assert [told(block) for block in page.blocks] == [[("strong", "two", None)], [("strong", "three", None)]]
    assert page.blocks[0].text == "• One two"


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "i", "/a", "/b", "/i", "p"]), st.text(" \n\tab", max_size=6))))
def test_spans_lie_in_the_text_and_never_change_it(parts: list[tuple[str, str]]) -> None:
    line = MarkedText()
    for tag, text in parts:
        line.end(tag[1:]) if tag.startswith("/") else line.start(tag, {"href": "x"})
        line.add(text)
    text, spans = line.finish()
    assert text == " ".join("".join(text for _, text in parts).split())
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]


def test_a_line_of_nothing_but_marks_is_cut_short() -> None:
    page = source("<p>" + "<b>x</b> " * 5000 + "</p>")
    assert len(page.blocks[0].spans) == MOST_SPANS


def article_of(body: str) -> Article:
    page = source(f"<p>Before it.</p>{body}")
    kept = Label(True, Role.PARAGRAPH, "evidence:body", "kept")
    return structure(page, tuple(LabelledBlock(block, kept) for block in page.blocks))


def tables_of(body: str) -> list[Table]:
    return [block for block in article_of(body).body() if isinstance(block, Table)]


def test_cells_become_a_table() -> None:
    page = source("<table><tr><th>Team<th>Points<tr><td>Harrow<td>12<tr><td>Bay<td>9</table>")
    label = Label(True, Role.PARAGRAPH, "evidence:x", "x")
    (section,) = sections_of([LabelledBlock(block, label) for block in page.blocks])
    assert section.blocks == (Table((("Team", "Points"), ("Harrow", "12"), ("Bay", "9")), True),)
    assert body_html(new_article(*section.blocks)) == (
        "<table><thead><tr><th>Team</th><th>Points</th></tr></thead>"
        "<tbody><tr><td>Harrow</td><td>12</td></tr><tr><td>Bay</td><td>9</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("rows", "table"),
    [
        ("<tr><th>a<th>b<th>c<tr><td>d<td>e<td>f<tr><td>g<td>h<td>", ("a b c", "d e f", "g h -")),
        ("<tr><td><th>b<th>c<tr><th>d<td>e<td>f", ("- b c", "d e f")),
        ("<tr><th colspan=2>a<th>b<tr><td>c<td>d<td>e", ("a - b", "c d e")),
        ("<tr><td rowspan=2>a<td>b<td>c<tr><td>d<td>e", ("a b c", "- d e")),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f", ("a - b", "- - c", "d e f")),
        ("<tr><td>a<br>b<td>c<tr><td><p>d</p><p>e</p><td><p>f</p>", ("a+b c", "d+e f")),
        ("<tr><td>a<td colspan=3>b<tr><td>c<td colspan=3>d", ("a b", "c d")),
        (
            "<caption>x</caption><thead><tr><th>a<th>b<tbody><tr><td>1. c<td>d<tr><td>2. e<td>f",
            ("a b", "1.+c d", "2.+e f"),
        ),
        ("<tr><td colspan=x rowspan=99999>a<td>b<tr><td>c<td>d", ("a b -", "- c d")),
    ],
)
def test_a_cell_stays_where_it_stood(rows: str, table: tuple[str, ...]) -> None:
    read_as = tuple(tuple(cell.replace("+", " ").replace("-", "") for cell in row.split()) for row in table)
    assert [found.rows for found in tables_of(f"<table>{rows}</table>")] == [read_as]


def test_marks_in_cells_stay() -> None:
    article = article_of("<table><tr><td>a<td><i>b</i><br>c<sup>2</sup><tr><td><a href=/e>d</a><td>e</table>")
    written = '<td><em>b</em> c<sup>2</sup></td></tr><tr><td><a href="https://news.example/e">d</a></td><td>e</td>'
    assert written in body_html(article)
    again = unpack(pack(article).data)
    assert again is not None
    assert again.sections == article.sections
    (table,) = [block for block in to_record(article)["sections"][0]["blocks"] if block["kind"] == "table"]  # type: ignore[index]
    assert table["spans"][0][1][1] == {"element": "sup", "start": 3, "end": 4}


def test_a_picture_in_a_table_comes_after_it() -> None:
    place = "<img src='https://a.example/a.jpg' width=400 height=300 alt='A flag'>"
    kinds = [type(block) for block in article_of(f"<table><tr><td>a<td>{place}b<tr><td>c<td>d</table>").body()]
    assert kinds == [Paragraph, Table]


def test_tables_beside_each_other_stay_apart() -> None:
    one = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    assert len(tables_of(one + one)) == 2


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>a<td>b<tr><td>c",
        "<tr><td>a<tr><td>b<tr><td>c<tr><td>d",
        f"<tr><td>{'a' * 300}<td>b<tr><td>c<td>d",
        "<tr><td>a<td>b<td>c<td>d<tr><td>e",
        "<tr><td><h3>a</h3><td>b<tr><td>c<td>d",
        "<tr><td><ul><li>a<li>b</ul><td>c<tr><td>d<td>e",
        "<tr><td>a<td>b<tr><td>c<td><table><tr><td>d</table>",
        f"<tr><td colspan=100>a<td>b<tr>{'<td>c' * 120}",
    ],
)
def test_a_frame_for_looks_is_no_table(rows: str) -> None:
    assert not tables_of(f"<table>{rows}</table>")
    assert not tables_of("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>")


def test_marks_move_with_what_stands_before_them() -> None:
    page = source(
        "<p>One.</p><ul><li>First <b>bold</b></li><li>Second</li></ul>"
        "<blockquote><p>A <em>said</em> word</p><p>and <em>another</em></p></blockquote>"
    )
    roles = [Role.PARAGRAPH, Role.LIST_ITEM, Role.LIST_ITEM, Role.QUOTE, Role.QUOTE]
    labels = [LabelledBlock(b, Label(True, role, "x", "x")) for b, role in zip(page.blocks, roles, strict=True)]
    _, items, quote = sections_of(labels)[0].blocks
    assert isinstance(items, ItemList)
    assert isinstance(quote, Quote)
    assert [items.items[0][span.start : span.end] for span in items.spans[0]] == ["bold"]
    assert [quote.text[span.start : span.end] for span in quote.spans] == ["said", "another"]
    assert {span.kind for span in quote.spans} == {Emphasis.EMPHASIS}


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (
            "<blockquote><p>One,<br><i>two</i>.</p><p>Three.</p></blockquote><blockquote>Four.</blockquote>",
            "<blockquote><p>One,<br>\n<em>two</em>.</p><p>Three.</p></blockquote>\n<blockquote><p>Four.</p></blockquote>",
        ),
        (
            "<ul><li><p>One.</p><p>Two.</p></li><li>Three<br><b>four</b></li><li>Five</li></ul>",
            "<ul><li>One.<br>\nTwo.</li><li>Three<br>\n<strong>four</strong></li><li>Five</li></ul>",
        ),
        (
            "<ol start=7><li><p>One.</p><p>Two.</p></li><li>Three</li></ol><p>Text.</p><ol start=9><li>Four</li></ol>",
            '<ol start="7"><li>One.<br>\nTwo.</li><li>Three</li></ol>\n<p>Text.</p>\n<ol start="9"><li>Four</li></ol>',
        ),
    ],
)
def test_lines_of_quotations_and_items_stay_together_and_apart(body: str, written: str) -> None:
    assert body_html(article_of(body)) == f"<p>Before it.</p>\n{written}"


def test_an_item_of_several_lines_is_one_line_of_text() -> None:
    assert body_text(article_of("<ul><li><p>One.</p><p>Two.</p></li><li>Three</li></ul>")).splitlines()[2:] == [
        "• One. Two.",
        "• Three",
    ]


def test_section_heads_keep_their_levels() -> None:
    page = source("<h3>A</h3><p>One.</p><h5>B</h5><p>Two.</p><h4>C</h4><p>Three.</p>")
    labels = [
        LabelledBlock(b, Label(True, Role.HEADING if b.is_heading else Role.PARAGRAPH, "x", "x")) for b in page.blocks
    ]
    assert [(section.heading, section.level) for section in sections_of(labels)] == [("A", 2), ("B", 3), ("C", 3)]
