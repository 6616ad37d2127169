"""Writes the table of characters that the taggers read, from what Python knows of Unicode.

    python -m copydesk.training.characters

Weights belong to the table with which they were trained: it is written anew before a training, never between.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import numpy.typing as npt

from copydesk.cleaning.tagger import characters
from copydesk.cleaning.tagger.characters import (
    ASK,
    AT,
    BRACKET,
    BULLET,
    CASELESS,
    COLON,
    COMMA,
    COPYRIGHT,
    CURRENCY,
    DASH,
    DIGIT,
    IDEOGRAPH,
    LOWER,
    MARK,
    NEWLINE,
    OTHER,
    PIPE,
    QUOTE,
    SIGN,
    SLASH,
    SPACE,
    STOP,
    SYMBOL,
    UPPER,
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


def classes() -> npt.NDArray[np.uint8]:
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
    for kind, of_kind in _SPECIAL.items():
        for character in of_kind:
            table[ord(character)] = kind
    return table


def steps_down(kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    """Return how far it is from each code unit to its lower case, modulo 65,536; all digits are one."""
    codes = np.arange(0x10000, dtype=np.uint16)
    table = codes.copy()
    for code in np.flatnonzero(kinds == UPPER).tolist():
        small = chr(code).lower()
        if len(small) == 1:
            table[code] = ord(small)
    table[kinds == DIGIT] = ord("0")
    return table - codes


def main() -> None:
    """Write the table beside the taggers."""
    kinds = classes()
    path = Path(characters.__file__).with_name(characters.TABLES)
    np.savez_compressed(path, classes=kinds, steps_down=steps_down(kinds))


if __name__ == "__main__":
    main()
