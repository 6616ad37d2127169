"""Ties stories to each other: the next ones in time, others of the section, and those about the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from copydesk.enrich.related import Story, Subject, features_of
from copydesk.render.text import text_of_html
from copydesk.site.facts import Neighbour

MORE = 4
"""Further stories of the section that a story leads to."""


class Tied(NamedTuple):
    """The articles that one leads to: the older, the newer, others of its section, those about the same."""

    previous: Any
    next: Any
    more: list[Any]
    related: list[Any]


class Spot(NamedTuple):
    """A place among the articles: when its article appeared (microseconds since 1970), that one's id, its section."""

    since: int
    id: str
    section: str


class Ties:
    """Knows of each article (newest first) which others it is tied to; `related` tells it by their ids."""

    def __init__(self, articles: Sequence[Any], related: Mapping[str, Sequence[str]]) -> None:
        """Look up where each article stands, in the whole and in its section."""
        self._articles = articles
        self._related = related
        self._known = {article.copydesk.id: article for article in articles}
        self._place = {id(article): place for place, article in enumerate(articles)}
        self._sections: list[list[Any]] = []
        self._names: dict[str, int] = {}
        self._section: list[tuple[int, int]] = []
        numbers: dict[int, int] = {}
        for article in articles:
            section = article.category
            number = numbers.get(id(section))
            if number is None:  # articles of one section need not have one object for it
                number = numbers[id(section)] = self._number(str(section))
            members = self._sections[number]
            self._section.append((number, len(members)))
            members.append(article)

    def _number(self, section: str) -> int:
        number = self._names.setdefault(section, len(self._names))
        if number == len(self._sections):
            self._sections.append([])
        return number

    def of(self, own: Any) -> Tied:
        """Return what an article is tied to; nothing where it is not listed."""
        place = self._place.get(id(own))
        if place is None:
            return Tied(None, None, [], [])
        older = self._articles[place + 1] if place + 1 < len(self._articles) else None
        newer = self._articles[place - 1] if place else None
        near = self._related.get(own.copydesk.id, ())
        number, within = self._section[place]
        group = self._sections[number]
        start = max(0, min(within - MORE // 2, len(group) - MORE - 1))
        others = (other for other in group[start : start + MORE + 1] if other is not own)
        more = [other for other in others if other.copydesk.id not in near]
        return Tied(older, newer, more, [self._known[other] for other in near])

    def otherwise(self, gone: Iterable[Spot], fresh: Iterable[Spot], since: Callable[[Any], int]) -> set[int]:
        """Return the places of the articles that are tied to others than they were, or to `fresh` ones.

        `gone` are the spots at which articles stood that are there no more, or elsewhere, or `fresh`; all others stand
        as they did. `since` tells when an article appeared. What they are related to is not looked at.
        """
        spots = [*gone, *fresh]
        found = set(chain.from_iterable(_around(spot, self._articles, since, 1) for spot in spots))
        for spot in spots:
            number = self._names.get(spot.section)
            members = self._sections[number] if number is not None else []
            found.update(self._place[id(members[within])] for within in _around(spot, members, since, MORE + 1))
        return found


def _around(spot: Spot, articles: Sequence[Any], since: Callable[[Any], int], reach: int) -> range:
    """Return the places within `reach` of a spot among articles, the newest first."""
    place = bisect_left(articles, (-spot.since, spot.id), key=lambda article: (-since(article), article.copydesk.id))
    return range(max(0, place - reach), min(len(articles), place + reach + 1))


def tie(article: Any, tied: Tied) -> None:
    """Let an article's facts lead to others, which show no more than a card does."""
    facts = article.copydesk
    facts.previous = Neighbour(tied.previous) if tied.previous else None
    facts.next = Neighbour(tied.next) if tied.next else None
    facts.more = [Neighbour(other) for other in tied.more]
    facts.related = [Neighbour(other) for other in tied.related]


def story_of(article: Any) -> Story:
    """Return what an article is related by."""
    facts = article.copydesk
    headline = text_of_html(article.title)
    subject = Subject(facts.id, facts.language, headline, facts.keywords, facts.first_seen)
    return Story(facts.id, features_of(subject), facts.first_seen.timestamp())
