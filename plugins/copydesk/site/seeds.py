"""The seeds of a site: their names, and what became of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from copydesk.intake.assets import page_of
from copydesk.model import Article
from copydesk.packing import Abstract
from copydesk.site.filenames import name_of
from copydesk.site.glance import look_of
from copydesk.store import key_of

NANOSECONDS = 1_000_000_000
"""Nanoseconds in a second."""

NEVER = datetime.min.replace(tzinfo=UTC)
"""First-seen moment of a seed that could not be read."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One scrape below the seeds folder and what became of it: an article, or the reason why there is none.

    `file` is the one that holds it, `number` its place in a file of several; `beside` stands for the files that its
    pictures may be in. `key` is that of the whole article in the store. `others` are the addresses that further scrapes
    of the story were made from.
    """

    name: str
    sha256: str
    first_seen: datetime
    file: str = ""
    number: int = 0
    beside: str = ""
    abstract: Abstract | None = None
    key: str = ""
    refusal: str | None = None
    duplicate_of: str | None = None
    others: tuple[str, ...] = ()

    @property
    def article(self) -> Article | None:
        """The article without its text."""
        return self.abstract.article if self.abstract else None


class SeedFile(NamedTuple):
    """A file below the seeds folder: its name, when it was last written (seconds since 1970), and how it looks.

    The look changes whenever the file does, or one in the folder beside it; a link has none. `beside` stands for the
    files in that folder.
    """

    name: str
    written: int = 0
    look: str | None = None
    beside: str = ""


def seed_files(folder: Path, looks: Mapping[str, str] = MappingProxyType({})) -> list[SeedFile]:
    """Return all files below `folder`, sorted by name; those of which `looks` tells by path are not looked at again.

    Hidden files and folders are left out, and the folders with a saved page's pictures and scripts.
    """
    return sorted(_below(str(folder), "", looks)) if folder.is_dir() else []


def _below(folder: str, prefix: str, looks: Mapping[str, str]) -> Iterator[SeedFile]:
    with os.scandir(folder) as found:
        entries = {entry.name: entry for entry in found if not entry.name.startswith(".")}
    folders = {name for name, entry in entries.items() if entry.is_dir(follow_symlinks=False)}
    pages = {name: page for name in folders if (page := page_of(name, entries))}
    beside: dict[str, list[str]] = {}
    for name in sorted(pages):
        beside.setdefault(pages[name], []).append(entries[name].path)
    for name, entry in entries.items():
        path = f"{prefix}{name}"
        if entry.is_symlink():
            yield SeedFile(name_of(path))
        elif name in folders:
            if name not in pages:
                yield from _below(entry.path, f"{path}/", looks)
        elif entry.is_file():
            told = looks.get(entry.path, "")
            file = _seed_file(path, told if " " in told else look_of(entry.stat()))  # it may have been a broken link
            yield _with_beside(file, beside[name]) if name in beside else file


def _seed_file(name: str, look: str) -> SeedFile:
    _, modified, changed, _ = look.split(" ", 3)
    return SeedFile(name_of(name), max(int(modified), int(changed)) // NANOSECONDS, look)


def _with_beside(page: SeedFile, folders: Iterable[str]) -> SeedFile:
    """Return a saved page that looks like this, and like the files in the folders beside it."""
    files = [
        _seed_file(path.removeprefix(folder), look_of(os.lstat(path)))
        for folder in folders
        for path in sorted(_paths(folder))
    ]
    beside = key_of(*(f"{file.name} {file.look}" for file in files))
    written = max(page.written, *(file.written for file in files)) if files else page.written
    return SeedFile(page.name, written, f"{page.look} {beside}", beside)


def _paths(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder; links are not followed."""
    for place, _, names in os.walk(folder):
        yield from (f"{place}/{name}" for name in names)
