"""Files that are taken over from the published site: only where they were made from the same and are untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from copydesk.site.documents import Documents


def documents(folder: Path) -> Documents:
    return Documents(folder / "state" / "documents.json", folder / "output", folder / "next")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A site with a file and a folder that the last build wrote."""
    first = Documents(tmp_path / "state" / "documents.json", tmp_path / "output", tmp_path / "output")
    first.put("a.xml", "key", lambda: b"old")
    fill(first.staged("search"))
    first.wrote_folder("search", "key")
    first.remember()
    return tmp_path


def fill(folder: Path) -> None:
    (folder / "deep").mkdir(parents=True, exist_ok=True)
    (folder / "one").write_text("1")
    (folder / "deep" / "two").write_text("2")


def made_anew(folder: Path, key: str = "key") -> bool:
    now = documents(folder)
    now.put("a.xml", key, lambda: b"new")
    return (folder / "next" / "a.xml").exists() and not now.kept


def test_the_same_is_not_made_again(published: Path) -> None:
    now = documents(published)
    now.put("a.xml", "key", lambda: b"new")
    assert now.kept == {"a.xml"}
    assert not (published / "next").exists()


def test_what_was_made_from_something_else_is_made_anew(published: Path) -> None:
    assert made_anew(published, "another key")


@pytest.mark.parametrize("content", [b"somebody else's", None])
def test_what_somebody_has_touched_is_made_anew(published: Path, content: bytes | None) -> None:
    (published / "output" / "a.xml").unlink()
    if content:
        (published / "output" / "a.xml").write_bytes(content)
    assert made_anew(published)


def test_a_file_of_the_same_size_is_another_one(published: Path) -> None:
    (published / "output" / "a.xml").write_bytes(b"odd")
    os.utime(published / "output" / "a.xml", (1, 1))
    assert made_anew(published)


@pytest.mark.parametrize("record", ["", "[]", '{"a.xml": 7}', '{"a.xml": []}', '{"a.xml": ["key"]}', "\x00"])
def test_a_record_that_is_none_counts_for_nothing(published: Path, record: str) -> None:
    (published / "state" / "documents.json").write_text(record)
    assert made_anew(published)


def test_a_folder_is_taken_over_whole_or_not_at_all(published: Path) -> None:
    now = documents(published)
    assert now.keeps_folder("search", "key")
    assert now.kept == {"search/one", "search/deep/two"}
    assert not documents(published).keeps_folder("search", "another key")
    for change in ("output/search/three", "output/search/deep/two"):
        (published / change).write_text("somebody else's")
        now = documents(published)
        assert not now.keeps_folder("search", "key")
        assert now.kept == set()
        (published / "output" / "search" / "three").unlink(missing_ok=True)
