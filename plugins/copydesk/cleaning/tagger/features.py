"""What the tagger sees of each line of a dump: numbers, none of which depends on a language.

Only lines with something printed on them (text lines) are described. Everything is computed in a few passes over the
whole dump.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.cleaning.tagger.characters import CLASSES, UPPER, Floats, Ints, Words
from copydesk.cleaning.tagger.context import REPEAT_NAMES, RUN_NAMES, repeat_values, run_values
from copydesk.cleaning.tagger.lines import DumpWords, WordedLines, read_units, read_words
from copydesk.cleaning.tagger.looks import VALUE_NAMES, line_values
from copydesk.cleaning.tagger.pairs import EVENT_NAMES, event_values
from copydesk.cleaning.tagger.words import WORD_NAMES, word_values

FEATURE_NAMES = VALUE_NAMES + WORD_NAMES + EVENT_NAMES + REPEAT_NAMES + RUN_NAMES
"""The features, in their columns' order."""


@dataclass(frozen=True, slots=True)
class DumpFeatures:
    """What the model sees of one dump."""

    rows: Ints
    """Number in the dump of each text line."""
    values: Floats
    """One row for each text line, one column for each of FEATURE_NAMES."""
    words: Ints
    """Bucket of each word, in reading order."""
    hashes: Words
    """Hash of each word."""
    codes: Ints
    """A number for each word, the same for those of one bucket, below the number of words."""
    word_rows: Ints
    """Text line (place in ``rows``) of each word."""
    lines: WordedLines
    """The text lines that have words."""
    first_words: Ints
    """Bucket of the first word of each text line; -1 where there is none."""
    last_words: Ints
    word_counts: Ints
    """How often each word stands in the dump."""
    salience: Floats
    """How telling each word is: its inverse document frequency in the training data."""


def extract(text: str, salience: Floats) -> DumpFeatures | None:
    """Return the features of a dump's text lines, None where there are none; `salience` is that of each bucket."""
    read = read_units(text)
    n = read.size
    if not n:
        return None
    found = np.bincount(read.row_at * CLASSES + read.kinds, minlength=n * CLASSES)
    counts = found.reshape(n, CLASSES).astype(np.float32)
    counts[:, :UPPER] = 0
    words = read_words(read)
    word_counts = np.bincount(words.codes, minlength=1).take(words.codes)
    word_salience = salience.take(words.buckets)
    values = line_values(read, counts)
    events = event_values(read)
    columns = (
        values,
        word_values(n, words, word_counts, word_salience, values, counts),
        events,
        repeat_values(n, words),
        run_values(n, values, events, counts),
    )
    table = np.concatenate(columns, axis=1, dtype=np.float32)
    first_words, last_words = _edge_words(n, words)
    return DumpFeatures(
        rows=read.rows,
        values=table,
        words=words.buckets,
        hashes=words.hashes,
        codes=words.codes,
        word_rows=words.rows,
        lines=words.lines,
        first_words=first_words,
        last_words=last_words,
        word_counts=word_counts,
        salience=word_salience,
    )


def _edge_words(n: int, words: DumpWords) -> tuple[Ints, Ints]:
    """Return the first and the last word of each line, -1 where it has none."""
    first, last = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    lines = words.lines
    first[lines.rows] = words.buckets[lines.starts]
    last[lines.rows] = words.buckets[lines.starts + lines.counts - 1]
    return first, last
