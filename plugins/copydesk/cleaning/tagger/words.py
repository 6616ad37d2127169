"""What the words of a line tell: how telling they are, and whether the rest of the dump speaks of the same."""

from __future__ import annotations

import numpy as np

from copydesk.cleaning.tagger.characters import (
    ASK,
    CASELESS,
    DIGIT,
    IDEOGRAPH,
    LOWER,
    STOP,
    UPPER,
    AnyArray,
    Floats,
    Ints,
)
from copydesk.cleaning.tagger.lines import DumpWords

WORD_NAMES = (
    "words",
    "word length",
    "capitalised words",
    "small words",
    "common in dump",
    "salience",
    "told elsewhere in prose",
    "told elsewhere",
    "long words",
    "rare words told elsewhere",
)


def word_values(n: int, words: DumpWords, everywhere: Ints, weight: Floats, values: Floats, counts: Floats) -> Floats:
    """Words of each line, and how far the rest of the dump speaks of the same things."""
    word_rows = words.rows
    number = np.bincount(word_rows, minlength=n).astype(np.float32)
    safe = np.maximum(number, 1)

    def per_line(weights: AnyArray) -> AnyArray:
        return np.bincount(word_rows, weights, minlength=n)

    letters = counts[:, UPPER] + counts[:, LOWER] + counts[:, CASELESS] + counts[:, DIGIT] + counts[:, IDEOGRAPH]
    prose = (values[:, 1] > 0.35) & (counts[:, STOP] + counts[:, ASK] > 0)
    in_prose = prose[word_rows]
    prose_count = np.bincount(words.codes[in_prose], minlength=len(words.codes)).take(words.codes) - in_prose
    total_weight = np.maximum(per_line(weight), 1e-3)
    rare = weight * (weight > 0.5)
    out = np.empty((n, len(WORD_NAMES)), np.float32)
    out[:, 0] = np.log1p(number)
    out[:, 1] = letters / safe / 5
    out[:, 2] = per_line(words.first_kinds == UPPER) / safe
    out[:, 3] = per_line(words.first_kinds == LOWER) / safe
    out[:, 4] = per_line(everywhere > max(3.0, 0.006 * len(word_rows))) / safe
    out[:, 5] = total_weight / safe
    out[:, 6] = per_line(weight * (prose_count > 0)) / total_weight
    out[:, 7] = per_line(weight * (everywhere > 1)) / total_weight
    out[:, 8] = per_line(words.lengths > 9) / safe
    out[:, 9] = per_line(rare * (prose_count > 0)) / np.maximum(per_line(rare), 0.5)
    return out
