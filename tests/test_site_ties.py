"""Ties: stories that are told to be tied as before are, whatever came, went or changed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.site.ties import Spot, Ties, otherwise_tied

SECTIONS = ("World", "Local", "Sports")


def spots() -> st.SearchStrategy[list[Spot]]:
    """Stories in the order of a site, the newest first."""
    one = st.tuples(st.integers(0, 30), st.integers(0, 60), st.sampled_from(SECTIONS))
    made = st.lists(one, max_size=40, unique_by=lambda told: told[1])
    return made.map(lambda some: sorted((Spot(a, f"{b:02}", c) for a, b, c in some), key=lambda s: (-s.since, s.id)))


def tied(found: list[Spot]) -> dict[str, list[Any]]:
    """The ids that each story leads to."""
    articles = [SimpleNamespace(copydesk=SimpleNamespace(id=spot.id), category=spot.section) for spot in found]
    ties = Ties(articles, {})
    told: dict[str, list[Any]] = {}
    for article in articles:
        others = ties.of(article)
        told[article.copydesk.id] = [
            other and other.copydesk.id for other in (others.previous, others.next, *others.more)
        ]
    return told


@given(spots(), st.data())
def test_stories_that_are_not_named_are_tied_as_before(before: list[Spot], data: st.DataObject) -> None:
    kept = [spot for spot in before if data.draw(st.integers(0, 9)) > 1]
    new = [spot for spot in data.draw(spots()) if spot.id not in {other.id for other in before}][:3]
    fresh = {spot.id for spot in kept if data.draw(st.integers(0, 9)) == 0} | {spot.id for spot in new}
    now = sorted((*kept, *new), key=lambda spot: (-spot.since, spot.id))
    named = otherwise_tied(before, now, fresh)
    were, are = tied(before), tied(now)
    for place, spot in enumerate(now):
        if place not in named:
            assert spot.id not in fresh
            assert are[spot.id] == were[spot.id]
            assert fresh.isdisjoint(are[spot.id])


def test_of_many_stories_few_are_named() -> None:
    before = [Spot(-number, f"{number:05}", SECTIONS[number % 3]) for number in range(3000)]
    assert otherwise_tied(before, before, set()) == set()
    assert len(otherwise_tied(before, before, {"01500"})) < 20
    assert len(otherwise_tied(before, before[:1500] + before[1501:], set())) < 20
