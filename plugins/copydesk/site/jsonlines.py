"""JSON that people can read and programs can compare: a line for each member, and for each item of a list in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec


class Items(str):
    """The items of a list as JSON, parted already."""

    __slots__ = ()


def lines_of(record: Mapping[str, object]) -> str:
    """Return a record as JSON, ended by a line end; only its lists are parted further.

    An iterator as a value gives the items of a list, as JSON, one by one: a large site's are in memory once.
    """
    return "".join(_pieces(record))


def _pieces(record: Mapping[str, object]) -> Iterator[str]:
    start = "{\n"
    for name, value in record.items():
        yield f"{start}{as_json(name)}: "
        yield from _member(value)
        start = ",\n"
    yield "\n}\n"


def _member(value: object) -> Iterator[str]:
    if isinstance(value, Items):
        yield from ("[\n ", value, "\n]") if value else ("[]",)
    elif isinstance(value, list | Iterator):
        yield from _items(map(as_json, value) if isinstance(value, list) else value)
    else:
        yield as_json(value)


def _items(written: Iterable[str]) -> Iterator[str]:
    start = "[\n "
    for item in written:
        yield start
        yield item
        start = ",\n "
    yield "\n]" if start.startswith(",") else "[]"


def all_items(values: Sequence[object]) -> Items:
    """Return the items of a list as JSON that msgspec writes. Raises UnicodeEncodeError where a text is no Unicode."""
    lines = msgspec.json.Encoder().encode_lines(values).decode()
    return Items(lines.removesuffix("\n").replace("\n", ",\n "))  # a line end in a text is written otherwise


def as_json(value: object) -> str:
    """Return a value as JSON, on one line."""
    return json.dumps(value, ensure_ascii=False)
