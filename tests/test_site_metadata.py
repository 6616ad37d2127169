"""What a built site tells machines: structured data, canonical pages, sitemaps, provenance, feeds and archives."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import mf2py
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from copydesk.cleaning.rulebook import load_rules
from copydesk.pipeline import extract
from newsite import Built, NewSite

SITEURL = "https://news.example.org/paper"
ORIGINAL = "https://estuary.example/science/mill?id=1&x=2"
PAGE = "articles/a-tide-mill-grinds-again.html"
SAVED = """<!doctype html><html lang=en><head><title>A tide mill grinds again | Estuary Week</title>
<link rel=canonical href="https://estuary.example/science/mill?id=1&amp;x=2">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A tide mill grinds again",
 "author": {"name": "Joan Tregenna"},
 "datePublished": "2026-03-20T07:30:00+01:00", "dateModified": "2026-03-21"}</script>
</head><body><nav><a href=/>Home</a></nav><h1>A tide mill grinds again</h1><p>By Joan Tregenna</p>
<p>The wheel at Pont Pill turned for the first time since 1936 on Saturday, when volunteers opened the gates.</p>
<p>It takes the mill about four hours to empty the pond, and in that time it grinds two hundred kilograms of barley.</p>
<h2>How it works</h2><p>The pond fills through a sluice as the sea rises, and the sluice shuts by its own weight.</p>
<h2>What was left</h2><p>Of the first wheel only the iron shaft remained, and a drawing of a bird on a wheel.</p>
<p>Correction: An earlier version of this story said that the mill grinds rye. It is barley.</p>
<footer>All rights reserved</footer></body></html>"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A published site with one saved page of which everything is known, and a dump of which nothing is."""
    site = NewSite(tmp_path_factory.mktemp("metadata") / "site")
    site.write("seeds/science/mill.html", SAVED)
    site.seed("world/bare.txt", "Council reopens harbour line")
    return site.build(SITEURL=SITEURL)


def soup(built: Built, page: str = PAGE) -> BeautifulSoup:
    return BeautifulSoup(built.page(page), "html.parser")


def meta(page: BeautifulSoup) -> dict[str, str]:
    found = page.find_all("meta", content=True)
    return {str(m.get("property") or m.get("name")): str(m["content"]) for m in found if not m.get("media")}


def data(page: BeautifulSoup) -> list[dict[str, Any]]:
    loaded = [json.loads(script.string or "") for script in page.select('script[type="application/ld+json"]')]
    return [found for record in loaded for found in record.get("@graph", [record])]


def test_structured_data_of_an_article(built: Built) -> None:
    assert built.status == 0, built.stderr
    article, crumbs = data(soup(built))
    assert article["@type"] == "NewsArticle"
    assert article["author"] == [
        {"@type": "Person", "name": "Joan Tregenna", "url": f"{SITEURL}/authors/joan-tregenna.html"}
    ]
    assert (article["datePublished"], article["dateModified"]) == ("2026-03-20T07:30:00+01:00", "2026-03-21")
    assert article["isBasedOn"] == article["citation"] == "https://estuary.example/science/mill?id=1&x=2"
    assert article["correction"][0]["text"].startswith("Correction: An earlier version")
    assert [crumb["name"] for crumb in crumbs["itemListElement"]] == [
        "The Copydesk Courier",
        "Science",
        "A tide mill grinds again",
    ]
    for crumb in crumbs["itemListElement"]:
        assert crumb["item"].startswith(f"{SITEURL}/")


def test_structured_data_of_listings(built: Built) -> None:
    assert [found["@type"] for found in data(soup(built, "index.html"))] == ["WebSite", "ItemList"]
    assert [found["@type"] for found in data(soup(built, "sections/science.html"))] == ["ItemList", "BreadcrumbList"]


def test_meta_elements_of_an_article(built: Built) -> None:
    found = meta(soup(built))
    told = {
        "og:type": "article",
        "og:url": f"{SITEURL}/{PAGE}",
        "og:locale": "en_US",
        "article:author": f"{SITEURL}/authors/joan-tregenna.html",
        "article:published_time": "2026-03-20T07:30:00+01:00",
        "twitter:card": "summary_large_image",
        "twitter:title": "A tide mill grinds again",
        "DCTERMS.creator": "Joan Tregenna",
        "DCTERMS.issued": "2026-03-20T07:30:00+01:00",
        "DCTERMS.modified": "2026-03-21",
        "DCTERMS.source": "https://estuary.example/science/mill?id=1&x=2",
        "robots": "max-image-preview:large",
    }
    assert {name: found.get(name) for name in told} == told


