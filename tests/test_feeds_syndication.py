"""RSS and Atom: valid, complete, the same bytes each time, whatever the texts hold; feedgen's faults put right."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import feedgen.feed
import feedparser
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from copydesk.feeds.entry import Entry, Feed
from copydesk.feeds.syndication import EPOCH, atom, rss
from copydesk.model import Article
from copydesk.render.escape import html_text, one_line, plain
from copydesk.render.html import feed_html
from newarticle import HOSTILE, articles, hostile_text, texts_of

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOTH = pytest.mark.parametrize("write", [rss, atom])


def entry(number: int = 1, **facts: Any) -> Entry:
    told: dict[str, Any] = {
        "id": f"urn:uuid:00000000-0000-5000-8000-{number:012d}",
        "url": f"https://news.example/articles/{number}.html",
        "title": f"Article {number}",
        "authors": ("Ann Lee", "Bo Ek"),
        "categories": ("World", "Harrow Bay"),
        "language": "en",
        "summary": "What it says.",
        "content_html": "<p>What it says, &amp; more.</p>",
        "published": NOON - timedelta(days=number),
        "updated": NOON - timedelta(hours=number),
        "source_name": "origin.example",
        "source_url": f"https://origin.example/{number}?a=b&c=d",
    }
    return Entry(**(told | facts))


def feed(*entries: Entry, **facts: Any) -> Feed:
    told: dict[str, Any] = {
        "id": "urn:uuid:00000000-0000-5000-8000-0000000000ff",
        "title": "The Courier",
        "site_url": "https://news.example/",
        "self_url": "https://news.example/feeds/all.xml",
        "description": "News, cleaned and kept",
        "language": "en",
        "entries": entries,
    }
    return Feed(**(told | facts))


def parsed(document: bytes) -> Any:
    return etree.fromstring(document)


def entries_of(document: bytes) -> list[Any]:
    root = parsed(document)
    return root.findall(f"{ATOM}entry") if root.tag == f"{ATOM}feed" else root.findall("channel/item")


@BOTH
def test_an_independent_reader_sees_every_fact(write: Any) -> None:
    read = feedparser.parse(write(feed(entry(1), entry(2))))
    assert not read.bozo
    assert (read.feed.title, read.feed.link, read.feed.language) == ("The Courier", "https://news.example/", "en")
    first = read.entries[0]
    assert first.title == "Article 1"
    assert first.id == "urn:uuid:00000000-0000-5000-8000-000000000001"
    assert first.link == "https://news.example/articles/1.html"
    assert [tag.term for tag in first.tags] == ["World", "Harrow Bay"]
    assert first.summary == "What it says."
    assert first.content[0].value == "<p>What it says, &amp; more.</p>"
    assert first.published_parsed[:5] == (2026, 3, 1, 12, 0)
    assert first.updated_parsed[:5] == (2026, 3, 2, 11, 0)
    assert {link.href for link in first.links if link.rel == "via"} == {"https://origin.example/1?a=b&c=d"}
    assert "Ann Lee" in str(first.authors)
    assert "Bo Ek" in str(first.authors)


@BOTH
def test_entries_keep_their_order(write: Any) -> None:
    read = feedparser.parse(write(feed(entry(3), entry(1), entry(2))))
    assert [e.title for e in read.entries] == ["Article 3", "Article 1", "Article 2"]


@given(article=articles())
def test_full_text_is_the_article_block_by_block(article: Article) -> None:
    written = feed(entry(content_html=feed_html(article)))
    contents = (entries_of(rss(written))[0].findtext(CONTENT), entries_of(atom(written))[0].findtext(f"{ATOM}content"))
    for content in contents:
        soup = BeautifulSoup(content or "", "html.parser")
        read = [element.get_text().split() for element in soup.find_all(["h2", "h3", "h4", "p", "li", "td", "th"])]
        assert read == [plain(text).split() for text in texts_of(article)]


@BOTH
@given(text=hostile_text)
def test_no_text_breaks_a_feed_or_is_lost(write: Any, text: str) -> None:
    facts = {"title": text, "summary": text, "authors": (text,), "categories": (text,), "language": text}
    written = write(feed(entry(**facts, content_html=f"<p>{html_text(text)}</p>"), title=text, description=text))
    (found,) = entries_of(written)
    is_atom = found.tag == f"{ATOM}entry"
    title = found.find(f"{ATOM}title") if is_atom else found.find("title")
    shown = BeautifulSoup(title.text, "html.parser").get_text() if title.get("type") == "html" else title.text
    assert shown == (one_line(text) or "https://news.example/articles/1.html")
    names = [e.text for e in (found.findall(f"{ATOM}author/{ATOM}name") if is_atom else found.findall(f"{DC}creator"))]
    assert names == ([one_line(text)] if one_line(text) else [])


@BOTH
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_addresses(write: Any, text: str) -> None:
    address = f"https://news.example/{text}"
    facts = {"url": address, "id": text or "x", "source_url": text, "source_name": text}
    written = write(
        feed(entry(**facts), site_url=address, self_url=address, stylesheet=text, rights=text, image=address)
    )
    (found,) = entries_of(written)
    links = [link.get("href") for link in found.iter(f"{ATOM}link")] + [e.text for e in found.findall("link")]
    assert all(link.startswith(("https://news.example/", "http://a.example/")) for link in links)


@BOTH
def test_style_sheet_for_people(write: Any) -> None:
    written = write(feed(entry(), stylesheet="../theme/css/feed.css"))
    assert b'<?xml-stylesheet type="text/css" href="../theme/css/feed.css"?>' in written.split(b"\n", 2)[1]
    assert b"xml-stylesheet" not in write(feed(entry()))


@BOTH
def test_nothing_is_invented(write: Any) -> None:
    unknown = entry(authors=(), published=None, categories=(), language=None, source_name=None, source_url=None)
    (found,) = entries_of(write(feed(unknown)))
    names = {etree.QName(element).localname for element in found.iter()} - {"entry", "item"}
    assert names == (
        {"id", "title", "updated", "content", "link", "summary"}
        if found.tag == f"{ATOM}entry"
        else {"guid", "title", "updated", "pubDate", "encoded", "link", "description"}
    )


def test_an_undated_entry_tells_when_it_appeared() -> None:
    appeared = datetime(2026, 1, 5, 6, tzinfo=UTC)
    (undated,) = entries_of(rss(feed(entry(published=None, appeared=appeared))))
    assert undated.findtext("pubDate") == "Mon, 05 Jan 2026 06:00:00 +0000"
    (undated,) = entries_of(atom(feed(entry(published=None, appeared=appeared))))
    assert undated.find(f"{ATOM}published") is None


@BOTH
def test_no_date_comes_from_the_clock(write: Any) -> None:
    long_ago = datetime(2001, 2, 3, tzinfo=UTC)
    year = str(datetime.now(UTC).year).encode()
    assert year not in write(feed(entry(published=long_ago, updated=long_ago)))
    assert year not in write(feed())


def test_feed_without_entries() -> None:
    assert parsed(atom(feed())).findtext(f"{ATOM}updated") == EPOCH.isoformat()
    assert b"lastBuildDate" not in rss(feed())


@BOTH
def test_same_feed_same_bytes(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = feed(*(entry(number) for number in range(9)))
    first = write(told)
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    try:
        assert write(told) == first
    finally:
        monkeypatch.undo()
        time.tzset()


def test_build_date_is_the_newest_update_and_channel_date_the_newest_publication() -> None:
    channel = parsed(rss(feed(entry(2), entry(1), entry(3, published=None)))).find("channel")
    assert channel.findtext("lastBuildDate") == "Mon, 02 Mar 2026 11:00:00 +0000"
    assert channel.findtext("pubDate") == "Mon, 02 Mar 2026 09:00:00 +0000"


@pytest.mark.parametrize(
    ("value", "rss_date", "atom_date"),
    [
        (date(2026, 3, 2), "Mon, 02 Mar 2026 00:00:00 +0000", "2026-03-02T00:00:00+00:00"),
        (datetime(2026, 3, 2, 9, 8, 7, 654), "Mon, 02 Mar 2026 09:08:07 +0000", "2026-03-02T09:08:07+00:00"),
        (
            datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=2, seconds=17))),
            "Mon, 02 Mar 2026 06:59:43 +0000",
            "2026-03-02T06:59:43+00:00",
        ),
    ],
)
def test_dates(value: date, rss_date: str, atom_date: str) -> None:
    dated = feed(entry(published=value))
    assert entries_of(rss(dated))[0].findtext("pubDate") == rss_date
    assert entries_of(atom(dated))[0].findtext(f"{ATOM}published") == atom_date


@BOTH
@given(value=st.datetimes(timezones=st.none() | st.timezones()))
def test_no_date_breaks_a_feed(write: Any, value: datetime) -> None:
    assert len(entries_of(write(feed(entry(published=value, updated=value))))) == 1


def test_a_correction_changes_neither_id_nor_publication() -> None:
    before = feed(entry())
    corrected = replace(before.entries[0], title="Corrected", url="https://new.example/b.html", updated=NOON)
    for write in (rss, atom):
        old, new = (feedparser.parse(write(f)).entries[0] for f in (before, replace(before, entries=(corrected,))))
        assert (old.id, old.published_parsed) == (new.id, new.published_parsed)
        assert old.updated_parsed < new.updated_parsed


def test_summary_feeds_have_no_content() -> None:
    brief = feed(entry(content_html=""))
    assert entries_of(rss(brief))[0].find(CONTENT) is None
    assert entries_of(rss(brief))[0].findtext("description") == "What it says."
    assert entries_of(atom(brief))[0].find(f"{ATOM}content") is None


def test_description_is_html_and_title_is_text_with_hexadecimal_references() -> None:
    written = rss(feed(entry(title="Bread & <Roses>", summary="Bread & <Roses>")))
    assert b"<title>Bread &#x26; &#x3C;Roses&gt;</title>" in written
    assert entries_of(written)[0].findtext("description") == "Bread &amp; &lt;Roses&gt;"


def test_feed_facts() -> None:
    told = feed(entry(), rights="© all", image="https://news.example/logo.png")
    channel, root = parsed(rss(told)).find("channel"), parsed(atom(told))
    assert (channel.findtext("copyright"), root.findtext(f"{ATOM}rights")) == ("© all", "© all")
    assert channel.findtext("image/url") == root.findtext(f"{ATOM}logo") == "https://news.example/logo.png"
    assert channel.findtext("generator") == root.findtext(f"{ATOM}generator") == "Copydesk"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The Courier"


class TestFeedgenFaults:
    """Each shows a fault of feedgen's as it is, and that ours has not got it: when one fails, a correction can go."""

    @staticmethod
    def raw() -> tuple[Any, Any]:
        generator = feedgen.feed.FeedGenerator()
        generator.id("x")
        generator.title("x")
        generator.description("x")
        generator.link(href="https://news.example/")
        item = generator.add_entry(order="append")
        item.id("x")
        item.title("x")
        return generator, item

    def test_atom_entry_links_lose_their_attributes(self) -> None:
        generator, item = self.raw()
        item.link(href="https://news.example/", rel="alternate", type="text/html")
        assert entries_of(generator.atom_str())[0].find(f"{ATOM}link").attrib == {"href": "https://news.example/"}
        links = entries_of(atom(feed(entry())))[0].findall(f"{ATOM}link")
        assert [dict(link.attrib) for link in links] == [
            {"rel": "alternate", "type": "text/html", "href": "https://news.example/articles/1.html"},
            {"rel": "via", "href": "https://origin.example/1?a=b&c=d", "title": "origin.example"},
        ]

    def test_channel_link_becomes_the_link_added_last(self) -> None:
        generator, _ = self.raw()
        generator.link(href="https://news.example/feed.xml", rel="self")
        assert parsed(generator.rss_str()).findtext("channel/link") == "https://news.example/feed.xml"
        channel = parsed(rss(feed(entry()))).find("channel")
        assert channel.findtext("link") == "https://news.example/"
        assert channel.find(f"{ATOM}link").attrib == {"href": "https://news.example/feeds/all.xml", "rel": "self"}

    def test_entries_are_prepended(self) -> None:
        generator, _ = self.raw()
        generator.add_entry().title("y")
        assert entries_of(generator.rss_str())[0].findtext("title") == "y"

    def test_dates_default_to_now(self) -> None:
        generator, _ = self.raw()
        assert str(datetime.now(UTC).year) in parsed(generator.rss_str()).findtext("channel/lastBuildDate")

    def test_control_characters_and_naive_dates_raise(self) -> None:
        _, item = self.raw()
        with pytest.raises(ValueError, match="timezone"):
            item.published(datetime(2026, 1, 1))
        generator, item = self.raw()
        item.title("a\x00b")
        with pytest.raises(ValueError, match="XML compatible"):
            generator.rss_str()
        assert entries_of(rss(feed(entry(title="a\x00b"))))[0].findtext("title") == "ab"
