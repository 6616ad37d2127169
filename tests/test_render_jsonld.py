"""Structured data: the facts that are known, no others, and safe in a script element."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from rdflib import SDO

from copydesk.render.jsonld import (
    Link,
    PageFacts,
    as_script,
    breadcrumbs,
    item_list,
    news_article,
    organization,
    web_site,
)
from newarticle import hostile_text


def test_all_facts() -> None:
    page = PageFacts(
        url="https://news.example/a.html",
        site_name="The Courier",
        site_url="https://news.example/",
        headline="Bread",
        description="About bread.",
        authors=(Link("Ann Lee", "https://news.example/ann.html"), Link("Bo Ek")),
        published=date(2026, 3, 2),
        updated=datetime(2026, 3, 3, 4, 5, tzinfo=UTC),
        language="en",
        word_count=900,
        section="World",
        keywords=("Bread",),
        based_on="https://origin.example/b",
        corrections=("Correction: it was rye.",),
    )
    assert news_article(page) == {
        "@type": "NewsArticle",
        "headline": "Bread",
        "description": "About bread.",
        "url": "https://news.example/a.html",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://news.example/a.html"},
        "datePublished": "2026-03-02",
        "dateModified": "2026-03-03T04:05:00+00:00",
        "author": [
            {"@type": "Person", "name": "Ann Lee", "url": "https://news.example/ann.html"},
            {"@type": "Person", "name": "Bo Ek"},
        ],
        "publisher": {"@type": "Organization", "name": "The Courier", "url": "https://news.example/"},
        "inLanguage": "en",
        "articleSection": "World",
        "keywords": ["Bread"],
        "wordCount": 900,
        "isBasedOn": "https://origin.example/b",
        "citation": "https://origin.example/b",
        "correction": [{"@type": "CorrectionComment", "text": "Correction: it was rye."}],
    }


def test_nothing_is_said_of_what_is_not_known() -> None:
    data = news_article(PageFacts(url=None, site_name="The Courier", site_url=None, headline="Bread"))
    assert set(data) == {"@type", "headline", "publisher"}
    assert data["publisher"] == {"@type": "Organization", "name": "The Courier"}


def test_an_address_that_could_run_is_no_origin() -> None:
    page = PageFacts(url=None, site_name="C", site_url=None, headline="B", based_on="javascript:alert(1)")
    assert "isBasedOn" not in news_article(page)


ALL = PageFacts(
    url="https://news.example/a.html",
    site_name="The Courier",
    site_url="https://news.example/",
    headline="Bread",
    description="About bread.",
    authors=(Link("Ann Lee", "https://news.example/ann.html"),),
    published=date(2026, 3, 2),
    updated=date(2026, 3, 3),
    language="en",
    word_count=900,
    section="World",
    keywords=("Bread",),
    based_on="https://origin.example/b",
    corrections=("Correction: it was rye.",),
)
TRAIL = (Link("The Courier", "https://news.example/"), Link("World", "https://news.example/world.html"))


def words(value: object) -> Iterator[str]:
    """All names of types and properties in structured data."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [str(inner)] if key == "@type" else words(inner)
            if not key.startswith("@"):
                yield key
    elif isinstance(value, list):
        for item in value:
            yield from words(item)


@pytest.mark.parametrize(
    "data",
    [
        news_article(ALL),
        breadcrumbs(TRAIL),
        item_list(TRAIL),
        organization("The Courier", "https://news.example/"),
        web_site("The Courier", "https://news.example/", "News", "en"),
    ],
)
def test_every_word_is_schema_orgs(data: dict[str, object]) -> None:
    """Against the copy of the vocabulary that rdflib ships."""
    assert [word for word in words(data) if word not in SDO] == []


def test_breadcrumbs_and_lists_count_up() -> None:
    crumbs = breadcrumbs(TRAIL)
    assert crumbs is not None
    assert crumbs["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "The Courier", "item": "https://news.example/"},
        {"@type": "ListItem", "position": 2, "name": "World", "item": "https://news.example/world.html"},
    ]
    listed = item_list(TRAIL)
    assert listed is not None
    assert listed["numberOfItems"] == 2


def test_without_addresses_there_is_no_trail_and_no_list() -> None:
    assert breadcrumbs((Link("The Courier"), Link("World"))) is None
    assert item_list((Link("A story"),)) is None
    assert item_list(()) is None


def test_several_objects_are_a_graph() -> None:
    data = json.loads(as_script([news_article(ALL), None, breadcrumbs(TRAIL)]))
    assert [found["@type"] for found in data["@graph"]] == ["NewsArticle", "BreadcrumbList"]
    assert json.loads(as_script([news_article(ALL)]))["@type"] == "NewsArticle"


@given(hostile_text, hostile_text)
def test_script_holds_the_same_facts_and_ends_where_it_should(headline: str, name: str) -> None:
    page = PageFacts(url=None, site_name=name, site_url=None, headline=headline, authors=(Link(name),))
    soup = BeautifulSoup(
        f'<script type="application/ld+json">{as_script([news_article(page)])}</script><b>', "html.parser"
    )
    assert [element.name for element in soup.find_all()] == ["script", "b"]
    assert soup.script is not None
    assert json.loads(soup.script.string or "").get("@type") == "NewsArticle"
