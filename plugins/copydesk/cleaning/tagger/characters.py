"""Characters in classes, words as numbers: what the tagger sees of a text, the same in every language.

Texts are UTF-16 code units, so that tables of 65,536 entries hold all there is; half of a surrogate pair is a symbol.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
AnyArray = npt.NDArray[Any]

TABLES = "characters.npz"
"""The class of each code unit, and how far it is to its lower case (`copydesk.training.characters` writes it).

A file, since Pythons differ in the characters that they know, and working it out takes a moment at each start.
"""

BUCKETS = 1 << 16
"""Words are known by a hash of their lower-cased letters, digits all alike; so many are told apart."""

(
    NEWLINE,
    SPACE,
    UPPER,
    LOWER,
    CASELESS,
    IDEOGRAPH,
    DIGIT,
    MARK,
    STOP,
    ASK,
    COMMA,
    COLON,
    QUOTE,
    BRACKET,
    DASH,
    SLASH,
    PIPE,
    BULLET,
    AT,
    SIGN,
    CURRENCY,
    COPYRIGHT,
    SYMBOL,
    OTHER,
) = range(24)
CLASSES = 24
CLASS_NAMES = (
    "newline",
    "space",
    "upper",
    "lower",
    "caseless",
    "ideograph",
    "digit",
    "mark",
    "stop",
    "ask",
    "comma",
    "colon",
    "quote",
    "bracket",
    "dash",
    "slash",
    "pipe",
    "bullet",
    "at",
    "sign",
    "currency",
    "copyright",
    "symbol",
    "other",
)


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, AnyArray]:
    with as_file(files(__package__).joinpath(TABLES)) as path, np.load(path, allow_pickle=False) as data:
        return {name: data[name] for name in ("classes", "steps_down")}


def class_table() -> npt.NDArray[np.uint8]:
    """Return the class of each UTF-16 code unit (a surrogate is half of an emoji or a rare ideograph: a symbol)."""
    return _tables()["classes"]


@lru_cache(maxsize=1)
def letter_table() -> Words:
    """Return a pseudo-random number for each code unit of a word, else 0; one for both cases, one for all digits."""
    lowered = np.arange(0x10000, dtype=np.uint16) + _tables()["steps_down"]
    numbers = scramble(lowered.astype(np.uint32) + np.uint32(1))
    return np.where(kind_flags()[0][class_table()], numbers, np.uint32(0))


@lru_cache(maxsize=32)
def power_tables(size: int) -> tuple[Words, Words]:
    """Powers of an odd number modulo 2**32, and of its inverse: a word's hash is the same wherever it stands."""
    base = 0x01000193
    tables = []
    for factor in (base, pow(base, -1, 1 << 32)):
        steps = np.full(size, factor, np.uint32)
        steps[0] = 1
        tables.append(np.multiply.accumulate(steps, dtype=np.uint32))
    return tables[0], tables[1]


def scramble(values: Words) -> Words:
    """Mix 32 bits well."""
    out = values * np.uint32(0x9E3779B1)
    out ^= out >> np.uint32(15)
    out *= np.uint32(0x85EBCA77)
    out ^= out >> np.uint32(13)
    return out


@lru_cache(maxsize=1)
def kind_flags() -> tuple[AnyArray, AnyArray]:
    """Class to: stands in a word, ends a sentence."""
    kinds = np.arange(CLASSES)
    return np.isin(kinds, (UPPER, LOWER, CASELESS, IDEOGRAPH, DIGIT, MARK)), (kinds == STOP) | (kinds == ASK)
