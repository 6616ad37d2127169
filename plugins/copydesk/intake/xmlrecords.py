"""Records in XML: articles as elements with an element for each fact, as Scrapy and databases export them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree

from copydesk.intake.fields import FIELDS
from copydesk.intake.jsonrecords import is_told
from copydesk.intake.newsxml import html_of
from copydesk.intake.xmlparsing import SAFELY, local_name

DEEPEST = 3
"""Elements in each other, the root among them, of which one may be a record."""

MOST = 20_000
"""Elements among which the first record must be."""

VALUE = "value"
"""How Scrapy calls each of several values of a field."""

_TEXTS = frozenset({*FIELDS["html"], *FIELDS["text"]})


def is_collection(stream: BinaryIO) -> bool:
    """Tell XML that holds records by the first of them."""
    try:
        return next(_records(stream, MOST), None) is not None
    except etree.XMLSyntaxError:
        return False


def records(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a document, all of them elements of one name. Raises lxml.etree.XMLSyntaxError."""
    return _records(stream, None)


def _records(stream: BinaryIO, limit: int | None) -> Iterator[Mapping[str, Any]]:
    """Yield the records, the first of which must be among the first `limit` elements."""
    depth, seen, known = 0, 0, None
    for event, element in etree.iterparse(stream, events=("start", "end"), remove_comments=True, **SAFELY):
        depth += 1 if event == "start" else -1
        if event == "start" or depth >= DEEPEST:
            continue
        seen += 1
        if known is None and limit is not None and seen > limit:
            return
        if known in (None, (depth, element.tag)):
            record = _record(element)
            if known is not None or is_told(record):
                known = (depth, element.tag)
                yield record
        if known is not None and depth == known[0]:
            _forget(element)


def _record(element: Any) -> Mapping[str, Any]:
    """Return an element's facts: those in its attributes, but for its text, and those in elements."""
    record: dict[str, list[Any]] = {}
    for name, value in element.attrib.items():
        if name.lower() not in _TEXTS:
            record[name] = [value]
    for part in element:
        if name := local_name(part):
            record.setdefault(name, []).append(_told(part))
    return {name: told if len(told) > 1 else told[0] for name, told in record.items()}


def _told(field: Any) -> Any:
    """Return what a field holds: several values, markup, or a text."""
    inner = [local_name(part) for part in field]
    if inner and set(inner) == {VALUE}:
        return ["".join(part.itertext()) for part in field]
    return "".join(html_of(field)) if any(inner) else (field.text or "").strip()


def _forget(element: Any) -> None:
    """Let go of a record that was read, and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