def test_nothing_is_told_that_the_seed_does_not_tell(built: Built) -> None:
    page = soup(built, "articles/council-reopens-harbour-line.html")
    unknown = (
        "author",
        "article:author",
        "article:published_time",
        "DCTERMS.creator",
        "DCTERMS.issued",
        "DCTERMS.source",
    )
    assert not set(unknown) & set(meta(page))
    article = data(page)[0]
    assert not {"author", "datePublished", "dateModified", "isBasedOn", "citation", "correction"} & set(article)


def test_microformats(built: Built) -> None:
    entry = mf2py.parse(doc=built.page(PAGE), url=f"{SITEURL}/{PAGE}")["items"][0]
    assert entry["type"] == ["h-entry"]
    facts = entry["properties"]
    assert facts["name"] == ["A tide mill grinds again"]
    assert facts["published"] == ["2026-03-20T07:30:00+0100"]
    assert facts["author"][0]["properties"]["name"] == ["Joan Tregenna"]
    assert "Science" in facts["category"]
    assert "iron shaft" in facts["content"][0]["value"]
    feed = mf2py.parse(doc=built.page("sections/science.html"), url=SITEURL)["items"][0]
    assert (feed["type"], feed["children"][0]["type"]) == (["h-feed"], ["h-entry"])


def test_provenance(built: Built) -> None:
    record = json.loads(built.page("provenance.json"))
    mill = next(a for a in record["articles"] if a["url"] == f"{SITEURL}/{PAGE}")
    assert mill["seed"] == "science/mill.html"
    assert mill["sha256"] == built.seed("science/mill.html")["sha256"]
    assert (mill["source"], mill["form"]) == ("estuary.example", "html")
    assert mill["original_url"] == "https://estuary.example/science/mill?id=1&x=2"
    assert len(record["articles"]) == 2


def test_sitemaps_say_where_everything_is(built: Built) -> None:
    index = etree.fromstring(built.page("sitemap.xml").encode())
    assert [loc.text for loc in index.iter("{*}loc")] == [f"{SITEURL}/sitemap-1.xml", f"{SITEURL}/sitemap-news.xml"]
    pages = [loc.text for loc in etree.fromstring(built.page("sitemap-1.xml").encode()).iter("{*}loc")]
    assert f"{SITEURL}/{PAGE}" in pages
    news = etree.fromstring(built.page("sitemap-news.xml").encode())
    assert [title.text for title in news.iter("{*}title")] == ["A tide mill grinds again"]
    assert [day.text for day in news.iter("{*}publication_date")] == ["2026-03-20T07:30:00+01:00"]


@pytest.mark.parametrize(("epoch", "there"), [("1774000000", True), ("1774200000", False), ("1700000000", False)])
def test_the_news_are_two_days_old_at_most(site: NewSite, epoch: str, there: bool) -> None:
    site.write("seeds/science/mill.html", SAVED)
    assert ("sitemap-news.xml" in site.build(SITEURL=SITEURL, SOURCE_DATE_EPOCH=epoch).files()) is there


@pytest.mark.parametrize(
    ("settings", "override", "canonical", "robots", "listed"),
    [
        ("", "", f"{SITEURL}/{PAGE}", "max-image-preview:large", True),
        ('COPYDESK_CANONICAL = "original"', "", ORIGINAL, "max-image-preview:large", False),
        ('COPYDESK_CANONICAL = "noindex"', "", f"{SITEURL}/{PAGE}", "noindex", False),
        ('COPYDESK_SOURCE_CANONICAL = ["estuary.example=noindex"]', "", f"{SITEURL}/{PAGE}", "noindex", False),
        ('COPYDESK_CANONICAL = "noindex"', 'canonical = "self"', f"{SITEURL}/{PAGE}", "max-image-preview:large", True),
    ],
)  # fmt: skip
def test_the_choice_of_the_original_page(
    site: NewSite, settings: str, override: str, canonical: str, robots: str, listed: bool
) -> None:
    site.write("seeds/science/mill.html", SAVED)
    site.settings(settings)
    if override:
        site.write("content/overrides/science/mill.html.toml", override)
    built = site.build(SITEURL=SITEURL)
    page = soup(built)
    link = page.select_one("link[rel=canonical]")
    assert link is not None
    assert (link["href"], meta(page)["robots"]) == (canonical, robots)
    assert (f"{SITEURL}/{PAGE}" in built.page("sitemap-1.xml")) is listed


