"""What the tagger of pages sees of each line: how the page marks it up, and what the tagger of dumps thinks of it.

Names of elements, landmarks and hints are the page's; none depends on a language. The share of the page's prose that
stands beside a line, in the same container, is Readability's idea (Arc90, 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from copydesk.cleaning.tagger.characters import Floats
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
    found = [_columns_of(markup.element, markup.landmarks, markup.hints, markup.own) for markup in markups]
    rows = np.repeat(np.arange(len(found)), [len(columns) for columns in found])
    values[rows, np.fromiter(chain.from_iterable(found), np.intp, len(rows))] = 1
    _measure(values, texts, markups)
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


def _measure(values: Floats, texts: Sequence[str], markups: Sequence[Markup]) -> None:
    """Fill in what is measured."""
    count = len(texts)
    column = {name: values[:, number] for name, number in _COLUMNS.items()}
    sizes = np.array([len(text) for text in texts], np.float32)
    linked = np.array([markup.linked for markup in markups], np.float32)
    column["linked"][:] = linked
    column["all_linked"][:] = linked >= 0.95
    column["unlinked"][:] = linked == 0
    column["depth"][:] = np.minimum([markup.depth for markup in markups], 60) / np.float32(20)
    column["size"][:] = np.log1p(sizes) / 4
    near = np.array([markup.containers[1 if len(markup.containers) > 1 else 0] for markup in markups])
    beside = (near[1:] == near[:-1]).astype(np.float32)
    column["beside_previous"][1:] = beside
    column["beside_next"][:-1] = beside
    title = next((n for n, markup in enumerate(markups) if markup.element == "h1"), count)
    column["after_title"][title:] = 1
    column["lines_after_title"][title:] = np.log1p(np.arange(count - title)) / 4
    column["place"][:] = np.arange(count) / np.float32(max(count, 1))
    prose = sizes * (1 - linked) * (sizes >= PROSE_LEAST)
    _prose_shares(column, prose, markups)


def _prose_shares(column: dict[str, Floats], prose: Floats, markups: Sequence[Markup]) -> None:
    """Fill in which share of the page's prose stands in each of the containers around a line."""
    total = max(float(prose.sum()), 1.0)
    for n in range(NEAREST):
        near = np.array([m.containers[n] if n < len(m.containers) else m.containers[-1] for m in markups], np.intp)
        mass = np.bincount(near, prose)
        most = float(mass.max(initial=0.0)) or 1.0
        found = mass[near].astype(np.float32)
        column[f"prose_share_{n}"][:] = found / total
        column[f"prose_most_{n}"][:] = found / most
