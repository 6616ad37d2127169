"""Reads and cleans the seeds of a site: from the store where nothing has changed, else anew, in several processes.

Each seed is on its own: what is wrong with one never harms another.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from multiprocessing import get_start_method
from pathlib import Path

import copydesk
from copydesk.cleaning.evidence import Leaning
from copydesk.cleaning.rulebook import RuleBook, load_rules
from copydesk.desk.overrides import load_override
from copydesk.errors import CopydeskError, RefusedSeed
from copydesk.intake.pieces import Piece, pieces
from copydesk.pipeline import clean
from copydesk.site.filenames import path_of
from copydesk.site.first_seen import FirstSeen
from copydesk.site.seeds import NEVER, Seed
from copydesk.store import Store, files_digest, key_of, pack, unpack

FEW = 48
"""Seeds that one process has cleaned before others would have begun."""

AT_ONCE = 512
"""Seeds that are held in memory before they are cleaned."""

CHUNK = 8
"""Seeds that a process takes at a time."""

EXHAUSTED = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE}
)

LIBRARIES = (
    "chardet", "google-re2", "lxml", "numpy", "py3langid", "sentencex", "stopwordsiso", "webencodings",
)  # fmt: skip
"""Libraries that have a say in what an article is; another version of one makes all articles anew."""


@dataclass(frozen=True)
class Desk:
    """All that cleaning a seed needs: folders, a site's own fields, leaning, and the largest seed (bytes)."""

    folder: Path
    overrides: Path
    rule_folders: tuple[Path, ...]
    fields: tuple[tuple[str, str], ...]
    max_bytes: int
    leaning: Leaning

    @cached_property
    def rules(self) -> RuleBook:
        """The rules, loaded when a seed needs them."""
        return load_rules(self.rule_folders)

    def pieces(self, file: str) -> Iterator[Piece]:
        """Yield the seeds that a file below the folder holds; raises OSError where the machine has no room left."""
        path = path_of(self.folder, file)
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):
                remedy = "Copy the file itself into the folder"
                yield Piece(file, b"", RefusedSeed("is a link out of the seeds folder", file, remedy=remedy))
                return
            yield from pieces(path, file, self.max_bytes, dict(self.fields))
        except RuntimeError:  # what Python before 3.13 says of links in a circle
            remedy = "Take the link away"
            yield Piece(file, b"", RefusedSeed("is a link that leads to itself", file, remedy=remedy))
        except OSError as error:
            if exhausted(error):
                raise
            yield Piece(file, b"", RefusedSeed(f"can't be read ({error.strerror})", file, remedy="See its permissions"))

    def clean(self, piece: Piece) -> bytes | str:
        """Return a seed cleaned and packed, or the reason why it is refused.

        Raises OSError where the machine has no room left: that is no seed's fault, and none may be left out for it.
        """
        try:
            override = load_override(self.overrides, piece.name)
            return pack(clean(piece.data, piece.name, self.rules, override, self.leaning))
        except (CopydeskError, OSError) as error:
            if isinstance(error, OSError) and exhausted(error):
                raise
            return words(error, piece.name)
        except Exception as error:  # a seed may find a fault of ours; the others are published all the same
            fault = f"a fault in Copydesk stopped this seed ({type(error).__name__}: {error}). Please report it"
            return f"{piece.name}: {fault}"

    def circumstances(self) -> str:
        """Return a digest of all that a cleaned article depends on beside its seed and override."""
        own = (path for folder in self.rule_folders if folder.is_dir() for path in folder.rglob("*.toml"))
        return key_of(code_digest(LIBRARIES), files_digest(own), self.leaning.name)


