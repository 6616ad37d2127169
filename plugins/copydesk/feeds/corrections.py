"""Puts right, in the XML that feedgen 1.0.0 makes, what it gets wrong or can't say; goes when feedgen mends it.

feedgen calls these extensions when an element is finished. They know lxml's elements, not feedgen itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_PLAIN_TEXT = re.compile(rb"<(title|category|dc:creator)>([^<]*[&][^<]*)</\1>")


class FeedCorrections:
    """Adds a style sheet's processing instruction, links and history; takes out a build date that comes from the clock.

    `archived` marks a feed of old entries (RFC 5005), `withdrawn` holds id and moment of entries to forget (RFC 6721).
    """

    def __init__(self) -> None:
        self.stylesheet: str | None = None
        self.undated = False
        self.links: tuple[Mapping[str, str], ...] = ()
        self.archived = False
        self.pictures = False
        self.withdrawn: tuple[tuple[str, str], ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that are used."""
        namespaces = {"fh": HISTORY[1:-1]} if self.archived else {}
        namespaces |= {"media": MEDIA[1:-1]} if self.pictures else {}
        return namespaces | ({"at": TOMBSTONES[1:-1]} if self.withdrawn else {})

    def extend_rss(self, root: Any) -> Any:
        """Correct the root element of RSS, before the items are added."""
        channel = root.find("channel")
        built = channel.find("lastBuildDate")
        if self.undated and built is not None:
            channel.remove(built)
        _add_links(channel, f"{ATOM}link", self.links)
        if self.archived:
            etree.SubElement(channel, f"{HISTORY}archive")
        return self._styled(root)

    def extend_atom(self, root: Any) -> Any:
        """Correct the root element of Atom, before the entries are added."""
        _add_links(root, "link", self.links)
        if self.archived:
            etree.SubElement(root, f"{HISTORY}archive")
        for gone, when in self.withdrawn:
            etree.SubElement(root, f"{TOMBSTONES}deleted-entry", {"ref": gone, "when": when})
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
        self.picture: Mapping[str, str] | None = None
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
        if self.picture:
            etree.SubElement(item, f"{MEDIA}content", cast("dict[str, str]", dict(self.picture)))
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
