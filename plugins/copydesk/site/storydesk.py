"""The stories of one build: seeds are read, or taken over from the last build, and become articles that are tied."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican.utils import order_content

from copydesk.cleaning.leaning import Leaning
from copydesk.enrich.related import relate
from copydesk.intake.pieces import SEPARATOR
from copydesk.settings import BUILD, Settings
from copydesk.site.addresses import assign_slugs
from copydesk.site.bodies import Bodies
from copydesk.site.cards import card_path
from copydesk.site.changes import Unfit, changes_in
from copydesk.site.cleaner import Desk
from copydesk.site.deferred import Archive, DeferredArticle
from copydesk.site.first_seen import FirstSeen
from copydesk.site.found import Circumstances
from copydesk.site.glance import commits_of
from copydesk.site.handwritten import names_in
from copydesk.site.newsroom import Newsroom, SeedArticle, shared_topics, taken_slugs
from copydesk.site.progress import counting, progress
from copydesk.site.reading import Reading
from copydesk.site.recording import Recorder, hand_records, moment_of
from copydesk.site.revision import Revision
from copydesk.site.samestory import mark_duplicates, with_own_ids
from copydesk.site.seedfolder import SeedFile, is_lasting, seed_files
from copydesk.site.seeds import Seed
from copydesk.site.stories import STORIES, Edition, StoryBook, StoryRecord
from copydesk.site.surroundings import Surroundings
from copydesk.site.ties import Ties, story_of, tie
from copydesk.site.untouched import Comparison
from copydesk.store import Store


class StoryDesk:
    """Makes the articles of one build, those written by hand among them.

    `seeds` are the ones that were read, `urls` their pages' addresses; `published` and `hidden` are all articles, but
    for the `drafts` whose day is yet to come where Pelican waits for it. `revision` tells what was taken over from the
    last build, None where nothing was.
    """

    def __init__(
        self, pelican_settings: Mapping[str, Any], root: Path, state: Path, surroundings: Surroundings
    ) -> None:
        """Take the settings and folders of a site; `surroundings` tell what it is made from beside its seeds."""
        self._pelican = pelican_settings
        self._settings: Settings = pelican_settings[BUILD].settings
        self._root, self._state = root, state
        self._folder = root / self._settings.seeds
        self._surroundings = surroundings
        self._book = StoryBook(state / STORIES)
        self._started = time.time()
        self._ties: Ties | None = None
        self._related: Mapping[str, Sequence[str]] = {}
        self._pages: dict[str, SeedArticle] = {}
        self._listed: Sequence[Any] = ()
        self._taken: list[str] = []
        self._looks: dict[str, str] = {}
        self.store: Store | None = None
        self.revision: Revision | None = None
        self.adopted: dict[str, str] = {}
        self.former: dict[str, tuple[str, ...]] = {}
        self.seeds: list[Seed] = []
        self.urls: dict[str, str] = {}
        self.orphans: list[str] = []
        self.published: list[Any] = []
        self.hidden: list[Any] = []
        self.drafts: list[Any] = []

    def make(
        self,
        listed: Sequence[Any],
        hidden: Sequence[Any],
        by_hand: Sequence[Any],
        context: dict[str, Any],
        came_out: str | None,
    ) -> None:
        """Make the articles of all seeds that no hand-written one has adopted, and put them in order.

        `listed` and `hidden` were written by hand; `by_hand` is all that was, translations among them. `came_out`
        stands for the site as it is now, None where the last build's records are of no use.
        """
        self._listed = listed
        self._taken = taken_slugs(by_hand, self._pelican)
        adopted = dict(_adopted(by_hand))
        self.adopted = {seed: article.url for seed, article in adopted.items()}
        self.former = {seed: article.copydesk.was for seed, article in adopted.items()}
        found = seed_files(self._folder, self._surroundings.looks, self._surroundings.contents.digest)
        files = [file for file in found if file.name not in self.adopted]
        store = self.store = Store(self._state / "store.sqlite")
        self._surroundings.settle((file.name for file in found), Circumstances.of(self._cleaning()).articles)
        desk = Newsroom(self._pelican, context, Bodies(self._cleaning(), store))
        try:
            pages = self._revised(files, desk, store, came_out)
        except (Unfit, sqlite3.DatabaseError):
            self.revision = None
            self._read(files, store)
            pages = self._all(desk)
        self._order([*listed, *pages], hidden, pages)

    def _order(self, articles: Sequence[Any], hidden: Sequence[Any], pages: list[Any]) -> None:
        """Put the articles in the order in which pages list them, by their ids among equals."""
        self.published = [article for article in articles if article.status == "published"]
        self.published.sort(key=lambda article: article.copydesk.id)
        more = [page for page in pages if page.status == "hidden"]
        if self.revision:
            self.published.sort(key=moment_of, reverse=True)
            more.sort(key=lambda page: page.found_at)
        else:
            order_content(self.published, self._pelican["ARTICLE_ORDER_BY"])
        self.hidden = [*hidden, *more]
        self.drafts = [page for page in pages if page.status == "draft"]

    def _cleaning(self) -> Desk:
        return Desk(
            folder=self._folder,
            overrides=self._root / self._settings.overrides,
            rule_folders=tuple(self._root / folder for folder in self._settings.rules),
            fields=self._settings.field_names(),
            max_bytes=self._settings.max_bytes,
            leaning=Leaning.named(self._settings.cleaning),
            links=self._settings.remote_pictures == "link",
        )

    def _read(self, files: Sequence[SeedFile], store: Store) -> None:
        """Read all seeds."""
        with progress("Copydesk: cleaning seeds", len(files)) as tick:
            first_seen = FirstSeen(self._folder, self._state)
            reading = self._reading(first_seen, store, tick)
            seeds = reading.read_all(files)
        self._looks = self._settled(files)
        self.seeds = with_own_ids(mark_duplicates(seeds, self._settings.same_story))
        self.orphans = reading.overrides.orphans([*(seed.name for seed in seeds), *self.adopted])

    def _reading(self, first_seen: FirstSeen, store: Store, tick: Callable[[], None] = lambda: None) -> Reading:
        told, digest = counting("Read so far"), self._surroundings.contents.digest
        return Reading(self._cleaning(), first_seen, store, tick, self.adopted, told, digest)

    def _settled(self, files: Iterable[SeedFile]) -> dict[str, str]:
        return {file.name: file.look or "" for file in files if is_lasting(file, self._started)}

    def _all(self, desk: Newsroom) -> list[Any]:
        """Return the articles of all seeds that have one."""
        chosen = [seed for seed in self.seeds if seed.article and not seed.duplicate_of]
        candidates = [seed.candidate for seed in chosen]
        slugs = assign_slugs(candidates, self._taken)
        shared = shared_topics(chosen, self._settings.min_tag_articles)
        for seed, candidate in zip(chosen, candidates, strict=True):
            page = desk.article(seed, slugs[candidate.id], shared)
            if page.is_valid():
                self.urls[seed.name] = page.url
                self._pages[seed.name] = page
        return [*self._pages.values()]

    def _revised(self, files: Sequence[SeedFile], desk: Newsroom, store: Store, came_out: str | None) -> list[Any]:
        """Return the articles of all seeds, most of them as the last build had them. Raises Unfit."""
        edition = self._book.edition() if came_out and _is_usual(self._pelican) else None
        if not edition or (edition.made_from, edition.came_out) != (self._surroundings.told(), came_out):
            raise Unfit
        if any(SEPARATOR in name for name in self.adopted.keys() ^ {*edition.adopted}):
            raise Unfit  # a piece of a file that looks as it did
        records = self._book.records()
        first_seen = FirstSeen(self._folder, self._state)
        moved = "".join(commits_of([self._folder])) != edition.head
        corrected = _different(self._surroundings.overrides, edition.overrides)
        reading = self._reading(first_seen, store)
        known = {record.file for record in records}
        refused = reading.refused_before([file for file in files if file.name not in known])
        passed = {seed.file for seed in refused}
        left = [file for file in files if file.name not in passed]
        changes = changes_in(left, records, corrected, first_seen if moved else None)
        touched = changes.files
        with progress("Copydesk: cleaning seeds", len(touched)) as tick:
            reading.tick = tick
            comparison = Comparison(
                reading.desk, reading.now, store, reading.overrides, changes.is_recorded(first_seen)
            )
            changes.leave(comparison.untouched(touched))
            changed = changes.but_for_the_same(reading.read_some(changes.files, changes.gone))
        seeds = sorted([*changed, *refused], key=lambda seed: (seed.file, seed.number)) if refused else changed
        read = {file.name for file in touched}
        self._looks = {record.file: record.look for record in records if record.file not in read}
        self._looks |= self._settled(touched)
        self.revision = Revision(
            settings=self._settings,
            archive=Archive(desk, store, with_cards=self._with_cards),
            recorder=self._recorder,
            edition=edition,
            before={record.seed: record for record in records},
            changes=changes,
            looks=self._looks,
            listed=self._listed,
            taken=self._taken,
        )
        pages = self.revision.begin(seeds)
        self.seeds = self.revision.seeds
        names = [name for name in self.revision.before if name not in changes.former]
        self.orphans = reading.overrides.orphans([*names, *(seed.name for seed in self.seeds), *self.adopted])
        self.urls = {name: page.url for name, page in self.revision.fresh.items()}
        return pages

    @property
    def _with_cards(self) -> bool:
        return bool(self._settings.social_cards and self._pelican["SITEURL"])

    @property
    def _recorder(self) -> Recorder:
        return Recorder(self._looks, str(self._pelican["SITEURL"]), self._settings.default_section)

    def tie(self) -> None:
        """Tell each article its neighbours and related stories, and which picture stands for it."""
        if self.revision:
            ties = self.revision.tie(self.published)
            self._related = self.revision.related
        else:
            stories = [story_of(article) for article in self.published] if self._settings.related else []
            self._related = relate(stories, self._settings.related)
            ties = Ties(self.published, self._related)
        for article in self.published:
            if not isinstance(article, DeferredArticle):
                tie(article, ties.of(article))
                if self._with_cards:
                    article.copydesk.card = card_path(article)
        if self.revision:
            self.revision.finish(self.published, self.hidden, ties)
        self._ties = ties

    def remember(self, came_out: str | None, shared: Mapping[str, str]) -> None:
        """Record the stories for the next build; `came_out` stands for the site, None where nothing can be told of it.

        `shared` is what all pages of a template have in common (see `fingerprints`).
        """
        made_from = self._surroundings.told()
        if came_out is None or made_from is None or self._ties is None:
            self._book.forget()
            return
        edition = Edition(
            made_from=made_from,
            came_out=came_out,
            head="".join(commits_of([self._folder])),
            overrides=self._surroundings.overrides,
            shared=dict(shared),
            by_hand=self.revision.hands if self.revision else hand_records(self._listed, self._related),
            taken=self._taken,
            adopted=sorted(self.adopted),
        )
        if self.revision:
            before, now = self.revision.before, self.revision.records
            changed = [record for record in now.values() if before.get(record.seed) is not record]
            self._book.keep(edition, changed, before.keys() - now.keys())
        else:
            self._book.keep(edition, self._records(self._ties), None)

    def _records(self, ties: Ties) -> Iterator[StoryRecord]:
        """Yield the records of all stories, the newest first, and of what shares their pages."""
        recorder = self._recorder
        for page in sorted(self._pages.values(), key=lambda page: (-moment_of(page), page.copydesk.id)):
            yield recorder.record(page, ties.of(page), self._related)
        for seed in self.seeds:
            if seed.duplicate_of:
                yield recorder.unpublished(seed)

    def close(self) -> None:
        """Close the store."""
        if self.store:
            self.store.close()
            self.store = None


def _adopted(by_hand: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the seeds that texts by hand stand for, each with its text: the one it was made from, and scrapes alike."""
    for article in by_hand:
        if article.metadata.get("seed"):
            yield str(article.metadata["seed"]).strip(), article
            yield from ((seed, article) for seed in names_in(article.metadata, "seeds_alike"))


def _is_usual(settings: Mapping[str, Any]) -> bool:
    """Tell whether articles are in the usual order, and Pelican makes no archives of periods of its own."""
    periods = any(settings[f"{name}_ARCHIVE_SAVE_AS"] for name in ("YEAR", "MONTH", "DAY"))
    return bool(settings["ARTICLE_ORDER_BY"] == "reversed-date" and settings["NEWEST_FIRST_ARCHIVES"] and not periods)


def _different(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
