"""Finds the stories that are about the same: those that share rare keywords, in one language.

Keywords are weighed by how few stories have them (inverse document frequency; Spaerck Jones, 1972), a word of a
keyword or of the headline at half the weight of a whole keyword.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

COMMON = 200
"""A keyword that more stories have than this tells little, and would cost their number's square."""

SHARE = 0.34
"""Nor does one that more than this share of all stories has, be they few."""

PART = 0.5
"""Weight of a word of a keyword or headline, against a whole keyword's."""

PAIRS = 250_000
"""Pairs of stories that are weighed at once; each takes some 100 bytes of memory."""

WORD = re.compile(r"\w{4,}")

LEAST = 0.85
"""Least shared weight of related stories, as a part of the weight of a keyword that just two stories have."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a story is about: permanent id, language, headline, keywords, and when it appeared."""

    id: str
    language: str | None
    headline: str
    keywords: tuple[str, ...]
    appeared: datetime


def related(subjects: Sequence[Subject], most: int) -> dict[str, list[str]]:
    """Return, by id, the ids of up to `most` related stories, the nearest first; then the nearer in time."""
    found: dict[str, list[str]] = {subject.id: [] for subject in subjects}
    uses = _uses(subjects)
    if not len(uses.story):
        return found
    ids = [subject.id for subject in subjects]
    place = np.argsort(np.argsort(np.array(ids, dtype=object), kind="stable"), kind="stable")
    appeared = np.array([subject.appeared.timestamp() for subject in subjects])
    least = LEAST * _rarity(2, len(subjects))
    for some in _portions(uses):
        story, other, weight = _pairs(uses, some, len(subjects))
        near = weight >= least
        story, other, weight = story[near], other[near], weight[near]
        away = np.abs(appeared[story] - appeared[other])
        order = np.lexsort((place[other], away, -weight, story))
        story, other = story[order], other[order]
        chosen = np.arange(len(story)) - np.searchsorted(story, story, side="left") < most
        for one, two in zip(story[chosen].tolist(), other[chosen].tolist(), strict=True):
            found[ids[one]].append(ids[two])
    return found


class Uses(NamedTuple):
    """Which story has which telling feature, ordered by feature: three arrays of the same length, and weights.

    `part` is what of a feature's weight counts for the story, `weight` the feature's own; `first` and `count` tell
    where the feature's stories stand.
    """

    story: Any
    part: Any
    weight: Any
    first: Any
    count: Any


def _uses(subjects: Sequence[Subject]) -> Uses:
    """Return the features that more than one story has, and not so many that it tells nothing."""
    numbers: dict[tuple[str | None, str], int] = {}
    told = [
        (number, numbers.setdefault((subject.language, feature), len(numbers)), part)
        for number, subject in enumerate(subjects)
        for feature, part in _features(subject).items()
    ]
    story, feature, part = (np.array(column) for column in zip(*told, strict=True)) if told else (np.array([]),) * 3
    having = np.bincount(feature.astype(int), minlength=len(numbers))
    most = min(COMMON, max(2, SHARE * len(subjects)))
    rarity = np.array([_rarity(max(count, 1), len(subjects)) for count in range(int(most) + 1)])
    telling = (having > 1) & (having <= most)
    used = np.flatnonzero(telling[feature.astype(int)])
    used = used[np.argsort(feature[used], kind="stable")]
    feature = feature[used].astype(int)
    count = having[feature]
    first = np.searchsorted(feature, feature, side="left")
    return Uses(story[used].astype(int), part[used], rarity[count], first, count)


def _portions(uses: Uses) -> Iterator[Any]:
    """Yield the places of uses, all of a story at a time, so that no portion has too many pairs for the memory."""
    order = np.argsort(uses.story, kind="stable")
    pairs = np.cumsum(uses.count[order])
    begins = np.flatnonzero(np.diff(uses.story[order], prepend=-1))
    start = 0
    for begin, end in pairwise([*begins.tolist(), len(order)]):
        if pairs[end - 1] - (pairs[start - 1] if start else 0) > PAIRS and begin > start:
            yield order[start:begin]
            start = begin
    yield order[start:]


def _pairs(uses: Uses, some: Any, stories: int) -> tuple[Any, Any, Any]:
    """Return stories, others and the weight that they share, for the uses at the places `some`."""
    count = uses.count[some]
    one = np.repeat(some, count)
    within = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    two = uses.first[one] + within
    shared = uses.weight[one] * np.minimum(uses.part[one], uses.part[two])
    pair = uses.story[one] * stories + uses.story[two]
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    weight = np.round(np.add.reduceat(shared[order], begins), 6)
    story, other = np.divmod(pair[begins], stories)
    different = story != other
    return story[different], other[different], weight[different]


def _rarity(having: int, stories: int) -> float:
    return math.log((stories + 1) / having)


def _features(subject: Subject) -> dict[str, float]:
    """Return the keywords and their words and the headline's, folded, with the weight of each."""
    whole = [keyword.casefold() for keyword in subject.keywords]
    parts = {word: PART for text in (*whole, subject.headline.casefold()) for word in WORD.findall(text)}
    return parts | dict.fromkeys(whole, 1.0)
