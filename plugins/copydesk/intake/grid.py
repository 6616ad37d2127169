"""Tells where each cell of a page's table stands, cells that reach over several rows or columns reckoned in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from copydesk.model import Cell

MOST_COLUMNS = 100
"""Columns of a table that people read; one with more is a frame."""

MOST_ROWS_REACHED = 1000
"""Rows that a cell reaches over at most."""

_LOOKS_ALONE = frozenset(("presentation", "none"))
"""Roles of a table that is there for the page's looks (WAI-ARIA 1.2, section 5.4)."""

_COUNT = re.compile(r"\s*[0-9]{1,5}\s*")


@dataclass(slots=True)
class Grid:
    """A table that is being read. Not frozen: it goes from cell to cell.

    `number` tells it from the page's other tables, `cell` is the one that is open, `is_frame` tells that the table only
    frames parts of the page. `taken` are the columns that cells of former rows reach into, with the row that is free
    again.
    """

    number: int
    is_frame: bool = False
    cell: Cell | None = None
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)

    @classmethod
    def begun(cls, number: int, attributes: Mapping[str, str]) -> Grid:
        """Return the grid of a table at its start."""
        return cls(number, attributes.get("role", "") in _LOOKS_ALONE)

    def start_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0
        self.cell = None

    def start_cell(self, attributes: Mapping[str, str], *, is_head: bool) -> None:
        """Begin a cell, in the first column that is free."""
        self.row = max(self.row, 0)
        while self.taken.get(self.column, 0) > self.row:
            self.column += 1
        self.is_frame = self.is_frame or self.column >= MOST_COLUMNS
        self.cell = Cell(self.number, self.row, self.column, is_head)
        columns, rows = _count(attributes, "colspan", MOST_COLUMNS), _count(attributes, "rowspan", MOST_ROWS_REACHED)
        if rows > 1 and not self.is_frame:
            self.taken |= dict.fromkeys(range(self.column, self.column + columns), self.row + rows)
        self.column += columns

    def end_cell(self) -> None:
        """End the cell."""
        self.cell = None


def _count(attributes: Mapping[str, str], name: str, most: int) -> int:
    """Return how many rows or columns a cell reaches over."""
    told = attributes.get(name, "")
    return min(max(int(told), 1), most) if _COUNT.fullmatch(told) else 1
