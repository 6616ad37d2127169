"""Finds the stories that are about the same: those that share rare keywords, in one language.

Keywords are weighed by how few stories have them (inverse document frequency; Spaerck Jones, 1972), a word of a
keyword or of the headline at half the weight of a whole keyword.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
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

WHOLE = 1
"""Bit of a feature's number that tells a whole keyword from a word of one."""

WORD = re.compile(r"\w{4,}")

LAST = 0xFFFF
"""The last bits of a feature."""

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


class Story(NamedTuple):
    """A story to be related: permanent id, features (see `features_of`), and when it appeared, in seconds."""

    id: str
    features: bytes
    appeared: float


def related(subjects: Sequence[Subject], most: int) -> dict[str, list[str]]:
    """Return, by id, the ids of up to `most` related stories, the nearest first; then the nearer in time."""
    return relate([Story(s.id, features_of(s), s.appeared.timestamp()) for s in subjects], most)


def features_of(subject: Subject) -> bytes:
    """Return a story's keywords and their words and the headline's, folded, as numbers of eight bytes.

    The number is made from the language and the word; its lowest bit tells a whole keyword.
    """
    whole = [keyword.casefold() for keyword in subject.keywords]
    words = {word for text in (*whole, subject.headline.casefold()) for word in WORD.findall(text)}
    numbers = [_number(subject.language, word) | WHOLE for word in {*whole}]
    numbers += [_number(subject.language, word) for word in words.difference(whole)]
    return array("q", sorted(numbers)).tobytes()


@lru_cache(maxsize=100_000)
def _number(language: str | None, word: str) -> int:
    told = f"{language}\0{word}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big") >> 2 << 1


def touched_by(stories: Sequence[Story], features: bytes, changed: int) -> set[int]:
    """Return the places of the stories that have one of `features`: those whose relations change with its stories.

    `changed` is the number of these. A feature that told nothing before them, and tells nothing now, changes none.
    """
    numbers, story = _columns(stories)
    having = _among(numbers, features)
    numbers, story = numbers[having], story[having]
    _, feature, count = np.unique(numbers >> 1, return_inverse=True, return_counts=True)
    return set(np.unique(story[(count <= _most(len(stories)) + changed)[feature]]).tolist())


def relate(stories: Sequence[Story], most: int, only: Container[int] | None = None) -> dict[str, list[str]]:
    """Return, by id, the ids of up to `most` related stories, the nearest first; then the nearer in time.

    With `only`, the stories at those places alone are told of.
    """
    asked = [place for place in range(len(stories)) if only is None or place in only]
    found: dict[str, list[str]] = {stories[place].id: [] for place in asked}
    uses = _uses(stories, asked if only is not None else None)
    if not len(uses.story) or not asked:  # where there are uses, each is of something that is asked for
        return found
    ids = [story.id for story in stories]
    place = _ranks(ids, np.unique(uses.story))
    appeared = np.array([story.appeared for story in stories])
    near: list[Pairs] = []
    for some in _portions(uses, asked if only is not None else None):
        near.append(_near_pairs(uses, some, len(stories), once=only is None))
        if sum(len(pairs.story) for pairs in near) > PAIRS:
            near = [_nearest(near, most, appeared, place)]
    story, other, _ = _nearest(near, most, appeared, place)
    for one, two in zip(story.tolist(), other.tolist(), strict=True):
        found[ids[one]].append(ids[two])
    return found


def _ranks(ids: Sequence[str], some: Any) -> Any:
    """Return for some of the ids, at their places, which one comes before which."""
    ranks = np.zeros(len(ids), np.int64)
    order = np.argsort(np.array([ids[place] for place in some], dtype=object), kind="stable")
    ranks[some[order]] = np.arange(len(some))
    return ranks


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


