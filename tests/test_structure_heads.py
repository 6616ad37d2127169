"""Section heads of saved pages: what is marked up as one, and what only looks so."""

from __future__ import annotations

import pytest

from copydesk.model import Block, Emphasis, Label, LabelledBlock, Markup, Role, Span
from copydesk.structure.heads import heading_probabilities
from test_cleaning_pages import SENTENCES


def block(
    text: str,
    element: str = "p",
    linked: float = 0.0,
    judged: float = 0.5,
    bold: bool = False,
    href: str = "",
    sure: float = 1.0,
) -> LabelledBlock:
    markup = Markup(element, frozenset(), frozenset(), frozenset(), linked, (0,), 1)
    spans = (Span(0, len(text), Emphasis.STRONG, None),) if bold else ()
    spans += (Span(0, len(text), Emphasis.LINK, href),) if href else ()
    label = Label(True, Role.PARAGRAPH, "evidence:body", "prose", sure, judged)
    return LabelledBlock(Block(text, 1, 1, markup, spans), label)


ONE, TWO, THREE = (block(text, judged=0.0) for text in SENTENCES[:3])


@pytest.mark.parametrize(
    ("line", "head"),
    [
        (block("A slow start", "h2", judged=0.3), 1.0),
        (block("Ten mills to see", "h3", linked=1.0, judged=0.05), 0.0),
        (block("Ten mills to see", "h3", linked=1.0, judged=0.6), 1.0),
        (block("Ten mills to see", "h3", linked=1.0, judged=0.6, href="https://news.example/ten"), 0.0),
        (block("Ten mills to see", "h3", linked=1.0, judged=0.95, href="https://news.example/ten"), 1.0),
        (block("Ten mills to see", "h3", linked=1.0, judged=0.6, href="https://mills.example/ten"), 1.0),
        (block("___", "h2", judged=0.99), 0.0),
        (block("By Ann Hale", "h5", judged=0.99), 0.0),
        (block("Tide mill, grinding", "h2", judged=0.99), 0.0),
        (block("A slow start", "h1"), 1.0),
        (block("More films", "h2", judged=0.99, sure=0.6), 0.0),
    ],
)
def test_marked_up_heads_that_are_other_things_are_none(line: LabelledBlock, head: float) -> None:
    assert heading_probabilities([ONE, line, TWO], ("tidemillgrinding",), "news.example") == [0.0, head, 0.0]


def test_doubtful_heads_that_look_alike_are_the_articles() -> None:
    first, second = (block(text, "h2", judged=0.9, sure=0.6) for text in ("A slow start", "A fast end"))
    assert heading_probabilities([ONE, first, TWO, second, THREE]) == [0.0, 1.0, 0.0, 1.0, 0.0]


def test_a_heading_before_the_first_paragraph_can_be_the_summary() -> None:
    summary = block("Volunteers have opened the gates of the old mill", "h2", judged=0.4)
    assert heading_probabilities([summary, ONE, block("A slow start", "h2"), TWO]) == [0.0, 0.0, 1.0, 0.0]
    assert heading_probabilities([block("A slow start", "h2", judged=0.95), ONE]) == [1.0, 0.0]


def test_bold_lines_are_heads_where_no_other_are_marked_up_and_there_are_several() -> None:
    first, second = block("A slow start", bold=True, judged=0.02), block("A fast end", bold=True, judged=0.02)
    assert heading_probabilities([ONE, first, TWO, second, THREE]) == [0.0, 1.0, 0.0, 1.0, 0.0]
    assert heading_probabilities([ONE, first, TWO, THREE]) == [0.0, 0.0, 0.0, 0.0]
    assert heading_probabilities([block("Ann Hale", bold=True, judged=0.02), ONE, first, TWO]) == [0.0, 0.0, 0.0, 0.0]
    assert heading_probabilities([ONE, first, TWO, second, block("Title", "h2")])[1::2] == [0.0, 0.0]
    teasers = (block(f"{text} again", linked=1.0, bold=True, judged=0.02) for text in ("A slow start", "A fast end"))
    assert heading_probabilities([ONE, next(teasers), TWO, next(teasers), THREE]) == [0.0, 0.0, 0.0, 0.0, 0.0]


def test_on_a_page_with_markup_a_line_that_only_looks_like_a_head_is_none() -> None:
    assert heading_probabilities([ONE, block("A slow start", judged=0.4), TWO]) == [0.0, 0.0, 0.0]
    assert heading_probabilities([ONE, block("A slow start", judged=0.7), TWO]) == [0.0, 0.7, 0.0]
