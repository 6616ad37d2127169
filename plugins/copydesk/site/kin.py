"""Finds the stories that may be one with changed ones: other scrapes of a story, and others that claim its identity.

All of `samestory` is between stories of which one is the other's kin, so that those that are nobody's kin need not be
looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from copydesk.enrich.likeness import likeness
from copydesk.site.samestory import WIDTH, Band, headlines_alike, numbers_alike
from copydesk.site.seeds import Seed
from copydesk.site.stories import StoryRecord


class Trait(NamedTuple):
    """What makes stories kin: the text and its sketch, the headline, the ids, the bytes of the seed.

    `numbers` tells those in the text when it is asked, None where nobody knows them any more.
    """

    story: str
    sketch: str
    title: str
    ids: tuple[str, ...]
    sha256: str
    numbers: Callable[[], Sequence[str]] | None


def traits_of(seeds: Iterable[Seed]) -> Iterator[Trait]:
    """Yield what makes stories kin of others, as their seeds tell it."""
    for seed in seeds:
        if seed.abstract:
            abstract, article = seed.abstract, seed.abstract.article
            numbers = partial(attrgetter("numbers"), abstract)
            yield Trait(abstract.story, abstract.sketch, article.title_found, (article.id,), seed.sha256, numbers)


class Kin:
    """The stories of the last build that nobody has been found to be kin of yet.

    Texts are nearly the same from `percent` of common runs of words; at 100 they have to be the same. `numbers` tells
    the numbers in a story's text, which its record does not.
    """

    def __init__(
        self, records: Iterable[StoryRecord], percent: int, numbers: Callable[[StoryRecord], Sequence[str]]
    ) -> None:
        """Take the stories' records."""
        self._left = [*records]
        self._percent = percent
        self._numbers = cache(numbers)

    def of(self, seeds: Iterable[Seed], gone: Iterable[StoryRecord]) -> list[StoryRecord]:
        """Return all kin of changed stories as they are, and as they were; kin of their kin as well.

        They are not found again.
        """
        return self._all([*traits_of(seeds), *(self._trait(record)._replace(numbers=None) for record in gone)])

    def _all(self, asking: Sequence[Trait]) -> list[StoryRecord]:
        found: list[StoryRecord] = []
        while asking:
            more = self._take(asking)
            found += more
            asking = [*map(self._trait, more)]
        return found

    def _trait(self, record: StoryRecord) -> Trait:
        """Return what makes a story kin of others, as its record tells it."""
        ids = (record.id, record.own_id) if record.own_id else (record.id,)
        numbers = partial(self._numbers, record)
        return Trait(record.story, record.sketch, record.headline_found or record.title, ids, record.sha256, numbers)

    def take(self, records: Iterable[StoryRecord]) -> list[StoryRecord]:
        """Return these stories with all their kin."""
        names = {record.seed for record in records}
        taken = [record for record in self._left if record.seed in names]
        self._left = [record for record in self._left if record.seed not in names]
        return [*taken, *self._all([*map(self._trait, taken)])]

    def _take(self, traits: Sequence[Trait]) -> list[StoryRecord]:
        stories, digests = {trait.story for trait in traits}, {trait.sha256 for trait in traits}
        ids = {id for trait in traits for id in trait.ids}
        near = self._near(traits) if self._percent < 100 else set()
        found, left = list[StoryRecord](), list[StoryRecord]()
        for place, record in enumerate(self._left):
            own = record.story in stories or record.id in ids or record.own_id in ids or record.sha256 in digests
            (found if own or place in near else left).append(record)
        if found:
            self._left = left
        return found

    def _near(self, traits: Iterable[Trait]) -> set[int]:
        """Return the places of the stories that tell nearly what one of `traits` does, under a headline alike."""
        asking: dict[Band, list[Trait]] = defaultdict(list)
        for trait in traits:
            for start in range(0, len(trait.sketch), WIDTH):
                asking[start, trait.sketch[start : start + WIDTH]].append(trait)
        lengths: dict[int, list[int]] = defaultdict(list)
        for place, record in enumerate(self._left) if asking else ():
            if record.sketch:
                lengths[len(record.sketch)].append(place)
        return {place for places in lengths.values() for place in self._sharing(places, asking)}

    def _sharing(self, places: Sequence[int], asking: dict[Band, list[Trait]]) -> Iterator[int]:
        """Yield those places, of stories whose sketches are of one length, that have a band and all else in common."""
        text = "".join([self._left[place].sketch for place in places]).encode()
        table = np.frombuffer(text, f"S{WIDTH}").reshape(len(places), -1)
        for (start, band), traits in asking.items():
            column = start // WIDTH
            same = np.flatnonzero(table[:, column] == band.encode()).tolist() if column < table.shape[1] else ()
            for place in map(places.__getitem__, same):
                if any(self._is_near(self._left[place], trait) for trait in traits):
                    yield place

    def _is_near(self, record: StoryRecord, trait: Trait) -> bool:
        least, title = self._percent / 100, record.headline_found or record.title
        if likeness(record.sketch, trait.sketch) < least or not headlines_alike(title, trait.title):
            return False
        return trait.numbers is None or numbers_alike(self._numbers(record), trait.numbers())
