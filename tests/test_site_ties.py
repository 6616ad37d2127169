"""Ties: stories that are told to be tied as before are, whatever came, went or changed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.site.ties import Spot, Ties

SECTIONS = ("World", "Local", "Sports")


def spots() -> st.SearchStrategy[list[Spot]]:
    """Stories in the order of a site, the newest first."""
    one = st.tuples(st.integers(0, 30), st.integers(0, 60), st.sampled_from(SECTIONS))
    made = st.lists(one, max_size=40, unique_by=lambda told: told[1])
    return made.map(lambda some: sorted((Spot(a, f"{b:02}", c) for a, b, c in some), key=lambda s: (-s.since, s.id)))


def tied(found: list[Spot]) -> dict[str, list[Any]]:
    """The ids that each story leads to."""
    articles = listed(found)
    ties = Ties(articles, {})
    told: dict[str, list[Any]] = {}
    for article in articles:
        others = ties.of(article)
        told[article.copydesk.id] = [
            other and other.copydesk.id for other in (others.previous, others.next, *others.more)
        ]
    return told


def since(article: Any) -> int:
    return int(article.since)


def listed(found: list[Spot]) -> list[Any]:
    return [SimpleNamespace(since=s.since, copydesk=SimpleNamespace(id=s.id), category=s.section) for s in found]


@given(spots(), st.data())
def test_stories_that_are_not_named_are_tied_as_before(before: list[Spot], data: st.DataObject) -> None:
    kept = [spot for spot in before if data.draw(st.integers(0, 9)) > 1]
    new = [spot for spot in data.draw(spots()) if spot.id not in {other.id for other in before}][:3]
    fresh = {spot.id for spot in kept if data.draw(st.integers(0, 9)) == 0} | {spot.id for spot in new}
    moved = [s._replace(since=data.draw(st.integers(0, 30)), section=SECTIONS[0]) if s.id in fresh else s for s in kept]
    now = sorted((*moved, *new), key=lambda spot: (-spot.since, spot.id))
    gone = [spot for spot in before if spot not in kept or spot.id in fresh]
    named = Ties(listed(now), {}).otherwise(gone, [spot for spot in now if spot.id in fresh], since)
    were, are = tied(before), tied(now)
    for place, spot in enumerate(now):
        if place not in named:
            assert spot.id not in fresh
            assert are[spot.id] == were[spot.id]
            assert fresh.isdisjoint(are[spot.id])


def test_of_many_stories_few_are_named() -> None:
    stories = [Spot(-number, f"{number:05}", SECTIONS[number % 3]) for number in range(3000)]
    ties = Ties(listed(stories), {})
    assert ties.otherwise([], [], since) == set()
    assert len(ties.otherwise([stories[1500]], [stories[1500]], since)) < 20
    assert len(Ties(listed(stories[:1500] + stories[1501:]), {}).otherwise([stories[1500]], [], since)) < 20
