"""Structured data: the facts that are known, no others, and safe in a script element."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup
from hypothesis import given

from copydesk.render.jsonld import PageFacts, as_script, news_article
from newarticle import hostile_text


def test_all_facts() -> None:
    page = PageFacts(
        url="https://news.example/a.html",
        site_name="The Courier",
        site_url="https://news.example/",
        headline="Bread",
        description="About bread.",
        authors=("Ann Lee", "Bo Ek"),
        published=date(2026, 3, 2),
        updated=datetime(2026, 3, 3, 4, 5, tzinfo=UTC),
        language="en",
        word_count=900,
        section="World",
        keywords=("Bread",),
        based_on="https://origin.example/b",
    )
    assert news_article(page) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bread",
        "description": "About bread.",
        "url": "https://news.example/a.html",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://news.example/a.html"},
        "datePublished": "2026-03-02",
        "dateModified": "2026-03-03T04:05:00+00:00",
        "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ek"}],
        "publisher": {"@type": "Organization", "name": "The Courier", "url": "https://news.example/"},
        "inLanguage": "en",
        "articleSection": "World",
        "keywords": ["Bread"],
        "wordCount": 900,
        "isBasedOn": "https://origin.example/b",
    }


def test_nothing_is_said_of_what_is_not_known() -> None:
    data = news_article(PageFacts(url=None, site_name="The Courier", site_url=None, headline="Bread"))
    assert set(data) == {"@context", "@type", "headline", "publisher"}
    assert data["publisher"] == {"@type": "Organization", "name": "The Courier"}


def test_an_address_that_could_run_is_no_origin() -> None:
    page = PageFacts(url=None, site_name="C", site_url=None, headline="B", based_on="javascript:alert(1)")
    assert "isBasedOn" not in news_article(page)


@given(hostile_text, hostile_text)
def test_script_holds_the_same_facts_and_ends_where_it_should(headline: str, name: str) -> None:
    page = PageFacts(url=None, site_name=name, site_url=None, headline=headline, authors=(name,))
    soup = BeautifulSoup(
        f'<script type="application/ld+json">{as_script(news_article(page))}</script><b>', "html.parser"
    )
    assert [element.name for element in soup.find_all()] == ["script", "b"]
    assert soup.script is not None
    assert json.loads(soup.script.string or "").get("@type") == "NewsArticle"
