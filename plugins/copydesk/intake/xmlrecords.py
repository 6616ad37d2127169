"""Records in XML: articles as elements with an element for each fact, as Scrapy and databases export them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, BinaryIO

from lxml import etree

from copydesk.intake.fields import FIELDS
from copydesk.intake.jsonrecords import is_told
from copydesk.intake.newsxml import html_of
from copydesk.intake.record import is_record
from copydesk.intake.unreadpart import UnreadPart
from copydesk.intake.xmlparsing import SAFELY, local_name, without_namespace

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


def records(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any] | UnreadPart]:
    """Yield the records of a document. Raises lxml.etree.XMLSyntaxError.

    They are the elements of the first one's name, and others that stand where these do and are articles as well. Those
    with a text that may be none come last, so that the others have the numbers that they would have without them.
    """
    unread: list[UnreadPart] = []
    for record in _records(stream, None):
        if isinstance(record, UnreadPart):
            unread.append(record)
        else:
            yield record
    yield from unread


def _records(stream: BinaryIO, limit: int | None) -> Iterator[Mapping[str, Any] | UnreadPart]:
    """Yield the records, the first of which must be among the first `limit` elements."""
    depth, seen = 0, 0
    known: tuple[int, str] | None = None
    for event, element in etree.iterparse(stream, events=("start", "end"), remove_comments=True, **SAFELY):
        depth += 1 if event == "start" else -1
        if event == "start" or depth >= DEEPEST:
            continue
        seen += 1
        if known is None:
            if limit is not None and seen > limit:
                return
            if is_told(_record(element)):
                known = (depth, element.tag)
                yield from map(_record, _namesakes_before(element, depth))
                yield _record(element)
        elif depth == known[0]:
            yield from _records_in(element, known[1])
        if known is not None and depth == known[0]:
            _forget(element)


def _namesakes_before(first: Any, depth: int) -> list[Any]:
    """Return the elements that stand before the first record, as deep as it does, and have its name."""
    places = [first.getroottree().getroot()]
    for _ in range(depth):
        places = [part for place in places for part in place]
    before = takewhile(lambda part: part is not first, places)  # what follows is there in part
    return [part for part in before if part.tag == first.tag]


def _records_in(element: Any, usual: str) -> Iterator[Mapping[str, Any] | UnreadPart]:
    """Yield the record that an element is, or the ones that it holds; `usual` is the name of most."""
    record = _record(element)
    if element.tag == usual or is_told(record):
        yield record
        return
    inside = [told for part in element if local_name(part) and is_told(told := _record(part))]
    yield from inside
    if is_record(record) and not inside:
        what = f"is an element <{local_name(element)}> with a text, and without title and address"
        yield UnreadPart(what, f"Give it a title, or call it <{without_namespace(usual)}>")


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
