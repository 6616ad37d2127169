"""Exports of WordPress (WXR, "WordPress eXtended RSS"): the posts that were published, with the names of their authors.

Drafts, private posts, those behind a password, pages, menus and pictures are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree

from copydesk.intake.paragraphs import paragraphs
from copydesk.intake.record import as_story
from copydesk.intake.xmlparsing import SAFELY, local_name

POST, PUBLISHED = "post", "publish"
"""WordPress' own type of story, and the status of what readers can see."""

NO_STORIES = re.compile(
    r"page|attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|feedback|product.*"
    r"|shop_.*|wp_.*|wpcf7.*|acf.*|elementor.*|et_.*|fl-.*|vc_.*|.*(?:form|template|layout|block|popup|slide|slider)s?"
)
"""Types that are no stories: WordPress' own, and what shops, forms and page builders keep among the posts."""

_EXPORT = re.compile(rb"\s*<(?:\?xml|rss[\s>]|!--).{0,6000}?xmlns:wp=[\"']https?://wordpress\.org/export/", re.S)
_NO_TEXT = re.compile(
    r"\[caption\b[^\[]{0,5000}\[/caption\]|<figure\b.{0,5000}?</figure>|<[^<>]*>|\[/?[\w-]+[^\[\]]*\]|&\w{1,9};|https?://\S+",
    re.S,
)
"""What stands in posts that hold no text: pictures, elements, short codes, blanks, addresses of what is embedded."""


def is_export(head: bytes) -> bool:
    """Tell an export of WordPress by its first bytes."""
    return _EXPORT.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def posts(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the published posts of an export as records, one after the other; control characters do not end it.

    Raises ValueError where the file breaks off.
    """
    names: dict[str, str] = {}
    reading = _Reading(stream)
    elements = etree.iterparse(reading, events=("end",), recover=True, **SAFELY)
    for _, element in elements:
        kind = local_name(element)
        if kind == "author" and len(element):
            told = _told(element)
            names[told.get("author_login", "")] = told.get("author_display_name", "")
        elif kind == "item" and not reading.ended:
            told = _told(element)
            if _is_story(told):
                yield _record(told, element, names)
        else:
            continue
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    if any(error.type == etree.ErrorTypes.ERR_TAG_NOT_FINISHED for error in elements.error_log):
        raise ValueError("it breaks off")


class _Reading:
    """Reads a stream, and knows when it has ended: what is closed afterwards, the parser has closed by itself."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.ended = not data
        return data


def _record(told: Mapping[str, str], item: Any, names: Mapping[str, str]) -> Mapping[str, Any]:
    author = told.get("creator", "")
    return {
        **as_story(paragraphs(told.get("content:encoded", ""))),
        "title": told.get("title", ""),
        "url": told.get("link", ""),
        "authors": [names.get(author, "")],
        "published": _moment(told.get("post_date_gmt", "")) or told.get("post_date", ""),
        "updated": _moment(told.get("post_modified_gmt", "")),
        "dek": told.get("excerpt:encoded", ""),
        "section": _terms(item, "category")[:1],
        "topics": _terms(item, "post_tag"),
    }


def _terms(item: Any, domain: str) -> list[str]:
    """Return the names that a post is listed under: categories or tags."""
    return [part.text or "" for part in item if local_name(part) == "category" and part.get("domain") == domain]


def _is_story(told: Mapping[str, str]) -> bool:
    """Tell what readers could read as a story, with a text; a site may have types of its own for some."""
    kind = told.get("post_type", POST)
    if told.get("status", PUBLISHED) != PUBLISHED or told.get("post_password"):
        return False
    text = _NO_TEXT.sub("", told.get("content:encoded", ""))
    return any(map(str.isalnum, text)) and (kind == POST or NO_STORIES.fullmatch(kind) is None)


def _told(element: Any) -> dict[str, str]:
    """Return the texts of an element's children by their names; of the two called `encoded`, with the prefix."""
    out: dict[str, str] = {}
    for part in element:
        name = local_name(part)
        out.setdefault(f"{part.prefix}:{name}" if name == "encoded" else name, (part.text or "").strip())
    return out


def _moment(text: str) -> str:
    """Return a moment in UTC as ISO 8601; WordPress writes noughts where there is none."""
    return f"{text}+00:00" if text and not text.startswith("0000") else ""