def _columns(stories: Sequence[Story]) -> tuple[Any, Any]:
    """Return the numbers of all features of all stories, and the places of the stories that have them."""
    numbers = np.frombuffer(b"".join(story.features for story in stories), dtype=np.int64)
    counts = [len(story.features) // 8 for story in stories]
    return numbers, np.repeat(np.arange(len(stories)), counts)


def _among(numbers: Any, features: bytes) -> Any:
    """Tell of each number whether its feature is one of `features`; most are told apart by their last bits alone."""
    wanted = np.unique(np.frombuffer(features, dtype=np.int64) >> 1)
    last = np.zeros(LAST + 1, dtype=bool)
    last[wanted & LAST] = True
    found = last[(numbers >> 1) & LAST]
    found[found] = np.isin(numbers[found] >> 1, wanted)
    return found


def _uses(stories: Sequence[Story], asked: Sequence[int] | None) -> Uses:
    """Return the features that more than one story has, and not so many that it tells nothing.

    Where some stories are asked for, no others than theirs are looked at.
    """
    numbers, story = _columns(stories)
    if asked is not None:
        theirs = _among(numbers, b"".join(stories[place].features for place in asked))
        numbers, story = numbers[theirs], story[theirs]
    _, feature, having = np.unique(numbers >> 1, return_inverse=True, return_counts=True)
    most = _most(len(stories))
    rarity = np.array([_rarity(max(count, 1), len(stories)) for count in range(int(most) + 1)])
    used = np.flatnonzero(((having > 1) & (having <= most))[feature])
    used = used[np.argsort(feature[used], kind="stable")]
    feature = feature[used]
    count = having[feature]
    first = np.searchsorted(feature, feature, side="left")
    part = np.where(numbers[used] & WHOLE, 1.0, PART)
    return Uses(story[used], part, rarity[count], first, count)


def _portions(uses: Uses, asked: Sequence[int] | None) -> Iterator[Any]:
    """Yield the places of uses, all of a story at a time, so that no portion has too many pairs for the memory."""
    order = np.argsort(uses.story, kind="stable")
    if asked is not None:
        order = order[np.isin(uses.story[order], asked)]
    if not len(order):
        return
    pairs = np.cumsum(uses.count[order])
    begins = np.flatnonzero(np.diff(uses.story[order], prepend=-1))
    start = 0
    for begin, end in pairwise([*begins.tolist(), len(order)]):
        if pairs[end - 1] - (pairs[start - 1] if start else 0) > PAIRS and begin > start:
            yield order[start:begin]
            start = begin
    yield order[start:]


class Pairs(NamedTuple):
    """Pairs of stories: three arrays of the same length, the stories' places and the weight that they share."""

    story: Any
    other: Any
    weight: Any


def _nearest(near: Sequence[Pairs], most: int, appeared: Any, place: Any) -> Pairs:
    """Return of each story's pairs those with the nearest others, up to `most`, in their order."""
    story, other, weight = (np.concatenate(columns) for columns in zip(*near, strict=True))
    away = np.abs(appeared[story] - appeared[other])
    order = np.lexsort((place[other], away, -weight, story))
    ordered = story[order]
    order = order[np.arange(len(order)) - np.searchsorted(ordered, ordered, side="left") < most]
    return Pairs(story[order], other[order], weight[order])


def _near_pairs(uses: Uses, some: Any, stories: int, *, once: bool) -> Pairs:
    """Return the pairs of stories that share weight enough, for the uses at the places `some`.

    With `once`, all uses are asked for in turn: a pair is weighed at the first of its stories, for both.
    """
    story, other, weight = _pairs(uses, some, stories, once)
    near = weight >= LEAST * _rarity(2, stories)
    story, other, weight = story[near], other[near], weight[near]
    if not once:
        return Pairs(story, other, weight)
    return Pairs(np.concatenate((story, other)), np.concatenate((other, story)), np.concatenate((weight, weight)))


def _pairs(uses: Uses, some: Any, stories: int, once: bool) -> Pairs:
    """Return stories, others and the weight that they share, for the uses at the places `some`."""
    first = some + 1 if once else uses.first[some]
    count = uses.first[some] + uses.count[some] - first
    one = np.repeat(some, count)
    two = np.arange(len(one)) + np.repeat(first - np.cumsum(count) + count, count)
    shared = uses.weight[one] * np.minimum(uses.part[one], uses.part[two])
    pair = uses.story[one] * stories + uses.story[two]
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    weight = np.round(np.add.reduceat(shared[order], begins), 6) if len(begins) else shared
    story, other = np.divmod(pair[begins], stories)
    different = story != other
    return Pairs(story[different], other[different], weight[different])


def _most(stories: int) -> float:
    """Return the number of stories that may have a feature that tells something."""
    return min(COMMON, max(2, SHARE * stories))


def _rarity(having: int, stories: int) -> float:
    return math.log((stories + 1) / having)
