"""Judges lines of a page again by what they are members of: a list, a table, a part that the page hides.

The tagger judges line by line, and drops many a short item or cell between others that it keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, MutableMapping, Sequence

from copydesk.cleaning.features import LIST_MARKS
from copydesk.intake.markup import HIDDEN
from copydesk.model import DOUBT, Block, Label, Role

SHORT = 80
"""Characters below which an item or a cell is too short to be judged by itself."""

MOST_BETWEEN = 12
"""Lines in a row that may be kept for those around them."""

LINKED = 0.5
"""Share of letters in links from which an item leads elsewhere."""

MOST_HIDDEN = 1 / 3
"""Share of an article's letters from which its page hides it until its scripts run, and says nothing by that."""

_ISLAND, _AFTER = "evidence:island", "evidence:after"
_MARK = re.compile(rf"(?:([{LIST_MARKS}]|[-*](?=\s))|\(?(\d{{1,3}})[.)]\s)\s*\S")
_OPENERS = frozenset(("button", "summary", "dt", "label"))
"""Elements that show what is hidden behind them."""

_ITEM = Label(True, Role.PARAGRAPH, "evidence:list", "short item between kept ones of the same list", 0.7)
_CELL = Label(True, Role.PARAGRAPH, "evidence:table", "cell between kept ones of the same table", 0.7)
_UNSEEN = Label(False, Role.FURNITURE, "evidence:hidden", "hidden, unlike most of the article", 0.8)


def with_members(labels: MutableMapping[int, Label], blocks: Sequence[Block]) -> None:
    """Keep what was dropped between kept items of a list or cells of a table, and drop what the page hides."""
    for n in list(_between(labels, blocks)):
        labels[n] = _CELL if blocks[n].cell else _ITEM
    for n in list(_hidden(labels, blocks)):
        labels[n] = _UNSEEN


def with_rest_of_lists(labels: MutableMapping[int, Label], texts: Sequence[str]) -> None:
    """Keep what the evidence drops of a list in a dump of which it keeps no less: a run of lines with one mark."""
    for run in _marked_runs(texts):
        kept = [n for n in run if labels[n].keep and labels[n].role is Role.PARAGRAPH]
        left = [n for n in run if labels[n].reason in (_ISLAND, _AFTER) and len(texts[n]) < SHORT]
        if left and len(kept) >= max(2, len(left)) and len(kept) + len(left) == len(run):
            labels.update(dict.fromkeys(left, _ITEM))


def _marked_runs(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the runs of lines that begin with the same list mark, or with numbers that count up."""
    run: list[int] = []
    before: str | int | None = None
    for n, text in enumerate(texts):
        found = _MARK.match(text)
        mark: str | int | None = (int(found[2]) if found[2] else found[1]) if found else None
        if run and (mark is None or mark != (before + 1 if isinstance(before, int) else before)):
            yield run
            run = []
        if mark is not None:
            run.append(n)
        before = mark
    if run:
        yield run


def _between(labels: MutableMapping[int, Label], blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the lines between two kept members of the list or the table that they are members of."""
    run: list[int] = []
    before: int | None = None
    for n, block in enumerate(blocks):
        if labels[n].keep and labels[n].role is Role.PARAGRAPH:
            if before is not None and 0 < len(run) <= MOST_BETWEEN:
                yield from (m for m in run if _joins(blocks[before], blocks[m]) and _joins(blocks[m], block))
            run, before = [], n
        elif labels[n].reason == _ISLAND and len(block.text) < SHORT and block.markup and block.markup.linked < LINKED:
            run.append(n)
        else:
            run, before = [], None


def _joins(one: Block, other: Block) -> bool:
    """Tell whether two lines are cells of one table, or items of one list or of lists in each other."""
    if one.cell or other.cell:
        return one.cell is not None and other.cell is not None and one.cell.table == other.cell.table
    own, around = _lists_around(one), _lists_around(other)
    return bool(own and around) and (own[0] == around[0] or one.holder in around[1:] or other.holder in own[1:])


def _lists_around(block: Block) -> tuple[int, ...]:
    """Return the numbers of the list that an item is in and of what is around that; none of what is no item."""
    if block.markup is None or "li" not in block.markup.landmarks or block.holder not in block.markup.containers:
        return ()
    return block.markup.containers[block.markup.containers.index(block.holder) + 1 :]


def _hidden(labels: MutableMapping[int, Label], blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the kept lines that the page hides, where most of the article is to be seen.

    Of a hidden part around lines it is not known whether a click shows it: they stay, but for a single doubtful one.
    """
    kept = [n for n, label in labels.items() if label.keep and label.role is Role.PARAGRAPH]
    hidden = {n for n in kept if (markup := blocks[n].markup) and HIDDEN in markup.hints}
    if _size(hidden, blocks) >= MOST_HIDDEN * _size(kept, blocks):
        return
    for n in sorted(hidden):
        markup = blocks[n].markup
        alone = n - 1 not in hidden and n + 1 not in hidden and labels[n].confidence < DOUBT
        if markup and (HIDDEN in markup.own or alone) and not (n and _opens(blocks[n - 1])):
            yield n


def _opens(block: Block) -> bool:
    """Tell whether a line is one that shows what comes after it: a section head, a question, a button."""
    opener = block.markup is not None and block.markup.element in _OPENERS
    return block.is_heading or opener or block.text.endswith("?")


def _size(places: Iterable[int], blocks: Sequence[Block]) -> int:
    return sum(len(blocks[n].text) for n in places)
