"""Tells how alike two texts are without comparing them: by small sketches of what runs of words they hold.

A sketch is a MinHash (Broder, "On the resemblance and containment of documents", 1997): of many shuffles of all runs
of words the first one in each. The share of places in which two sketches agree estimates the share of runs that the
texts have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rensa import RMinHash

SIZE = 64
"""Numbers in a sketch; the estimate is good to about 6 of 100."""

SEED = 20260301
DIGITS = 8
"""Hexadecimal digits of a number of a sketch."""

RUN = 5
"""Words in a run; of writing without spaces, characters twice as many."""

_WORD = re.compile(r"\w+")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def sketch_of(texts: Iterable[str]) -> str:
    """Return the sketch of a text, as hexadecimal digits; empty where it is too short to be told from others."""
    text = " ".join(texts).casefold()
    words = (_ASCII_WORD if text.isascii() else _WORD).findall(text)
    if len(text) > 2 * RUN * max(len(words), 1):  # writing without spaces
        letters = "".join(words)
        runs = [letters[n : n + 2 * RUN] for n in range(len(letters) - 2 * RUN + 1)]
    else:
        runs = list(map(" ".join, zip(*(words[n:] for n in range(RUN)), strict=False)))
    if len(runs) < SIZE:
        return ""
    sketch = RMinHash(num_perm=SIZE, seed=SEED)
    sketch.update(runs)
    return "".join(f"{number:0{DIGITS}x}" for number in sketch.digest())


def numbers_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers in a text, each once: days, results, counts tell one report of a kind from another."""
    return tuple(sorted(set(_NUMBER.findall("\n".join(texts)))))


def parts(sketch: str) -> list[str]:
    """Return the numbers of a sketch."""
    return [sketch[place : place + DIGITS] for place in range(0, len(sketch), DIGITS)]


def likeness(one: str, other: str) -> float:
    """Return the share of runs that two texts have in common, estimated from their sketches: 0 to 1."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(parts(one), parts(other), strict=True)) / SIZE
