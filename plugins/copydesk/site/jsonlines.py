"""JSON that people can read and programs can compare: a line for each member, and for each item of a list in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import msgspec


class Items(str):
    """The items of a list as JSON, parted already."""

    __slots__ = ()


def lines_of(record: Mapping[str, object]) -> str:
    """Return a record as JSON, ended by a line end; only its lists are parted further."""
    return "{\n" + ",\n".join(f"{as_json(name)}: {_member(value)}" for name, value in record.items()) + "\n}\n"


def _member(value: object) -> str:
    if isinstance(value, list):
        value = items_of(map(as_json, value))
    if isinstance(value, Items):
        return f"[\n {value}\n]" if value else "[]"
    return as_json(value)


def items_of(written: Iterable[str]) -> Items:
    """Return the items of a list that are JSON."""
    return Items(",\n ".join(written))


def all_items(values: Sequence[object]) -> Items:
    """Return the items of a list as JSON that msgspec writes. Raises UnicodeEncodeError where a text is no Unicode."""
    lines = msgspec.json.Encoder().encode_lines(values).decode()
    return Items(lines.removesuffix("\n").replace("\n", ",\n "))  # a line end in a text is written otherwise


def as_json(value: object) -> str:
    """Return a value as JSON, on one line."""
    return json.dumps(value, ensure_ascii=False)
