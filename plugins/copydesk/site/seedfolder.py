"""The files below the seeds folder: which are seeds, and how each looks with all that its pictures may be in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from copydesk.intake.folders import Around, Sifted, sift
from copydesk.intake.mirrors import is_host, is_picture
from copydesk.intake.pieces import place_like
from copydesk.site.contents import by_look, is_settled
from copydesk.site.filenames import name_of
from copydesk.site.glance import look_of, written_at
from copydesk.site.picturenames import name_ends, names_in
from copydesk.store import key_of

SEVERAL = (".jsonl", ".ndjson", ".csv", ".tsv", ".warc", ".wacz")
"""Endings of files of several articles, whose pictures are never in the folders around them."""


class Pictures(NamedTuple):
    """The pictures that pages may show: digests of those whose names end alike, and of all; when last written."""

    told: Mapping[bytes, str]
    whole: str
    written: int

    def shown_by(self, page: bytes, name: str) -> str:
        """Return a digest of those pictures whose names stand in a page; of all where that can't be told."""
        ends = names_in(page, name)
        if ends is None:
            return self.whole
        names = sorted(ends & self.told.keys())
        return key_of(*(f"{name!r} {self.told[name]}" for name in names)) if names else ""


class SeedFile(NamedTuple):
    """A file below the seeds folder: its name, when it was last written (seconds since 1970), and how it looks.

    The look changes whenever the file does, or one in the folder beside it, or one of the `pictures` that it may show;
    a link has none. `beside` stands for what the files in that folder hold.
    """

    name: str
    written: int = 0
    look: str | None = None
    beside: str = ""
    pictures: Pictures | None = None

    def beside_of(self, data: bytes) -> str:
        """Return what stands for the files that the pictures of a page in this file may be in."""
        shown = self.pictures.shown_by(data, self.name) if self.pictures else ""
        return f"{self.beside} {shown}" if shown else self.beside


def is_lasting(file: SeedFile, started: float) -> bool:
    """Tell whether a file's look will tell of every change, in a reading that was `started` then."""
    return bool(file.look) and is_settled(file.written, started)


class _Beside(NamedTuple):
    """A file that belongs to pages: its name, when it was last written, and a digest of what it holds."""

    name: str
    written: int
    digest: str


@dataclass(slots=True)
class _Found:
    """What is in a folder: its seeds, and its pages' pictures."""

    seeds: list[SeedFile] = field(default_factory=list)
    pictures: list[_Beside] = field(default_factory=list)

    def add(self, more: _Found) -> None:
        """Take what is in another folder."""
        self.seeds += more.seeds
        self.pictures += more.pictures


@dataclass(frozen=True, slots=True)
class _Sight:
    """How files look, as far as it is known by their paths, and what tells what one holds that looks so."""

    looks: Mapping[str, str]
    digest: Callable[[str, str], str]

    def look(self, entry: os.DirEntry[str]) -> str:
        """Return how a file looks."""
        told = self.looks.get(entry.path, "")
        return told if " " in told else look_of(entry.stat())  # it may have been a broken link

    def beside(self, name: str, path: str, look: str) -> _Beside:
        """Return a file that belongs to pages."""
        return _Beside(name_of(name), written_at(look), self.digest(path, look))


def seed_files(
    folder: Path,
    looks: Mapping[str, str] = MappingProxyType({}),
    digest: Callable[[str, str], str] = by_look,
) -> list[SeedFile]:
    """Return all seeds below `folder`, sorted by name; files of which `looks` tells by path are not looked at again.

    `digest` tells what the file at a path holds, given its look. Hidden files and folders are left out, and what
    belongs to saved pages.
    """
    return sorted(_below(str(folder), "", _Sight(looks, digest), Around()).seeds) if folder.is_dir() else []


def _below(folder: str, prefix: str, sight: _Sight, around: Around) -> _Found:
    """Return what is below a folder that stands in `around`; nothing where it has gone since the one above was read."""
    try:
        with os.scandir(folder) as inside:
            entries = {entry.name: entry for entry in inside}
    except FileNotFoundError:
        return _Found()
    folders = {name for name, entry in entries.items() if entry.is_dir(follow_symlinks=False)}
    sifted = sift(folders, entries.keys() - folders, around)
    own = _own(sifted, entries, prefix, sight)
    mirrors, others = _Found(), _Found()
    for name, within in sifted.folders.items():
        (mirrors if is_host(name) else others).add(_below(entries[name].path, f"{prefix}{name}/", sight, within))
    mirrors.seeds = _with_pictures(mirrors.seeds, mirrors.pictures)
    own.pictures += [*others.pictures, *mirrors.pictures]
    if not around.mirror:
        own.seeds = _with_pictures(own.seeds, own.pictures)
    own.seeds += [*others.seeds, *mirrors.seeds]
    return own


