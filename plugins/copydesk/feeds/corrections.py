"""Puts right, in the XML that feedgen 1.0.0 makes, what it gets wrong or can't say; goes when feedgen mends it.

feedgen calls these extensions when an element is finished. They know lxml's elements, not feedgen itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_PLAIN_TEXT = re.compile(rb"<(title|category|dc:creator)>([^<]*[&][^<]*)</\1>")


class FeedCorrections:
    """Adds a style sheet's processing instruction; takes out a build date that comes from the clock."""

    def __init__(self) -> None:
        self.stylesheet: str | None = None
        self.undated = False

    def extend_ns(self) -> dict[str, str]:
        """Return no namespaces."""
        return {}

    def extend_rss(self, root: Any) -> Any:
        """Correct the root element of RSS, before the items are added."""
        channel = root.find("channel")
        built = channel.find("lastBuildDate")
        if self.undated and built is not None:
            channel.remove(built)
        return self._styled(root)

    def extend_atom(self, root: Any) -> Any:
        """Correct the root element of Atom, before the entries are added."""
        return self._styled(root)

    def _styled(self, root: Any) -> Any:
        if self.stylesheet:
            root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{self.stylesheet}"'))
        return root


class EntryCorrections:
    """Adds an entry's links with all their attributes, its language, in RSS the time of its last correction.

    `title_html` is the title as escaped HTML, for Atom titles that a reader could take for HTML.
    """

    def __init__(self) -> None:
        self.links: tuple[Mapping[str, str], ...] = ()
        self.language: str | None = None
        self.updated: str | None = None
        self.title_html: str | None = None

    def extend_atom(self, entry: Any) -> Any:
        """Correct an Atom entry: a shadowed loop variable of feedgen's loses rel, type, hreflang, title and length."""
        for element in entry.findall("link"):
            entry.remove(element)
        _add_links(entry, "link", self.links)
        if self.language:
            entry.set(XML_LANG, self.language)
        if self.title_html:
            title = entry.find("title")
            title.text = self.title_html
            title.set("type", "html")
        return entry

    def extend_rss(self, item: Any) -> Any:
        """Complete an RSS item; RSS itself has one link and no time of correction, so both are told as Atom does."""
        _add_links(item, f"{ATOM}link", (link for link in self.links if link.get("rel") != "alternate"))
        if self.updated:
            etree.SubElement(item, f"{ATOM}updated").text = self.updated
        return item


def _add_links(parent: Any, tag: str, links: Iterable[Mapping[str, str]]) -> None:
    for link in links:
        etree.SubElement(parent, tag, cast("dict[str, str]", dict(link)))


def with_hexadecimal_references(rss: bytes) -> bytes:
    """Return an RSS document with `&` and `<` in plain text as hexadecimal references (RSS Best Practices Profile).

    Readers that take plain text for HTML then still show the text.
    """
    return _PLAIN_TEXT.sub(_hexadecimal, rss)


def _hexadecimal(match: re.Match[bytes]) -> bytes:
    text = match[2].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")
    return b"<%b>%b</%b>" % (match[1], text, match[1])
