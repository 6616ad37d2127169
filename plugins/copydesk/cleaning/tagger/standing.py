"""How each line stands to the article, once the tagger of dumps has said which lines are probably the article's.

A headline shares its rare words with the text below it, stands before its first line, and comes again elsewhere on the
page, often inside a longer line: with the site's name behind it, or after the names of sections.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from copydesk.cleaning.tagger.characters import AnyArray, Floats, Ints, Words
from copydesk.cleaning.tagger.context import best_run
from copydesk.cleaning.tagger.features import DumpFeatures
from copydesk.cleaning.tagger.lines import odd
from copydesk.cleaning.tagger.looks import VALUE_NAMES
from copydesk.cleaning.tagger.network import RARE

OPENING = 2.0
"""Prose, in lines, after which what a line shares with the article's opening counts a third as much."""

PRICES = (0.1, 0.35)
"""What a line of the article's run must be believed at least, on the mean: of a wide run, and of a tight one."""

LEAST_WORDS = 2
"""Words of a line that is looked for inside longer ones."""

MOST_WORDS = 60
"""Words of the longest line in which shorter ones are looked for."""

_SHARED = ("rare words shared", "rare words shared often", "words shared", "number of rare words shared")
_RUN = ("from start of", "to end of", "inside", "first of", "right before")
STANDING_NAMES = (
    *(f"{name} with the article" for name in _SHARED),
    *(f"{name} with its opening" for name in _SHARED),
    *(f"{name} the {run} article" for run in ("wide", "tight") for name in _RUN),
    "from the first sure line",
    "share of the article before",
    "article before",
    "article after",
    "headline share",
    "headline share of equal lines",
    "headline share to the highest",
    "equal to the highest",
    "section heads",
    "section head of the article",
    "section head",
    "article",
    "begins a longer line",
    "ends a longer line",
    "ends a longer line but for the first word",
    "begins with a shorter line",
    "ends with a shorter line",
    "equal lines",
    "last of equal lines",
)
"""The features, in their columns' order."""

_MASS = VALUE_NAMES.index("mass")


def standing_values(features: DumpFeatures, article: Floats, heading: Floats, headline: Floats) -> Floats:
    """Return for each text line how it stands to the article and to other lines."""
    _, same, numbers = np.unique(_line_sums(features), return_inverse=True, return_counts=True)
    mass = np.minimum(features.values[:, _MASS], 1.5)
    before = np.cumsum(article * mass, dtype=np.float64)
    near = article * np.exp(-before / OPENING)
    columns = (
        _shared(article, features),
        _shared(near, features),
        _places(article, mass, before),
        _beliefs(article, heading, headline, same),
        _inside(features),
        _equal(same, numbers),
    )
    return np.concatenate(columns, axis=1, dtype=np.float32)


def _shared(weight: AnyArray, features: DumpFeatures) -> AnyArray:
    """How far the words of each line stand in other lines, these weighed."""
    rows, n = features.word_rows, len(weight)
    own = weight[rows]
    told = np.maximum(np.bincount(features.codes, own)[features.codes] - own, 0)
    rare = features.salience * (features.salience > RARE)

    def per_line(weights: AnyArray) -> AnyArray:
        return np.bincount(rows, weights, minlength=n)

    there = told / (told + 0.5)
    all_rare, shared = np.maximum(per_line(rare), 0.5), per_line(rare * there)
    columns = (
        shared / all_rare,
        per_line(rare * np.minimum(told, 3) / 3) / all_rare,
        per_line(features.salience * there) / np.maximum(per_line(features.salience), 0.3),
        np.log1p(shared),
    )
    return np.stack(columns, axis=1)


def _places(article: Floats, mass: AnyArray, before: AnyArray) -> AnyArray:
    """Where each line stands in respect of the article's lines."""
    n = len(article)
    order = np.arange(n)
    columns: list[AnyArray] = []
    for price in PRICES:
        low, high = best_run((article - price) * mass - 0.02)
        columns += [_distance(order - low), _distance(high - order), (order >= low) & (order <= high)]
        columns += [order == low, order == low - 1]
    sure = article >= 0.5
    columns.append(_distance(order - (int(np.argmax(sure)) if sure.any() else n)))
    total, above = before[-1] + 1e-6, before - article * mass
    columns += [above / total, np.log1p(np.maximum(above, 0)), np.log1p(np.maximum(total - before, 0))]
    return np.stack(columns, axis=1)