@dataclass(slots=True)
class Reading:
    """One reading of all seeds; `adopted` are those that hand-written articles stand for."""

    desk: Desk
    first_seen: FirstSeen
    store: Store
    tick: Callable[[], None]
    adopted: Container[str] = ()
    seeds: dict[str, Seed] = field(default_factory=dict)
    pool: ProcessPoolExecutor | None = None

    def read_all(self, files: Sequence[str]) -> list[Seed]:
        """Return every seed in the files, in order, calling `tick` after each file."""
        circumstances = self.desk.circumstances()
        found = self._pieces(files)
        try:
            while some := list(islice(found, AT_ONCE)):
                self._read(some, circumstances)
        finally:
            if self.pool:
                self.pool.shutdown()
        return list(self.seeds.values())

    def _pieces(self, files: Sequence[str]) -> Iterator[tuple[str, Piece]]:
        for file in files:
            for piece in self.desk.pieces(file):
                if piece.name not in self.adopted:
                    yield file, piece
            self.tick()

    def _read(self, some: Sequence[tuple[str, Piece]], circumstances: str) -> None:
        """Take some seeds from the store, and clean those that are not there."""
        looked = ((piece, self._look(file, piece, circumstances)) for file, piece in some)
        keys = {piece.name: (piece, key) for piece, key in looked if key}
        there = self.store.packed(key for _, key in keys.values())
        missing = [piece for piece, key in keys.values() if not self._take(piece.name, there.get(key))]
        for piece, result in zip(missing, self._cleaned(missing), strict=True):
            if isinstance(result, str):
                self.seeds[piece.name] = replace(self.seeds[piece.name], refusal=result)
            else:
                self.store.keep({keys[piece.name][1]: result})
                self._take(piece.name, result)

    def _look(self, file: str, piece: Piece, circumstances: str) -> str | None:
        """Note a seed's digest and first-seen moment; return the key of its article, None where it is refused."""
        try:
            if piece.refusal:
                raise piece.refusal
            override = load_override(self.desk.overrides, piece.name)
        except (CopydeskError, OSError) as error:
            self.seeds[piece.name] = Seed(piece.name, "", NEVER, refusal=words(error, piece.name))
            return None
        digest = hashlib.sha256(piece.data).hexdigest()
        moment = self.first_seen.moment(file) - timedelta(seconds=piece.number)
        self.seeds[piece.name] = Seed(piece.name, digest, moment)
        return key_of(circumstances, piece.name, digest, repr(override))

    def _take(self, name: str, packed: bytes | None) -> bool:
        """Note a seed's article; False where there is none that can be read."""
        article = unpack(packed) if packed else None
        if article is None:
            return False
        self.seeds[name] = replace(self.seeds[name], article=article)
        return True

    def _cleaned(self, found: Sequence[Piece]) -> Iterator[bytes | str]:
        """Yield seeds cleaned, in order, by several processes if that pays."""
        if self.pool is None and (len(found) < FEW or _processors() < 2):
            return map(self.desk.clean, found)
        if self.pool is None:
            _ = self.desk.rules  # a rule that can't be used is told here, not by a process
            desk = self.desk if get_start_method() == "fork" else replace(self.desk)  # rules can't be sent
            self.pool = ProcessPoolExecutor(_processors(), initializer=_begin, initargs=(desk,))
        return self.pool.map(_clean, found, chunksize=CHUNK)


def exhausted(error: OSError) -> bool:
    """Tell whether an error says that the machine has no room left, on the disk, in memory or for open files."""
    return error.errno in EXHAUSTED


_DESK: list[Desk] = []
"""The desk of a process that cleans."""


def _begin(desk: Desk) -> None:
    _DESK[:] = [desk]


def _clean(piece: Piece) -> bytes | str:
    return _DESK[0].clean(piece)


def _processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def code_digest(libraries: tuple[str, ...]) -> str:
    """Return a digest of Copydesk's own files and of the versions of the libraries that they call."""
    root = Path(copydesk.__file__).parent
    own = (path for path in root.rglob("*") if path.suffix in (".py", ".toml", ".npz") and path.is_file())
    return key_of(files_digest(own), sys.version, *(f"{name} {_version(name)}" for name in libraries))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def words(error: Exception, name: str) -> str:
    """Return what an error says, its seed named once."""
    text = str(error)
    return text if name in text else f"{name}: {text}"
