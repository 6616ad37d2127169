"""What the tagger of pages sees of each line: how the page marks it up, and what the tagger of dumps thinks of it.

Names of elements, landmarks and hints are the page's; none depends on a language. The share of the page's prose that
stands beside a line, in the same container, is Readability's idea (Arc90, 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from copydesk.cleaning.tagger.characters import Floats, Ints
from copydesk.intake.markup import HIDDEN, HINTS, LANDMARKS, NEAREST
from copydesk.model import Markup

ELEMENTS = ("p", "li", "h1", "h2", "h3", "h4", "td", "div", "blockquote", "figcaption", "button", "body")
_LIKE = {"h5": "h4", "h6": "h4", "th": "td", "section": "div", "article": "div", "main": "div", "caption": "figcaption"}

PROSE_LEAST = 40
"""Letters that a text has at least to count as prose."""

MARKUP_NAMES = (
    *(f"is_{element}" for element in ELEMENTS),
    *(f"in_{landmark}" for landmark in sorted(LANDMARKS)),
    *(f"around_{hint}" for hint in (*HINTS, HIDDEN)),
    *(f"own_{hint}" for hint in (*HINTS, HIDDEN)),
    "linked", "all_linked", "unlinked", "depth", "size", "beside_previous", "beside_next", "after_title",
    "lines_after_title",
    *(f"prose_share_{n}" for n in range(NEAREST)),
    *(f"prose_most_{n}" for n in range(NEAREST)),
    "place",
)  # fmt: skip
"""The features, in their columns' order."""

_COLUMNS = {name: number for number, name in enumerate(MARKUP_NAMES)}


def markup_values(texts: Sequence[str], markups: Sequence[Markup]) -> Floats:
    """Return one row for each line, one column for each of MARKUP_NAMES."""
    values = np.zeros((len(texts), len(MARKUP_NAMES)), np.float32)
    elements, landmarks, hints, own, linked, containers, depths = zip(*markups, strict=True)
    found = list(map(_columns_of, elements, landmarks, hints, own))
    rows = np.repeat(np.arange(len(found)), list(map(len, found)))
    values[rows, np.fromiter(chain.from_iterable(found), np.intp, len(rows))] = 1
    sizes = np.fromiter(map(len, texts), np.float32, len(texts))
    links = np.array(linked, np.float32)
    near = np.array([(numbers + numbers[-1:] * NEAREST)[:NEAREST] for numbers in containers], np.intp)
    _measure(values, sizes, links, depths, near[:, 1])
    _places(values, elements.index("h1") if "h1" in elements else len(texts))
    _prose_shares(values, sizes * (1 - links) * (sizes >= PROSE_LEAST), near)
    return values


@lru_cache(maxsize=4096)
def _columns_of(element: str, landmarks: frozenset[str], hints: frozenset[str], own: frozenset[str]) -> tuple[int, ...]:
    """Return the columns of an element, the landmarks around it, and the hints around and of it."""
    names = (
        f"is_{_LIKE.get(element, element)}",
        *(f"in_{landmark}" for landmark in landmarks),
        *(f"around_{hint}" for hint in hints),
        *(f"own_{hint}" for hint in own),
    )
    return tuple(_COLUMNS[name] for name in names if name in _COLUMNS)


def _measure(values: Floats, sizes: Floats, linked: Floats, depths: Sequence[int], near: Ints) -> None:
    """Fill in what is measured of each line; `near` are the elements in which lines are beside others."""
    values[:, _COLUMNS["linked"]] = linked
    values[:, _COLUMNS["all_linked"]] = linked >= 0.95
    values[:, _COLUMNS["unlinked"]] = linked == 0
    values[:, _COLUMNS["depth"]] = np.minimum(depths, 60) / np.float32(20)
    values[:, _COLUMNS["size"]] = np.log1p(sizes) / 4
    beside = near[1:] == near[:-1]
    values[1:, _COLUMNS["beside_previous"]] = beside
    values[:-1, _COLUMNS["beside_next"]] = beside


def _places(values: Floats, title: int) -> None:
    """Fill in where each line stands in the page, and behind its `title`."""
    count = len(values)
    values[title:, _COLUMNS["after_title"]] = 1
    values[title:, _COLUMNS["lines_after_title"]] = np.log1p(np.arange(count - title)) / 4
    values[:, _COLUMNS["place"]] = np.arange(count) / np.float32(max(count, 1))


def _prose_shares(values: Floats, prose: Floats, near: Ints) -> None:
    """Fill in which share of the page's prose stands in each of the containers around a line."""
    total = max(float(prose.sum()), 1.0)
    share, most = _COLUMNS["prose_share_0"], _COLUMNS["prose_most_0"]
    for n in range(NEAREST):
        mass = np.bincount(near[:, n], prose)
        found = mass[near[:, n]].astype(np.float32)
        values[:, share + n] = found / total
        values[:, most + n] = found / (float(mass.max(initial=0.0)) or 1.0)
