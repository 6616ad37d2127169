"""A build that takes over from the last one all stories that no changed file has touched.

Only where it is certain that nothing else can change: a story that may tell the same as another, an address that two
want or that becomes free, and everything that is no seed, no override and no text by hand is left to a build of all
articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
from pelican.contents import Category

from copydesk.enrich.likeness import likeness
from copydesk.settings import Settings
from copydesk.site.addresses import RESERVED, slug_of, suffix_of
from copydesk.site.changes import Changes, Unfit, seconds_of
from copydesk.site.deferred import Archive, DeferredArticle
from copydesk.site.newsroom import SeedArticle, tags_of, topic_words
from copydesk.site.recording import Recorder, hand_records, moment_of
from copydesk.site.relations import relations
from copydesk.site.report import PASSED_OVER
from copydesk.site.samestory import WIDTH, Band
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
        new = [seed for seed in seeds if seed.abstract]
        self._kept_files = frozenset(record.file for record in self.kept.values())
        self._check_alone(new)
        slugs = self._slugs(new)
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

    def _check_alone(self, new: Sequence[Seed]) -> None:
        """Raise Unfit where a changed story, as it was or as it is, may be one with another."""
        for record in self.changes.former.values():
            if record.duplicate_of or record.others:
                raise Unfit
        if any(record.duplicate_of for record in self.kept.values()):
            heads = {record.duplicate_of for record in self.kept.values()}
            if heads & self.changes.former.keys():
                raise Unfit
        ids = Counter(article.copydesk.id for article in self.listed)
        ids.update(record.id for record in self.kept.values())
        ids.update(_article(seed).id for seed in new)
        hands = {article.copydesk.id for article in self.listed}
        if len(hands) != len(self.listed) or any(ids[id] > 1 for id in hands - self.edition.by_hand.keys()):
            raise Unfit
        stories = {record.story for record in self.kept.values()}
        for seed in new:
            story = seed.abstract.story if seed.abstract else ""
            if ids[_article(seed).id] > 1 or story in stories:
                raise Unfit
            stories.add(story)
        if self.settings.same_story < 100:
            self._check_unlike(new)

    def _check_unlike(self, new: Sequence[Seed]) -> None:
        bands = set[Band]()
        for seed in new:
            sketch = seed.abstract.sketch if seed.abstract else ""
            own = {(start, sketch[start : start + WIDTH]) for start in range(0, len(sketch), WIDTH)}
            if own & bands:
                raise Unfit
            bands |= own
        records = [record for record in self.kept.values() if record.sketch]
        for size in {len(record.sketch) for record in records} if bands else ():
            self._check_bands([record for record in records if len(record.sketch) == size], bands, new)

    def _check_bands(self, records: Sequence[StoryRecord], bands: set[Band], new: Sequence[Seed]) -> None:
        """Raise Unfit where a story whose sketch has one of `bands` is as like one of the changed ones as a copy."""
        text = "".join(record.sketch for record in records).encode()
        table = np.frombuffer(text, f"S{WIDTH}").reshape(len(records), -1)
        for start, band in bands:
            column = start // WIDTH
            same = np.flatnonzero(table[:, column] == band.encode()).tolist() if column < table.shape[1] else ()
            if any(self._is_near(records[place], new) for place in same):
                raise Unfit

    def _is_near(self, record: StoryRecord, new: Iterable[Seed]) -> bool:
        """Tell whether a story is as like one of the changed ones as two scrapes of one story are."""
        least = self.settings.same_story / 100
        return any(seed.abstract and likeness(record.sketch, seed.abstract.sketch) >= least for seed in new)

    def _slugs(self, new: Sequence[Seed]) -> dict[str, str]:
        """Return the slugs of changed stories. Raises Unfit where one is taken, or has kept another from it."""
        slugs = {seed.name: self._slug(seed) for seed in new}
        used = Counter(chain((slug.lower() for slug in self.taken), RESERVED, slugs.values()))
        used.update(record.slug for record in self.kept.values() if record.slug)
        taken, were_taken = ({slug.lower() for slug in some} for some in (self.taken, self.edition.taken))
        freed = ({r.slug for r in self.changes.former.values()} - {*slugs.values()}) | (were_taken - taken)
        for seed in new:
            slug = slugs[seed.name]
            if used[slug] > 1 or (not slug):
                raise Unfit
            if not self._asks_as_before(seed):  # another one, which has a suffix, may go before it
                freed.add(slug)
        for record in self.kept.values():
            if record.slug in taken and record.slug not in were_taken:
                raise Unfit
            if record.slug.endswith(suffix_of(record.id)) and record.slug[: -len(suffix_of(record.id)) - 1] in freed:
                raise Unfit
        return slugs

    def _slug(self, seed: Seed) -> str:
        return self.before[seed.name].slug if self._asks_as_before(seed) else slug_of(_article(seed).title)

    def _asks_as_before(self, seed: Seed) -> bool:
        """Tell whether a story asks for the address that it asked for, and goes before those that it went before."""
        former, article = self.changes.former.get(seed.name), _article(seed)
        now = (article.title, article.id, seconds_of(seed))
        return former is not None and (former.title, former.id, former.first_seen) == now

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
        before = Counter(word for record in self.changes.former.values() for word in record.words.split("\n") if word)
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


def _words(seed: Seed) -> frozenset[str]:
    return topic_words(_article(seed))


def _article(seed: Seed) -> Any:
    if seed.abstract is None:
        raise ValueError(f"{seed.name} was refused")
    return seed.abstract.article