def _distance(lines: Ints) -> AnyArray:
    return np.sign(lines) * np.log1p(np.abs(lines))


def _beliefs(article: Floats, heading: Floats, share: Floats, same: Ints) -> AnyArray:
    """Return what the tagger thinks of each line, beside what it thinks of others; equal lines are of the `same`."""
    heads = heading * article
    together = np.round(np.bincount(same, share), 6)[same]
    columns = (
        np.log(share + 1e-4) / 4,
        np.log(together + 1e-4) / 4,
        share / (share.max() + 1e-6),
        together >= together.max(),
        np.full(len(share), np.log1p(heads.sum(dtype=np.float64))),
        heads,
        heading,
        article,
    )
    return np.stack(columns, axis=1)


def _inside(features: DumpFeatures) -> AnyArray:
    """Which lines are the beginning or the end of longer ones, and which have such in them.

    Lines are compared by hashes of their words, from the front and from the back.
    """
    out = np.zeros((len(features.rows), 5), np.float64)
    lines, starts, counts = features.lines.rows, features.lines.starts, features.lines.counts
    if not len(lines):
        return out
    number, place, words = features.lines.of_word, features.lines.within, features.hashes
    left = counts[number] - place - 1
    long_enough, longer = counts >= LEAST_WORDS, (counts <= MOST_WORDS)[number]
    heads = _summed(words * odd(place), starts, number)
    from_back = words * odd(left)
    running = _summed(from_back, starts, number)
    ends = running[starts + counts - 1]
    tails = ends[number] - running + from_back
    begins = longer & (left > 0) & (place + 1 >= LEAST_WORDS)
    closes = longer & (place > 0) & (left + 1 >= LEAST_WORDS)
    whole, without_first = features.lines.sums, ends - from_back[starts]
    shorter, found = _parts(heads, begins, whole[long_enough])
    out[lines, 0] = long_enough & shorter(whole)
    out[lines[number[found]], 3] = 1
    shorter, found = _parts(tails, closes, ends[long_enough])
    out[lines, 1] = long_enough & shorter(ends)
    out[lines[number[found]], 4] = 1
    more = counts > LEAST_WORDS
    shorter, _ = _parts(tails, closes, without_first[more])
    out[lines, 2] = more & shorter(without_first)
    return out


def _parts(parts: Words, allowed: AnyArray, wanted: Words) -> tuple[Callable[[Words], list[bool]], Ints]:
    """Return which of the `wanted` hashes are among the `allowed` parts of lines, as a test, and which parts these are.

    A table of the hashes' upper halves leaves few parts to look at.
    """
    table = np.zeros(1 << 16, np.bool_)
    table[wanted >> np.uint32(16)] = True
    likely = np.flatnonzero(table.take(parts >> np.uint32(16)) & allowed)
    known = set(wanted.tolist())
    hashes = parts[likely].tolist()
    seen = known.intersection(hashes)
    found = likely[[part in seen for part in hashes]] if seen else likely[:0]
    return (lambda hashes: [part in seen for part in hashes.tolist()]), found


def _equal(same: Ints, numbers: Ints) -> AnyArray:
    """Return how often each line stands there, as a logarithm, and whether it is the last of its like."""
    order = np.arange(len(same))
    last = np.zeros(len(numbers), np.int64)
    last[same] = order
    return np.stack((np.log(numbers[same]), last[same] == order), axis=1)


def _summed(terms: Words, starts: Ints, number: Ints) -> Words:
    """Return the sum of the terms of each line up to each word, that included; `number` tells each word's line."""
    summed: Words = np.cumsum(terms, dtype=np.uint32)
    return summed - (summed - terms)[starts][number]


def _line_sums(features: DumpFeatures) -> Words:
    """Return a hash of the words of each text line; lines without words have hashes of their own."""
    out = np.arange(len(features.rows), dtype=np.uint32) | np.uint32(1 << 31)
    out[features.lines.rows] = features.lines.sums
    return out
