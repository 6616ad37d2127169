"""A dump as numbers: its text lines, where they begin and end, and its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.cleaning.tagger.characters import (
    BUCKETS,
    IDEOGRAPH,
    NEWLINE,
    SPACE,
    AnyArray,
    Ints,
    Words,
    class_table,
    kind_flags,
    letter_table,
    power_tables,
    scramble,
)


@dataclass(frozen=True, slots=True)
class Units:
    """A dump's UTF-16 code units and where its text lines are."""

    units: AnyArray
    kinds: AnyArray
    """Class of each unit."""
    row_at: Ints
    """Text line of each unit (of the text line before it, on blank lines)."""
    rows: Ints
    """Number of each text line among all lines."""
    lines: int
    first: Ints
    """Place of the first printed unit of each text line."""
    last: Ints
    indents: Ints

    @property
    def size(self) -> int:
        """Number of text lines."""
        return len(self.rows)


def read_units(text: str) -> Units:
    """Classes and lines of a dump."""
    units = np.frombuffer((text + "\n").encode("utf-16-le", "surrogatepass"), "<u2")
    kinds = class_table().take(units)
    ends = np.flatnonzero(kinds == NEWLINE)
    starts = np.concatenate(([0], ends[:-1] + 1))
    printed = kinds > SPACE
    places = np.flatnonzero(printed)
    numbers = np.add.reduceat(printed, starts, dtype=np.int64)
    rows = np.flatnonzero(numbers)
    after = np.cumsum(numbers)[rows]
    row_of_line = np.maximum(np.cumsum(numbers > 0) - 1, 0)
    first = places[after - numbers[rows]]
    return Units(
        units,
        kinds,
        np.repeat(row_of_line, ends - starts + 1),
        rows,
        len(ends),
        first,
        places[after - 1],
        first - starts[rows],
    )


@dataclass(frozen=True, slots=True)
class WordedLines:
    """The text lines of a dump that have words."""

    rows: Ints
    """Number of each among all text lines."""
    starts: Ints
    """Place of its first word."""
    counts: Ints
    """Number of its words."""
    sums: Words
    """A hash of its words."""
    of_word: Ints
    """For each word, which of these lines it stands in."""
    within: Ints
    """For each word, its place in its line."""


@dataclass(frozen=True, slots=True)
class DumpWords:
    """A dump's words in reading order."""

    buckets: Ints
    codes: Ints
    """A number below that of the words, one for each bucket: sums over equal words are as short as the dump."""
    hashes: Words
    rows: Ints
    lengths: AnyArray
    first_kinds: AnyArray
    lines: WordedLines


def read_words(read: Units) -> DumpWords:
    """Find and hash the words. An ideograph is a word of its own."""
    kinds = read.kinds
    in_word = kind_flags()[0].take(kinds)
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    ideographs = kinds == IDEOGRAPH
    if ideographs.any():
        begins |= ideographs
        begins[1:] |= ideographs[:-1] & in_word[1:]
    starts = np.flatnonzero(begins)
    hashes = _hash_words(read.units, starts)
    lengths = np.add.reduceat(in_word, starts, dtype=np.int32) if len(starts) else np.zeros(0, np.int32)
    buckets = (hashes >> np.uint32(16)).astype(np.int64)
    rows = read.row_at[starts]
    return DumpWords(buckets, _codes(buckets), hashes, rows, lengths, kinds[starts], _worded_lines(hashes, rows))


def _worded_lines(hashes: Words, rows: Ints) -> WordedLines:
    """Return the lines that words with these hashes stand in, in reading order; `rows` are those of each word."""
    begins = np.ones(len(rows), np.bool_)
    begins[1:] = rows[1:] != rows[:-1]
    starts = np.flatnonzero(begins)
    of_word = np.cumsum(begins) - 1
    within = np.arange(len(rows)) - starts[of_word]
    counts = np.bincount(of_word)
    sums = np.add.reduceat(hashes * odd(within), starts, dtype=np.uint32) if len(starts) else hashes
    return WordedLines(rows[starts], starts, counts, sums, of_word, within)


def odd(places: Ints) -> Words:
    """Return what the hash of a word counts at its place in a line."""
    return (places * 2 + 1).astype(np.uint32)


def _codes(buckets: Ints) -> Ints:
    """Return for each word the place of the last one in its bucket."""
    last = np.empty(BUCKETS, np.int64)
    last[buckets] = np.arange(len(buckets))
    return last.take(buckets)


def _hash_words(units: AnyArray, starts: Ints) -> Words:
    """Return a 32-bit hash of each word: only letters and digits count."""
    if not len(starts):
        return np.zeros(0, np.uint32)
    up, down = power_tables(1 << (len(units) - 1).bit_length())
    terms = letter_table().take(units) * up[: len(units)]
    return scramble(np.add.reduceat(terms, starts, dtype=np.uint32) * down[starts])
