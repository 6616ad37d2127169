"""Records: one article as a JSON object, as scrapers and datasets write it, with its text or its page in a field."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from copydesk.errors import RefusedSeed
from copydesk.intake import html, markdown, ninjs, text
from copydesk.intake.fields import address_by_fields, declared_by_fields, text_by_fields
from copydesk.intake.recognise import is_markdown
from copydesk.model import Source

_PAGE = re.compile(r"\s*<(?:!doctype|html|body|p|div|article|section|h[1-6])\b", re.I)
_TAG = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|b|i|em|strong|u|a|span)(?:\s[^<>]{0,500})?/?>", re.I)
_PARAGRAPH = re.compile(r"<(?:p|div)[\s>]", re.I)
_ON_MARKUP = re.compile(r"<(?:!doctype|html|head|body|script|style)\b|&lt;", re.I)

_CUT = re.compile(r"\[\+\d+ chars\]\s*$")
"""What an interface for news writes where it gives the beginning of a text alone."""

STORY = "copydesk story"
"""Field, true in records that a publisher's own system wrote: they hold the story and nothing else."""

WITHHELD = frozenset({"withheld", "embargoed", "canceled", "cancelled", "killed"})
"""What a publisher says of news that must not be published."""

CRAWLED = "copydesk crawled"
"""Field, true in records of a crawl, which holds all pages of a site."""

TAGS = 2
"""Elements in a text from which it is HTML."""


def is_record(value: object) -> bool:
    """Tell an object that holds an article's text or page."""
    if not isinstance(value, Mapping):
        return False
    return ninjs.is_item(value) or any(text_by_fields(value, fact) is not None for fact in ("html", "text"))


def read(data: bytes, name: str) -> Source:
    """Return a record in JSON as a Source. Raises RefusedSeed where it has no text."""
    record = json.loads(data)
    if not ninjs.is_item(record):
        return source_of(record, data, name)
    if ninjs.status_of(record) in WITHHELD:
        raise withheld(name)
    return source_of({STORY: True, **ninjs.as_fields(record)}, data, name)


def as_story(article: str) -> dict[str, Any]:
    """Return the fields of a record for a text in HTML that a publisher's own system wrote."""
    return {STORY: True, "html": html.around(article)}


def withheld(name: str) -> RefusedSeed:
    """Return the error of a seed that must not be published yet, or no more."""
    return RefusedSeed("is withheld by its publisher", name, remedy="Take it away until it may be published")


def source_of(record: Mapping[str, Any], data: bytes, name: str) -> Source:
    """Return a record that was read from `data` as a Source. Raises RefusedSeed where it has no text.

    Its facts go before those that its page or its text tells, since whoever wrote the record had both.
    """
    found = text_by_fields(record, "html")
    whole = found if found is not None else text_by_fields(record, "text") or ""
    if _CUT.search(whole):
        raise RefusedSeed("holds the beginning of its text alone", name, remedy="Save the page at its address instead")
    if (marked := _as_html(whole)) is not None:
        source = html.read_text(marked, name)
    else:
        encoded = whole.encode("utf-8", "replace")
        source = (markdown if is_markdown(encoded) else text).read(encoded, name)
    return replace(
        source,
        sha256=hashlib.sha256(data).hexdigest(),
        form="record",
        url=address_by_fields(record) or source.url,
        declared=declared_by_fields(record, source.declared),
        is_story=_is_story(record),
        is_crawled=record.get(CRAWLED) is True,
    )


def _is_story(record: Mapping[str, Any]) -> bool:
    """Tell the records that are marked as stories, and those of WordPress' REST API."""
    content = record.get("content")
    return record.get(STORY) is True or (isinstance(content, Mapping) and "rendered" in content and "_links" in record)


def _as_html(whole: str) -> str | None:
    """Return a text as HTML where it is one or has elements in it, None where it is plain.

    Where nothing else ends its paragraphs, the ends of its lines do. A text that speaks of markup is plain.
    """
    if _PAGE.match(whole):
        return whole
    if _ON_MARKUP.search(whole) or len(_TAG.findall(whole)) < TAGS:
        return None
    return whole if _PARAGRAPH.search(whole) else whole.replace("\n", "<br>")
