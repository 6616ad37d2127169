"""Find the article in a document: the run of lines whose scores add up to the most.

The maximum-sum subsequence of line scores (Pasternack and Roth, "Extracting Article Text from the Web with Maximum
Subsequence Segmentation", WWW 2009), then its weak lines taken out and its tail trimmed.
"""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.cleaning.features import Line

LENIENCE = 0.8
"""Added to each score, in log-odds: losing a paragraph is worse than keeping a teaser."""

FURNITURE_PENALTY = 1.5
"""Taken off a line for each of up to two furniture lines right before it: the article may be over."""

ISLAND = -3.0
"""Lines inside the run that score below this are furniture between paragraphs."""

TAIL = 1.0
"""Short lines without a sentence at the end of the run stay only above this score."""

_SHORT = 100


def best_run(scores: Sequence[float], furniture_before: Sequence[int]) -> tuple[int, int]:
    """Return start and end of the run with the highest sum; empty only without any lines (Kadane's algorithm)."""
    best, best_start, best_end = float("-inf"), 0, 0
    total, start = 0.0, 0
    for n, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, n
        total += score + LENIENCE - FURNITURE_PENALTY * min(2, furniture_before[n])
        if total > best:
            best, best_start, best_end = total, start, n + 1
    return best_start, best_end


def trim_tail(lines: Sequence[Line], scores: Sequence[float], start: int, end: int) -> int:
    """Return the end of the run without the short lines after its last sentence or list item."""
    last = end
    while last > start and _trailing(lines[last - 1]) and scores[last - 1] < TAIL:
        last -= 1
    return last if last > start else end


def _trailing(line: Line) -> bool:
    """Tell whether a line at the article's end is more likely the head of what follows."""
    return line.size < _SHORT and not line.ends and not line.bullet and not line.continues


def is_island(score: float) -> bool:
    """Tell whether a line inside the run is furniture."""
    return score < ISLAND
