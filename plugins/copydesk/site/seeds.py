"""The seeds of a site: their names, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from copydesk.model import Article
from copydesk.packing import Abstract
from copydesk.site.addresses import Candidate, slug_of
from copydesk.site.days import seconds_of

NEVER = datetime.min.replace(tzinfo=UTC)
"""First-seen moment of a seed that could not be read."""


class Refusal(NamedTuple):
    """Why there is no article of a scrape; `again` tells that it will be the same with the same bytes.

    `passed_over` tells a page of a crawl or a mirror that is no article, which is no mistake there; `matched`
    stands for the rules that had a say in it.
    """

    reason: str
    again: bool = False
    passed_over: bool = False
    matched: str = ""


class Identity(NamedTuple):
    """By what a story is known: its id, and when it was first seen."""

    id: str
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Seed:
    """One scrape below the seeds folder and what became of it: an article, or the reason why there is none.

    `file` is the one that holds it, `number` its place in a file of several; `beside` stands for the files that its
    pictures may be in. `key` is that of the whole article in the store; `matched` stands for the rules that had a say
    in it, empty where that is not known. `others` are the addresses that further scrapes of the story were made from.
    `own` is the identity that it has by itself, where it has another: of a story's first scrape, or one that no other
    story claims.
    """

    name: str
    sha256: str
    first_seen: datetime
    file: str = ""
    number: int = 0
    beside: str = ""
    abstract: Abstract | None = None
    key: str = ""
    matched: str = ""
    refusal: Refusal | None = None
    duplicate_of: str | None = None
    others: tuple[str, ...] = ()
    own: Identity | None = None

    @property
    def article(self) -> Article | None:
        """The article without its text."""
        return self.abstract.article if self.abstract else None

    @property
    def candidate(self) -> Candidate:
        """What the article's address is made from. Raises ValueError where there is no article."""
        if self.article is None:
            raise ValueError(f"{self.name} has no article")
        return Candidate(self.article.id, slug_of(self.article.title), seconds_of(self.first_seen))
