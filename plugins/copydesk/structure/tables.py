"""Puts the cells of a page's table together again, where the page has a table of facts and no frame for its looks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from copydesk.model import Block, Table

CELLS = frozenset(("td", "th"))
MOST_CELL = 200
"""Characters of a cell; with more in one it is a table that a page was laid out in."""

LEAST = 2
"""Rows, and cells in each of them, that make a table."""


def is_cell(block: Block) -> bool:
    """Tell whether a block is a cell of a table, or the only text in one."""
    return block.markup is not None and block.markup.element in CELLS


def table_of(blocks: Sequence[Block]) -> Table | None:
    """Return the table that blocks are the cells of, None where they make none: rows of as many short cells each."""
    if len(blocks) < LEAST * LEAST or not all(map(is_cell, blocks)):
        return None
    rows = [list(row) for _, row in groupby(blocks, key=_row)]
    width = len(rows[0])
    if len(rows) < LEAST or width < LEAST or any(len(row) != width for row in rows):
        return None
    if any(len(block.text) > MOST_CELL for block in blocks):
        return None
    head = all(block.markup is not None and block.markup.element == "th" for block in rows[0])
    return Table(tuple(tuple(block.text for block in row) for row in rows), head)


def _row(block: Block) -> int:
    """Return the number of the row's element: the one around the cell's."""
    return block.markup.containers[1] if block.markup and len(block.markup.containers) > 1 else 0
