"""The facts that lines at the top of an article tell: dek, authors, days. Nothing is guessed from other lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from copydesk.cleaning.credits import authors, named, parted
from copydesk.cleaning.dates import Day, day_of
from copydesk.model import Declared, LabelledBlock, Role


def dek_of(kept: Sequence[LabelledBlock]) -> str | None:
    """Return the dek, None where no line is one."""
    return " ".join(_texts(kept, Role.DEK)) or None


def authors_of(kept: Sequence[LabelledBlock], declared: Declared) -> tuple[str, ...]:
    """Return the authors: people that the page declares, else all bylines', else as its markup says.

    What only the editor calls a byline is a name as it stands.
    """
    if declared.authors:
        return _parted(declared.authors)
    found: list[str] = []
    for text in _texts(kept, Role.BYLINE):
        names = authors(text)
        found.extend((text,) if names is None else names)
    marked = next((names for text in declared.credits if (names := named(text))), ())
    return tuple(dict.fromkeys(found)) or marked or declared.publishers


def _parted(declared: Sequence[str]) -> tuple[str, ...]:
    """Return names each by itself, also where the page declares several as one."""
    return tuple(dict.fromkeys(name for text in declared for name in parted(text) or (text,)))


def days_of(kept: Sequence[LabelledBlock], declared: Declared) -> tuple[date | datetime | None, date | datetime | None]:
    """Return the days of publication and of the last change: as the page declares them, else of the first date lines.

    A day that the page marks up near the headline counts as a date line does.
    """
    days = _days([*_texts(kept, Role.DATELINE), *declared.days])
    published = next((day.when for day in days if not day.updated), None)
    updated = next((day.when for day in days if day.updated), None)
    return declared.published or published, declared.updated or updated


def _days(texts: Iterable[str]) -> list[Day]:
    """Return the days that texts give which are nothing but a date."""
    return [day for text in texts if (day := day_of(text))]


def _texts(kept: Sequence[LabelledBlock], role: Role) -> list[str]:
    """Return the texts of the blocks in `role`."""
    return [lb.block.text for lb in kept if lb.label.role is role]
