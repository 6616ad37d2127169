"""How a line looks by itself and where it stands: size, place, shares of characters, first and last character."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from copydesk.cleaning.tagger.characters import (
    ASK,
    AT,
    BRACKET,
    BULLET,
    CASELESS,
    CLASS_NAMES,
    CLASSES,
    COLON,
    COMMA,
    COPYRIGHT,
    CURRENCY,
    DASH,
    DIGIT,
    IDEOGRAPH,
    LOWER,
    PIPE,
    QUOTE,
    SIGN,
    SLASH,
    STOP,
    SYMBOL,
    UPPER,
    Floats,
)
from copydesk.cleaning.tagger.lines import Units

_EDGE_CLASSES = (
    UPPER,
    LOWER,
    CASELESS,
    IDEOGRAPH,
    DIGIT,
    STOP,
    ASK,
    COMMA,
    COLON,
    QUOTE,
    BRACKET,
    DASH,
    PIPE,
    BULLET,
    COPYRIGHT,
    SYMBOL,
)
_RATIO_CLASSES = (
    UPPER,
    LOWER,
    CASELESS,
    IDEOGRAPH,
    DIGIT,
    STOP,
    COMMA,
    QUOTE,
    BRACKET,
    DASH,
    SLASH,
    PIPE,
    BULLET,
    SIGN,
    SYMBOL,
)
_COUNT_CLASSES = (STOP, ASK, COMMA, COLON, QUOTE, BRACKET, DASH, SLASH, PIPE, AT, SIGN, CURRENCY, COPYRIGHT, DIGIT)
VALUE_NAMES = (
    "length",
    "mass",
    "indent",
    "blank before",
    "blank after",
    "place",
    "place from start",
    "place from end",
    "lines",
    "share of blank lines",
    "mass before",
    "mass after",
    "mass share",
    "document mass",
    "length to long line",
    *(f"share of {CLASS_NAMES[k]}" for k in _RATIO_CLASSES),
    *(f"number of {CLASS_NAMES[k]}" for k in _COUNT_CLASSES),
    *(f"begins with {CLASS_NAMES[k]}" for k in _EDGE_CLASSES),
    *(f"ends with {CLASS_NAMES[k]}" for k in _EDGE_CLASSES),
)


@lru_cache(maxsize=1)
def _edge_columns() -> Floats:
    """One-hot rows of the edge classes."""
    out = np.zeros((CLASSES, len(_EDGE_CLASSES)), np.float32)
    for column, kind in enumerate(_EDGE_CLASSES):
        out[kind, column] = 1
    return out


def line_values(read: Units, counts: Floats) -> Floats:
    """Length, place, shares of classes, first and last character."""
    n = read.size
    before = np.diff(read.rows, prepend=-1) - 1
    total = counts.sum(1)
    mass = total + 1.5 * counts[:, IDEOGRAPH]
    after = np.append(before[1:], 2)
    order = np.arange(n, dtype=np.float32)
    summed = np.cumsum(mass)
    all_mass = float(summed[-1])
    long_line = float(np.sort(mass)[-max(1, n // 20)]) if n else 1.0
    columns = np.empty((n, 15), np.float32)
    columns[:, 0] = np.log1p(total)
    columns[:, 1] = np.minimum(mass, 400) / 200
    columns[:, 2] = np.log1p(read.indents)
    columns[:, 3] = np.minimum(before, 3)
    columns[:, 4] = np.minimum(after, 3)
    columns[:, 5] = order / max(1, n - 1)
    columns[:, 6] = np.log1p(order)
    columns[:, 7] = np.log1p(n - 1 - order)
    columns[:, 8] = np.log(n)
    columns[:, 9] = 1 - n / read.lines
    columns[:, 10] = (summed - mass) / all_mass
    columns[:, 11] = (all_mass - summed) / all_mass
    columns[:, 12] = mass / all_mass
    columns[:, 13] = np.log(all_mass + 1)
    columns[:, 14] = np.minimum(mass / long_line, 2)
    shares = counts[:, _RATIO_CLASSES] / total[:, None]
    numbers = np.log1p(counts[:, _COUNT_CLASSES])
    edges = _edge_columns()
    return np.concatenate(
        (columns, shares, numbers, edges[read.kinds[read.first]], edges[read.kinds[read.last]]),
        axis=1,
        dtype=np.float32,
    )
