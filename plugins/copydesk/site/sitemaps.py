"""Writes sitemaps (sitemaps.org protocol 0.9), their index, and the sitemap of the latest news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from copydesk.render.escape import plain

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEW_LINE = "\n"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"


class Address(NamedTuple):
    """A page: its address below the site's, and the day of its last change, "" where nothing tells it."""

    path: str
    day: str


class News(NamedTuple):
    """An article in the news: its address below the site's, when it was published (ISO 8601), title and language."""

    path: str
    published: str
    title: str
    language: str


def sitemap(siteurl: str, addresses: Iterable[Address]) -> str:
    """Return a sitemap."""
    site = escape(siteurl)
    entries = "".join(
        f" <url>\n  <loc>{site}/{_text(path)}</loc>\n{f'  <lastmod>{day}</lastmod>{NEW_LINE}' if day else ''} </url>\n"
        for path, day in addresses
    )
    body = f">\n{entries}</urlset>" if entries else " />"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{NAMESPACE}"{body}\n'


def _text(text: str) -> str:
    return escape(text) if "&" in text or "<" in text or ">" in text else text


def sitemap_index(siteurl: str, paths: Iterable[str]) -> str:
    """Return an index of sitemaps."""
    root = ElementTree.Element("sitemapindex", xmlns=NAMESPACE)
    for path in paths:
        ElementTree.SubElement(ElementTree.SubElement(root, "sitemap"), "loc").text = f"{siteurl}/{path}"
    return _document(root)


def news_sitemap(siteurl: str, name: str, articles: Iterable[News]) -> str:
    """Return a news sitemap; `name` is the paper's."""
    root = ElementTree.Element("urlset", {"xmlns": NAMESPACE, "xmlns:news": NEWS_NAMESPACE})
    for article in articles:
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = f"{siteurl}/{article.path}"
        news = ElementTree.SubElement(entry, "news:news")
        publication = ElementTree.SubElement(news, "news:publication")
        ElementTree.SubElement(publication, "news:name").text = plain(name)
        ElementTree.SubElement(publication, "news:language").text = article.language
        ElementTree.SubElement(news, "news:publication_date").text = article.published
        ElementTree.SubElement(news, "news:title").text = plain(article.title)
    return _document(root)


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
