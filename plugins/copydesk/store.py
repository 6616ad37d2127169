"""The store: cleaned articles by what they were made from, so that a seed is cleaned once and not in every build.

An SQLite file of texts by keys. Nothing in it is code: a value is JSON with its own checksum, and what is damaged, of
another form or not there at all is cleaned again. The store can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from copydesk.model import (
    Article,
    BodyBlock,
    Canonical,
    ItemList,
    Ledger,
    Note,
    Paragraph,
    Provenance,
    Quote,
    Section,
    Source,
    Status,
)

FORM = 1
"""Number of the file's form; another one is begun anew."""

UNUSED_BUILDS = 20
"""Builds after which a value that none of them asked for is thrown away."""

BATCH = 500
"""Keys that are asked for at once, and articles that a build which is killed may have cleaned for nothing."""

_TABLES = """
CREATE TABLE articles (key TEXT PRIMARY KEY, value BLOB NOT NULL, build INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE builds (number INTEGER PRIMARY KEY AUTOINCREMENT);
"""
_KINDS: dict[str, Callable[..., BodyBlock]] = {"p": Paragraph, "q": Quote, "l": ItemList, "n": Note}
_NAMES: dict[object, str] = {kind: name for name, kind in _KINDS.items()}
_ENUMS = {"status": Status, "canonical": Canonical}
_MOMENTS = ("published", "updated")
_LISTS = ("authors", "keywords", "tags", "was", "warnings")


class Store:
    """Cleaned articles, packed as texts, by keys. A file that can't be read is begun anew."""

    def __init__(self, path: Path) -> None:
        """Open the store at `path`, or make it."""
        self._path = path
        self._kept = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.DatabaseError:
            try:
                self._begin_anew()
            except (sqlite3.DatabaseError, OSError):  # a full disk: the build goes on as far as it can without
                self._path = Path(":memory:")
                self._open()

    def _open(self) -> None:
        self._database = sqlite3.connect(self._path, timeout=60)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        form = self._database.execute("PRAGMA user_version").fetchone()[0]
        if form not in (0, FORM):
            raise sqlite3.DatabaseError("another form")
        if form == 0:
            self._database.executescript(f"{_TABLES} PRAGMA user_version = {FORM};")
        self._build = self._database.execute("INSERT INTO builds DEFAULT VALUES").lastrowid or 0
        self._database.execute("SELECT key, value, build FROM articles LIMIT 1").fetchone()

    def _begin_anew(self) -> None:
        with suppress(AttributeError, sqlite3.Error):
            self._database.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)
        self._open()

    def packed(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is there for `keys`, packed, and remember that this build asked for it."""
        wanted, found = list(keys), dict[str, bytes]()
        try:
            for start in range(0, len(wanted), BATCH):
                some = wanted[start : start + BATCH]
                marks = ",".join("?" * len(some))
                rows = self._database.execute(f"SELECT key, value FROM articles WHERE key IN ({marks})", some)  # noqa: S608
                found |= dict(rows.fetchall())
            used = [(self._build, key) for key in found]
            self._database.executemany("UPDATE articles SET build = ? WHERE key = ?", used)
        except sqlite3.DatabaseError:
            self._begin_anew()
            return {}
        return found

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Keep packed articles. A store that can't be written costs time, not articles."""
        rows = [(key, value, self._build) for key, value in values.items()]
        with suppress(sqlite3.DatabaseError):
            self._database.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", rows)
            self._kept += len(rows)
            if self._kept >= BATCH:
                self._database.commit()
                self._kept = 0

    def close(self) -> None:
        """Throw away what has long been of no use, and close the file."""
        with suppress(sqlite3.DatabaseError):
            self._database.execute("DELETE FROM articles WHERE build < ?", (self._build - UNUSED_BUILDS,))
            self._database.execute("DELETE FROM builds WHERE number < ?", (self._build,))
            self._database.commit()
        self._database.close()


def key_of(*parts: str) -> str:
    """Return the key of what is made from `parts`."""
    return hashlib.sha256("\0".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "replace")).hexdigest()


def files_digest(files: Iterable[Path]) -> str:
    """Return a digest of the names and bytes of files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        data = path.read_bytes()
        digest.update(f"{path.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def pack(article: Article) -> bytes:
    """Return an article as compressed JSON with its checksum, its ledger left out: the provenance has its counts."""
    record = {
        field.name: _plain(getattr(article, field.name))
        for field in fields(Article)
        if field.name not in ("ledger", "sections", "provenance")
    }
    record["sections"] = [
        [section.heading, section.fragment, section.level, [_packed_block(block) for block in section.blocks]]
        for section in article.sections
    ]
    record["provenance"] = {field.name: getattr(article.provenance, field.name) for field in fields(Provenance)}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return zlib.compress(hashlib.sha256(text).digest() + text, 1)


def unpack(packed: bytes) -> Article | None:
    """Return the article, None where it is damaged or of another form."""
    try:
        whole = zlib.decompress(packed)
        text = whole[32:]
        if hashlib.sha256(text).digest() != whole[:32]:
            return None
        return _article(json.loads(text.decode("utf-8", "surrogatepass")))
    except (zlib.error, UnicodeError, ValueError, TypeError, KeyError):
        return None


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _packed_block(block: BodyBlock) -> list[object]:
    return [_NAMES[type(block)], *(getattr(block, field.name) for field in fields(block))]


def _article(record: dict[str, Any]) -> Article:
    """Return the article that a record tells of. Raises TypeError, KeyError or ValueError where it tells of none."""
    sections = tuple(_section(*section) for section in record.pop("sections"))
    told = record.pop("provenance")
    provenance = Provenance(**{**told, "notes": tuple(told["notes"])})
    for name in _MOMENTS:
        record[name] = _moment(record[name])
    for name in _LISTS:
        record[name] = tuple(record[name])
    for name, kind in _ENUMS.items():
        record[name] = None if record[name] is None else kind(record[name])
    source = Source(provenance.seed, provenance.sha256, provenance.form, provenance.encoding, (), (), provenance.notes)
    return Article(sections=sections, provenance=provenance, ledger=Ledger(source, ()), **record)


def _section(heading: str | None, fragment: str | None, level: int, blocks: Iterable[list[Any]]) -> Section:
    return Section(heading, fragment, tuple(_blocks(blocks)), level)


def _blocks(blocks: Iterable[list[Any]]) -> Iterator[BodyBlock]:
    for kind, *told in blocks:
        yield _KINDS[kind](*(tuple(value) if isinstance(value, list) else value for value in told))


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
