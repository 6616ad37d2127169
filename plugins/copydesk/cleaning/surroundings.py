"""What the lines of any part of a page are, summed up: how much of its text is the article's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from copydesk.model import LabelledBlock, Lines, Role

CREDITS = (Role.BYLINE, Role.DATELINE)
"""Roles of lines that say who wrote the article and when."""


class Text(NamedTuple):
    """What some lines are: how many, how many are kept, names and headlines among these; and their letters."""

    lines: int = 0
    letters: int = 0
    kept: int = 0
    kept_letters: int = 0
    credits: int = 0
    headlines: int = 0


class Surroundings:
    """Tells of any run of lines what they are, without going through them: a page may have thousands of pictures."""

    def __init__(self, labelled: Sequence[LabelledBlock]) -> None:
        self._lines = {lb.block.first: _text(lb) for lb in labelled}
        self._rules = {lb.block.first for lb in labelled if lb.label.reason.startswith("rule:")}
        self._last = max(self._lines, default=0)
        self._sums = {rules: self._running(rules) for rules in (False, True)}

    def _running(self, rules: bool) -> tuple[tuple[int, ...], ...]:
        """Return the sums up to each line, by columns; without `rules`, what a rule dropped counts nothing."""
        lines = [self._line(number, rules) for number in range(self._last + 1)]
        return tuple(tuple(accumulate(column)) for column in zip(*lines, strict=True))

    def _line(self, number: int, rules: bool) -> Text:
        return self._lines.get(number, _NOTHING) if rules or number not in self._rules else _NOTHING

    def between(self, lines: Lines, without: Sequence[int], *, rules: bool) -> Text:
        """Return what the lines are, those of a caption left aside."""
        first, last = lines.first - 1, min(lines.last, self._last)
        text = Text(*(sums[last] - sums[first] for sums in self._sums[rules]))
        for number in without:
            if lines.first <= number <= lines.last:
                text = Text(*(a - b for a, b in zip(text, self._line(number, rules), strict=True)))
        return text


_NOTHING = Text()


def _text(labelled: LabelledBlock) -> Text:
    letters, kept, role = len(labelled.block.text), labelled.label.keep, labelled.label.role
    return Text(1, letters, kept, letters * kept, kept and role in CREDITS, kept and role is Role.HEADLINE)
