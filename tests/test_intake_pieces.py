"""Files that hold articles in other forms: crawls, tables, lists of records, feeds, pages in one file."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.cleaning.rulebook import load_rules
from copydesk.errors import RefusedSeed
from copydesk.intake import bounded, read
from copydesk.intake.pieces import CSV, FEED, JSON, JSON_LINES, WARC, WHOLE, Piece, form_of, piece, pieces
from copydesk.model import Article
from copydesk.pipeline import clean
from copydesk.render.text import body_text

FORMS = Path(__file__).with_name("forms")
MOST = 1_000_000
ONE = "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years."
TWO = "Members of both parties said that the trains, which last ran in 1987, would carry four thousand passengers."
TEXT = f"{ONE}\n\n{TWO}"
PAGE = f"<!doctype html><html><body><nav>Home</nav><h1>Line reopens</h1><p>{ONE}</p><p>{TWO}</p></body></html>"


def found(path: Path, **mapping: str) -> list[Piece]:
    return list(pieces(path, path.name, MOST, mapping))


def article(piece: Piece) -> Article:
    assert piece.refusal is None, piece.refusal
    return clean(piece.data, piece.name, load_rules())


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


RECORDS: list[dict[str, Any]] = [
    {"title": "Line reopens", "text": TEXT, "url": "https://news.example/1", "date": "2026-03-02"},
    {"title": "Line closes", "maintext": TEXT.replace("reopen", "close"), "authors": ["Ann Lee"], "language": "en"},
]


def lines(records: Iterable[Any]) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def table(delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["id", "headline", "content", "date"])
    writer.writerow(["1", "Line reopens", TEXT, "2026-03-02"])
    writer.writerow(["2", "Line closes", TEXT.replace("reopen", "close"), ""])
    return out.getvalue().encode()


FILES = {
    "a.jsonl": (lines(RECORDS), JSON_LINES),
    "named-otherwise.dat": (lines(RECORDS), JSON_LINES),
    "long-lines": (lines([{**RECORDS[0], "raw": "x" * 20_000}, RECORDS[1]]), JSON_LINES),
    "a.json": (json.dumps(RECORDS).encode(), JSON),
    "b.json": (json.dumps({"count": 2, "articles": RECORDS}, indent=1).encode(), JSON),
    "a.jsonl.gz": (gzip.compress(lines(RECORDS)), JSON_LINES),
    "a.jsonl.zst": (zstandard.compress(lines(RECORDS)), JSON_LINES),
    "a.csv": (table(), CSV),
    "a.tsv": (table("\t"), CSV),
    "a.csv.gz": (gzip.compress(table(";")), CSV),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_several_articles(tmp_path: Path, name: str) -> None:
    data, form = FILES[name]
    path = written(tmp_path / name, data)
    assert form_of(path) == form
    one, two = found(path)
    assert (one.name, one.number, two.name) == (f"{name}#1", 1, f"{name}#2")
    assert article(one).headline == "Line reopens"
    assert body_text(article(one)) == f"{TEXT}\n"
    assert article(two).headline == "Line closes"
    assert piece(path, f"{name}#2", MOST) == two


def test_what_a_record_tells(tmp_path: Path) -> None:
    one, two = map(article, found(written(tmp_path / "a.jsonl", lines(RECORDS))))
    assert (str(one.published), one.provenance.url, one.provenance.form) == (
        "2026-03-02",
        "https://news.example/1",
        "record",
    )
    assert (two.authors, two.language) == (("Ann Lee",), "en")


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Line reopens", "text": TEXT, "authors": "Ann Lee, Bo Ek", "date_publish": "2026-03-02 08:00:00"},
        {"title": "Line reopens", "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [ONE, TWO]}]},
         "authors": ["Ann Lee", "Bo Ek"], "publishing_date": "2026-03-02T08:00:00"},
        {"headline": "Line reopens", "articleBody": TEXT, "author": [{"name": "Ann Lee"}, {"name": "Bo Ek"}],
         "datePublished": "2026-03-02"},
        {"title": "Line reopens", "html": PAGE, "authors": ["Ann Lee", "Bo Ek"], "date": "2026-03-02"},
        {"Title": "Line reopens", "content": f"<p>{ONE}</p><p>{TWO}</p>", "Author": "Ann Lee and Bo Ek",
         "Date": "2026/03/02"},
    ],
)  # fmt: skip
def test_the_fields_of_many_tools(tmp_path: Path, record: dict[str, Any]) -> None:
    told = article(found(written(tmp_path / "a.json", json.dumps(record).encode()))[0])
    assert (told.headline, told.authors, str(told.published)) == ("Line reopens", ("Ann Lee", "Bo Ek"), "2026-03-02")
    assert body_text(told) == f"{TEXT}\n"


@pytest.mark.parametrize(
    "told",
    [
        f"{ONE}<br><br>{TWO}",
        f"{ONE}<br />\n{TWO}<br />",
        f"<strong>{ONE[:20]}</strong>{ONE[20:]}\n\n{TWO[:20]}<a href='/x'>{TWO[20:40]}</a>{TWO[40:]}",
        f"{ONE}</p>\n<p>{TWO}</p>",
    ],
)
def test_a_text_with_elements_in_it_is_read_as_html(tmp_path: Path, told: str) -> None:
    record = {"title": "Line reopens", "text": told}
    assert body_text(article(found(written(tmp_path / "a.json", json.dumps(record).encode()))[0])) == f"{TEXT}\n"


@pytest.mark.parametrize(
    "told",
    [f"{ONE} a < b, c > d, <none> of it <em> here.\n\n{TWO}", f"{ONE} Use <b>, </b> and <script> in HTML.\n\n{TWO}"],
)
def test_a_text_that_speaks_of_markup_is_plain(tmp_path: Path, told: str) -> None:
    record = {"title": "Line reopens", "text": told}
    assert body_text(article(found(written(tmp_path / "a.json", json.dumps(record).encode()))[0])) == f"{told}\n"


def test_a_site_names_its_own_fields(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", lines([{"story_body": TEXT, "hed": "Line reopens"}] * 2))
    refused = found(path)[0].refusal
    assert refused is not None
    assert "story_body" in str(refused)
    assert article(found(path, text="story_body", title="hed")[0]).headline == "Line reopens"


WRITTEN = {
    "chromium.mhtml": "mhtml",
    "goose3.json": "record",
    "news-please.json": "record",
    "newspaper.json": "record",
    "trafilatura.json": "record",
    "wget.warc.gz": "record",
}
"""Files that tools wrote of one page, and the form of what they hold."""


@pytest.mark.parametrize("name", WRITTEN)
def test_what_tools_write(name: str) -> None:
    (told,) = map(article, found(FORMS / name))
    assert (told.headline, told.provenance.form) == ("A Tide Mill Grinds Again After Ninety Years", WRITTEN[name])
    assert (told.authors, told.language, str(told.published)[:10]) == (("Joan Tregenna",), "en", "2026-03-20")
    place = "" if name == "goose3.json" else "estuary-week.example/science/tide-mill"
    assert (told.provenance.url or "").partition("://")[2] == place
    assert "turned for the first time since 1936" in body_text(told)
    assert "Share on Facebook" not in body_text(told)
    assert "What was left of it" in [section.heading for section in told.sections]


def warc(packed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)

    def add(url: str, data: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> None:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(data), http_headers=headers))

    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    add("https://news.example/a.png", b"\x89PNG", "image/png")
    add("https://news.example/1", PAGE.encode())
    add("https://news.example/gone", PAGE.encode(), status="404 Not Found")
    add("https://news.example/2", PAGE.replace("reopen", "«close»").encode("cp1252"), "text/html; charset=windows-1252")
    return out.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive(tmp_path: Path, packed: bool) -> None:
    path = written(tmp_path / "crawl", warc(packed))
    assert form_of(path) == WARC
    one, two = map(article, found(path))
    assert [told.provenance.url for told in (one, two)] == ["https://news.example/1", "https://news.example/2"]
    assert "«close»" in body_text(two)


def test_an_archive_of_texts_alone(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    text = f"Home\nNews\nLog in\nLine reopens «today»\n{ONE}\n{TWO}\nShare this article\n".encode()
    writer.write_record(writer.create_warcinfo_record("a.wet", {"software": "test"}))
    for kind in ("text/plain", "application/json"):
        record = writer.create_warc_record(
            "https://news.example/1", "conversion", io.BytesIO(text), len(text), warc_content_type=kind
        )
        writer.write_record(record)
    pieces = found(written(tmp_path / "crawl.warc.wet.gz", out.getvalue()))
    assert len(pieces) == 1
    told = article(pieces[0])
    assert (told.headline, told.provenance.url) == ("Line reopens «today»", "https://news.example/1")
    assert "Log in" not in body_text(told)


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>x</title><item><title>Line reopens</title><link>https://news.example/1</link>
<pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate>
<content:encoded><![CDATA[<p>{ONE}</p><script>alert(1)</script><p>{TWO}</p>]]></content:encoded></item>
<item><title>A teaser</title><description>Only the first words.</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>Line reopens</title><id>x</id>
<link href="https://news.example/1"/><published>2026-03-02T07:00:00Z</published>
<content type="html">&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [
        {"id": "1", "url": "https://news.example/1", "title": "Line reopens", "date_published": "2026-03-02T07:00:00Z",
         "content_html": f"<p>{ONE}</p><p>{TWO}</p>"}]}
)  # fmt: skip


@pytest.mark.parametrize(("document", "form"), [(RSS, FEED), (ATOM, FEED), (JSON_FEED, JSON)])
def test_feeds_with_their_texts(tmp_path: Path, document: str, form: str) -> None:
    path = written(tmp_path / "feed.xml", document.encode())
    assert form_of(path) == form
    told = article(found(path)[0])
    assert (told.headline, told.provenance.url) == ("Line reopens", "https://news.example/1")
    assert str(told.published) == "2026-03-02 07:00:00+00:00"
    assert body_text(told) == f"{TEXT}\n"


def test_an_entry_that_is_a_teaser_is_no_article(tmp_path: Path) -> None:
    teaser = found(written(tmp_path / "feed.xml", RSS.encode()))[1]
    assert teaser.refusal is not None
    assert "feed.xml#2: holds no more of its article than a teaser. Save the page" in str(teaser.refusal)


def test_the_only_article_of_a_file_needs_no_number(tmp_path: Path) -> None:
    one, two = (written(tmp_path / f"{number}.jsonl", lines(RECORDS[:number])) for number in (1, 2))
    assert piece(one, "1.jsonl", MOST).data == next(pieces(one, "1.jsonl", MOST)).data
    assert "holds several articles. Name one of them" in str(piece(two, "2.jsonl", MOST).refusal)


@pytest.mark.parametrize(
    ("name", "data", "good", "said"),
    [
        ("a.jsonl", lines(RECORDS) + b'{"title": "cut of', 2, "can't be read further"),
        ("a.jsonl.gz", gzip.compress(lines(RECORDS * 500))[:-20], 0, "can't be read further"),
        ("a.warc", warc(True)[:900], 0, ""),
        ("a.jsonl", lines([RECORDS[0], ["no object"], RECORDS[1]]), 2, "has no text in any field"),
        (
            "a.jsonl",
            lines([RECORDS[0], {**RECORDS[1], "maintext": "x" * MOST}]),
            1,
            "more than COPYDESK_MAX_BYTES allows",
        ),
    ],
)
def test_what_is_broken_is_told_and_the_rest_is_there(
    tmp_path: Path, name: str, data: bytes, good: int, said: str
) -> None:
    everything = found(written(tmp_path / name, data))
    assert sum(found.refusal is None for found in everything) >= good
    if said:
        assert any(said in str(found.refusal) for found in everything)


@pytest.mark.parametrize(("name", "begins"), [("a.json.gz", b"["), ("a.xml.gz", b"<rss>"), ("a.csv.gz", b"text,url,")])
def test_what_unpacks_to_more_than_memory_may_hold_is_refused(
    tmp_path: Path, name: str, begins: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "LONGEST", 50_000)
    everything = found(written(tmp_path / name, gzip.compress(begins + b" " * 5 * MOST)))
    assert len(everything) == 1
    with pytest.raises(RefusedSeed):
        raise everything[0].refusal or clean(everything[0].data, name, load_rules())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (f'id,title,text\n1,A,{ONE} So, he said, it is.\n2,B,"{TWO}"\n', "row 2 has more cells than the header"),
        (f'id,title,text,\n1,A,"{ONE}","It goes on here, and on."\n2,B,"{TWO}",17\n', "row 2 has a text under no name"),
    ],
)
def test_a_row_that_would_lose_a_text_is_refused_by_name(tmp_path: Path, rows: str, said: str) -> None:
    refused, good = found(written(tmp_path / "a.csv", rows.encode()))
    assert (refused.name, good.refusal) == ("a.csv#1", None)
    assert said in str(refused.refusal)


def test_columns_of_one_name_are_one_field(tmp_path: Path) -> None:
    table = f'title,text,text,\nLine reopens,"{ONE}","{TWO}",,\nLine closes,"{ONE}",,\n'
    one, two = map(article, found(written(tmp_path / "a.csv", table.encode())))
    assert (body_text(one), body_text(two)) == (f"{TEXT}\n", f"{ONE}\n")


@example(b"WARC/")
@example(b"\x28\xb5\x2f\xfd")
@example(b"\x1f\x8b")
@example(b"<rss>")
@given(
    st.one_of(
        st.binary(max_size=300),
        st.sampled_from([b"[", b"{", b"WARC/1.0\r\n", b"<rss>", b"\x1f\x8b", b"\x28\xb5\x2f\xfd"]),
    )
)
def test_any_file_gives_pieces_or_reasons(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = written(tmp_path_factory.getbasetemp() / "any", data)
    for name in ("any", "any.csv", "any.jsonl"):
        everything = list(pieces(path, name, MOST))
        assert everything
        assert len({found.name for found in everything}) == len(everything)


@pytest.mark.parametrize("name", ["a.zst", "a.jsonl.zst"])
def test_one_article_of_a_broken_file_is_refused(tmp_path: Path, name: str) -> None:
    told = piece(written(tmp_path / name, b"\x28\xb5\x2f\xfd" + b"\xff" * 40), name, MOST)
    assert "can't be read further" in str(told.refusal)


def test_a_text_dump_stays_whole(tmp_path: Path) -> None:
    for text in (
        "[Update] The vote was held.\n{\n",
        "{ An opening brace\n{ and another",
        "title,text\n1,2",
        "WARC is an archive",
    ):
        path = written(tmp_path / "a.txt", text.encode())
        assert form_of(path) == WHOLE
        assert read(found(path)[0].data, "a.txt").form == "text"
