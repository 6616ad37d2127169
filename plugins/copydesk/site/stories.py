"""What the last build knew of each story, for the next one: a row a seed, in SQLite, that can be read all at once.

It is a cache: it counts only for the very site that it was written for, and can be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

FORM = 5
"""Number of the file's form; another one is begun anew."""


class StoryRecord(NamedTuple):
    """A seed's story as the last build published it.

    `look` is how its file looked, empty where that does not tell of every change. `moment` (microseconds since 1970)
    orders the stories, `first_seen` is in seconds, `minutes` are what it takes to read. `own_id` and `own_first_seen`
    are those that the seed has by itself: its story may have another's, and `own_id` is empty where it has not.
    `headline_found` is the headline that the seed has where an editor gave another. `words` are its topics, folded, a
    line each. `card`, `text` and `ties` are digests of what pages can read of it (see `fingerprints`), `related` ids,
    `features` what it is related by, `origin` what provenance.json says of it. Lists are JSON. One that shares
    another's page has `duplicate_of`, and no address.
    """

    seed: str
    file: str
    number: int
    look: str
    sha256: str
    key: str
    id: str
    own_id: str
    first_seen: int
    own_first_seen: int
    slug: str
    status: str
    published: str | None
    updated: str | None
    moment: int
    title: str
    headline_found: str
    section: str
    tags: str
    authors: str
    language: str | None
    direction: str
    source: str | None
    keywords: str
    words: str
    summary: str
    dek: str | None
    minutes: int
    canonical: str
    was: str
    others: str
    corrected: int
    pictured: int
    indexed: int
    origin: str
    feed_bytes: int
    card: str
    text: str
    ties: str
    related: str
    features: bytes
    sketch: str
    story: str
    warnings: str
    duplicate_of: str | None

    @property
    def listed(self) -> bool:
        """Whether the story stands in the site's listings."""
        return self.status == "published" and not self.duplicate_of


PAGE = 32_768
"""Bytes of the file that are read at once: nearly all of it is, and SQLite's own 4,096 take half as long again."""

COLUMNS = ", ".join(StoryRecord._fields)
_MARKS = ", ".join("?" * len(StoryRecord._fields))
_TABLES = f"""
CREATE TABLE stories ({COLUMNS.replace("seed,", "seed TEXT PRIMARY KEY,")});
CREATE TABLE edition (told TEXT NOT NULL);
"""


class HandRecord(msgspec.Struct, frozen=True, array_like=True):
    """A listed article by hand as the last build had it.

    `since` (microseconds since 1970) and `section` tell where it stood, `card` and `subject` are digests of what other
    pages show of it and of what it was related by, `related` are ids.
    """

    since: int
    section: str
    card: str
    subject: str
    related: list[str]


class Edition(msgspec.Struct, frozen=True):
    """The last build as a whole: digests of what it was made from beside texts, and of the site that came out.

    `head` stands for the commits that the folders were at, `overrides` are the looks of the override files, `shared`
    what was the same for all pages of stories, `by_hand` the listed articles by hand by their ids, `taken` the slugs of
    all, `adopted` the seeds that they stand for.
    """

    made_from: str
    came_out: str
    head: str
    overrides: dict[str, str]
    shared: dict[str, str]
    by_hand: dict[str, HandRecord]
    taken: list[str]
    adopted: list[str]


STORIES = "stories.sqlite"
"""Name of the file with the records."""


class StoryBook:
    """The records of a site's stories. A file that can't be read counts as none.

    They are read in the order in which they were written. Where that is the order in which pages list the stories,
    those that are looked at one after the other lie beside each other in memory: a sixth of a large build's time.
    """

    def __init__(self, path: Path) -> None:
        """Take the file at `path`; it is opened when it is needed."""
        self._path = path

    def edition(self) -> Edition | None:
        """Return the last build's record, None where there is none."""
        try:
            with self._open() as database:
                told = database.execute("SELECT told FROM edition").fetchone()
            return msgspec.json.decode(told[0], type=Edition) if told else None
        except (sqlite3.DatabaseError, msgspec.DecodeError, OSError):
            return None

    def records(self) -> list[StoryRecord]:
        """Return all records. Raises sqlite3.DatabaseError where they can't be read."""
        with self._open() as database:
            return list(map(StoryRecord._make, database.execute(f"SELECT {COLUMNS} FROM stories")))  # noqa: S608

    def story_of(self, seed: str) -> tuple[StoryRecord, list[str]] | None:
        """Return the record of one seed's story, and the other seeds on its page; None where there is none."""
        if not self._path.is_file():
            return None
        with suppress(sqlite3.DatabaseError), self._open() as database:
            asked = f"SELECT {COLUMNS} FROM stories WHERE seed = ?"  # noqa: S608
            if found := database.execute(asked, (seed,)).fetchone():
                alike = database.execute("SELECT seed FROM stories WHERE duplicate_of = ? ORDER BY seed", (seed,))
                return StoryRecord._make(found), [name for (name,) in alike]
        return None

    def keep(self, edition: Edition, records: Iterable[StoryRecord], gone: Iterable[str] | None) -> None:
        """Record a build: the stories that are new or otherwise, and the seeds that are gone; None means all others.

        A record that can't be written costs the next build time, nothing else.
        """
        try:
            self._keep(edition, records, gone)
        except (sqlite3.DatabaseError, OSError):
            self.forget()

    def _keep(self, edition: Edition, records: Iterable[StoryRecord], gone: Iterable[str] | None) -> None:
        if gone is None:
            self.forget()
        with self._open() as database:
            if gone is None:
                database.executescript(f"PRAGMA page_size = {PAGE}; {_TABLES} PRAGMA user_version = {FORM};")
            database.executemany("DELETE FROM stories WHERE seed = ?", [(seed,) for seed in gone or ()])
            database.executemany(f"INSERT OR REPLACE INTO stories VALUES ({_MARKS})", records)  # noqa: S608
            database.execute("DELETE FROM edition")
            database.execute("INSERT INTO edition VALUES (?)", (msgspec.json.encode(edition).decode(),))
            database.commit()

    def forget(self) -> None:
        """Forget everything."""
        for ending in ("", "-journal"):
            with suppress(OSError):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)

    def _open(self) -> _Closing:
        return _Closing(self._path)


class _Closing:
    """A database that is closed at the end of a `with` block. Raises sqlite3.DatabaseError where it is none of ours."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, timeout=60)

    def __enter__(self) -> sqlite3.Connection:
        try:
            self._database.execute("PRAGMA synchronous = NORMAL")
            form = self._database.execute("PRAGMA user_version").fetchone()[0]
            if form not in (0, FORM):
                raise sqlite3.DatabaseError("another form")
        except sqlite3.DatabaseError:
            self._database.close()
            raise
        return self._database

    def __exit__(self, *_: object) -> None:
        self._database.close()


def plain_list(values: Sequence[Any]) -> str:
    """Return a list of texts as JSON."""
    return msgspec.json.encode(values).decode() if values else ""


def list_of(text: str) -> tuple[str, ...]:
    """Return the list of texts that JSON tells of."""
    return tuple(msgspec.json.decode(text)) if text else ()
