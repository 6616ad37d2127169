"""The seeds of a site: their names, and what became of each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from copydesk.intake.assets import page_of
from copydesk.model import Article
from copydesk.packing import Abstract
from copydesk.site.filenames import name_of

NEVER = datetime.min.replace(tzinfo=UTC)
"""First-seen moment of a seed that could not be read."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One scrape below the seeds folder and what became of it: an article, or the reason why there is none.

    `file` is the one that holds it, `number` its place in a file of several. `key` is that of the whole article in the
    store. `others` are the addresses that further scrapes of the story were made from.
    """

    name: str
    sha256: str
    first_seen: datetime
    file: str = ""
    number: int = 0
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

    The look changes whenever the file does; a link has none.
    """

    name: str
    written: int = 0
    look: str | None = None


def seed_files(folder: Path) -> list[SeedFile]:
    """Return all files below `folder`, sorted by name.

    Hidden files and folders are left out, and the folders with a saved page's pictures and scripts.
    """
    return sorted(_below(str(folder), "")) if folder.is_dir() else []


def _below(folder: str, prefix: str) -> Iterator[SeedFile]:
    with os.scandir(folder) as found:
        entries = {entry.name: entry for entry in found if not entry.name.startswith(".")}
    for name, entry in entries.items():
        path = f"{prefix}{name}"
        if entry.is_symlink():
            yield SeedFile(name_of(path))
        elif entry.is_dir():
            if not page_of(name, entries):
                yield from _below(entry.path, f"{path}/")
        elif entry.is_file():
            status = entry.stat()
            look = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
            yield SeedFile(name_of(path), int(max(status.st_mtime, status.st_ctime)), look)
