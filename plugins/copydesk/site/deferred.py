"""Articles of seeds that are as they were: what their records tell is at hand, the rest is read when it is asked for.

A build in which one story has changed handles ten thousand; most pages need of most stories what a record tells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from markupsafe import escape
from pelican.contents import Author, Category, Tag

from copydesk.packing import abstract_of, unpack_abstract
from copydesk.site.cards import card_path
from copydesk.site.days import moment
from copydesk.site.facts import Facts
from copydesk.site.found import found_in
from copydesk.site.newsroom import Newsroom, SeedArticle
from copydesk.site.reads import Depth
from copydesk.site.seeds import Identity, Seed
from copydesk.site.stories import StoryRecord, list_of
from copydesk.site.ties import Ties, tie
from copydesk.store import Store

REMEMBERED = 20_000
"""Moments that are remembered as they were read: stories share days, and are asked for theirs again and again."""


class Archive:
    """What deferred articles are made from: the newsroom, the store, and how they are tied to each other."""

    ties: Ties

    def __init__(self, desk: Newsroom, store: Store, *, with_cards: bool) -> None:
        """Take what is needed; `ties` follow when all articles are known."""
        self.desk = desk
        self.with_cards = with_cards
        self._store = store
        self._patterns: dict[tuple[str | None, str], dict[str, tuple[str, str]]] = {}
        self._file: tuple[str, dict[str, Any]] = ("", {})

    def seed(self, record: StoryRecord) -> Seed:
        """Return the seed of a record with its abstract, as the last build had it."""
        seed = self.seed_alone(record)
        if seed.abstract is None:
            raise ValueError(f"{seed.name} was refused")
        own = Identity(seed.abstract.article.id, seed.first_seen) if record.own_id else None
        article = replace(seed.abstract.article, id=record.id, warnings=list_of(record.warnings))
        abstract, first_seen = replace(seed.abstract, article=article), _moment(record.first_seen)
        return replace(seed, abstract=abstract, first_seen=first_seen, own=own, others=list_of(record.others))

    def seed_alone(self, record: StoryRecord) -> Seed:
        """Return the seed of a record with its abstract, as if there were no other story."""
        first_seen = _moment(record.own_first_seen)
        seed = Seed(record.seed, record.sha256, first_seen, record.file, record.number, key=record.key)
        abstract = self._abstracts(record.file).get(record.key)
        return replace(
            seed, abstract=unpack_abstract(abstract) if abstract else abstract_of(self.desk.bodies.article(seed))
        )

    def places(self, record: StoryRecord) -> dict[str, str]:
        """Return address and path of a story's page, where the site's patterns tell them."""
        key = (record.language, record.status)
        patterns = self._patterns.get(key)
        if patterns is None:
            patterns = self._patterns[key] = self.desk.around_slugs(record.language, record.status == "published")
        return {kind: f"{before}{record.slug}{after}" for kind, (before, after) in patterns.items()}

    def _abstracts(self, file: str) -> dict[str, Any]:
        """Return the abstracts that the store has beside a file, maybe as it was long ago, by their articles' keys."""
        if self._file[0] != file:
            stored = self._store.files([file]).get(file)
            try:
                self._file = (file, {one.key: one.abstract for one in found_in(stored)} if stored else {})
            except (ValueError, TypeError):
                self._file = (file, {})
        return self._file[1]


class DeferredArticle(SeedArticle):
    """An article that is made whole when something is asked that its record does not tell."""

    def __init__(self, record: StoryRecord, archive: Archive) -> None:
        """Begin with what the record tells."""
        told = {Depth.CARD: record.card, Depth.TEXT: record.text}
        own = self.__dict__
        own.update(record=record, _archive=archive, _whole=False, _told=told, translations=[])
        own.update(archive.places(record))
        own["date"] = _since(record.published, record.first_seen)
        own["category"] = archive.desk.named(Category, record.section)
        own["copydesk"] = DeferredFacts(self)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute that has not been asked for before. Raises AttributeError where there is none."""
        known = _KNOWN.get(name)
        if known:
            value = self.__dict__[name] = known(self)
            return value
        if name.startswith("__") or self._whole:
            raise AttributeError(f"an article has no {name}")
        self.complete()
        return getattr(self, name)

    def as_tied_before(self) -> StoryRecord:
        """Note that what the article leads to is as it was, and return its record."""
        record: StoryRecord = self.record
        self._told[Depth.TIES] = record.ties
        return record

    def complete(self) -> Facts:
        """Make the article whole, and return its facts."""
        if not self._whole:
            self.__dict__["_whole"] = True
            record, archive = self.record, self._archive
            archive.desk.complete(self, archive.seed(record), record.slug, list_of(record.tags))
            tie(self, archive.ties.of(self))
            if archive.with_cards and self.status == "published":
                self.copydesk.card = card_path(self)
        facts: Facts = self.copydesk
        return facts

    @property
    def found_at(self) -> tuple[str, int]:
        """The file that holds the seed, and the seed's place in it."""
        return self.record.file, self.record.number

    @property
    def digest(self) -> str:
        """Stands for the text."""
        self.complete()
        return super().digest

    @property
    def feed_bytes(self) -> int:
        """Size of the body in a feed."""
        return int(self.record.feed_bytes)

    def entry_bytes(self, full: bool) -> int:
        """Return the size of its entry in a feed, with its text or its summary alone."""
        record = self.record
        return (record.feed_bytes if full else 0) + len(record.summary.encode())

    def feed_html(self, site: str) -> str:
        """Return the body for feeds of the site at that address."""
        self.complete()
        return super().feed_html(site)

    @property
    def _content(self) -> str:
        """The body as HTML."""
        self.complete()
        return str(SeedArticle._content.fget(self))  # type: ignore[attr-defined]

    @_content.setter
    def _content(self, html: str) -> None:
        self.complete()
        self._body = html


