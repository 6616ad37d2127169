"""The files beside the pages: sitemap.xml, robots.txt, CNAME for a custom domain, .nojekyll for GitHub Pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_LIMIT = 50_000
"""Addresses in one sitemap, see sitemaps.org/protocol.html."""


def site_files(context: Mapping[str, Any], cname: str) -> dict[str, str]:
    """Return the text of each file by its path; what needs an absolute address is left out where there is none."""
    files = {".nojekyll": "", "robots.txt": robots(str(context["SITEURL"]))}
    if context["SITEURL"]:
        files["sitemap.xml"] = sitemap(str(context["SITEURL"]), sorted(pages(context)))
    if cname:
        files["CNAME"] = f"{cname}\n"
    return files


def robots(siteurl: str) -> str:
    """Return robots.txt (RFC 9309): everybody may read everything; with the sitemap's address where it is known."""
    text = "User-agent: *\nAllow: /\n"
    return f"{text}\nSitemap: {siteurl}/sitemap.xml\n" if siteurl else text


def pages(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield address and day of the last change of every listed page; the day is empty where nothing tells it."""
    articles = list(context["articles"])
    yield "", _newest(articles)
    for article in articles:
        yield article.url, _day(_changed(article))
    for page in context["pages"]:
        yield page.url, ""
    for group in ("categories", "authors", "tags"):
        for wrapper, members in context[group]:
            yield wrapper.url, _newest(members)


def _changed(article: Any) -> date:
    facts = article.copydesk
    changed: date = facts.updated or facts.published or facts.first_seen
    return changed


def _day(moment: date) -> str:
    return moment.date().isoformat() if isinstance(moment, datetime) else moment.isoformat()


def _newest(articles: Iterable[Any]) -> str:
    return max((_day(_changed(article)) for article in articles), default="")


def sitemap(siteurl: str, addresses: Iterable[tuple[str, str]]) -> str:
    """Return a sitemap of the addresses (relative to `siteurl`) and days; sitemaps.org protocol 0.9."""
    root = ElementTree.Element("urlset", xmlns=SITEMAP_NAMESPACE)
    for address, day in list(addresses)[:SITEMAP_LIMIT]:
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = f"{siteurl}/{address}"
        if day:
            ElementTree.SubElement(entry, "lastmod").text = day
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
