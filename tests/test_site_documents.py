"""Documents that are taken from the published site: only where they were made from the same and are untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.site.documents import Documents


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A site with one document that the last build wrote."""
    (tmp_path / "output").mkdir()
    documents = Documents(tmp_path / "state" / "documents.json", tmp_path / "output")
    (tmp_path / "output" / "a.xml").write_bytes(documents.of("a.xml", "key", lambda: b"old"))
    documents.remember()
    return tmp_path


def again(folder: Path, key: str = "key") -> bytes:
    return Documents(folder / "state" / "documents.json", folder / "output").of("a.xml", key, lambda: b"new")


def test_the_same_is_not_made_again(published: Path) -> None:
    assert again(published) == b"old"


def test_what_was_made_from_something_else_is_made_anew(published: Path) -> None:
    assert again(published, "another key") == b"new"


@pytest.mark.parametrize("content", [b"somebody else's", None])
def test_what_somebody_has_touched_is_made_anew(published: Path, content: bytes | None) -> None:
    (published / "output" / "a.xml").unlink()
    if content:
        (published / "output" / "a.xml").write_bytes(content)
    assert again(published) == b"new"


@pytest.mark.parametrize("record", ["", "[]", '{"a.xml": 7}', '{"a.xml": []}', '{"a.xml": ["key"]}', "\x00"])
def test_a_record_that_is_none_counts_for_nothing(published: Path, record: str) -> None:
    (published / "state" / "documents.json").write_text(record)
    assert again(published) == b"new"
