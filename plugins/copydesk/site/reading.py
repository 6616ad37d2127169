"""Reads and cleans the seeds of a site: from the store where nothing has changed, else anew, in several processes.

Each seed is on its own: what is wrong with one never harms another.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_start_method
from pathlib import Path

import copydesk
from copydesk.cleaning.evidence import Leaning
from copydesk.cleaning.rulebook import RuleBook, load_rules
from copydesk.desk.overrides import load_override
from copydesk.errors import CopydeskError, RefusedSeed
from copydesk.pipeline import clean
from copydesk.site.first_seen import FirstSeen
from copydesk.site.seeds import NEVER, Seed
from copydesk.store import Store, files_digest, key_of, pack, unpack

FEW = 48
"""Seeds that one process has cleaned before others would have begun."""

CHUNK = 8
"""Seeds that a process takes at a time."""

LIBRARIES = (
    "chardet", "google-re2", "lxml", "numpy", "py3langid", "sentencex", "stopwordsiso", "webencodings",
)  # fmt: skip
"""Libraries that have a say in what an article is; another version of one makes all articles anew."""


@dataclass(frozen=True)
class Desk:
    """All that cleaning a seed needs: folders, leaning, and the largest file that is read (bytes)."""

    folder: Path
    overrides: Path
    rule_folders: tuple[Path, ...]
    max_bytes: int
    leaning: Leaning

    @cached_property
    def rules(self) -> RuleBook:
        """The rules, loaded when a seed needs them."""
        return load_rules(self.rule_folders)

    def load(self, name: str) -> bytes:
        """Return the bytes of a seed. Raises RefusedSeed, OSError."""
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise RefusedSeed("is a link out of the seeds folder", name, remedy="Copy the file itself into the folder")
        size = path.stat().st_size
        if size > self.max_bytes:
            what = f"is {size:,} bytes long, more than COPYDESK_MAX_BYTES allows ({self.max_bytes:,})"
            raise RefusedSeed(what, name, remedy="Split the file, or raise the setting")
        return path.read_bytes()

    def clean(self, name: str) -> bytes | str:
        """Return the seed `name` cleaned and packed, or the reason why it is refused; raises nothing."""
        try:
            data = self.load(name)
            return pack(clean(data, name, self.rules, load_override(self.overrides, name), self.leaning))
        except (CopydeskError, OSError) as error:
            return words(error, name)
        except Exception as error:  # a seed may find a fault of ours; the others are published all the same
            return f"{name}: a fault in Copydesk stopped this seed ({type(error).__name__}: {error}). Please report it"

    def circumstances(self) -> str:
        """Return a digest of all that a cleaned article depends on beside its seed and override."""
        own = (path for folder in self.rule_folders if folder.is_dir() for path in folder.rglob("*.toml"))
        return key_of(code_digest(LIBRARIES), files_digest(own), self.leaning.name)


@dataclass(slots=True)
class Reading:
    """One reading of all seeds."""

    desk: Desk
    first_seen: FirstSeen
    store: Store
    tick: Callable[[], None]
    seeds: dict[str, Seed] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def read_all(self, names: Sequence[str]) -> list[Seed]:
        """Return every seed in order, calling `tick` after each."""
        circumstances = self.desk.circumstances()
        for name in names:
            self._look(name, circumstances)
        there = self.store.packed(self.keys.values())
        missing = [name for name, key in self.keys.items() if not self._take(name, there.get(key))]
        for name, result in zip(missing, self._cleaned(missing), strict=True):
            if isinstance(result, str):
                self.seeds[name] = replace(self.seeds[name], refusal=result)
                self.tick()
            else:
                self.store.keep({self.keys[name]: result})
                self._take(name, result)
        return [self.seeds[name] for name in names]

    def _look(self, name: str, circumstances: str) -> None:
        """Note a seed's bytes and first-seen moment, and under which key its article would be."""
        try:
            digest = hashlib.sha256(self.desk.load(name)).hexdigest()
            override = load_override(self.desk.overrides, name)
        except (CopydeskError, OSError) as error:
            self.seeds[name] = Seed(name, "", NEVER, refusal=words(error, name))
            self.tick()
            return
        self.seeds[name] = Seed(name, digest, self.first_seen.moment(name))
        self.keys[name] = key_of(circumstances, name, digest, repr(override))

    def _take(self, name: str, packed: bytes | None) -> bool:
        """Note a seed's article; False where there is none that can be read."""
        article = unpack(packed) if packed else None
        if article is None:
            return False
        self.seeds[name] = replace(self.seeds[name], article=article)
        self.tick()
        return True

    def _cleaned(self, names: Sequence[str]) -> Iterator[bytes | str]:
        """Yield the seeds cleaned, in order, by as many processes as pay."""
        processes = min(_processors(), len(names) // FEW + 1)
        if processes < 2:
            yield from map(self.desk.clean, names)
            return
        _ = self.desk.rules  # a rule that can't be used is told here, not by a process
        desk = self.desk if get_start_method() == "fork" else replace(self.desk)  # rules can't be sent
        with ProcessPoolExecutor(processes, initializer=_begin, initargs=(desk,)) as pool:
            yield from pool.map(_clean, names, chunksize=CHUNK)


_DESK: list[Desk] = []
"""The desk of a process that cleans."""


def _begin(desk: Desk) -> None:
    _DESK[:] = [desk]


def _clean(name: str) -> bytes | str:
    return _DESK[0].clean(name)


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
