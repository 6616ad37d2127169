"""JSON that people can read and programs can compare: a line for each member, and for each item of a list in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import msgspec


class Written(str):
    """A value that is JSON already."""

    __slots__ = ()


def lines_of(record: Mapping[str, object]) -> str:
    """Return a record as JSON, ended by a line end; only its lists are parted further."""
    return "{\n" + ",\n".join(f"{_text(name)}: {_member(value)}" for name, value in record.items()) + "\n}\n"


def _member(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(map(_text, value)) + "\n]"
    return _text(value)


def written_all(values: Sequence[object]) -> list[Written]:
    """Return values as JSON that msgspec writes. Raises UnicodeEncodeError where a text in them is no Unicode."""
    return [Written(line.decode()) for line in msgspec.json.Encoder().encode_lines(values).splitlines()]


def _text(value: object) -> str:
    if isinstance(value, Written):
        return value
    return json.dumps(value, ensure_ascii=False)