def _own(sifted: Sifted, entries: Mapping[str, os.DirEntry[str]], prefix: str, sight: _Sight) -> _Found:
    """Return the seeds and the pictures among the files of one folder, without those that have gone since."""
    found = _Found()
    for entry in map(entries.__getitem__, (*sifted.pictures, *filter(is_picture, sifted.seeds))):
        with suppress(FileNotFoundError):
            if not entry.is_symlink() and entry.is_file():
                found.pictures.append(sight.beside(f"{prefix}{entry.name}", entry.path, sight.look(entry)))
    for entry in map(entries.__getitem__, sifted.seeds):
        folders = [entries[folder].path for folder in sifted.beside.get(entry.name, ())]
        with suppress(FileNotFoundError):
            seeds = _seed(entry, f"{prefix}{entry.name}", folders, sight)
            whole = entries.get(place_like(entry.name)[0])
            found.seeds += [_with_namesake(seed, whole, sight) if seed.look else seed for seed in seeds]
    return found


def _seed(entry: os.DirEntry[str], path: str, folders: Sequence[str], sight: _Sight) -> Iterator[SeedFile]:
    """Yield the seed that a file is, with what is in the folders beside it; none for what is neither file nor link."""
    if entry.is_symlink():
        yield SeedFile(name_of(path))
    elif entry.is_file():
        look = sight.look(entry)
        file = SeedFile(name_of(path), written_at(look), look)
        yield _with_beside(file, folders, sight) if folders else file


def _with_namesake(file: SeedFile, whole: os.DirEntry[str] | None, sight: _Sight) -> SeedFile:
    """Return a file as it looks beside the one among whose articles its own name would be (`crawl.jsonl#2`)."""
    if whole is None or whole.is_symlink() or not whole.is_file():
        return file
    look = sight.look(whole)
    beside = key_of(file.beside, sight.beside(whole.name, whole.path, look).digest)
    return file._replace(written=max(file.written, written_at(look)), look=f"{file.look} {look}", beside=beside)


def _with_beside(page: SeedFile, folders: Iterable[str], sight: _Sight) -> SeedFile:
    """Return a saved page that looks like this, and as the files in the folders beside it are."""
    files = [
        sight.beside(path.removeprefix(folder), path, look_of(os.lstat(path)))
        for folder in folders
        for path in sorted(_paths(folder))
    ]
    beside = key_of(*(f"{file.name} {file.digest}" for file in files))
    written = max(page.written, *(file.written for file in files)) if files else page.written
    return SeedFile(page.name, written, f"{page.look} {beside}", beside)


def _with_pictures(seeds: list[SeedFile], files: list[_Beside]) -> list[SeedFile]:
    """Return seeds that look as the pictures are that they may show."""
    if not files or not seeds:
        return seeds
    pictures = _pictures(files)
    return [
        seed._replace(
            look=f"{seed.look} {pictures.whole}", written=max(seed.written, pictures.written), pictures=pictures
        )
        if seed.look and not _unpacked_name(seed.name).endswith(SEVERAL)
        else seed
        for seed in seeds
    ]


def _pictures(files: Iterable[_Beside]) -> Pictures:
    ordered = sorted(files)
    told: dict[bytes, list[str]] = {}
    for file in ordered:
        for key in name_ends(os.fsencode(file.name)):
            told.setdefault(key, []).append(f"{file.name} {file.digest}")
    together = {key: key_of(*some) for key, some in told.items()}
    return Pictures(together, key_of(*together.values()), max(file.written for file in ordered))


def _unpacked_name(name: str) -> str:
    return name.lower().removesuffix(".gz").removesuffix(".zst")


def _paths(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder; links are not followed."""
    for place, _, names in os.walk(folder):
        yield from (f"{place}/{name}" for name in names)
