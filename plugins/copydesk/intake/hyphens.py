"""Joins the lines of a paragraph that was wrapped: words that a hyphen has parted are whole again.

Whether the hyphen is the word's own is told by the text (the word stands there elsewhere, with a hyphen or without,
or both its parts do) and by `wrap.toml`. The letters of a text are never changed, no word is guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from copydesk.model import Block

_DATA = tomllib.loads(Path(__file__).with_name("wrap.toml").read_text("utf-8"))
_FIRST, _SECOND, _APART = (frozenset(_DATA[name]) for name in ("first", "second", "apart"))
LONGEST_PART = 60
"""Characters at a line's end in which the part of a word is looked for."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTED = re.compile(r"([^\W\d_]*[^\W\d_A-ZÀ-Þ])[-\u2010]$")
_GOES_ON = re.compile(r"[^\W\d_]+")


def words_of(lines: Sequence[str]) -> frozenset[str]:
    """Return the words of a dump, case folded, without the parts of those that a line's end parts."""
    found: set[str] = set()
    for before, line in pairwise(("", *lines)):
        parted, goes_on = _parted(line), _GOES_ON.match(line) if _parted(before) else None
        whole = line[goes_on.end() if goes_on else 0 : len(line) - (len(parted) + 1 if parted else 0)]
        found.update(word.casefold() for word in _WORD.findall(whole))
    return frozenset(found)


def parted_by(blocks: Iterable[Block], lines: Sequence[str]) -> int:
    """Return how many words the ends of lines within blocks part."""
    inside = (line.rstrip() for block in blocks for line in lines[block.first - 1 : block.last - 1])
    return sum(_parted(line) is not None for line in inside)


def joined(lines: Iterable[str], words: frozenset[str]) -> str:
    """Return the text of a paragraph's lines; `words` are those of the whole dump."""
    parts: list[str] = []
    for line in lines:
        if parts:
            between = _between(parts[-1], line, words)
            if between is None:
                parts[-1] = parts[-1][:-1]
            parts.append(between or "")
        parts.append(line)
    return "".join(parts)


def _between(before: str, line: str, words: frozenset[str]) -> str | None:
    """Return what stands between two lines of a paragraph, None where not even the hyphen does that ends the first."""
    first, goes_on = _parted(before), _GOES_ON.match(line)
    if first is None or goes_on is None or goes_on[0].casefold() in _APART:
        return " "
    return "" if _is_its_own(first.casefold(), goes_on[0], words) else None


def _parted(line: str) -> str | None:
    """Return the part of a word that ends a line before a hyphen, None where there is none."""
    found = _PARTED.search(line[-LONGEST_PART:])
    return found[1] if found else None


def _is_its_own(first: str, shown: str, words: frozenset[str]) -> bool:
    """Tell whether a hyphen between two parts of a word is the word's own; `shown` is the second part as it stands."""
    second = shown.casefold()
    if first + second in words:
        return False
    if f"{first}-{second}" in words or not shown.islower():
        return True
    return first in _FIRST or second in _SECOND or (first in words and second in words)
