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
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTED = re.compile(r"([^\W\d_]*[^\W\d_A-ZÀ-Þ])[-\u2010]$")
_GOES_ON = re.compile(r"[^\W\d_]+")


def words_of(lines: Sequence[str]) -> frozenset[str]:
    """Return the words of a dump, case folded, without the parts of those that a line's end parts."""
    whole = (_GOES_ON.sub("", line, 1) if _PARTED.search(before) else line for before, line in pairwise(("", *lines)))
    return frozenset(word.casefold() for line in whole for word in _WORD.findall(_PARTED.sub("", line)))


def parted_by(blocks: Iterable[Block], lines: Sequence[str]) -> int:
    """Return how many words the ends of lines within blocks part."""
    inside = (line.rstrip() for block in blocks for line in lines[block.first - 1 : block.last - 1])
    return sum(_PARTED.search(line) is not None for line in inside)


def joined(lines: Iterable[str], words: frozenset[str]) -> str:
    """Return the text of a paragraph's lines; `words` are those of the whole dump."""
    text = ""
    for line in lines:
        text = _with(text, line, words) if text else line
    return text


def _with(text: str, line: str, words: frozenset[str]) -> str:
    parted, goes_on = _PARTED.search(text), _GOES_ON.match(line)
    if not (parted and goes_on):
        return f"{text} {line}"
    first, second = parted[1].casefold(), goes_on[0].casefold()
    if second in _APART:
        return f"{text} {line}"
    return f"{text}{line}" if _is_its_own(first, second, goes_on[0], words) else f"{text[:-1]}{line}"


def _is_its_own(first: str, second: str, shown: str, words: frozenset[str]) -> bool:
    """Tell whether a hyphen between two parts of a word is the word's own; `shown` is the second part as it stands."""
    if first + second in words:
        return False
    if f"{first}-{second}" in words or not shown.islower():
        return True
    return first in _FIRST or second in _SECOND or (first in words and second in words)
