"""The store: what goes in comes out, and what is damaged, foreign or not there is cleaned again."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model import Article, Canonical, Ledger, Source, Status
from copydesk.packing import abstract_of, pack, pack_abstract, texts_of, unpack, unpack_abstract
from copydesk.render.html import body_html, feed_html
from copydesk.store import FORM, UNUSED_BUILDS, Store, StoredFile, files_digest, key_of
from newarticle import articles, new_article


def bare(article: Article) -> Article:
    """An article as the store gives it back: its ledger is counted in the provenance."""
    told = article.provenance
    source = Source(told.seed, told.sha256, told.form, told.encoding, (), (), told.notes)
    return replace(article, ledger=Ledger(source, ()))


@given(articles())
def test_what_goes_in_comes_out(article: Article) -> None:
    assert unpack(pack(article).data) == bare(article)


@given(articles(), st.sampled_from(["", ".", "..", "https://news.example"]))
def test_the_text_that_comes_out_is_what_the_article_is_rendered_to(article: Article, site: str) -> None:
    packed = pack(article)
    pictured = any(figure.picture for figure in article.figures)
    rendered = (body_html(article, site), feed_html(article, site))
    assert texts_of(packed.data) == (None if pictured else rendered)
    assert packed.abstract == abstract_of(article)
    told = json.loads(json.dumps(pack_abstract(packed.abstract)))
    assert unpack_abstract(told) == unpack_abstract(told) == packed.abstract


@pytest.mark.parametrize("when", [None, date(2026, 3, 2), datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 8)])
@pytest.mark.parametrize("canonical", [None, Canonical.NOINDEX])
def test_days_and_choices_keep_their_kind(when: date | None, canonical: Canonical | None) -> None:
    article = bare(replace(new_article(), published=when, canonical=canonical, status=Status.WITHDRAWN))
    found = unpack(pack(article).data)
    assert found == article
    assert found is not None
    assert (type(found.published), type(found.status)) == (type(when), Status)


@given(st.binary(max_size=200))
def test_what_is_no_article_is_none(packed: bytes) -> None:
    assert unpack(packed) is None
    assert texts_of(packed) is None


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_article_is_none(place: int, change: int) -> None:
    packed = bytearray(pack(new_article()).data)
    packed[place % len(packed)] ^= change
    assert unpack(bytes(packed)) in (None, bare(new_article()))


def test_values_stay_in_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep({"a": b"1", "b": b"2"})
    store.close()
    again = Store(tmp_path / "store.sqlite")
    assert again.packed(["a", "b", "c"]) == {"a": b"1", "b": b"2"}
    again.close()


def test_what_no_build_asks_for_goes(tmp_path: Path) -> None:
    for number in range(UNUSED_BUILDS + 2):
        store = Store(tmp_path / "store.sqlite")
        if number == 0:
            store.keep({"used": b"1", "unused": b"2"})
        store.packed(["used"])
        store.close()
    store = Store(tmp_path / "store.sqlite")
    assert store.packed(["used", "unused"]) == {"used": b"1"}
    store.close()


def test_what_a_file_holds_stays_until_it_holds_something_else(tmp_path: Path) -> None:
    first, second = StoredFile("look", ("one",), b"value"), StoredFile("another look", ("two",), b"value")
    held = {}
    for number in range(2 * UNUSED_BUILDS + 9):
        store = Store(tmp_path / "store.sqlite")
        if number == 0:
            store.keep({"one": b"1", "two": b"2"})
            store.keep_files({}, {"a.txt": first}, ())
        if number == UNUSED_BUILDS + 4:
            assert store.files() == {"a.txt": first}
            store.keep({"two": b"2"})
            store.keep_files(store.files(), {"a.txt": second}, ())
        held[number] = [str(key) for (key,) in store._database.execute("SELECT key FROM articles ORDER BY key")]
        store.close()
    assert held[UNUSED_BUILDS + 3] == ["one"]
    assert held[UNUSED_BUILDS + 5] == ["one", "two"]
    assert held[2 * UNUSED_BUILDS + 8] == ["two"]


def test_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep_files({}, {"a.txt": StoredFile("look", ("one",), b"value")}, ())
    store.keep_files(store.files(), {}, ["a.txt"])
    assert store.files() == {}
    store.close()


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, but long enough to be one" * 50, b"SQLite format 3\x00" * 99]
)
def test_a_file_that_is_no_store_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    store = Store(tmp_path / "store.sqlite")
    store.keep({"a": b"1"})
    assert store.packed(["a"]) == {"a": b"1"}
    store.close()


def test_a_store_of_another_form_is_begun_anew(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite") as database:
        database.execute(f"PRAGMA user_version = {FORM + 1}")
        database.execute("CREATE TABLE articles (something TEXT)")
    store = Store(tmp_path / "store.sqlite")
    assert store.packed(["a"]) == {}
    store.keep({"a": b"1"})
    assert store.packed(["a"]) == {"a": b"1"}
    store.close()


def test_a_store_that_breaks_in_the_middle_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = Store(path)
    store.keep({str(number): bytes(5000) for number in range(200)})
    store.close()
    data = bytearray(path.read_bytes())
    data[8192:200_000] = b"\xff" * (200_000 - 8192)
    path.write_bytes(data)
    store = Store(path)
    store.packed([str(number) for number in range(200)])
    store.keep({"a": b"1"})
    assert store.packed(["a"]) == {"a": b"1"}
    store.close()


def test_keys_tell_all_parts_apart(tmp_path: Path) -> None:
    assert len({key_of("a", "b"), key_of("ab"), key_of("a", "b", ""), key_of("", "ab"), key_of("a\0b")}) == 5
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").write_text("y")
    one = files_digest([tmp_path / "a", tmp_path / "b"])
    assert one == files_digest([tmp_path / "b", tmp_path / "a"])
    (tmp_path / "b").write_text("z")
    assert files_digest([tmp_path / "a", tmp_path / "b"]) != one
