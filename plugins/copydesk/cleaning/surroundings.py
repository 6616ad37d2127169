"""What the lines of any part of a page are, summed up: how much of its text is the article's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        last = max(self._lines, default=0)
        self._sums = {rules: list(self._running(last, rules)) for rules in (False, True)}

    def _running(self, last: int, rules: bool) -> Iterator[Text]:
        """Yield the sums up to each line; without `rules`, those that a rule dropped count nothing."""
        return accumulate((self._line(n, rules) for n in range(last + 1)), _added)

    def _line(self, number: int, rules: bool) -> Text:
        return self._lines.get(number, _NOTHING) if rules or number not in self._rules else _NOTHING

    def between(self, lines: Lines, without: Sequence[int], *, rules: bool) -> Text:
        """Return what the lines are, those of a caption left aside."""
        sums = self._sums[rules]
        text = _taken(sums[min(lines.last, len(sums) - 1)], sums[lines.first - 1])
        for number in without:
            if lines.first <= number <= lines.last:
                text = _taken(text, self._line(number, rules))
        return text


_NOTHING = Text()


def _text(labelled: LabelledBlock) -> Text:
    letters, kept, role = len(labelled.block.text), labelled.label.keep, labelled.label.role
    return Text(1, letters, kept, letters * kept, kept and role in CREDITS, kept and role is Role.HEADLINE)


def _added(one: Text, other: Text) -> Text:
    return Text(*(a + b for a, b in zip(one, other, strict=True)))


def _taken(one: Text, other: Text) -> Text:
    return Text(*(a - b for a, b in zip(one, other, strict=True)))
