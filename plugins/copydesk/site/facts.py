"""What templates can ask an article or a page: `article.copydesk`, the same for cleaned and hand-written ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from copydesk.intake.links import host_of
from copydesk.model import Provenance, Section, Status
from copydesk.packing import Abstract
from copydesk.site.pictures import OwnPicture, scraped
from copydesk.site.reads import TEXT_ATTRIBUTES, TIE_ATTRIBUTES


@dataclass(slots=True)
class Facts:
    """Facts about one article or page, plain text, None or empty where nothing is known.

    `published` and `updated` are days or moments with a zone; `first_seen` is always there and orders what has no date.
    `was` are slugs that it had before, `others` the addresses of further scrapes of the story. `canonical` says which
    page search engines shall take for the original ("self", "original", "noindex"); `corrections` are the notes on
    mistakes that were put right. `origin` is "seed" or "handwritten", `status` "published", "hidden" or "withdrawn".
    `previous`, `next` and `more` are neighbours: the next ones in time (older, newer), further ones of the section, and
    `related` ones about the same. `card` is the path of the picture for link previews where the article has none of its
    own.
    """

    id: str
    origin: str
    first_seen: datetime
    dek: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    updated: date | datetime | None = None
    language: str | None = None
    direction: str = "ltr"
    word_count: int = 0
    reading_minutes: int = 1
    headings: tuple[Section, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    status: str = "published"
    canonical: str = "self"
    corrections: tuple[str, ...] = ()
    provenance: Provenance | None = None
    source_name: str | None = None
    was: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    picture: OwnPicture | None = None
    pictures: tuple[OwnPicture, ...] = ()
    previous: Any = None
    next: Any = None
    more: Sequence[Any] = ()
    related: Sequence[Any] = ()
    card: str = ""

    @property
    def indexed(self) -> bool:
        """Whether search engines shall take the article's own page for the original.

        One without a source can't point to it, and is its own original.
        """
        if self.canonical == "original":
            return not (self.provenance and self.provenance.url)
        return self.canonical == "self"

    def card_values(self) -> tuple[object, ...]:
        """Return the values that a card in a listing can show."""
        values: tuple[object, ...] = _card_values(self)
        return values

    def as_card(self) -> Facts:
        """Return no more than a card in a listing can show."""
        told: dict[str, Any] = dict(zip(CARD_FACTS, self.card_values(), strict=True))
        return Facts(**told)


CARD_FACTS = tuple(
    field.name for field in fields(Facts) if field.name not in TEXT_ATTRIBUTES and field.name not in TIE_ATTRIBUTES
)
"""Facts that do not tell of the text, nor lead to other articles."""

_card_values = attrgetter(*CARD_FACTS)


class Neighbour:
    """An article as another one's page knows it: what a card in a listing can show, and nothing of its text.

    The page has to be written anew when one of these changes, and not when anything else does.
    """

    __slots__ = ("whole",)

    def __init__(self, whole: Any) -> None:
        """Show no more of the `whole` article than a card does."""
        self.whole = whole

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the article. Raises AttributeError for one that a card does not show."""
        if name in TEXT_ATTRIBUTES or name in TIE_ATTRIBUTES:
            raise AttributeError(f"a neighbour tells no {name}")
        return getattr(self.whole, name)

    @property
    def copydesk(self) -> Facts:
        """The facts that a card can show."""
        facts: Facts = self.whole.copydesk
        return facts.as_card()


def facts_of_seed(abstract: Abstract, first_seen: datetime, canonical: str, others: tuple[str, ...] = ()) -> Facts:
    """Return the facts of a cleaned article; `canonical` is the site's choice, which the editor's goes before.

    Of one that was withdrawn neither dek nor summary nor section heads are told.
    """
    article = abstract.article
    withdrawn = article.status is Status.WITHDRAWN
    pictures = () if withdrawn else tuple(scraped(picture, alt) for picture, alt in abstract.pictures)
    return Facts(
        id=article.id,
        origin="seed",
        first_seen=first_seen,
        dek=None if withdrawn else article.dek,
        authors=article.authors,
        published=article.published,
        updated=article.updated,
        language=article.language,
        direction=article.direction,
        word_count=article.word_count,
        reading_minutes=article.reading_minutes,
        headings=() if withdrawn else article.headings,
        keywords=article.keywords,
        summary="" if withdrawn else article.summary,
        status=article.status.value,
        canonical=article.canonical.value if article.canonical else canonical,
        corrections=() if withdrawn else abstract.corrections,
        provenance=article.provenance,
        source_name=source_name(article.provenance.url),
        was=article.was,
        others=others,
        picture=pictures[0] if pictures else None,
        pictures=pictures,
    )


def canonical_choice(url: str | None, default: str, by_source: Iterable[str]) -> str:
    """Return which page is a scraped text's original, by its source's choice (`host=choice`) or the site's."""
    host = source_name(url)
    return next((choice for name, _, choice in (entry.partition("=") for entry in by_source) if name == host), default)


@lru_cache(maxsize=1024)
def source_name(url: str | None) -> str | None:
    """Return the host of `url` without `www.`, None where there is none."""
    return host_of(url) or None
