"""Volumes of the search index: every story is in one, and a story that comes or goes changes few of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.site.volumes import MOST, NEW, NEWER, Volume, volumes_of


def story(number: int, language: str | None = None) -> Any:
    """A story of day `number`."""
    date = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(number)
    return SimpleNamespace(date=date, copydesk=SimpleNamespace(id=f"urn:story:{number}", language=language))


def told(volumes: list[Volume]) -> dict[str, list[str]]:
    return {volume.name: [article.copydesk.id for article in volume.stories] for volume in volumes}


@given(st.sets(st.integers(0, 500)), st.integers(1, 20))
def test_every_story_is_in_one_volume_and_the_newest_come_first(numbers: set[int], smallest: int) -> None:
    volumes = volumes_of([story(number) for number in numbers], "en", smallest)
    found = [article for volume in volumes for article in reversed(volume.stories)]
    assert [article.date for article in found] == [story(number).date for number in sorted(numbers, reverse=True)]
    assert len(told(volumes)) == len(volumes)


def test_a_small_site_has_one_volume() -> None:
    assert len(volumes_of([story(number) for number in range(60)], "en", 512)) == 1
    assert volumes_of([], "en", 512) == []


@given(st.integers(1, 5_000))
def test_the_newest_stories_are_in_small_volumes(number: int) -> None:
    sizes = [len(volume.stories) for volume in volumes_of([story(n) for n in range(number)], "en", 512)]
    assert sizes[0] <= 2 * NEW + NEW // NEWER
    for place in range(1, len(sizes)):
        newer = sum(sizes[:place])
        assert sizes[place] <= 2 * NEW or newer >= sizes[place] / 2 / NEWER


def test_a_new_story_changes_a_small_volume() -> None:
    """Now and then small volumes become a larger one, as seldom as it is large."""
    stories = [story(number) for number in range(2_000)]
    before = told(volumes_of(stories, "en", 512))
    indexed = 0
    for number in range(2_000, 2_400):
        stories.append(story(number))
        after = told(volumes_of(stories, "en", 512))
        indexed += sum(len(ids) for name, ids in after.items() if before.get(name) != ids)
        before = after
    assert indexed / 400 < 2 * NEW


def test_a_large_site_has_no_more_than_a_browser_asks() -> None:
    for number in (1_000, 10_000, 40_000):
        assert 1 <= len(volumes_of([story(n) for n in range(number)], "en", 512)) <= 2 * MOST


def test_a_story_of_any_day_changes_few_volumes() -> None:
    stories = [story(number) for number in range(0, 8_000, 2)]
    before = told(volumes_of(stories, "en", 64))
    for number in range(1, 8_000, 800):
        after = told(volumes_of([*stories, story(number)], "en", 64))
        assert 1 <= sum(before.get(name) != ids for name, ids in after.items()) <= 3


def test_each_language_has_volumes_of_its_own() -> None:
    stories = [story(number, ("ja", "de-AT", None, "en")[number % 4]) for number in range(40)]
    volumes = volumes_of(stories, "en-GB", 512)
    assert [(volume.language, len(volume.stories)) for volume in volumes] == [("en", 20), ("de", 10), ("ja", 10)]
    after = told(volumes_of([*stories, story(99, "en")], "en-GB", 512))
    assert [name for name, ids in after.items() if told(volumes)[name] != ids] == [volumes[0].name]
