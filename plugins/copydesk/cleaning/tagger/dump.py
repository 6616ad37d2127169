"""A dump in the form that the tagger reads: blocks as lines, with the blank lines between them.

Inside lists and quotations blank lines don't count. So a cleaned text, whose blocks stand apart by one blank line but
whose list items don't, looks the same when it is read again.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from copydesk.cleaning.features import LIST_MARKS
from copydesk.model import Source

MOST_BLANK = 3
"""Blank lines in a row that are told apart."""

_MARKED = re.compile(rf"\s*(?:[{LIST_MARKS}>]|[-*]\s|\(?\d{{1,3}}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Dump:
    """Text for the tagger, and the number of the line on which each block stands."""

    text: str
    places: tuple[int, ...]


def dump_of(source: Source, without: Container[int] = ()) -> Dump:
    """Return a source as a dump, as if the blocks at the places `without` were not there.

    A line that is a block of its own keeps its indentation.
    """
    lines, gaps, last = [], [], 0
    for place, block in enumerate(source.blocks):
        if place in without:
            last = block.last
            continue
        lines.append(source.lines[block.first - 1].rstrip() if block.first == block.last else block.text)
        gaps.append(block.first - last - 1)
        last = block.last
    return _dump(lines, gaps)


def dump_of_body(texts: Sequence[str]) -> Dump:
    """Return a cleaned body as it will look when it is read again: a blank line between blocks."""
    return _dump(texts, [1] * len(texts))


def _dump(lines: Sequence[str], gaps: Iterable[int]) -> Dump:
    out: list[str] = []
    places: list[int] = []
    marked = False
    for line, gap in zip(lines, gaps, strict=True):
        was_marked, marked = marked, _MARKED.match(line) is not None
        if out and not (marked and was_marked):
            out += [""] * min(gap, MOST_BLANK)
        places.append(len(out))
        out.append(line)
    return Dump("\n".join(out), tuple(places))
