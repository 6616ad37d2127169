"""Find the headline: a headline-like line before the article's first prose that shares its words with it.

What is headline-like depends on the line alone; so a text that begins with prose has no headline, however often it is
cleaned.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from math import log1p
from operator import mul
from pathlib import Path

from copydesk.cleaning.features import IDEOGRAPHS, STATEMENT_END, Line, last_mark

LONGEST = 220.0
"""Longest headline, in Latin letters."""

REACH = 60
"""How many lines before the first prose a headline may stand."""

_WORDS_FROM = 12
"""How many lines of the article are compared with its headline."""

_OPEN_END = frozenset(",;:，；：、")
_MEANING = re.compile(r"[^\W_]|[\u2190-\u2bff\U0001f000-\U0001faff]")
_INNER_END = re.compile(r"[.!?…؟۔।]['\"”’»)\]]*\s|[。！？｡।॥።։]")
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.){2,}$")
_WORD = re.compile(r"\w+")
_WEIGHTS = tomllib.loads(Path(__file__).with_name("evidence.toml").read_text("utf-8"))["headline"]
TERMS = (
    "shared_words",
    "distance",
    "log_distance",
    "repeated",
    "letters_60",
    "letters_160",
    "separated",
    "capitals",
    "one_word",
    "better_before",
    "better_after",
    "asks",
)
_TERM_WEIGHTS = tuple(float(_WEIGHTS[name]) for name in TERMS)


def headline_like(text: str, line: Line) -> bool:
    """Tell whether a line could be a headline or section head: short, not the end of a statement, no list item."""
    if line.size > LONGEST or line.bullet or not _MEANING.search(text):
        return False
    last = last_mark(text)
    if last in _OPEN_END or (last in STATEMENT_END and not _INITIALS.search(text)):
        return False
    return line.size < 40 or len(_INNER_END.findall(text)) <= 2


def words(text: str) -> set[str]:
    """Return the words of a text that carry meaning by their length; pairs of characters where no spaces part words."""
    folded = text.casefold()
    found = {word for word in _WORD.findall(folded) if len(word) > 3}
    if not text.isascii() and IDEOGRAPHS.search(folded):
        found = {word for word in found if not IDEOGRAPHS.search(word)}
        for run in _WORD.findall(folded):
            if IDEOGRAPHS.search(run):
                found.update(run[n : n + 2] for n in range(len(run) - 1))
    return found


def candidates(texts: Sequence[str], lines: Sequence[Line], prose: int) -> list[int]:
    """Return the headline-like lines before the first prose line `prose`."""
    return [n for n in range(max(0, prose - REACH), prose) if headline_like(texts[n], lines[n])]


def terms(
    texts: Sequence[str], lines: Sequence[Line], found: Sequence[int], prose: int, end: int
) -> list[tuple[float, ...]]:
    """Return what the candidates `found` are weighed by, in the order of `TERMS`; the article is `prose` to `end`."""
    article: set[str] = set()
    for n in range(prose, min(end, prose + _WORDS_FROM)):
        if lines[n].size > 60:
            article |= words(texts[n])
    shared = [_shared(words(texts[n]), article) for n in found]
    weighed: list[tuple[float, ...]] = []
    for k, n in enumerate(found):
        line, distance = lines[n], prose - n
        weighed.append(
            (
                shared[k],
                min(distance, REACH) / REACH,
                log1p(distance),
                line.times > 1 and line.size > 20,
                min(line.size, 60) / 60,
                max(0.0, min(line.size, 160) - 60) / 100,
                line.separated,
                line.capitals,
                line.one_word,
                max([shared[m] for m in range(max(0, k - 8), k) if lines[found[m]].size > 24], default=0.0),
                max(shared[k + 1 : k + 7], default=0.0),
                line.ends,
            )
        )
    return weighed


def _shared(own: set[str], article: set[str]) -> float:
    """Return the share of a line's words that the article has, less where the line has few."""
    return len(own & article) / (len(own) + 1) * min(1.0, len(own) / 4)


def find_headline(texts: Sequence[str], lines: Sequence[Line], prose: int, end: int) -> int | None:
    """Return the headline's place before the article `prose` to `end`, None where no line could be one."""
    found = candidates(texts, lines, prose)
    if len(found) < 2:
        return found[0] if found else None
    weighed = [sum(map(mul, _TERM_WEIGHTS, term)) for term in terms(texts, lines, found, prose, end)]
    return found[max(range(len(found)), key=lambda k: (weighed[k], k))]