def test_crawlers_for_language_models_can_be_refused(site: NewSite, built: Built) -> None:
    assert "GPTBot" not in built.page("robots.txt")
    site.settings('COPYDESK_AI_CRAWLERS = "refuse"')
    robots = site.build().page("robots.txt")
    assert "User-agent: GPTBot\n" in robots
    assert robots.index("User-agent: *\nAllow: /") < robots.index("User-agent: GPTBot") < robots.index("Disallow: /")


def test_the_list_of_feeds_for_readers_and_for_people(built: Built) -> None:
    outlines = etree.fromstring(built.page("feeds/feeds.opml").encode()).findall("body/outline")
    addresses = [outline.get("xmlUrl") for outline in outlines]
    assert f"{SITEURL}/feeds/all.rss.xml" in addresses
    assert f"{SITEURL}/feeds/sections/science.rss.xml" in addresses
    page = soup(built, "feeds.html")
    links = [str(link["href"]).removeprefix(f"{SITEURL}/") for link in page.select("main a")]
    assert {"feeds/all.rss.xml", "feeds/all.json", "feeds/sections/world.atom.xml", "feeds/feeds.opml"} <= set(links)
    assert set(links) <= set(built.files())
    types = {link["type"] for link in soup(built).select('link[rel="alternate"]')}
    assert types == {"application/rss+xml", "application/atom+xml", "application/feed+json"}


def walk(output: Path, path: str) -> list[Any]:
    """All entries of a feed and of its archived ones, as a reader collects them (RFC 5005)."""
    entries: list[Any] = []
    while path:
        feed = feedparser.parse((output / path).read_bytes())
        assert not feed.bozo
        entries += feed.entries
        older = [link.href for link in feed.feed.links if link.rel == "prev-archive"]
        path = urlsplit(older[0]).path.removeprefix("/paper/") if older else ""
    return entries


def test_what_no_longer_stands_in_the_feed_is_archived(site: NewSite) -> None:
    for number in range(7):
        site.seed(f"{number}.txt", f"Council number {number} reopens the harbour line", number + 20)
    site.settings('FEED_MAX_ITEMS = 3\nCOPYDESK_HUB = "https://hub.example/"')
    built = site.build(SITEURL=SITEURL)
    for path in ("feeds/all.atom.xml", "feeds/all.rss.xml"):
        assert len(feedparser.parse(built.page(path)).entries) == 3
        assert len({entry.id for entry in walk(built.output, path)}) == 7
        names = re.compile(path.replace("all", "all-archive-.{12}"))
        archives = [built.page(name) for name in built.files() if names.fullmatch(name)]
        assert len(archives) == 2
        for archived in archives:
            assert etree.fromstring(archived.encode()).findall(".//{http://purl.org/syndication/history/1.0}archive")
            assert 'rel="current"' in archived
        assert 'rel="hub" href="https://hub.example/"' in built.page(path)
    newest = json.loads(built.page("feeds/all.json"))
    assert len(newest["items"]) == 3
    assert built.page(newest["next_url"].removeprefix(f"{SITEURL}/"))
    found = {item["id"] for name in built.files() if name.endswith(".json") and name.startswith("feeds/all")
             for item in json.loads(built.page(name))["items"]}  # fmt: skip
    assert len(found) == 7


def test_readers_forget_what_was_taken_back(site: NewSite) -> None:
    site.write("seeds/science/mill.html", SAVED)
    site.seed("world/bare.txt", "Council reopens harbour line")
    before = feedparser.parse(site.build(SITEURL=SITEURL).page("feeds/all.atom.xml"))
    site.write("content/overrides/science/mill.html.toml", 'status = "withdrawn"\nupdated = 2026-04-01T09:00:00Z\n')
    built = site.build(SITEURL=SITEURL)
    gone = etree.fromstring(built.page("feeds/all.atom.xml").encode()).findall(
        "{http://purl.org/atompub/tombstones/1.0}*"
    )
    mill = next(entry for entry in before.entries if "tide mill" in entry.title)
    assert [(entry.get("ref"), entry.get("when")) for entry in gone] == [(mill.id, "2026-04-01T09:00:00+00:00")]
    assert PAGE not in built.page("sitemap-1.xml")
    assert "withdrawn by its publisher" in built.page(PAGE)