@lru_cache(maxsize=REMEMBERED)
def _when(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)


@lru_cache(maxsize=REMEMBERED)
def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@lru_cache(maxsize=REMEMBERED)
def _since(published: str | None, first_seen: int) -> datetime:
    return moment(_when(published)) or _moment(first_seen)


def _listed(name: str) -> property:
    """Return a fact that is a list in the record."""
    told = attrgetter(f"_record.{name}")
    return property(lambda facts: list_of(told(facts)))


def _unless(name: str, asked: str, otherwise: Any) -> property:
    """Return a fact of the whole article where its record says so, `otherwise` where it does not."""
    told = attrgetter(f"_record.{asked}")
    return property(lambda facts: getattr(facts._article.complete(), name) if told(facts) else otherwise)


class DeferredFacts:
    """The facts of a deferred article: those that its record tells, else those of the whole article."""

    __slots__ = ("_article", "_record", "id")

    def __init__(self, article: DeferredArticle) -> None:
        """Tell of an article."""
        self._article = article
        self._record: StoryRecord = article.record
        self.id = self._record.id

    origin = "seed"
    first_seen = property(lambda facts: _moment(facts._record.first_seen))
    published = property(lambda facts: _when(facts._record.published))
    updated = property(lambda facts: _when(facts._record.updated))
    language = property(attrgetter("_record.language"))
    direction = property(attrgetter("_record.direction"))
    status = property(attrgetter("_record.status"))
    summary = property(attrgetter("_record.summary"))
    dek = property(attrgetter("_record.dek"))
    reading_minutes = property(attrgetter("_record.minutes"))
    canonical = property(attrgetter("_record.canonical"))
    source_name = property(attrgetter("_record.source"))
    indexed = property(lambda facts: bool(facts._record.indexed))
    authors, keywords, was, others = map(_listed, ("authors", "keywords", "was", "others"))
    corrections = _unless("corrections", "corrected", ())
    picture = _unless("picture", "pictured", None)
    pictures = _unless("pictures", "pictured", ())

    def __getattr__(self, name: str) -> Any:
        """Return a fact that the record does not tell. Raises AttributeError where there is none."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._article.complete(), name)

    @property
    def card(self) -> str:
        """The path of the picture for link previews where the article has none of its own."""
        article = self._article
        if not article._archive.with_cards or article.status != "published":
            return ""
        return str(article.complete().card) if article.record.pictured else card_path(article)


def published_of(record: StoryRecord) -> date | datetime | None:
    """Return when a story was published, None where nothing tells it."""
    return _when(record.published)


def changed_on(record: StoryRecord) -> str:
    """Return the day on which a story was last changed, as ISO 8601: the day that it was first seen, in doubt."""
    told = record.updated or record.published
    return told[: len("2026-01-31")] if told else _moment(record.first_seen).date().isoformat()


def author_names(record: StoryRecord, desk: Newsroom) -> tuple[str, ...]:
    """Return the names of a story's authors: the site's own where it names none, if the settings have one."""
    names = list_of(record.authors)
    return (desk.settings["AUTHOR"],) if not names and "AUTHOR" in desk.settings else names


def _authors(article: DeferredArticle) -> Any:
    desk = article._archive.desk
    names = author_names(article.record, desk)
    if not names:
        raise AttributeError("an article without authors")
    return [desk.named(Author, name) for name in names]


_KNOWN: dict[str, Callable[[DeferredArticle], Any]] = {
    "slug": lambda article: article.record.slug,
    "title": lambda article: escape(article.record.title),
    "_status": lambda article: "published" if article.record.status == "published" else "hidden",
    "lang": lambda article: article.record.language or article._archive.desk.language,
    "in_default_lang": lambda article: (
        (article.record.language or article._archive.desk.language) == article._archive.desk.language
    ),
    "tags": lambda article: [article._archive.desk.named(Tag, name) for name in list_of(article.record.tags)],
    "authors": _authors,
    "settings": lambda article: article._archive.desk.settings,
    "_desk": lambda article: article._archive.desk,
    "template": lambda article: article.default_template,
    "source_path": lambda article: f"seeds/{article.record.seed}",
    "relative_source_path": lambda article: f"seeds/{article.record.seed}",
}
