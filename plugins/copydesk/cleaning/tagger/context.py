"""What the tagger sees of a line in its dump: whether it comes again, and where the prose is."""

from __future__ import annotations

import numpy as np

from copydesk.cleaning.tagger.characters import ASK, COMMA, STOP, AnyArray, Floats
from copydesk.cleaning.tagger.lines import DumpWords

REPEAT_NAMES = ("said before", "said again", "same as line before", "begins like line before", "begins like line after")


def repeat_values(n: int, words: DumpWords) -> Floats:
    """Lines that stand more than once in the dump."""
    out = np.zeros((n, len(REPEAT_NAMES)), np.float32)
    lines, sums = words.lines.rows, words.lines.sums
    order = np.argsort(sums, kind="stable")
    ordered = sums[order]
    same = ordered[1:] == ordered[:-1]
    out[lines[order[1:]], 0] = same
    out[lines[order[:-1]], 1] = same
    out[lines[1:], 2] = sums[1:] == sums[:-1]
    heads = words.hashes[words.lines.starts]
    out[lines[1:], 3] = heads[1:] == heads[:-1]
    out[lines[:-1], 4] = heads[1:] == heads[:-1]
    return out


RUN_NAMES = (
    "inside best run",
    "from start of best run",
    "to end of best run",
    "inside tight run",
    "from start of tight run",
    "to end of tight run",
    "prose before",
    "prose after",
    "lines since prose",
    "lines to prose",
    "prose share near",
)
_PENALTIES = (0.25, 0.6)


def run_values(n: int, values: Floats, events: Floats, counts: Floats) -> Floats:
    """Where the line stands in respect of the runs of lines with most prose."""
    mass = np.minimum(values[:, 1], 1.5)
    punctuation = np.minimum(counts[:, STOP] + counts[:, ASK] + counts[:, COMMA], 3) / 3
    evidence = mass * (0.25 + 0.75 * punctuation) * (1 + events[:, 5])
    order = np.arange(n)
    out = np.empty((n, len(RUN_NAMES)), np.float32)
    for column, penalty in zip((0, 3), _PENALTIES, strict=True):
        low, high = best_run(evidence - penalty)
        out[:, column] = (order >= low) & (order <= high)
        out[:, column + 1] = np.sign(order - low) * np.log1p(np.abs(order - low))
        out[:, column + 2] = np.sign(high - order) * np.log1p(np.abs(high - order))
    summed = np.cumsum(evidence)
    total = float(summed[-1]) + 1e-6
    out[:, 6] = (summed - evidence) / total
    out[:, 7] = (total - summed) / total
    prose = evidence > 0.8
    latest = np.maximum.accumulate(np.where(prose, order, -50))
    coming = np.minimum.accumulate(np.where(prose, order, n + 50)[::-1])[::-1]
    out[:, 8] = np.log1p(order - latest)
    out[:, 9] = np.log1p(coming - order)
    padded = np.concatenate(([0.0], summed))
    out[:, 10] = (padded[np.minimum(order + 6, n)] - padded[np.maximum(order - 5, 0)]) / 11
    return out


def best_run(scores: AnyArray) -> tuple[int, int]:
    """First and last index of the run with the highest sum (the first one where several are equal)."""
    sums = np.concatenate(([0.0], np.cumsum(scores)))
    lowest = np.minimum.accumulate(sums)
    high = int(np.argmax(sums[1:] - lowest[:-1]))
    low = int(np.argmin(sums[: high + 1]))
    return low, high
