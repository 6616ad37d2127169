"""Reads the seeds of a site: those that look as they did from the store, the others from their files."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from copydesk.desk.overrides import OverrideFolder
from copydesk.errors import CopydeskError
from copydesk.intake.pieces import Piece
from copydesk.model import Override
from copydesk.packing import (
    abstract_of,
    pack_abstract,
    pack_value,
    unpack,
    unpack_value,
)
from copydesk.site.bodies import picture_key
from copydesk.site.cleaner import Cleaners, Desk, refusal_of
from copydesk.site.contents import by_look
from copydesk.site.filenames import path_of
from copydesk.site.first_seen import FirstSeen
from copydesk.site.found import Before, Circumstances, Found, found_in
from copydesk.site.seedfolder import SeedFile, is_lasting
from copydesk.site.seeds import NEVER, Refusal, Seed
from copydesk.store import Store, StoredFile, key_of

AT_ONCE = 512
"""Seeds that are held in memory before they are cleaned."""


@dataclass(slots=True)
class Reading:
    """One reading of all seeds; `adopted` are those that hand-written articles stand for.

    A file that looks as it did when it was last read is not read again: what was found in it stands in the store.
    `digest` tells what the file at a path holds, given its look.
    """

    desk: Desk
    first_seen: FirstSeen
    store: Store
    tick: Callable[[], None]
    adopted: Container[str] = ()
    told: Callable[[int], None] = lambda count: None
    digest: Callable[[str, str], str] = by_look
    seeds: dict[str, dict[str, Seed]] = field(default_factory=dict)
    cleaners: Cleaners = field(init=False)
    overrides: OverrideFolder = field(init=False)
    now: Circumstances = field(init=False)
    partial: set[str] = field(default_factory=set)
    _files: dict[str, SeedFile] = field(default_factory=dict)
    _before: Before = field(init=False)
    _corrected: set[str] = field(default_factory=set)
    _started: float = 0.0

    def __post_init__(self) -> None:
        """Look up the overrides, and all else that the articles are made from beside their seeds."""
        self.overrides = OverrideFolder(self.desk.overrides)
        self.now = Circumstances.of(self.desk)

    def read_all(self, files: Sequence[SeedFile]) -> list[Seed]:
        """Return every seed in the files, in order, calling `tick` after each file, `told` with the seeds just read."""
        self._begin(files)
        known = self.store.files()
        changed = [file for file in files if not self._remembered(file, known.get(file.name))]
        return self._read_files(files, changed, known, known.keys() - {file.name for file in files})

    def read_some(self, files: Sequence[SeedFile], gone: Iterable[str]) -> list[Seed]:
        """Return every seed in some of the files, in order; of the others it is known that they are as they were."""
        self._begin(files)
        gone = list(gone)
        known = self.store.files([*(file.name for file in files), *gone])
        return self._read_files(files, files, known, gone)

    def refused_before(self, files: Sequence[SeedFile]) -> list[Seed]:
        """Return the seeds of those files that are as they were, and of which all were refused, as they will be."""
        self._begin(files)
        known = self.store.files([file.name for file in files])
        same = [file for file in files if self._remembered(file, known.get(file.name))]
        seeds = {file.name: list(self.seeds.pop(file.name).values()) for file in same}
        return [seed for found in seeds.values() if all(one.refusal for one in found) for seed in found]

    def _begin(self, files: Sequence[SeedFile]) -> None:
        self._started = time.time()
        self.cleaners = Cleaners(self.desk)
        self._files = {file.name: file for file in files}

    def _read_files(
        self,
        files: Sequence[SeedFile],
        changed: Sequence[SeedFile],
        known: Mapping[str, StoredFile],
        gone: Iterable[str],
    ) -> list[Seed]:
        """Read the changed ones of the files, note in the store what was found, and return the seeds of all."""
        self._before = Before(known, self.now)
        found = self._pieces(changed)
        try:
            while some := list(islice(found, AT_ONCE)):
                self._read(some)
                self.told(len(some))
        finally:
            self.cleaners.close()
        self.store.keep_files(known, dict(self._found(changed)), gone)
        return [seed for file in files for seed in self.seeds.get(file.name, {}).values()]

    def _remembered(self, file: SeedFile, stored: StoredFile | None) -> bool:
        """Note the seeds of a file that is as it was; False where it has to be read."""
        if stored is None or not file.look or stored.look != self.now.look(file.look):
            return False
        try:
            found = found_in(stored)
            seeds = {told.name: self._seed(file, told) for told in found if told.name not in self.adopted}
        except (TypeError, KeyError, ValueError, CopydeskError, OSError):
            return False
        if not all(seed.key == told.key for told in found if (seed := seeds.get(told.name))):
            return False
        self.seeds[file.name] = seeds
        self.tick()
        return True

    def _seed(self, file: SeedFile, told: Found) -> Seed:
        override = self.overrides.load(told.name)
        key = told.key
        if override or told.corrected:
            key = self._key(told.name, told.sha256, told.beside, override)
        moment = self._moment(file.name, told.number)
        own = (file.name, told.number, told.beside, told.unpacked(), key, told.matched, told.refusal)
        return Seed(told.name, told.sha256, moment, *own)

    def _key(self, name: str, sha256: str, beside: str, override: Override | None) -> str:
        """Return the key of the article of a scrape: all that it is made from."""
        return key_of(self.now.articles, name, sha256, beside, repr(override))

    def _beside(self, file: str, piece: Piece) -> str:
        """Return what stands for the files that a scrape's pictures may be in: the folder beside it, or its archive."""
        told = self._files[file]
        if piece.number:
            return self.digest(str(path_of(self.desk.folder, file)), told.look or "") if piece.archive else told.beside
        return told.beside_of(piece.data)

    def _moment(self, file: str, number: int) -> datetime:
        """Return when a scrape was first seen; those of one file follow each other."""
        return self.first_seen.moment(file) - timedelta(seconds=number)

    def _found(self, files: Iterable[SeedFile]) -> Iterator[tuple[str, StoredFile]]:
        """Yield what was found in files, where all of it became articles or will be refused again."""
        for file in files:
            seeds = list(self.seeds.get(file.name, {}).values())
            told = [self._remarks(seed) for seed in seeds if seed.abstract or (seed.refusal and seed.refusal.again)]
            if told and len(told) == len(seeds) and file.name not in self.partial:
                pictures = [picture_key(seed.key, digest) for seed in seeds for digest in _pictures(seed)]
                keys = (*(one.key for one in told), *pictures)
                look = file.look if is_lasting(file, self._started) else None
                yield file.name, StoredFile(self.now.look(look), keys, pack_value(told))

    def _remarks(self, seed: Seed) -> Found:
        corrected = seed.name in self._corrected
        found = Found(seed.name, seed.number, seed.sha256, seed.beside, seed.key, corrected, [], matched=seed.matched)
        if seed.refusal:
            return found._replace(reason=seed.refusal.reason, passed_over=seed.refusal.passed_over)
        return found._replace(abstract=pack_abstract(seed.abstract) if seed.abstract else [])

    def _pieces(self, files: Iterable[SeedFile]) -> Iterator[tuple[str, Piece]]:
        for file in files:
            for piece in self.desk.pieces(file.name):
                if piece.name in self.adopted:
                    self.partial.add(file.name)
                else:
                    yield file.name, piece
            self.tick()

    def _read(self, some: Sequence[tuple[str, Piece]]) -> None:
        """Take some seeds from the store, and clean those that are not there."""
        pieces = {piece.name: (file, piece) for file, piece in some if self._look(file, piece)}
        others = {name: one for name, one in pieces.items() if not self._take_again(one[0], name)}
        keys = {name: self.seeds[file][name].key for name, (file, _) in others.items()}
        there = self.store.packed(keys.values())
        left = {name: one for name, one in others.items() if not self._take(one[0], name, there.get(keys[name]))}
        for name in self._take_untouched(left):
            del left[name]
        results = self.cleaners.clean([piece for _, piece in left.values()])
        for (name, (file, _)), result in zip(left.items(), results, strict=True):
            seeds = self.seeds[file]
            if isinstance(result, Refusal):
                seeds[name] = replace(seeds[name], refusal=result, matched=result.matched)
                if result.again:
                    self.store.keep({keys[name]: pack_value([result.reason, result.passed_over])})
            else:
                self.store.keep({keys[name]: result.packed.data, **_by_keys(keys[name], result.pictures)})
                seeds[name] = replace(seeds[name], abstract=result.packed.abstract, matched=result.matched)

    def _look(self, file: str, piece: Piece) -> bool:
        """Note a seed's digest, first-seen moment and the key of its article; False where it is refused."""
        seeds = self.seeds.setdefault(file, {})
        try:
            if piece.refusal:
                raise piece.refusal
            override = self.overrides.load(piece.name)
            moment = self._moment(file, piece.number)
        except (CopydeskError, OSError) as error:
            seeds[piece.name] = Seed(piece.name, "", NEVER, file, refusal=refusal_of(error, piece))
            return False
        if override:
            self._corrected.add(piece.name)
        digest = hashlib.sha256(piece.data).hexdigest()
        beside = self._beside(file, piece)
        key = self._key(piece.name, digest, beside, override)
        seeds[piece.name] = Seed(piece.name, digest, moment, file, piece.number, beside, key=key)
        return True

    def _take_again(self, file: str, name: str) -> bool:
        """Note an article that is as it was when its file was last read; False for any other."""
        former = self._before.of(file)
        found = self._found_of(file, name) if former.same_rules else None
        return found is not None and self._note(file, name, found)

    def _take_untouched(self, left: Mapping[str, tuple[str, Piece]]) -> set[str]:
        """Note the articles for which rules that have changed say what they said, and return their names."""
        found = {name: self._found_of(file, name) for name, (file, _) in left.items()}
        asked = {name: one for name, one in found.items() if one and one.matched}
        told = self.cleaners.matched([left[name][1] for name in asked]) if asked else ()
        same = [name for name, matched in zip(asked, told, strict=True) if matched == asked[name].matched]
        return {name for name in same if self._note(left[name][0], name, asked[name])}

    def _found_of(self, file: str, name: str) -> Found | None:
        """Return what was found of a seed when its file was last read, if no editor has or had corrected it since."""
        seed = self.seeds[file][name]
        found = self._before.of(file).found.get((name, seed.sha256, seed.beside))
        if found is None or found.key == seed.key:
            return found
        return None if found.corrected or name in self._corrected else found

    def _note(self, file: str, name: str, found: Found) -> bool:
        """Note what was found of a seed; False where that can't be read."""
        try:
            abstract = found.unpacked()
        except (TypeError, KeyError, ValueError):
            return False
        seeds = self.seeds[file]
        seeds[name] = replace(
            seeds[name], abstract=abstract, refusal=found.refusal, key=found.key, matched=found.matched
        )
        return True

    def _take(self, file: str, name: str, packed: bytes | None) -> bool:
        """Note a seed's article, or why it is refused; False where neither can be read."""
        article = unpack(packed) if packed else None
        if article is not None:
            self.seeds[file][name] = replace(self.seeds[file][name], abstract=abstract_of(article))
            return True
        refusal = _refusal_in(packed) if packed else None
        self.seeds[file][name] = replace(self.seeds[file][name], refusal=refusal)
        return refusal is not None


def _refusal_in(packed: bytes) -> Refusal | None:
    """Return what the store has of a refused scrape; None where it is damaged or something else."""
    try:
        reason, passed_over = unpack_value(packed)
        return Refusal(str(reason), True, passed_over is True)
    except (TypeError, ValueError):
        return None


def _by_keys(article: str, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    return {picture_key(article, digest): data for digest, data in pictures.items()}


def _pictures(seed: Seed) -> tuple[str, ...]:
    return tuple(picture.digest for picture, _ in seed.abstract.pictures) if seed.abstract else ()
