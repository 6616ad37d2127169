"""Feeds of what is older: nothing is missing, nothing is too long, and what is archived stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.feeds.archive import MOST_BYTES, archive_path, parted
from copydesk.feeds.entry import Entry


def entries(sizes: list[int]) -> list[Entry]:
    """Entries, newest first, with contents of these sizes in bytes; the oldest is number 0."""
    return [
        Entry(str(number), "", "", (), (), None, "", "x" * size, None, datetime(2026, 1, 1, tzinfo=UTC))
        for number, size in reversed(list(enumerate(reversed(sizes))))
    ]


def ids(found: tuple[Entry, ...]) -> list[str]:
    return [entry.id for entry in found]


def test_what_fits_is_one_feed() -> None:
    parts = parted(entries([10] * 5), 5)
    assert (len(parts.newest), parts.archives) == (5, ())
    assert parted([], 5).newest == ()


def test_archives_are_made_from_the_oldest_on() -> None:
    parts = parted(entries([10] * 8), 3)
    assert ids(parts.newest) == ["7", "6", "5"]
    assert [ids(archive) for archive in parts.archives] == [["2", "1", "0"], ["5", "4", "3"]]


def test_a_feed_is_never_too_long_to_be_fetched() -> None:
    parts = parted(entries([MOST_BYTES // 2 + 1] * 4), 50)
    assert (len(parts.newest), [len(archive) for archive in parts.archives]) == (1, [1, 1, 1])


sizes = st.lists(st.sampled_from([1, 10, MOST_BYTES // 3, MOST_BYTES * 2]), max_size=30)


@given(sizes, st.integers(1, 6) | st.none())
def test_every_entry_is_somewhere_and_in_order(found: list[int], most: int | None) -> None:
    told = entries(found)
    parts = parted(told, most)
    everything = {entry.id for feed in (parts.newest, *parts.archives) for entry in feed}
    assert everything == {entry.id for entry in told}
    assert ids(parts.newest) == ids(tuple(told))[: len(parts.newest)]
    for feed in (parts.newest, *parts.archives):
        assert most is None or len(feed) <= most
        assert len(feed) <= 1 or sum(len(entry.content_html) for entry in feed) <= MOST_BYTES


@given(sizes, st.integers(1, 6))
def test_a_new_article_changes_no_archive_that_is_full(found: list[int], most: int) -> None:
    before, after = parted(entries(found), most), parted(entries([10, *found]), most)
    kept = len(before.archives)
    assert [ids(archive) for archive in after.archives[:kept]] == [ids(archive) for archive in before.archives]


def test_an_article_that_is_taken_out_changes_few_archives() -> None:
    told = entries([10] * 1000)
    before, after = parted(told, 50), parted(told[:600] + told[601:], 50)
    known = {tuple(ids(archive)) for archive in before.archives}
    assert sum(tuple(ids(archive)) not in known for archive in after.archives) <= 4


def test_an_article_of_an_older_day_changes_few_files() -> None:
    told = entries([10] * 1000)
    late = Entry("late", "", "", (), (), None, "", "x" * 10, None, datetime(2026, 1, 1, tzinfo=UTC))
    for place in range(60, 1000, 20):
        before, after = (parted(some, 50).archives for some in (told, [*told[:place], late, *told[place:]]))
        known = {archive_path("all.json", archive): ids(archive) for archive in before}
        found = {archive_path("all.json", archive): ids(archive) for archive in after}
        assert len(found) == len(after)
        assert len(set(known) ^ set(found) | {name for name in found if found[name] != known.get(name)}) <= 8


@pytest.mark.parametrize(
    ("path", "archived"),
    [
        ("feeds/all.atom.xml", "feeds/all-archive-5feceb66ffc8.atom.xml"),
        ("feeds/all.rss.xml", "feeds/all-archive-5feceb66ffc8.rss.xml"),
        ("feed.xml", "feed-archive-5feceb66ffc8.xml"),
        ("feeds/de-at/rss", "feeds/de-at/rss-archive-5feceb66ffc8"),
    ],
)
def test_paths_are_named_after_the_oldest_entry(path: str, archived: str) -> None:
    assert archive_path(path, entries([10] * 3)) == archived
