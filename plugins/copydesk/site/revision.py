"""A build that takes over from the last one all stories that no changed file has touched.

With the changed stories those are made again that they may touch: other scrapes of a story, those that claim the same
identity, those that want the same address. Everything that is no seed, no override and no text by hand is left to a
build of all articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pelican.contents import Category

from copydesk.settings import Settings
from copydesk.site.addresses import Candidate, slug_of
from copydesk.site.changes import MOST, Changes, Unfit
from copydesk.site.deferred import Archive, DeferredArticle
from copydesk.site.kin import Kin
from copydesk.site.newsroom import SeedArticle, tags_of, topic_words
from copydesk.site.recording import Recorder, hand_records, moment_of
from copydesk.site.relations import relations
from copydesk.site.report import PASSED_OVER
from copydesk.site.rivals import slugs_of
from copydesk.site.samestory import mark_duplicates, with_own_ids
from copydesk.site.seeds import Seed
from copydesk.site.stories import Edition, HandRecord, StoryRecord, list_of
from copydesk.site.ties import Spot, Ties


@dataclass(slots=True)
class Revision:
    """The stories of a build: the records of the last one, and those that have changed as articles."""

    settings: Settings
    archive: Archive
    recorder: Recorder
    edition: Edition
    before: dict[str, StoryRecord]
    changes: Changes
    looks: Mapping[str, str]
    listed: Sequence[Any]
    taken: Iterable[str]
    seeds: list[Seed] = field(default_factory=list)
    kept: dict[str, StoryRecord] = field(default_factory=dict)
    fresh: dict[str, SeedArticle] = field(default_factory=dict)
    related: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dirty: set[str] = field(default_factory=set)
    records: dict[str, StoryRecord] = field(default_factory=dict)
    hands: dict[str, HandRecord] = field(default_factory=dict)
    _kept_files: frozenset[str] = frozenset()
    _rerelated: Collection[str] = ()
    _topics: Counter[str] = field(default_factory=Counter)
    _counts: dict[str, int] = field(default_factory=dict)

    def begin(self, seeds: list[Seed]) -> list[Any]:
        """Take the seeds of the changed files, and return all articles. Raises Unfit."""
        former = self.changes.former
        self.kept = {name: self._as_now(record) for name, record in self.before.items() if name not in former}
        self._kept_files = frozenset(record.file for record in self.kept.values() if record.number)
        slugs = self._settle(seeds)
        self._check_hands()
        new = self._new()
        self._topics = Counter(word for seed in new for word in _words(seed))
        retagged = self._retagged()
        for seed, tags in [*((seed, self._tags(seed)) for seed in new), *retagged]:
            slug = slugs.get(seed.name) or self.before[seed.name].slug
            page = self.archive.desk.complete(SeedArticle.__new__(SeedArticle), seed, slug, tags)
            if not page.is_valid():
                raise Unfit
            self.kept.pop(seed.name, None)
            self.fresh[seed.name] = page
        with_page = [record for record in self.kept.values() if not record.duplicate_of]
        return [*(DeferredArticle(record, self.archive) for record in with_page), *self.fresh.values()]

    def _as_now(self, record: StoryRecord) -> StoryRecord:
        """Return a record that is kept; its file may look otherwise, since another story in it has changed."""
        look = self.looks.get(record.file, "")
        return record if record.look == look else record._replace(look=look)

    def leaves(self, seed: str, status: str) -> bool:
        """Tell whether what became of a seed in the last build still holds.

        Files without a story are looked at each time; of the others all holds, or none.
        """
        if status in ("refused", PASSED_OVER):
            return seed.rpartition("#")[0] in self._kept_files
        return seed in self.before and seed not in self.changes.former

    def _settle(self, seeds: Sequence[Seed]) -> dict[str, str]:
        """Tell which of the changed seeds, and of all that they may touch, are one story; return the slugs by seed.

        What is touched counts as changed from then on. Raises Unfit where it is too much.
        """
        former, percent = self.changes.former, self.settings.same_story
        alone, kin = [*seeds], Kin(self.kept.values(), percent, self._numbers)
        touched = kin.of(seeds, former.values())
        while True:
            for record in touched:
                former[record.seed] = self.kept.pop(record.seed)
                alone.append(self.archive.seed_alone(record))
            if len(former) > MOST:
                raise Unfit
            self.seeds = with_own_ids(mark_duplicates(alone, percent))
            slugs = self._slugs()
            moved = [record for record in self.kept.values() if slugs.get(record.id, record.slug) != record.slug]
            if not moved:
                return {seed.name: slugs[_article(seed).id] for seed in self._new()}
            touched = kin.take(moved)

    def _numbers(self, record: StoryRecord) -> tuple[str, ...]:
        """Return the numbers in a story's text."""
        abstract = self.archive.seed_alone(record).abstract
        return abstract.numbers if abstract else ()

    def _new(self) -> list[Seed]:
        """Return the changed seeds that have a page."""
        return [seed for seed in self.seeds if seed.abstract and not seed.duplicate_of]

    def _slugs(self) -> dict[str, str]:
        """Return by their ids the slugs of the changed stories, and of all others that may have another than before."""
        asking = {seed.name: seed.candidate for seed in self._new()}
        gone = {name: record for name, record in self.changes.former.items() if record.slug}
        same = [gone.pop(name) for name, now in asking.items() if name in gone and _asks_for_the_same(gone[name], now)]
        new = [asking[name] for name in asking.keys() - {record.seed for record in same}]
        kept = [*(record for record in self.kept.values() if record.slug), *same]
        slugs = slugs_of(new, gone.values(), kept, [*self.taken], self.edition.taken)
        return {record.id: record.slug for record in same} | slugs

    def _check_hands(self) -> None:
        """Raise Unfit where an article by hand has the id of another article, and had not."""
        hands = {article.copydesk.id for article in self.listed}
        others = hands - self.edition.by_hand.keys()
        if len(hands) != len(self.listed) or any(seed.article and seed.article.id in hands for seed in self.seeds):
            raise Unfit
        if others and any(record.id in others for record in self.kept.values()):
            raise Unfit

    def _tags(self, seed: Seed) -> tuple[str, ...]:
        return tags_of(_article(seed), {word for word in _words(seed) if self._shared(word)})

    def _shared(self, word: str) -> bool:
        return self._count(word) >= self.settings.min_tag_articles

    def _count(self, word: str) -> int:
        """Return how many stories have a topic."""
        if word not in self._counts:
            told = f"\n{word}\n"
            others = sum(told in record.words for record in self.kept.values() if not record.duplicate_of)
            self._counts[word] = self._topics[word] + others
        return self._counts[word]

    def _retagged(self) -> list[tuple[Seed, Sequence[str]]]:
        """Return the stories whose tags change because a topic is, or is no longer, shared by enough stories."""
        were = [record for record in self.changes.former.values() if not record.duplicate_of]
        before = Counter(word for record in were for word in record.words.split("\n") if word)
        after = self._topics
        least, shared = self.settings.min_tag_articles, dict[str, bool]()
        for word in before.keys() | after.keys():
            if before[word] != after[word]:
                count = self._count(word)
                was = count - after[word] + before[word] >= least
                if was != (count >= least):
                    shared[word] = count >= least
        return list(self._with_other_tags(shared)) if shared else []

    def _with_other_tags(self, shared: Mapping[str, bool]) -> Iterable[tuple[Seed, Sequence[str]]]:
        told = [f"\n{word}\n" for word in shared]
        for record in self.kept.values():
            if record.duplicate_of or not any(word in record.words for word in told):
                continue
            seed = self.archive.seed(record)
            tagged = {tag.casefold() for tag in list_of(record.tags)}
            known = {word for word in record.words.split("\n") if shared.get(word, word in tagged)}
            yield seed, tags_of(_article(seed), known)

    def tie(self, published: Sequence[Any]) -> Ties:
        """Return how the published articles are tied to each other."""
        if self.settings.related:
            most, by_hand = self.settings.related, self.edition.by_hand
            self.related, self._rerelated = relations(published, self.before, by_hand, most)
        ties = self.archive.ties = Ties(published, self.related)
        return ties

    def finish(self, published: Sequence[Any], hidden: Sequence[Any], ties: Ties) -> None:
        """Make the new records, and note which stories' pages would come out otherwise."""
        self.hands = hand_records(self.listed, self.related)
        retied = self._retied(published, ties)
        for place, article in enumerate((*published, *hidden)):
            if isinstance(article, DeferredArticle):
                if place in retied:
                    record = self.recorder.retied(article, ties.of(article), self.related)
                else:
                    record = article.as_tied_before()
            elif isinstance(article, SeedArticle):
                record = self.recorder.record(article, ties.of(article), self.related)
            else:
                continue
            self.records[record.seed] = record
            was = self.before.get(record.seed)
            if was is record:
                continue
            if was is None or (was.ties, was.slug, was.status) != (record.ties, record.slug, record.status):
                self.dirty.add(record.seed)
        self.records |= {name: record for name, record in self.kept.items() if record.duplicate_of}
        self.records |= {seed.name: self.recorder.unpublished(seed) for seed in self.seeds if seed.duplicate_of}

    def _retied(self, published: Sequence[Any], ties: Ties) -> set[int]:
        """Return the places of the stories that may be tied to others than they were, or to others' new versions."""
        hands, were = self.hands, self.edition.by_hand
        rewritten = {id for id in hands.keys() | were.keys() if _shown(hands.get(id)) != _shown(were.get(id))}
        fresh = {page.copydesk.id for page in self.fresh.values()} | rewritten
        listed = [page for page in self.fresh.values() if page.status == "published"]
        places = ties.otherwise(
            [
                Spot(was.moment, was.id, str(self.archive.desk.named(Category, was.section)))
                for name in self.changes.former.keys() | self.fresh.keys()
                if (was := self.before.get(name)) and was.listed
            ]
            + [Spot(were[id].since, id, were[id].section) for id in rewritten & were.keys()],
            [Spot(moment_of(page), page.copydesk.id, str(page.category)) for page in listed]
            + [Spot(hands[id].since, id, hands[id].section) for id in rewritten & hands.keys()],
            moment_of,
        )
        for place, article in enumerate(published):
            own = article.copydesk.id
            if own in self._rerelated or not fresh.isdisjoint(self.related.get(own, ())):
                places.add(place)
        return places


def _shown(hand: HandRecord | None) -> tuple[int, str, str] | None:
    """Return what other pages show of an article by hand, and where it stands; None where it is not there."""
    return (hand.since, hand.section, hand.card) if hand else None


def _asks_for_the_same(record: StoryRecord, now: Candidate) -> bool:
    """Tell whether a story wants the address that it wanted, and goes before those that it went before."""
    return (record.id, slug_of(record.title), record.first_seen) == now


def _words(seed: Seed) -> frozenset[str]:
    return topic_words(_article(seed))


def _article(seed: Seed) -> Any:
    if seed.abstract is None:
        raise ValueError(f"{seed.name} was refused")
    return seed.abstract.article
