"""Articles that others have collected: answers of interfaces, feed readers, exports in XML, corpora of research."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.cleaning.credits import declared_names
from copydesk.cleaning.rulebook import load_rules
from copydesk.intake.fields import language_called
from copydesk.intake.pieces import JSON, SGML, WHOLE, XML, Piece, form_of, pieces
from copydesk.model import Article
from copydesk.pipeline import clean
from copydesk.render.text import body_text

MOST = 1_000_000
ONE = "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years."
TWO = "Members of both parties said that the trains, which last ran in 1987, would carry four thousand passengers."
TEXT = f"{ONE}\n\n{TWO}"
PAGE = f"<p>{ONE}</p><p>{TWO}</p>"
URL = "https://herald.example/line"
AT = "2026-03-04T08:00:00Z"


def found(folder: Path, name: str, data: bytes | str | Mapping[str, Any], **mapping: str) -> list[Piece]:
    path = folder / name
    path.write_bytes(
        data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    )
    return list(pieces(path, name, MOST, mapping))


def article(piece: Piece) -> Article:
    assert piece.refusal is None, piece.refusal
    return clean(piece.data, piece.name, load_rules())


ANSWERS: dict[str, dict[str, Any]] = {
    "the Guardian's": {"response": {"status": "ok", "total": 1, "results": [
        {"id": "uk/1", "type": "article", "sectionName": "UK news", "webPublicationDate": AT, "webUrl": URL,
         "webTitle": "Line reopens",
         "fields": {"headline": "Line reopens", "byline": "Ann Hale in Harrow Bay and Bo Ek", "body": PAGE,
                    "bodyText": f"{ONE} {TWO}", "trailText": "A vote <b>ends</b> it"}}]}},
    "the Guardian's, one": {"response": {"status": "ok", "content":
        {"webTitle": "Line reopens", "webUrl": URL, "webPublicationDate": AT, "tags": [{"webTitle": "Rail"}],
         "fields": {"byline": "Ann Hale and Bo Ek", "body": PAGE}}}},
    "Event Registry's": {"articles": {"page": 1, "results": [
        {"uri": "7", "lang": "eng", "dateTimePub": AT, "url": URL, "title": "Line reopens", "body": TEXT,
         "source": {"uri": "herald.example", "title": "The Herald"},
         "authors": [{"uri": "a@h", "name": "Ann Hale"}, {"uri": "b@h", "name": "Bo Ek"}]}]}},
    "Diffbot's": {"request": {"pageUrl": URL, "api": "article"}, "objects": [
        {"date": "Wed, 04 Mar 2026 08:00:00 GMT", "author": "Ann Hale, Bo Ek", "siteName": "The Herald", "html": PAGE,
         "title": "Line reopens", "humanLanguage": "en", "pageUrl": URL, "text": f"{ONE}\n{TWO}"}]},
    "Elasticsearch's": {"took": 1, "hits": {"total": 1, "hits": [
        {"_index": "news", "_id": "1", "_source": {"title": "Line reopens", "maintext": TEXT, "date_publish": AT,
                                                   "authors": ["Ann Hale", "Bo Ek"], "url": URL}}]}},
    "a database's": {"stories": [
        {"_id": {"$oid": "5f"}, "title": "Line reopens", "text": TEXT, "published": {"$date": 1772611200000},
         "url": URL, "author": "Ann Hale and Bo Ek", "language": "english"}]},
    "a feed reader's": {"id": "user/-/state/starred", "items": [
        {"crawlTimeMsec": "1", "title": "Line reopens", "published": 1772611200, "updated": 0,
         "author": "Ann Hale, Bo Ek", "canonical": [{"href": URL}],
         "alternate": [{"href": "https://other.example", "type": "text/html"}],
         "content": {"direction": "ltr", "content": PAGE}, "origin": {"streamId": "feed/x", "title": "Herald"}}]},
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_answers_of_interfaces(tmp_path: Path, answer: Mapping[str, Any]) -> None:
    (one,) = found(tmp_path, "answer.json", answer)
    assert form_of(tmp_path / "answer.json") == JSON
    told = article(one)
    assert (told.headline, told.authors, told.language) == ("Line reopens", ("Ann Hale", "Bo Ek"), "en")
    assert (str(told.published), told.provenance.url) == ("2026-03-04 08:00:00+00:00", URL)
    assert body_text(told) == f"{TEXT}\n"


def test_what_an_interface_tells_beside_the_text(tmp_path: Path) -> None:
    told = article(found(tmp_path, "a.json", ANSWERS["the Guardian's"])[0])
    assert (told.section_name, told.dek) == ("UK news", "A vote ends it")


def test_the_beginning_of_a_text_is_no_article(tmp_path: Path) -> None:
    answer = {"status": "ok", "articles": [{"title": "Line", "url": URL, "content": f"{TEXT[:200]}… [+2345 chars]"}]}
    with pytest.raises(Exception, match="the beginning of its text alone"):
        article(found(tmp_path, "a.json", answer)[0])


@pytest.mark.parametrize(
    "value",
    [
        {"features": [{"type": "Feature", "properties": {"text": "Harbour"}}]},
        {"name": "app", "scripts": {"text": "run"}, "files": ["a"]},
        {"comments": [{"text": TEXT}, {"text": TEXT}]},
        {"deep": {"deep": {"deep": {"deep": {"deep": {"deep": [{"title": "x", "text": TEXT}]}}}}}},
    ],
)
def test_json_without_articles_stays_one_file(tmp_path: Path, value: Mapping[str, Any]) -> None:
    found(tmp_path, "a.json", value)
    assert form_of(tmp_path / "a.json") == WHOLE


def test_a_site_names_fields_in_others(tmp_path: Path) -> None:
    record = {"story": {"words": {"all": TEXT}}, "hed": "Line reopens"}
    (one,) = found(tmp_path, "a.jsonl", json.dumps(record), text="story.words.all", title="hed")
    told = article(one)
    assert (told.headline, body_text(told)) == ("Line reopens", f"{TEXT}\n")


DAYS = {
    "Wed, 04 Mar 2026 09:00:00 +0100": "2026-03-04 09:00:00+01:00",
    "March 4, 2026": "2026-03-04",
    "4. März 2026": "2026-03-04",
    "04-MAR-2026": "2026-03-04",
    1772611200: "2026-03-04 08:00:00+00:00",
    1772611200000.5: "2026-03-04 08:00:00+00:00",
    20260304: "2026-03-04",
    "03/04/2026": "None",
    "soon": "None",
    True: "None",
}


@pytest.mark.parametrize("written", DAYS)
def test_the_days_of_records(tmp_path: Path, written: object) -> None:
    told = article(found(tmp_path, "a.json", {"title": "Line reopens", "text": TEXT, "date": written})[0])
    assert str(told.published) == DAYS[written]  # type: ignore[index]


@pytest.mark.parametrize(
    ("called", "code"),
    [("english", "en"), ("German", "de"), ("eng", "en"), ("zh-Hant", "zh"), ("haw", "haw"), ("Klingon script", None)],
)
def test_languages_by_name(called: str, code: str | None) -> None:
    assert language_called(called) == code


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Hale in Harrow Bay", ("Ann Hale",)),
        ("Ann Hale in Washington, DC and Bo Ek", ("Ann Hale", "Bo Ek")),
        ("By Ann Hale in London and Bo Ek in New York", ("Ann Hale", "Bo Ek")),
        ("Team in Training", ("Team",)),
    ],
)
def test_where_an_author_was_is_no_name(byline: str, names: tuple[str, ...]) -> None:
    assert declared_names(byline) == names


SCRAPY = f"""<?xml version="1.0" encoding="utf-8"?>
<items><item><title>Line reopens</title><author><value>Ann Hale</value><value>Bo Ek</value></author>
<date>2026-03-04</date><url>{URL}</url><text>{ONE}\n\n{TWO}</text></item>
<item><title>Line &amp; bridge</title><text><p>{TWO}</p><p>{ONE}</p></text></item></items>"""
ROWS = f"""<database><!-- a dump --><table name="news"><row id="1" url="{URL}"><title>Line reopens</title>
<author>Ann Hale</author><author>Bo Ek</author><date>2026-03-04</date><body>{ONE}\n\n{TWO}</body></row>
<row id="2"><title>Line &amp; bridge</title><body>{TWO}\n\n{ONE}</body></row></table></database>"""


@pytest.mark.parametrize("document", [SCRAPY, ROWS])
def test_records_in_xml(tmp_path: Path, document: str) -> None:
    one, two = found(tmp_path, "a.xml", document)
    assert form_of(tmp_path / "a.xml") == XML
    told = article(one)
    assert (told.headline, told.authors, str(told.published)) == ("Line reopens", ("Ann Hale", "Bo Ek"), "2026-03-04")
    assert (told.provenance.url, body_text(told)) == (URL, f"{TEXT}\n")
    assert (article(two).headline, body_text(article(two))) == ("Line & bridge", f"{TWO}\n\n{ONE}\n")


def xml(*parts: str) -> str:
    return f"<root>{''.join(parts)}</root>"


ITEM = f"<item><title>Line reopens</title><text>{ONE}</text></item>"
STORY = f"<story><title>Bridge closes</title><text>{TWO}</text></story>"
UNTITLED = f"<item><text>{TWO}</text></item>"


@pytest.mark.parametrize(
    ("document", "titles"),
    [
        (xml(ITEM, STORY, ITEM), ["Line reopens", "Bridge closes", "Line reopens"]),
        (xml(UNTITLED, ITEM, STORY), [None, "Line reopens", "Bridge closes"]),
        (xml(ITEM, f"<more>{STORY}{ITEM}</more>", ITEM), ["Line reopens", "Bridge closes"] + ["Line reopens"] * 2),
        (xml(f"<a>{UNTITLED}</a>", f"<b>{ITEM}{UNTITLED}</b>"), [None, "Line reopens", None]),
    ],
)
def test_every_record_in_xml_is_read(tmp_path: Path, document: str, titles: list[str | None]) -> None:
    told = [json.loads(one.data) for one in found(tmp_path, "a.xml", document)]
    assert [record.get("title") for record in told] == titles


def test_an_element_that_may_be_no_record_is_refused_by_name(tmp_path: Path) -> None:
    document = xml(ITEM, f"<note><text>{TWO}</text></note>", "<note><day>Monday</day></note>", ITEM)
    one, two, note = found(tmp_path, "a.xml", document)
    assert (one.refusal, two.refusal, note.name) == (None, None, "a.xml#3")
    assert "<note> with a text, and without title and address. Give it a title" in str(note.refusal)


def test_every_list_of_records_in_json_is_read(tmp_path: Path) -> None:
    def record(title: str) -> dict[str, object]:
        return {"title": title, "text": TEXT, "related": [{"title": "Its own", "text": ONE}]}

    answer = {
        "items": [record("A")],
        "articles": [record("B"), record("C")],
        "data": [{"text": TEXT}],
        "more": {"list": [record("D")], "one": record("E")},
    }
    told = [json.loads(one.data).get("title") for one in found(tmp_path, "a.json", answer)]
    assert told == ["A", "B", "C", "D", "E", None]


def test_an_article_in_xml_may_have_many_authors(tmp_path: Path) -> None:
    names = [f"{name} Hale" for name in ("Ann", "Bo", "Cy", "Dan", "Eva", "Flo", "Gus", "Ida", "Jan")]
    authors = "".join(f"<author>{name}</author>" for name in names)
    document = f"<items><item><title>Line reopens</title>{authors}<text>{ONE}\n\n{TWO}</text></item></items>"
    (one,) = found(tmp_path, "a.xml", document)
    assert article(one).authors == tuple(names)


@pytest.mark.parametrize(
    "document",
    [
        '<?xml version="1.0"?><urlset><url><loc>https://x.example</loc></url></urlset>',
        '<opml><body><outline text="A feed" title="A feed" xmlUrl="https://x.example"/></body></opml>',
        "<config><text>on</text></config>",
        f'<!DOCTYPE items [<!ENTITY a "b">]><items><item><title>x</title><text>{ONE}</text></item></items>',
        "<items><item><title>x</title>",
    ],
)
def test_xml_without_records_is_refused(tmp_path: Path, document: str) -> None:
    (one,) = found(tmp_path, "a.xml", document)
    assert form_of(tmp_path / "a.xml") == WHOLE
    with pytest.raises(Exception, match=r"XML document|no article text found"):
        article(one)


REUTERS = f"""<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="5544" NEWID="1">
<DATE> 4-MAR-1987 15:01:01.79</DATE>
<TOPICS><D>ship</D></TOPICS>
<TEXT>&#2;
<TITLE>LINE &lt;HL.L> REOPENS</TITLE>
<AUTHOR>    by Ann Hale, Reuters</AUTHOR>
<DATELINE>    HARROW BAY, March 4 - </DATELINE><BODY>{ONE[:60]}
{ONE[61:]} It named &lt;Harrow Rail Inc> of Bay
Town.
    {TWO[:60]}
{TWO[61:]}
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS TOPICS="NO" NEWID="2">
<DATE> 4-MAR-1987 15:02:20.00</DATE>
<TEXT TYPE="BRIEF">&#2;
<TITLE>A HEADLINE ALONE</TITLE>&#3;</TEXT>
</REUTERS>
"""
TREC = f"""<DOC>
<DOCNO> AP870304-0001 </DOCNO>
<HEAD>Line Reopens</HEAD>
<BYLINE>By Ann Hale, AP Writer</BYLINE>
<DATELINE>HARROW BAY (AP) </DATELINE>
<TEXT>
   {ONE}
   {TWO}
