"""What references and escapes let in goes; letters and the accents behind them become one, and nothing else changes."""

from __future__ import annotations

import json
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.rulebook import load_rules
from copydesk.intake import read
from copydesk.intake.characters import composed
from copydesk.model import Emphasis
from copydesk.pipeline import clean

HARMFUL = "\u200b\u202e\u2066\ufeff"
LINKED_DATA = r"""{"@type": "NewsArticle", "headline": "Die Bru\u0308\u202ecke o\u0308ffnet wieder",
"author": {"name": "Jo\u0308rg\u202e Mu\u0308ller"}, "articleSection": "Mu\u0308nchen"}"""
HEAD = f"""<html lang="de"><head><title>x</title>
<meta property="og:title" content="Die Bru\u0308&#x202e;cke o\u0308ffnet &#x200b;wieder">
<script type="application/ld+json">{LINKED_DATA}</script></head><body><article>
<h1>Die Bru\u0308&#x202e;cke o\u0308ffnet wieder</h1><p>&#x200b;</p>"""
PARAGRAPH = (
    '<p>&#x200b; Am Tag fu\u0308hrt die <a href="https://a.example/u\u0308ber">neue Bru\u0308&#x202e;cke</a> wieder '
    "u\u0308ber den Fluß, <b>sagte</b> der Bu\u0308rgermeister am Abend im Rathaus. &#x2066;</p>"
)
PLAIN_PARAGRAPH = "Am Tag führt die neue Brücke wieder über den Fluß, sagte der Bürgermeister am Abend im Rathaus."


@pytest.mark.parametrize(
    ("parted", "whole"),
    [
        ("Jo\u0308rg Mu\u0308ller", "Jörg Müller"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("\u304b\u3099\u304d\u3099", "がぎ"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("\u0627\u0653\u0628", "آب"),
        ("\u09a6\u09c7\u09be", "দো"),
    ],
)
def test_letters_are_put_together_with_their_marks(parted: str, whole: str) -> None:
    assert composed(parted) == composed(whole) == whole


@pytest.mark.parametrize(
    "text", ["\ufa19社 \uf900", "\u212b \u2126 20 \u212a", "\u0308 alone", "q\u0308", "\ufa19\u3099", "क\u093c"]
)
def test_what_a_reader_may_tell_apart_stays(text: str) -> None:
    assert composed(text) == text


@given(st.text(alphabet=st.sampled_from("aeouAO cn\u0301\u0308\u0327\u0323\u3099\u304b\ufa19\u1112\u1161\u11ab\n")))
def test_composing_changes_nothing_that_unicode_tells_apart(text: str) -> None:
    assert normalize("NFC", composed(text)) == normalize("NFC", text)
    assert composed(composed(text)) == composed(text)


def test_a_page_is_as_plain_as_its_bytes_and_spans_mark_what_they_marked() -> None:
    source = read((HEAD + PARAGRAPH * 3).encode(), "a.html")
    texts = (*source.lines, *(block.text for block in source.blocks), *source.declared.headlines)
    assert not any(char in text for text in texts for char in f"{HARMFUL}\u0308")
    assert all(block.text and block.text == block.text.strip() for block in source.blocks)
    assert source.declared.headline == "Die Brücke öffnet wieder"
    assert source.declared.authors == ("Jörg Müller",)
    assert source.declared.section == "München"
    block = source.blocks[-1]
    assert block.text == PLAIN_PARAGRAPH
    marked = {span.kind: block.text[span.start : span.end] for span in block.spans}
    assert marked == {Emphasis.LINK: "neue Brücke", Emphasis.STRONG: "sagte"}
    assert source.blocks[-1].spans[0].href in ("https://a.example/u\u0308ber", "https://a.example/u%CC%88ber")
    assert any("direction-changing" in note for note in source.notes)


def test_a_record_s_escapes_let_nothing_in() -> None:
    text = "\n\n".join(f"Am Tag {n} fu\u0308hrt die Bru\u0308cke wieder \u202eu\u0308ber den Fluß." for n in range(9))
    record = {"title": "Die Bru\u0308cke \u202eo\u0308ffnet", "author": "Jo\u0308rg \u202eMu\u0308ller", "text": text}
    article = clean(json.dumps(record).encode(), "a.json", load_rules())
    assert (article.headline, article.authors) == ("Die Brücke öffnet", ("Jörg Müller",))
    assert next(article.ledger.lines()).text == "Am Tag 0 führt die Brücke wieder über den Fluß."


def test_a_dump_of_parted_letters_is_cleaned_as_one_of_whole_ones() -> None:
    text = "Ähnliche Artikel\nDie Brücke öffnet wieder\nVon Jörg Müller\n" + "\n".join(
        f"Am Tag {n} führt die Brücke wieder über den Fluß, sagte der Bürgermeister am Abend im Rathaus."
        for n in range(6)
    )
    whole, parted = (clean(normalize(form, text).encode(), "a.txt", load_rules()) for form in ("NFC", "NFD"))
    assert whole.authors == parted.authors == ("Jörg Müller",)
    assert list(whole.ledger.lines()) == list(parted.ledger.lines())
