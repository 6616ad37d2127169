"""What the last build knew of stories, and which of them a change touches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copydesk.site.changes import MOST, Unfit, changes_in
from copydesk.site.first_seen import FirstSeen
from copydesk.site.seedfolder import SeedFile
from copydesk.site.stories import Edition, HandRecord, StoryBook, StoryRecord

HANDS = {"urn:by-hand": HandRecord(3, "World", "card", "subject", ["urn:1"])}
EDITION = Edition("made", "out", "head", {"a.toml": "1 2"}, {"template": "told"}, HANDS, ["a"], ["a.txt"])


def record(seed: str, **told: Any) -> StoryRecord:
    plain: dict[str, Any] = dict.fromkeys(StoryRecord._fields, "")
    numbers = dict.fromkeys(("number", "first_seen", "moment", "corrected", "pictured", "indexed", "feed_bytes"), 0)
    return StoryRecord(**{**plain, **numbers, "seed": seed, "file": seed, "look": "1 1", "features": b"", **told})


@pytest.fixture
def book(tmp_path: Path) -> StoryBook:
    book = StoryBook(tmp_path / "stories.sqlite")
    book.keep(EDITION, [record("a.txt"), record("b.txt", title="Über <b>", language=None)], None)
    return book


def test_records_come_back_as_they_were(book: StoryBook) -> None:
    assert book.edition() == EDITION
    assert sorted(book.records()) == [record("a.txt"), record("b.txt", title="Über <b>", language=None)]


def test_a_build_changes_some_of_them(book: StoryBook) -> None:
    book.keep(EDITION, [record("b.txt", title="Another"), record("c.txt")], ["a.txt"])
    assert sorted(book.records()) == [record("b.txt", title="Another"), record("c.txt")]
    book.keep(EDITION, [record("d.txt")], None)
    assert book.records() == [record("d.txt")]


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"x" * 200])
def test_a_file_that_is_damaged_counts_as_none_and_is_begun_anew(tmp_path: Path, book: StoryBook, data: bytes) -> None:
    (tmp_path / "stories.sqlite").write_bytes(data)
    assert book.edition() is None
    book.keep(EDITION, [record("a.txt")], None)
    assert book.records() == [record("a.txt")]


def test_a_record_of_another_form_counts_as_none(tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "stories.sqlite") as database:
        database.executescript("CREATE TABLE edition (told TEXT); PRAGMA user_version = 99;")
    assert StoryBook(tmp_path / "stories.sqlite").edition() is None


def files(**looks: str | None) -> list[SeedFile]:
    return [SeedFile(f"{name}.txt", 0, look) for name, look in looks.items()]


def test_files_that_look_otherwise_are_new_or_gone_have_changed() -> None:
    known = [record("a.txt"), record("b.txt"), record("gone.txt")]
    found = changes_in(files(a="1 1", b="2 2", c="1 1"), known, (), None)
    assert [file.name for file in found.files] == ["b.txt", "c.txt"]
    assert found.gone == ["gone.txt"]
    assert set(found.former) == {"b.txt", "gone.txt"}


def test_what_was_written_a_moment_ago_and_links_are_read_again() -> None:
    found = changes_in(files(a="1 1", link=None), [record("a.txt", look=""), record("link.txt", look="")], (), None)
    assert [file.name for file in found.files] == ["a.txt", "link.txt"]


@pytest.mark.parametrize("override", ["a.toml", "a.txt.toml"])
def test_a_changed_override_touches_its_seed(override: str) -> None:
    found = changes_in(files(a="1 1", b="1 1"), [record("a.txt"), record("b.txt")], (override,), None)
    assert [file.name for file in found.files] == ["a.txt"]


def test_when_a_story_was_first_seen_is_asked_of_no_file_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    moment = FirstSeen(tmp_path, tmp_path).moment("a.txt").timestamp()
    known = [record("a.txt", own_first_seen=int(moment)), record("b.txt"), record("gone.txt")]
    (tmp_path / "b.txt").touch()
    found = changes_in(files(a="1 1", b="1 1"), known, (), FirstSeen(tmp_path, tmp_path))
    assert [file.name for file in found.files] == ["b.txt"]
    assert found.gone == ["gone.txt"]


def test_too_much_is_left_to_a_build_of_all() -> None:
    known = [record(f"{number}.txt") for number in range(MOST + 1)]
    assert changes_in([], known[:MOST], (), None).but_for_the_same([]) == []
    with pytest.raises(Unfit):
        changes_in([], known, (), None).but_for_the_same([])
