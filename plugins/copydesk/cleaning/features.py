"""What can be seen of a line without knowing its language: size, punctuation, case, marks.

Nothing here judges. The same text gives the same features wherever it stands, so a text that was cleaned
once is seen the second time as it was seen the first time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

STATEMENT_END = frozenset(".…。．｡।॥۔።។။։᙮")
"""Full stops of the world's scripts (Unicode property Sentence_Terminal, without question and exclamation marks)."""

SENTENCE_END = STATEMENT_END | frozenset("!?！？؟‽⁇⁈⁉՞՜፧")
"""All marks that end a sentence."""

CLOSERS = "\"'”’“»«›)]}）」』】〉》*_ \u200b\u200e\u200f\u2060"
"""Quotation marks, brackets and unseen characters that may follow the end of a sentence."""

BULLETS = frozenset("•·*-–—▪▫►▸‣●○◦■□✓✔➤→»›+✅☑❖◆◇⁃∙")
"""First characters of list items and menu entries."""

LIST_MARKS = "•·▪▫►▸‣●○◦■□✓✔➤◆◇⁃∙"
"""First characters that are nothing but a list item's mark: what follows needs no blank before it."""

SEPARATORS = re.compile("[|»›·→>©®™｜／]")
"""Characters that part the entries of a menu, a trail of links or a credit line."""

IDEOGRAPHS = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
"""Characters of Chinese, Japanese and Korean."""

UNMARKED = re.compile("[\u0e00-\u0eff]")
"""Characters of Thai and Lao, which end no sentence with a mark and part no words with spaces."""

UNMARKED_SENTENCE = 90
"""A line of such a script with so many letters is a sentence or more."""

LATIN_LETTERS_PER_IDEOGRAPH = 2.5
"""What one ideograph or Hangul syllable says, in Latin letters: measured on translations, rounded."""

CACHED = 1 << 16
"""How many short lines are remembered: menus come again on every page of a site."""

CACHED_LENGTH = 60
"""Longest line that is remembered, in characters."""

_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")
_SHORT = 160
_TRAILING = ("...", "…", "…]", "...]")


class Line(NamedTuple):
    """The features of one line.

    `size` is in Latin letters, `capitals` the share of words that begin with a capital (0 in long lines), `trails` a
    last sentence that is cut off, `continues` a beginning in the middle of a sentence, `times` how often the line
    stands in its document.
    """

    size: float
    ends: bool
    capitals: float
    one_word: bool
    bullet: bool
    separated: bool
    trails: bool
    continues: bool
    times: int


def last_mark(text: str) -> str:
    """Return the last character of `text` that is no quotation mark or bracket, "" where there is none."""
    last = text[-1:]
    if last in CLOSERS:
        return text.rstrip(CLOSERS)[-1:]
    return last


def size(text: str) -> float:
    """Return how much `text` says, in Latin letters."""
    if text.isascii():
        return len(text)
    return len(text) + (LATIN_LETTERS_PER_IDEOGRAPH - 1) * len(IDEOGRAPHS.findall(text))


def look(text: str, times: int = 1) -> Line:
    """Return the features of a line that stands `times` times in its document."""
    weight = size(text)
    last = last_mark(text)
    first = text[0]
    capitals, words = 0.0, 2
    if weight < _SHORT:
        starts = [word[0] for word in text.split()]
        words = len(starts)
        capitals = sum(map(str.isupper, starts)) / words
    unmarked = "\u0e00" <= last <= "\u0eff"
    return Line(
        weight,
        last in SENTENCE_END or (unmarked and weight >= UNMARKED_SENTENCE),
        capitals,
        words == 1 and not (unmarked and weight >= UNMARKED_SENTENCE),
        first in BULLETS or (first.isdigit() and _NUMBERED.match(text) is not None),
        weight < _SHORT and SEPARATORS.search(text) is not None,
        last in ".…" and text.endswith(_TRAILING),
        first.islower() or first in ",;.:)”’",
        times,
    )


_look_short = lru_cache(maxsize=CACHED)(look)


def look_at_all(texts: Sequence[str]) -> list[Line]:
    """Return the features of a document's lines."""
    looks = {
        text: _look_short(text, times) if len(text) <= CACHED_LENGTH else look(text, times)
        for text, times in Counter(texts).items()
    }
    return [looks[text] for text in texts]


def look_again(texts: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """Return the features of a part of a document whose lines were looked at before: they may stand there less."""
    counts = Counter(texts)
    return [
        line if line.times == counts[text] else Line(*line[:-1], times=counts[text])
        for text, line in zip(texts, lines, strict=True)
    ]
