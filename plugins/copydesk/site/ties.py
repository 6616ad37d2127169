"""Ties stories to each other: the next ones in time, others of the section, and those about the same."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
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


class Ties:
    """Knows of each article (newest first) which others it is tied to; `related` tells it by their ids."""

    def __init__(self, articles: Sequence[Any], related: Mapping[str, Sequence[str]]) -> None:
        """Look up where each article stands, in the whole and in its section."""
        self._articles = articles
        self._related = related
        self._known = {article.copydesk.id: article for article in articles}
        self._place = {id(article): place for place, article in enumerate(articles)}
        self._sections: dict[int, list[Any]] = {}
        self._names: dict[str, int] = {}
        self._section: list[tuple[int, int]] = []
        for article in articles:
            number = self._names.setdefault(str(article.category), len(self._names))
            members = self._sections.setdefault(number, [])
            self._section.append((number, len(members)))
            members.append(article)

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


class Spot(NamedTuple):
    """A place among the articles, the newest first: when its article appeared, that one's id, and its section."""

    since: int
    id: str
    section: str


def otherwise_tied(before: Sequence[Spot], now: Sequence[Spot], fresh: Container[str]) -> set[int]:
    """Return the places of articles of which others, or `fresh` ones, are the next in time or in the section.

    The rest are tied as they were before, but for what they are related to.
    """
    places = {place for found in _otherwise(before, now, fresh, 1) for place in found}
    sections: dict[str, tuple[list[Spot], list[Spot], list[int]]] = {}
    for place, spot in enumerate(now):
        _, members, at = sections.setdefault(spot.section, ([], [], []))
        members.append(spot)
        at.append(place)
    for spot in before:
        if spot.section in sections:
            sections[spot.section][0].append(spot)
    for old, new, at in sections.values():
        places.update(at[within] for found in _otherwise(old, new, fresh, MORE + 1) for within in found)
    return places


def _otherwise(before: Sequence[Spot], now: Sequence[Spot], fresh: Container[str], reach: int) -> Iterator[range]:
    """Yield the places within `reach` of what is fresh, and of what does not stand where it did."""
    for place, spot in enumerate(now):
        if spot.id in fresh:
            yield range(max(0, place - reach), min(len(now), place + reach + 1))
    ids, were = [spot.id for spot in now], [spot.id for spot in before]
    if ids == were:
        return
    most = min(len(ids), len(were))
    start = next((place for place in range(most) if ids[place] != were[place]), most)
    end = next((place for place in range(most - start) if ids[-1 - place] != were[-1 - place]), most - start)
    yield range(max(0, start - reach), min(len(ids), len(ids) - end + reach))


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
