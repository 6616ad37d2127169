"""The article as a record for machines."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from copydesk.model import Article, ItemList, Note, Paragraph, Quote, Section
from copydesk.render.record import to_record
from newarticle import SHA256, articles, new_article, texts_of


def test_record_has_every_fact() -> None:
    blocks = (
        Paragraph("One."),
        ItemList(("a",), True, ("3. a",), (), 3),
        Quote("Said.", ("“Said.”",)),
        Note("Corrected."),
    )
    article = new_article(
        sections=[Section(None, None, blocks), Section("Head", "head", ())],
        url="https://news.example/a",
        authors=("Ann Lee",),
        published=date(2026, 3, 2),
        updated=datetime(2026, 3, 3, 4, 5, tzinfo=UTC),
        dek="Dek",
        language="en",
        keywords=("Trains",),
        summary="One.",
        word_count=7,
        section_name="World",
    )
    assert json.loads(json.dumps(to_record(article))) == {
        "id": "urn:uuid:00000000-0000-5000-8000-000000000001",
        "headline": "A title",
        "dek": "Dek",
        "authors": ["Ann Lee"],
        "date": "2026-03-02",
        "updated": "2026-03-03T04:05:00+00:00",
        "language": "en",
        "canonical": "https://news.example/a",
        "section": "World",
        "summary": "One.",
        "sections": [
            {
                "heading": None,
                "fragment": None,
                "level": 2,
                "blocks": [
                    {"kind": "paragraph", "text": "One."},
                    {"kind": "list", "ordered": True, "start": 3, "items": ["a"]},
                    {"kind": "quote", "text": "Said."},
                    {"kind": "note", "text": "Corrected."},
                ],
            },
            {"heading": "Head", "fragment": "head", "level": 2, "blocks": []},
        ],
        "keywords": ["Trains"],
        "word_count": 7,
        "reading_minutes": 1,
        "provenance": {
            "seed": "a.txt",
            "sha256": SHA256,
            "form": "text",
            "encoding": "utf-8",
            "url": "https://news.example/a",
            "headline_from": "line",
            "kept": 1,
            "dropped": 0,
            "doubtful": 0,
            "notes": [],
        },
    }


@pytest.mark.parametrize("fact", ["date", "updated", "language", "canonical", "dek", "section"])
def test_unknown_facts_are_null(fact: str) -> None:
    assert to_record(new_article(Paragraph("One.")))[fact] is None


@given(articles())
def test_record_holds_every_text(article: Article) -> None:
    record = json.loads(json.dumps(to_record(article)))
    texts = []
    for section in record["sections"]:
        texts.extend([section["heading"]] if section["heading"] else [])
        for block in section["blocks"]:
            cells = [cell for row in block.get("rows", ()) for cell in row]
            parts = [part for part in block.get("text", "").split("\n\n") if part.strip()]
            texts.extend(cells or block.get("items") or (parts if block["kind"] == "quote" else [block["text"]]))
    assert texts == texts_of(article)
