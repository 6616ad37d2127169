"""The facts that lines at the top of an article tell: dek, authors, days. Nothing is guessed from other lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from copydesk.cleaning.credits import authors
from copydesk.cleaning.dates import day_of
from copydesk.model import LabelledBlock, Role


def dek_of(kept: Sequence[LabelledBlock]) -> str | None:
    """Return the dek, None where no line is one."""
    return " ".join(_texts(kept, Role.DEK)) or None


def authors_of(kept: Sequence[LabelledBlock]) -> tuple[str, ...]:
    """Return the authors of all bylines, each once; what only the editor calls a byline is a name as it stands."""
    found: list[str] = []
    for text in _texts(kept, Role.BYLINE):
        named = authors(text)
        found.extend((text,) if named is None else named)
    return tuple(dict.fromkeys(found))


def days_of(kept: Sequence[LabelledBlock]) -> tuple[date | datetime | None, date | datetime | None]:
    """Return the days of publication and of the last change, as the first date lines of each kind give them."""
    days = [day for text in _texts(kept, Role.DATELINE) if (day := day_of(text))]
    published = next((day.when for day in days if not day.updated), None)
    updated = next((day.when for day in days if day.updated), None)
    return published, updated


def _texts(kept: Sequence[LabelledBlock], role: Role) -> list[str]:
    """Return the texts of the blocks in `role`."""
    return [lb.block.text for lb in kept if lb.label.role is role]
