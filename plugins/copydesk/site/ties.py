"""Ties stories to each other: the next ones in time, others of the section, and those about the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
