"""What neighbouring characters tell: sentences inside a line, times of day, addresses."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from copydesk.cleaning.tagger.characters import (
    ASK,
    BRACKET,
    CLASSES,
    COLON,
    DASH,
    DIGIT,
    IDEOGRAPH,
    LOWER,
    NEWLINE,
    QUOTE,
    SLASH,
    SPACE,
    STOP,
    UPPER,
    Floats,
    kind_flags,
)
from copydesk.cleaning.tagger.lines import Units

EVENT_NAMES = (
    "sentences inside",
    "digit colon digit",
    "digit pairs by mark",
    "double slash",
    "stop before letter",
    "stop at end or quote",
    "capital run",
)


@lru_cache(maxsize=1)
def _pair_events() -> npt.NDArray[np.uint8]:
    """For each pair of neighbouring classes: which event it may be (0: none)."""
    table = np.zeros((CLASSES, CLASSES), np.uint8)
    for end in (STOP, ASK):
        table[end, [SPACE, IDEOGRAPH, QUOTE]] = 1
        table[end, [UPPER, LOWER]] = 5
    table[DIGIT, COLON] = 2
    table[DIGIT, [SLASH, STOP, DASH]] = 3
    table[SLASH, SLASH] = 4
    table[UPPER, UPPER] = 6
    return table.ravel()


def event_values(read: Units) -> Floats:
    """Pairs and triples of neighbouring characters."""
    n, kinds, ends = read.size, read.kinds, kind_flags()[1]
    event_at = _pair_events().take(kinds[:-1] * np.uint16(CLASSES) + kinds[1:])
    places = np.flatnonzero(event_at)
    events = event_at[places]
    second, third = kinds[places + 1], kinds[np.minimum(places + 2, len(kinds) - 1)]
    third = np.where(places + 2 < len(kinds), third, NEWLINE)
    events[
        (events == 1)
        & ~((second == IDEOGRAPH) | ((second == SPACE) & (third > SPACE)) | ((second == QUOTE) & (third == SPACE)))
    ] = 0
    events[((events == 2) | (events == 3)) & (third != DIGIT)] = 0
    numbers = np.bincount(read.row_at[places] * 7 + events, minlength=n * 7).reshape(n, 7)
    final, previous = kinds[read.last], kinds[np.maximum(read.last - 1, 0)]
    out = np.empty((n, len(EVENT_NAMES)), np.float32)
    out[:, :5] = np.log1p(numbers[:, 1:6])
    out[:, 5] = ends[final] | (ends[previous] & ((final == QUOTE) | (final == BRACKET)))
    out[:, 6] = np.log1p(numbers[:, 6])
    return out
