"""Links, emphasis and tables of saved pages: they come along, whole and safe, with the text as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.intake import read
from copydesk.intake.marked import MOST_SPANS, MarkedText
from copydesk.model import (
    Block,
    Emphasis,
    ItemList,
    Label,
    LabelledBlock,
    Markup,
    Paragraph,
    Quote,
    Role,
    Source,
    Table,
)
from copydesk.render.html import body_html
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


def cell(text: str, row: int, element: str = "td", role: Role = Role.PARAGRAPH) -> LabelledBlock:
    markup = Markup(element, frozenset({"table"}), frozenset(), frozenset(), 0.0, (row * 10, row, 1), 5)
    return LabelledBlock(Block(text, row, row, markup), Label(True, role, "evidence:x", "x"))


def test_cells_become_a_table() -> None:
    cells = [
        cell("Team", 1, "th"),
        cell("Points", 1, "th"),
        cell("Harrow", 2),
        cell("12", 2),
        cell("Bay", 3),
        cell("9", 3),
    ]
    (section,) = sections_of(cells)
    assert section.blocks == (Table((("Team", "Points"), ("Harrow", "12"), ("Bay", "9")), True),)
    assert body_html(new_article(*section.blocks)) == (
        "<table><thead><tr><th>Team</th><th>Points</th></tr></thead>"
        "<tbody><tr><td>Harrow</td><td>12</td></tr><tr><td>Bay</td><td>9</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    "cells",
    [
        [cell("a", 1), cell("b", 1), cell("c", 2)],
        [cell("a", 1), cell("b", 2), cell("c", 3), cell("d", 4)],
        [cell("a" * 300, 1), cell("b", 1), cell("c", 2), cell("d", 2)],
    ],
)
def test_a_frame_for_looks_is_no_table(cells: list[LabelledBlock]) -> None:
    (section,) = sections_of(cells)
    assert section.blocks == tuple(Paragraph(one.block.text) for one in cells)


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


def test_section_heads_keep_their_levels() -> None:
    page = source("<h3>A</h3><p>One.</p><h5>B</h5><p>Two.</p><h4>C</h4><p>Three.</p>")
    labels = [
        LabelledBlock(b, Label(True, Role.HEADING if b.is_heading else Role.PARAGRAPH, "x", "x")) for b in page.blocks
    ]
    assert [(section.heading, section.level) for section in sections_of(labels)] == [("A", 2), ("B", 3), ("C", 3)]
