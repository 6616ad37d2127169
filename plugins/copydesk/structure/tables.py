"""Puts the cells of a page's table together again, where the page has a table of facts and no frame for its looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from copydesk.model import Block, Span, Table

CELLS = frozenset(("td", "th"))
MOST_CELL = 200
"""Characters of a cell; with more in one it is a table that a page was laid out in."""

LEAST = 2
"""Rows, columns, and rows with that many cells that are not empty, that make a table."""

FILLED = 0.5
"""Share of a table's cells that are not empty at least."""

_NO_CELLS = frozenset(("li", "blockquote", "pre"))
"""Elements of texts that are more than the words of a cell."""


def is_cell(block: Block) -> bool:
    """Tell whether a block is a cell of a table, or the only text in one."""
    return block.markup is not None and block.markup.element in CELLS


def same_table(before: Block, after: Block) -> bool:
    """Tell whether two blocks are of one table."""
    return before.cell is not None and after.cell is not None and before.cell.table == after.cell.table


def in_tables(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places of the blocks that are parts of tables."""
    tables = [block.cell.table if block.cell else None for block in blocks]
    runs = [list(run) for _, run in groupby(range(len(blocks)), key=tables.__getitem__)]
    return frozenset(n for run in runs if table_of([blocks[n] for n in run]) for n in run)


def table_of(blocks: Sequence[Block]) -> Table | None:
    """Return the table that blocks are in the cells of, None where they make none: short cells, most of them not empty.

    Where a cell reaches over several rows or columns, those behind it are empty; blocks of one cell are one text.
    """
    if len(blocks) < LEAST * LEAST or not all(map(_is_words, blocks)) or not same_table(blocks[0], blocks[-1]):
        return None
    texts = {place: _joined(list(parts)) for place, parts in groupby(blocks, key=_place)}
    rows, columns = sorted({row for row, _ in texts}), sorted({column for _, column in texts})
    full = sum(len(list(row)) >= LEAST for _, row in groupby(texts, key=lambda place: place[0]))
    if len(rows) < LEAST or len(columns) < LEAST or full < LEAST or len(texts) < FILLED * len(rows) * len(columns):
        return None
    if max(len(text) for text, _ in texts.values()) > MOST_CELL:
        return None
    head = all(block.cell is not None and block.cell.is_head for block in _of_row(blocks, rows[0]))
    cells = [[texts.get((row, column), ("", ())) for column in columns] for row in rows]
    spans = tuple(tuple(spans for _, spans in row) for row in cells)
    marked = any(spans for _, spans in texts.values())
    return Table(tuple(tuple(text for text, _ in row) for row in cells), head, spans if marked else ())


def _joined(parts: Sequence[Block]) -> tuple[str, tuple[Span, ...]]:
    """Return the blocks of a cell as one text, with its spans."""
    text = ""
    spans: list[Span] = []
    for part in parts:
        before = f"{text} " if text else ""
        spans += [span.moved(len(before)) for span in part.spans]
        text = before + part.text
    return text, tuple(spans)


def _is_words(block: Block) -> bool:
    """Tell whether a block can be the text of a cell: no section head, list, quotation or code."""
    element = block.markup.element if block.markup else ""
    return block.cell is not None and not block.is_heading and element not in _NO_CELLS


def _place(block: Block) -> tuple[int, int]:
    """Return the row and the column of a block's cell."""
    return (block.cell.row, block.cell.column) if block.cell else (0, 0)


def _of_row(blocks: Sequence[Block], row: int) -> Iterator[Block]:
    return (block for block in blocks if block.cell is not None and block.cell.row == row)