</TEXT>
</DOC>
<DOC>
<DOCNO> LA010189-0001 </DOCNO>
<DATE><P>March 4, 1987</P></DATE>
<HEADLINE><P>BRIDGE CLOSES</P></HEADLINE>
<TEXT><P>{TWO[:60]}
{TWO[61:]}</P><P>{ONE}</P></TEXT>
</DOC>
"""
WIKI = f"""<doc id="1" url="https://en.wikinews.org/wiki?curid=1" title="Line &amp; bridge">
Line & bridge

{TEXT}

</doc>
<doc id="2" url="https://en.wikinews.org/wiki?curid=2" title="Second">
Second

{TWO}

{ONE}

</doc>
"""


def test_the_reuters_collection(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "reut2-000.sgm", REUTERS)
    assert form_of(tmp_path / "reut2-000.sgm") == SGML
    told = article(one)
    assert (told.title, told.authors, str(told.published)) == ("LINE <HL.L> REOPENS", ("Ann Hale",), "1987-03-04")
    first = f"HARROW BAY, March 4 — {ONE} It named <Harrow Rail Inc> of Bay Town."
    assert body_text(told) == f"{first}\n\n{TWO}\n\nReuter\n"


def test_a_collection_of_trec(tmp_path: Path) -> None:
    one, two = map(article, found(tmp_path, "ap870304", TREC))
    assert (one.title, one.authors, one.published) == ("Line Reopens", ("Ann Hale",), None)
    assert body_text(one) == f"HARROW BAY (AP) — {ONE}\n\n{TWO}\n"
    assert (two.title, str(two.published), body_text(two)) == ("BRIDGE CLOSES", "1987-03-04", f"{TWO}\n\n{ONE}\n")


def test_what_wikiextractor_writes(tmp_path: Path) -> None:
    one, two = map(article, found(tmp_path, "wiki_00", WIKI))
    assert (one.headline, one.provenance.url) == ("Line & bridge", "https://en.wikinews.org/wiki?curid=1")
    assert (body_text(one), body_text(two)) == (f"{TEXT}\n", f"{TWO}\n\n{ONE}\n")


LONG = " ".join([ONE, TWO])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (f"<DOC><TITLE>Cut</TITLE><TEXT>{LONG}</TEXT>\n", 'has no end ("Cut"). Fetch or export the file again'),
        (f"<DOC><HEAD>Open</HEAD><TEXT>{LONG}\n<DOC></DOC>\n", "has its text in no tag that is closed"),
        (f"<DOC><ABSTRACT>{LONG}</ABSTRACT></DOC>\n", "has its text in <ABSTRACT>. Put it into <TEXT>"),
        ("A note on all this.\n<DOC></DOC>\n", "is a text outside of all documents"),
        ("A note on all this.\n", "is a text outside of all documents"),
    ],
)
def test_what_is_no_whole_document_is_refused_by_name(tmp_path: Path, more: str, said: str) -> None:
    refusals = [one.refusal for one in found(tmp_path, "a.sgml", f"{TREC}{more}") if one.refusal]
    assert len(refusals) == 1
    assert said in str(refusals[0])


def test_documents_on_one_line_are_several(tmp_path: Path) -> None:
    documents = "".join(f"<DOC><TITLE>{title}</TITLE><TEXT>{ONE}</TEXT></DOC>" for title in "AB")
    assert [json.loads(one.data)["title"] for one in found(tmp_path, "a.sgml", documents)] == ["A", "B"]


@pytest.mark.parametrize("document", [SCRAPY, ROWS, REUTERS, TREC, WIKI, json.dumps(ANSWERS["the Guardian's"])])
@example(place=0, put=b"")
@given(
    place=st.integers(0, 2000), put=st.binary(max_size=20) | st.sampled_from([b"</doc>", b"<item>", b"<TEXT>", b"["])
)
def test_a_damaged_collection_gives_pieces_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, document: str, place: int, put: bytes
) -> None:
    data = document.encode()
    everything = found(tmp_path_factory.getbasetemp(), "any", data[:place] + put + data[place + len(put) :])
    assert all(one.refusal or one.data for one in everything)
