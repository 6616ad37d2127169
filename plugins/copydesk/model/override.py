"""What an editor corrects of a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from copydesk.model.article import Canonical, Status
from copydesk.model.ledger import Role


@dataclass(frozen=True, slots=True)
class LineOverride:
    """An editor's word on one line; it matches by number and text where both are given, else by the one given.

    With `picture` it is about the picture or embed of that name or address instead.
    """

    keep: bool
    line: int | None = None
    text: str | None = None
    role: Role | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """All that an editor corrects of one seed; None leaves what was found. `where` is the file it was read from.

    `was` are slugs that the article had before: links to them lead on.
    """

    where: str
    lines: tuple[LineOverride, ...] = ()
    headline: str | None = None
    dek: str | None = None
    authors: tuple[str, ...] | None = None
    published: date | datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] | None = None
    language: str | None = None
    updated: date | datetime | None = None
    status: Status | None = None
    canonical: Canonical | None = None
    was: tuple[str, ...] = ()
