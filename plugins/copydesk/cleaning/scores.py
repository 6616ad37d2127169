"""How much each line looks like article text, in log-odds: above 0 more likely article, below 0 more likely furniture.

First a line by itself, then in its surroundings: prose stands among prose. The weights are data (`evidence.toml`); a
trained model takes this module's place by offering the same `scores`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from operator import mul
from pathlib import Path

from copydesk.cleaning.features import CACHED, Line

_WEIGHTS = tomllib.loads(Path(__file__).with_name("evidence.toml").read_text("utf-8"))

OWN_TERMS = (
    "letters_80",
    "letters_240",
    "letters_600",
    "ends",
    "ends_60",
    "capitals",
    "capitals_40",
    "one_word",
    "bullet",
    "bullet_80",
    "separated",
    "trails",
    "introduces",
    "continues",
    "capital_only",
    "times",
)
SURROUNDING_TERMS = (
    "own",
    "before",
    "after",
    "second_after",
    "near_before",
    "near_after",
    "wide_before",
    "wide_after",
    "far_before",
    "far_after",
    "size_after",
    "ends_40",
    "times",
    "bullet",
    "introduced",
)
_OWN = tuple(float(_WEIGHTS["own"][name]) for name in OWN_TERMS)
_OWN_BASE = float(_WEIGHTS["own"]["base"])
_AROUND = tuple(float(_WEIGHTS["surroundings"][name]) for name in SURROUNDING_TERMS)
_AROUND_BASE = float(_WEIGHTS["surroundings"]["base"])
_LIMIT = 4.0
_NEAR, _WIDE, _FAR = 0.7, 0.9, 0.97
"""Memory of the running means: they look about 3, 10 and 30 lines far."""
_EDGE = -2.0
"""Score of the lines that would stand before the first and after the last: furniture."""


def own_terms(line: Line) -> tuple[float, ...]:
    """Return what the score of a line by itself is weighed from, in the order of `OWN_TERMS`."""
    size, ends, capitals, one_word, bullet, separated, trails, introduces, continues, capital_only, times = line
    return (
        size / 80 if size < 80 else 1.0,
        0.0 if size < 80 else (size - 80) / 160 if size < 240 else 1.0,
        0.0 if size < 240 else (size - 240) / 360 if size < 600 else 1.0,
        ends,
        ends and size > 60,
        capitals,
        capitals if size > 40 else 0.0,
        one_word,
        bullet,
        bullet and size > 80,
        separated,
        trails,
        introduces,
        continues,
        capital_only,
        min(times, 3) - 1,
    )


def own_score(line: Line) -> float:
    """Return the score of a line by itself, from -4 to 4: its terms, weighed."""
    score = _OWN_BASE + sum(map(mul, _OWN, own_terms(line)))
    return float(max(-_LIMIT, min(_LIMIT, score)))


_cached_own_score = lru_cache(maxsize=CACHED)(own_score)


def surroundings(lines: Sequence[Line], own: Sequence[float]) -> list[tuple[float, ...]]:
    """Return what the scores in context are weighed from, in the order of `SURROUNDING_TERMS`."""
    behind = _running_means(own)
    ahead = reversed(_running_means(own[::-1]))
    before, after, second = [_EDGE, *own], [*own[1:], _EDGE], [*own[2:], _EDGE, _EDGE]
    sizes_after = [*(line.size / 300 if line.size < 300 else 1.0 for line in lines[1:]), 0.0]
    introduced = [False, *(line.introduces for line in lines[:-1])]
    return [
        (
            score,
            one_before,
            one_after,
            two_after,
            near_before,
            near_after,
            wide_before,
            wide_after,
            far_before,
            far_after,
            size_after,
            line.ends and line.size < 40,
            min(line.times, 3) - 1,
            line.bullet,
            told,
        )
        for line, score, one_before, one_after, two_after, (near_before, wide_before, far_before), (
            near_after,
            wide_after,
            far_after,
        ), size_after, told in zip(
            lines, own, before, after, second, behind, ahead, sizes_after, introduced, strict=False
        )
    ]


def _running_means(values: Sequence[float]) -> list[tuple[float, float, float]]:
    """Return for each place the near, wide and far running mean of the values before it."""
    near = wide = far = 0.0
    means: list[tuple[float, float, float]] = []
    for value in values:
        means.append((near, wide, far))
        near += (value - near) * (1 - _NEAR)
        wide += (value - wide) * (1 - _WIDE)
        far += (value - far) * (1 - _FAR)
    return means


def scores(lines: Sequence[Line]) -> list[float]:
    """Return the score of each line in its document."""
    own = list(map(_cached_own_score, lines))
    return [_AROUND_BASE + sum(map(mul, _AROUND, terms)) for terms in surroundings(lines, own)]
