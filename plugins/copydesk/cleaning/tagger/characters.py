"""Characters in classes, words as numbers: what the tagger sees of a text, the same in every language.

Texts are UTF-16 code units, so that tables of 65,536 entries hold all there is; half of a surrogate pair is a symbol.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
AnyArray = npt.NDArray[Any]

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

_SPECIAL = {
    STOP: ".…。．۔।॥։።｡",
    ASK: "!?！？؟;՞፧‽",
    COMMA: ",;、，；،؛﹐､",
    COLON: ":：",
    QUOTE: "\"'“”„‟«»「」『』‘’‚‹›`´＂",
    BRACKET: "()[]{}（）【】〔〕〈〉《》",
    DASH: "-–—‐‑‒―−~〜",
    SLASH: "/\\／",
    PIPE: "|·¦｜>→←↑↓▸▶►▼▾❯⟩↗↩",
    BULLET: "•◦▪‣*■●○∙◾★☆✓✔",
    AT: "@",
    SIGN: "#&+=_^%<¶§†",
    COPYRIGHT: "©®™℗",
}


@lru_cache(maxsize=1)
def class_table() -> npt.NDArray[np.uint8]:
    """Return the class of each UTF-16 code unit (a surrogate is half of an emoji or a rare ideograph: a symbol)."""
    table = np.full(0x10000, OTHER, np.uint8)
    by_category = {
        "Lu": UPPER,
        "Lt": UPPER,
        "Ll": LOWER,
        "Lm": CASELESS,
        "Lo": CASELESS,
        "Nd": DIGIT,
        "Mn": MARK,
        "Mc": MARK,
        "Zs": SPACE,
        "Zl": SPACE,
        "Zp": SPACE,
        "So": SYMBOL,
        "Sm": SIGN,
        "Sc": CURRENCY,
        "Cs": SYMBOL,
        "Pd": DASH,
    }
    for code in range(0x10000):
        table[code] = by_category.get(unicodedata.category(chr(code)), OTHER)
    for low, high in ((0x0E00, 0x0E80), (0x3040, 0x3100), (0x3400, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00)):
        part = table[low:high]
        part[part == CASELESS] = IDEOGRAPH
    table[[9, 11, 12, 13, 0xFEFF, 0x200B]] = SPACE
    table[10] = NEWLINE
    for kind, characters in _SPECIAL.items():
        for character in characters:
            table[ord(character)] = kind
    return table


@lru_cache(maxsize=1)
def letter_table() -> Words:
    """Return a pseudo-random number for each code unit of a word, else 0; one for both cases, one for all digits."""
    lowered = np.arange(0x10000, dtype=np.uint32)
    kinds = class_table()
    for code in np.flatnonzero(kinds == UPPER).tolist():
        small = chr(code).lower()
        if len(small) == 1:
            lowered[code] = ord(small)
    lowered[kinds == DIGIT] = 48
    return np.where(kind_flags()[0][kinds], scramble(lowered + np.uint32(1)), np.uint32(0))


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
