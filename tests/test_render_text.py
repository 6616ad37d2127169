"""The body as plain text."""

from __future__ import annotations

from copydesk.model import ItemList, Note, Paragraph, Quote, Section
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


def test_headline_is_no_part_of_the_body() -> None:
    assert "A title" not in body_text(new_article(Paragraph("One."), title="A title"))


def test_no_body_is_no_text() -> None:
    assert body_text(new_article()) == ""