def test_feeds_of_sources_and_languages(site: NewSite) -> None:
    site.write("seeds/science/mill.html", SAVED)
    site.seed("world/bare.txt", "Council reopens harbour line")
    site.settings(
        'COPYDESK_SOURCE_FEED = "feeds/sources/{slug}.rss.xml"\nCOPYDESK_LANGUAGE_FEED = "feeds/in/{slug}.atom.xml"'
    )
    built = site.build(SITEURL=SITEURL)
    source = feedparser.parse(built.page("feeds/sources/estuary-example.rss.xml"))
    assert [entry.title for entry in source.entries] == ["A tide mill grinds again"]
    assert (source.version, source.feed.title) == ("rss20", "The Copydesk Courier - estuary.example")
    assert len(feedparser.parse(built.page("feeds/in/en.atom.xml")).entries) == 2


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da63fcff1f0003030200ef9f0b9e"
    "0000000049454e44ae426082"
)


def test_the_picture_of_an_article_by_hand_comes_along(site: NewSite) -> None:
    site.write("content/images/a mill.png", PIXEL)
    site.write(
        "content/world/mill.md",
        "Title: A mill with a picture\nDate: 2026-03-02\n\n"
        "![The old wheel]({static}/images/a mill.png)\n\nText of it.\n",
    )
    built = site.build(SITEURL=SITEURL)
    address = f"{SITEURL}/images/a%20mill.png"
    assert "images/a mill.png" in built.files()
    told = meta(soup(built, "articles/a-mill-with-a-picture.html"))
    assert (told["og:image"], told["og:image:alt"]) == (address, "The old wheel")
    assert told["description"] == "Text of it."
    assert data(soup(built, "articles/a-mill-with-a-picture.html"))[0]["image"] == [address]
    for path in ("feeds/all.rss.xml", "feeds/all.atom.xml"):
        enclosure = feedparser.parse(built.page(path)).entries[0].enclosures[0]
        assert (enclosure.href, enclosure.type, enclosure.length) == (address, "image/png", str(len(PIXEL)))
    assert feedparser.parse(built.page("feeds/all.rss.xml")).entries[0].media_content[0]["url"] == address
    item = json.loads(built.page("feeds/all.json"))["items"][0]
    assert item["image"] == item["attachments"][0]["url"] == address


@pytest.mark.parametrize("path", ["{static}/../pelican.conf.py", "{static}/nowhere.png", "https://other.example/a.png"])
def test_what_is_no_picture_of_the_site_is_none(site: NewSite, path: str) -> None:
    site.write("content/world/mill.md", f"Title: A mill\nDate: 2026-03-02\n\n![x]({path})\n\nText of it.\n")
    built = site.build(SITEURL=SITEURL)
    assert meta(soup(built, "articles/a-mill.html"))["og:image"] == f"{SITEURL}/cards/a-mill.png"
    assert not feedparser.parse(built.page("feeds/all.rss.xml")).entries[0].enclosures


def test_a_page_of_the_site_is_read_as_it_was_published(site: NewSite) -> None:
    site.write("seeds/science/mill.html", SAVED)
    site.seed("science/bare.txt", "Council reopens harbour line")
    site.seed("science/bell.txt", "The bell of Harrow Bay comes home")
    output = site.build(SITEURL=SITEURL).output
    told = {}
    for page in (output / "articles").glob("*.html"):
        article = extract(page.read_bytes(), page.name, load_rules())
        told[article.headline] = (article.authors, article.published and article.published.isoformat())
    assert told == {
        "A tide mill grinds again": (("Joan Tregenna",), "2026-03-20T07:30:00+01:00"),
        "Council reopens harbour line": (("The Copydesk Courier",), None),
        "The bell of Harrow Bay comes home": (("The Copydesk Courier",), None),
    }
