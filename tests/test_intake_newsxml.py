"""Articles in XML and JSON of agencies, archives and extractors."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.rulebook import load_rules
from copydesk.errors import RefusedSeed
from copydesk.intake import newsxml, read
from copydesk.intake.pieces import NEWSML, form_of, pieces
from copydesk.model import Article
from copydesk.pipeline import clean
from copydesk.render.text import body_text

FORMS = Path(__file__).with_name("forms")


def article(name: str) -> Article:
    return clean((FORMS / name).read_bytes(), name, load_rules())


@pytest.mark.parametrize(
    ("name", "title", "authors", "published", "url"),
    [
        ("nitf.xml", "Rowers win again", "Ann Hale", datetime(2026, 3, 2, 10, 15, tzinfo=UTC), None),
        (
            "nitf-corpus.xml",
            "Harbour line",
            "Ann Hale",
            date(2004, 3, 12),
            "http://news.example/2004/03/12/harbour.html",
        ),
        ("newsitem.xml", "Harbour line", "Ann Hale", date(1996, 8, 20), None),
        ("tei.xml", "Harbour line", "Ann Hale", None, None),
        ("trafilatura.xml", "Harbour line", "Ann Hale", date(2004, 3, 12), "https://news.example/harbour"),
    ],
)
def test_facts(name: str, title: str, authors: str, published: date | None, url: str | None) -> None:
    told = article(name)
    assert told.title.startswith(title)
    assert (told.authors, told.published, told.provenance.url) == ((authors,), published, url)
    assert told.language == "en"


def test_a_story_of_an_agency() -> None:
    story = article("nitf.xml")
    assert story.section_name == "Sports"
    assert [section.heading for section in story.sections] == [None, "Two lengths"]
    text = body_text(story)
    assert "Third title in a row for Bay club" in text
    assert "6:01" in text
    assert all(line.label.keep for line in story.ledger.lines())


def test_a_paragraph_that_the_corpus_has_twice_comes_once() -> None:
    assert body_text(article("nitf-corpus.xml")).count("nine years after") == 1


def test_heads_and_lists_of_tei_are_heads_and_lists() -> None:
    assert [section.heading for section in article("tei.xml").sections] == [None, "Costs"]
    assert [section.heading for section in article("trafilatura.xml").sections] == [None, "What it costs"]


def test_a_message_holds_several_articles_and_pictures_are_none() -> None:
    path = FORMS / "newsml-g2.xml"
    assert form_of(path) == NEWSML
    (piece,) = pieces(path, path.name, 1_000_000)
    story = clean(piece.data, piece.name, load_rules())
    assert (story.title, story.authors, story.language) == ("Hafenbahn fährt wieder", ("Anna Hall",), "de")
    assert [section.heading for section in story.sections] == [None]


def test_a_story_in_newsml_1(tmp_path: Path) -> None:
    lines = "<NewsLines><HeadLine>Line opens</HeadLine><ByLine>By Ann Hale</ByLine></NewsLines>"
    text = "<DataContent><p>The line opens again.</p><p>It was shut for years.</p></DataContent>"
    content = f"<ContentItem>{text}</ContentItem>"
    management = "<NewsManagement><FirstCreated>20260302T090000Z</FirstCreated></NewsManagement>"
    item = f"<NewsItem>{management}<NewsComponent>{lines}{content}</NewsComponent></NewsItem>"
    path = tmp_path / "a.xml"
    path.write_text(f"<NewsML>{item}</NewsML>")
    (piece,) = pieces(path, path.name, 1_000_000)
    story = clean(piece.data, piece.name, load_rules())
    assert (story.title, story.authors) == ("Line opens", ("Ann Hale",))
    assert story.published == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert len(body_text(story).strip().split("\n\n")) == 2


def test_what_is_withheld_is_not_published(tmp_path: Path) -> None:
    data = (FORMS / "nitf.xml").read_bytes().replace(b"<docdata>", b'<docdata management-status="embargoed">')
    with pytest.raises(RefusedSeed, match="withheld by its publisher"):
        read(data, "a.xml")
    path = tmp_path / "message.xml"
    message = (FORMS / "newsml-g2.xml").read_text("utf-8")
    path.write_text(message.replace("<itemMeta>", '<itemMeta><pubStatus qcode="stat:canceled"/>'), "utf-8")
    (piece,) = pieces(path, path.name, 1_000_000)
    assert piece.refusal is not None


def test_an_item_of_ninjs() -> None:
    story = article("ninjs.json")
    assert (story.title, story.authors, story.language) == ("Harbour line opens again", ("Ann Hale",), "en")
    assert story.published == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert story.updated == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert "• 41 million" in body_text(story)
    assert all(line.label.keep for line in story.ledger.lines())


def test_an_older_item_of_ninjs_with_a_plain_text() -> None:
    item = json.loads((FORMS / "ninjs.json").read_text("utf-8"))
    older = {"uri": "urn:x", "headline": "Line opens", "byline": "Ann Hale", "versioncreated": "2026-03-02T09:00:00Z"}
    text = f"{item['bodies'][0]['value']}\n\nShort line at the end"
    story = clean(json.dumps({**older, "body_text": text}).encode(), "a.json", load_rules())
    assert (story.title, story.authors) == ("Line opens", ("Ann Hale",))
    assert body_text(story).strip() == text


@pytest.mark.parametrize("change", [{"pubStatus": "withheld"}, {"type": "picture"}, {"bodies": [{"value": 3}, 4]}])
def test_items_that_are_no_articles_are_refused(change: dict[str, object]) -> None:
    item = json.loads((FORMS / "ninjs.json").read_text("utf-8"))
    with pytest.raises(RefusedSeed):
        read(json.dumps({**item, **change}).encode(), "a.json")


def test_other_documents_with_the_same_root_are_read_as_they_were() -> None:
    assert read(b'<doc id="1" title="A">\nA line of text.\n</doc>\n', "a.txt").form == "text"


def test_broken_xml_is_read_and_told() -> None:
    data = (FORMS / "nitf.xml").read_bytes().replace(b"</hl2><p>", b"</hl3><p>", 1)
    source = read(data, "a.xml")
    assert any("Two lengths" in line for line in source.lines)
    assert any("XML is broken" in note for note in source.notes)


def test_prefixes_that_nothing_declares_are_left_out() -> None:
    body = '<p>Line <t:em>by</t:em> line, <a x:href="http://news.example/">open</a>.</p>'
    data = f"<nitf><body><hedline><hl1>Open</hl1></hedline><body.content>{body}</body.content></body></nitf>".encode()
    assert "Line by line, open." in read(data, "a.xml").lines


def test_references_to_characters_of_html_are_characters() -> None:
    for start in ("", '<!DOCTYPE nitf SYSTEM "nitf.dtd">'):
        data = f"{start}<nitf><body><p>Line&mdash;long &amp; &lt;wide&gt; &unknown; it&rsquo;s open.</p></body></nitf>"
        assert read(data.encode(), "a.xml").lines[0].replace("&unknown; ", "") == "Line—long & <wide> it’s open."


def test_a_document_without_an_article_is_refused_by_name() -> None:
    with pytest.raises(RefusedSeed, match=r"a\.xml.*is NITF without an article"):
        read(b"<nitf><body> </body></nitf>", "a.xml")


def test_nothing_that_a_document_declares_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("never to be read by anybody")
    start = f'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'.encode()
    with pytest.raises(RefusedSeed, match="is an XML document"):
        read(start + b"<nitf><body><p>&a;</p></body></nitf>", "a.xml")
    other = f'<!DOCTYPE nitf SYSTEM "{secret.as_uri()}"><nitf><body><p>One &a; two</p></body></nitf>'.encode()
    assert all("never" not in line for line in read(other, "a.xml").lines)


_ELEMENTS = st.sampled_from(
    ["p", "hl2", "script", "style", "media", "head", "list", "item", "x", "iframe", "svg", "hi", "table", "t:set"]
)
_TREES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")
    ),
    lambda inner: st.tuples(_ELEMENTS, st.lists(inner, max_size=4)).map(
        lambda part: f'<{part[0]} onclick="alert(1)" x:href="#a" type="a&quot;b">{"".join(part[1])}</{part[0]}>'
    ),
    max_leaves=20,
)


@given(_TREES)
def test_any_document_becomes_a_page_without_anything_that_runs(tree: str) -> None:
    data = f"<nitf><body><p>One.</p>{tree}</body></nitf>".encode()
    told = newsxml._record(newsxml.etree.fromstring(data, newsxml._parser(recover=True)), newsxml._kinds()["nitf"])
    assert "onclick" not in told["html"]
    assert read(data, "a.xml").lines
