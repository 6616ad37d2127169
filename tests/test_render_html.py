"""The body as HTML: the article's texts, in elements of ours alone, on the page and in feeds."""

from __future__ import annotations

import re
from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model import Article, Emphasis, ItemList, Note, Paragraph, Quote, Section
from copydesk.render.escape import plain
from copydesk.render.html import anchor, body_html, feed_html, safe_html, with_whole_links
from newarticle import articles, new_article, texts_of

ELEMENTS = ["h2", "h3", "h4", "p", "li", "td", "th"]
AROUND = ["ul", "ol", "blockquote", "a", "table", "thead", "tbody", "tr", "br"]


def texts_read(html: str) -> list[list[str]]:
    return [element.get_text().split() for element in BeautifulSoup(html, "html.parser").find_all(ELEMENTS)]


def test_page_body() -> None:
    article = new_article(
        sections=[
            Section(None, None, (Paragraph("One & two."),)),
            Section(
                "A <slow> start",
                "a-slow-start",
                (
                    Quote("Said.", ("“Said.”",)),
                    ItemList(("a", "b"), True, ("3. a", "4. b"), (), 3),
                    ItemList(("c",), False, ("- c",)),
                    Note("Corrected."),
                ),
            ),
            Section("Below", "below", (), level=3),
        ]
    )
    assert body_html(article).splitlines() == [
        "<p>One &amp; two.</p>",
        '<h2 id="a-slow-start">A &lt;slow&gt; start'
        '<a class="anchor" href="#a-slow-start" aria-label="# A &lt;slow&gt; start"></a></h2>',
        "<blockquote><p>Said.</p></blockquote>",
        '<ol start="3"><li>a</li><li>b</li></ol>',
        "<ul><li>c</li></ul>",
        '<p class="note">Corrected.</p>',
        '<h3 id="below">Below<a class="anchor" href="#below" aria-label="# Below"></a></h3>',
    ]


@given(articles())
def test_every_text_is_there_in_order_on_the_page_and_in_feeds(article: Article) -> None:
    texts = [plain(text).split() for text in texts_of(article)]
    assert texts_read(body_html(article)) == texts
    assert texts_read(feed_html(article)) == texts


@given(articles())
def test_feed_html_passes_the_allow_list_unchanged_and_has_addresses_alone(article: Article) -> None:
    html = feed_html(article)
    soup = BeautifulSoup(html, "html.parser")
    ours = {"a": {"href"}, "ol": {"start"}}
    assert all(set(element.attrs) <= ours.get(element.name, set()) for element in soup.find_all())
    assert all(link.get("href") for link in soup.find_all("a"))
    assert BeautifulSoup(safe_html(html), "html.parser") == soup


@given(articles())
def test_page_has_no_element_or_attribute_but_ours(article: Article) -> None:
    soup = BeautifulSoup(body_html(article), "html.parser")
    assert {element.name for element in soup.find_all()} <= {*ELEMENTS, *AROUND, *map(str, Emphasis)}
    assert {name for element in soup.find_all() for name in element.attrs} <= {
        "id",
        "class",
        "href",
        "aria-label",
        "start",
    }
    for link in soup.find_all("a"):
        assert str(link["href"]).startswith("#" if link.get("class") else ("https://", "http://", "mailto:"))


def test_anchor_is_a_named_link_without_text() -> None:
    link = BeautifulSoup(anchor("x", 'Say "x"'), "html.parser").a
    assert link is not None
    assert (link["href"], link["aria-label"], link.get_text()) == ("#x", '# Say "x"', "")


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ('<p class="x" id="y" style="color:red" onclick="z()">a</p>', "<p>a</p>"),
        ("<script>alert(1)</script><style>p{}</style><iframe src=x>y</iframe>b", "b"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="java&#10;script:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="https://a.example/" target="_blank">a</a>', '<a href="https://a.example/">a</a>'),
        ('<img src="data:image/png;base64,x" alt="b">', '<img alt="b">'),
        ("<custom-element><em>kept</em> text</custom-element>", "<em>kept</em> text"),
        ("<p>a\x00b\x0cc</p>", "<p>ab c</p>"),
    ],
)
def test_allow_list(html: str, safe: str) -> None:
    assert safe_html(html) == safe


@given(articles())
def test_allow_list_is_stable(article: Article) -> None:
    once = safe_html(body_html(article))
    assert safe_html(once) == once


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="b.html#c">b</a>', '<a href="https://a.example/news/b.html#c">b</a>'),
        ('<a href="#c">b</a>', '<a href="https://a.example/news/a.html#c">b</a>'),
        ('<a href="/c">b</a>', '<a href="https://a.example/c">b</a>'),
        ('<a href="https://b.example/">b</a>', '<a href="https://b.example/">b</a>'),
        ('<a href="mailto:a@b.example">b</a>', '<a href="mailto:a@b.example">b</a>'),
        ('<img src="../p.jpg" alt="b.html">', '<img src="https://a.example/p.jpg" alt="b.html">'),
        ('<a href="javascript:alert(1)">b</a>', "<a>b</a>"),
        ('<a href="http://[1">b</a>', "<a>b</a>"),
    ],
)
def test_links_as_seen_from_a_page(html: str, whole: str) -> None:
    assert with_whole_links(html, "https://a.example/news/a.html") == whole


@given(st.text(alphabet="javscriptJ:\t\n\x00 /?#[]&;%.x", max_size=24))
def test_no_link_becomes_a_script(value: str) -> None:
    whole = with_whole_links(f'<a href="{escape(value)}">b</a>', "https://a.example/news/a.html")
    link = BeautifulSoup(whole, "html.parser").a
    assert link is not None
    assert "href" not in link.attrs or re.match(r"https?:", str(link["href"]))
    assert safe_html(whole) == whole
