"""The store: cleaned articles by what they were made from, so that a seed is cleaned once and not in every build.

An SQLite file of texts by keys. Nothing in it is code: a value is JSON with its own checksum, and what is damaged, of
another form or not there at all is cleaned again. The store can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

FORM = 4
"""Number of the file's form; another one is begun anew."""

UNUSED_BUILDS = 20
"""Builds after which a value that none of them asked for is thrown away."""

BATCH = 500
"""Keys that are asked for at once, and articles that a build which is killed may have cleaned for nothing."""

IN_USE = 2**62
"""Stands for the number of a build, for articles in files that later builds need not read."""

_TABLES = """
CREATE TABLE articles (key TEXT NOT NULL UNIQUE, value BLOB NOT NULL);
CREATE TABLE uses (key TEXT PRIMARY KEY, build INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE files (name TEXT NOT NULL UNIQUE, look TEXT NOT NULL, keys TEXT NOT NULL, value BLOB NOT NULL);
CREATE TABLE builds (number INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE INDEX unused ON uses (build);
"""
# Values lie in the order in which they came, apart from their keys and from which build asked for them last: in one
# table in the order of keys, the file was three times as long, and each note of a use wrote the article anew.


class StoredFile(NamedTuple):
    """What a file of the site was found to hold: how it looked then, the keys of its articles, and its abstracts."""

    look: str
    keys: tuple[str, ...]
    value: bytes


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
        self.take_up()
        form = self._database.execute("PRAGMA user_version").fetchone()[0]
        if form not in (0, FORM):
            raise sqlite3.DatabaseError("another form")
        if form == 0:
            self._database.executescript(f"{_TABLES} PRAGMA user_version = {FORM};")
        self._build = self._database.execute("INSERT INTO builds DEFAULT VALUES").lastrowid or 0
        self._database.execute("SELECT key, value FROM articles LIMIT 1").fetchone()
        self._database.execute("SELECT key, build FROM uses LIMIT 1").fetchone()
        self._database.execute("SELECT name, look, keys, value FROM files LIMIT 1").fetchone()

    @property
    def is_shared(self) -> bool:
        """Whether other processes can read it: it is a file."""
        return self._path != Path(":memory:")

    def take_up(self) -> None:
        """Connect to the file, in this process."""
        self._database = sqlite3.connect(self._path, timeout=60)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")

    def let_go(self) -> None:
        """Have no connection until `take_up`."""
        self._database.commit()
        self._database.close()

    @contextmanager
    def put_down(self) -> Iterator[None]:
        """Have no connection for a while, so that processes can be forked: none may be used by two."""
        self.let_go()
        try:
            yield
        finally:
            self.take_up()

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
            self.note_uses(found)
        except sqlite3.DatabaseError:
            self._begin_anew()
            return {}
        return found

    def note_uses(self, keys: Iterable[str]) -> None:
        """Remember that this build asked for `keys`. Raises sqlite3.DatabaseError."""
        asked = [(self._build, key, self._build) for key in keys]
        self._database.executemany("UPDATE uses SET build = ? WHERE key = ? AND build < ?", asked)

    def value(self, key: str) -> bytes | None:
        """Return what is there for a key, packed; that this build asked for it is noted otherwise."""
        try:
            row = self._database.execute("SELECT value FROM articles WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            self._begin_anew()
            return None
        return row[0] if row else None

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Keep packed articles. A store that can't be written costs time, not articles."""
        uses = [(key, self._build) for key in values]
        with suppress(sqlite3.DatabaseError):
            self._database.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?)", values.items())
            self._database.executemany("INSERT OR REPLACE INTO uses VALUES (?, ?)", uses)
            self._kept += len(uses)
            if self._kept >= BATCH:
                self._database.commit()
                self._kept = 0

    def files(self, names: Iterable[str] | None = None) -> dict[str, StoredFile]:
        """Return by name what was found in each file, or in those of these names, when it was last looked at."""
        every = "SELECT name, look, keys, value FROM files"
        try:
            if names is None:
                rows = self._database.execute(every).fetchall()
            else:
                rows = [row for name in names for row in self._database.execute(f"{every} WHERE name = ?", (name,))]
        except sqlite3.DatabaseError:
            self._begin_anew()
            return {}
        return {name: StoredFile(look, tuple(keys.split()), value) for name, look, keys, value in rows}

    def keep_files(self, known: Mapping[str, StoredFile], found: Mapping[str, StoredFile], gone: Iterable[str]) -> None:
        """Note what was found in files, and that files are gone; `known` is what was there before.

        The articles that no file holds any more are kept for some builds: an editor may take a change back.
        """
        gone = list(gone)
        held = {key for file in found.values() for key in file.keys}
        free = [key for name in (*found, *gone) if name in known for key in known[name].keys if key not in held]
        rows = [(name, file.look, " ".join(file.keys), file.value) for name, file in found.items()]
        with suppress(sqlite3.DatabaseError):
            self._database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)
            self._database.executemany("DELETE FROM files WHERE name = ?", [(name,) for name in gone])
            builds = [*((self._build, key) for key in free), *((IN_USE, key) for key in held)]
            self._database.executemany("UPDATE uses SET build = ? WHERE key = ?", builds)
            self._database.commit()

    def note_looks(self, looks: Mapping[str, str]) -> None:
        """Note how files look that hold what they held."""
        with suppress(sqlite3.DatabaseError):
            self._database.executemany(
                "UPDATE files SET look = ? WHERE name = ?", [(new, n) for n, new in looks.items()]
            )
            self._database.commit()

    def close(self) -> None:
        """Throw away what has long been of no use, and close the file."""
        with suppress(sqlite3.DatabaseError):
            last = (self._build - UNUSED_BUILDS,)
            self._database.execute("DELETE FROM articles WHERE key IN (SELECT key FROM uses WHERE build < ?)", last)
            self._database.execute("DELETE FROM uses WHERE build < ?", last)
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
