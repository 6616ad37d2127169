"""The body as plain text."""

from __future__ import annotations

import pytest

from copydesk.model import Emphasis, ItemList, Note, Paragraph, Quote, Section, Span, Table
from copydesk.render.text import body_text
from newarticle import new_article


def test_blocks_have_one_blank_line_between_and_stand_as_in_the_seed() -> None:
    blocks = (
        Paragraph("One."),
        ItemList(("a", "b"), False, ("• a", "• b")),
        Quote("Said.", ("> Said.",)),
        Note("Corrected."),
    )
    article = new_article(sections=[Section(None, None, blocks), Section("Head", "head", (Paragraph("Two."),))])
    assert body_text(article) == "One.\n\n• a\n• b\n\n> Said.\n\nCorrected.\n\nHead\n\nTwo.\n"


@pytest.mark.parametrize(
    ("text", "marked", "kind", "plain"),
    [
        ("106 litres", (2, 3), Emphasis.SUPERSCRIPT, "10⁶ litres"),
        ("10-6 litres", (2, 4), Emphasis.SUPERSCRIPT, "10⁻⁶ litres"),
        ("102.5 litres", (2, 5), Emphasis.SUPERSCRIPT, "10^2.5 litres"),
        ("the 1st of May", (5, 7), Emphasis.SUPERSCRIPT, "the 1st of May"),
        ("1 A note", (0, 1), Emphasis.SUPERSCRIPT, "1 A note"),
        ("of H2O", (4, 5), Emphasis.SUBSCRIPT, "of H₂O"),
        ("£5 £8", (0, 2), Emphasis.DELETED, "£5 £8"),
        ("some words", (0, 4), Emphasis.STRONG, "some words"),
    ],
)
def test_exponents_and_indices(text: str, marked: tuple[int, int], kind: Emphasis, plain: str) -> None:
    spans = (Span(*marked, kind),)
    blocks = (
        Paragraph(text, spans),
        Note(text, spans),
        ItemList((text, "a\nb"), False, (f"• {text}", "• a b"), (spans, ())),
        Quote(f"{text}\n\nSaid.", (f"> {text}", "> Said."), spans),
        Table(((text, "b"), ("c", "")), False, ((spans, ()), ((), ()))),
    )
    shown = [plain, plain, f"• {plain}\n• a b", f"> {plain}\n> Said.", f"{plain} | b\nc |"]
    assert body_text(new_article(*blocks)).strip().split("\n\n") == shown


def test_headline_is_no_part_of_the_body() -> None:
    assert "A title" not in body_text(new_article(Paragraph("One."), title="A title"))


def test_no_body_is_no_text() -> None:
    assert body_text(new_article()) == ""
