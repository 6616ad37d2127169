"""Records in JSON: on the lines of a file, in a list, or somewhere inside of what an interface answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, BinaryIO

from copydesk.intake import ghost, googlereader
from copydesk.intake.bounded import read_whole
from copydesk.intake.fields import facts_in, objects_in
from copydesk.intake.record import is_record

LISTS = ("items", "articles", "entries", "results", "data", "docs", "records")
"""What lists of records are called; any list is one whose objects hold a text, and a title or an address."""

DEEPEST = 4
"""Objects in each other among which records are looked for."""


def records_in(value: Any) -> Sequence[Any] | None:
    """Return the records that a JSON value holds, None where it holds none or is one itself."""
    for exported in (ghost.posts_in(value), googlereader.items_in(value)):
        if exported is not None:
            return exported
    if isinstance(value, list):
        return value if objects_in(value) else None
    if not isinstance(value, Mapping) or is_record(value):
        return None
    named = [value[name] for name in LISTS if objects_in(value.get(name))]
    told = [*_inside([value])]
    if not told:
        return next(iter(named), None)
    further = (some for some in named if any(map(is_record, objects_in(some))) and not any(some is one for one in told))
    return [*chain.from_iterable(told), *chain.from_iterable(further)]


def _inside(objects: Sequence[Mapping[str, Any]], depth: int = 0) -> Iterator[Sequence[Any]]:
    """Yield the lists of records in some objects, and what is one alone, those of the outer objects first.

    What a record holds is its own.
    """
    inner = [part for one in objects for part in one.values()]
    deeper = []
    for part in inner:
        if any(map(is_told, objects_in(part))):
            yield part
        elif isinstance(part, Mapping):
            if is_told(part):
                yield [part]
            else:
                deeper.append(part)
    if deeper and depth < DEEPEST:
        yield from _inside(deeper, depth + 1)


def is_told(value: Mapping[str, Any]) -> bool:
    """Tell an object that is an article wherever it stands: it holds a text, and a title or an address."""
    return is_record(value) and facts_in(value, "title", "url")


def is_lines(first: bytes, second: bytes) -> bool:
    """Tell JSON Lines (objects, each on a line of its own) by the first two lines of a file."""
    if first.startswith(b"{") and second.startswith(b"{"):
        with suppress(ValueError, RecursionError):
            return isinstance(json.loads(first), dict)
    return False


def lines(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the objects on the lines of a file."""
    while line := stream.readline(most * 2):
        if not line.strip():
            continue
        value = json.loads(line)
        yield value if isinstance(value, Mapping) else {}


def listed(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the records in a JSON value; a JSON Feed's site is no article."""
    for item in records_in(json.loads(read_whole(stream))) or ():
        yield item if isinstance(item, Mapping) else {}
