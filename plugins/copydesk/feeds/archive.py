"""Parts a long list of entries into a feed to subscribe to and archived feeds for what is older (RFC 5005, section 4).

Archived feeds are made from the oldest entry on, so that a new article changes none of them but the newest. Most end
after an entry whose id says so, and each is named after its oldest entry, so that an entry that is taken out or put in
changes the feeds beside it, and not all that follow (content-defined chunks, as in rsync and backups).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, Protocol, TypeVar
from zlib import crc32

MOST_BYTES = 200_000
"""Bytes of text and markup in one feed; escaped, with metadata and indented, it stays below 500 kB."""

LEAST, ONE_IN = 8, 16
"""Entries from which an archived feed may end, and the share of ids after which it does."""

_FORMAT = re.compile(r"(?:\.(?:rss|atom))?\.\w+$")


class Sized(Protocol):
    """Something that takes its place in a feed."""

    @property
    def id(self) -> str:
        """The permanent id."""

    @property
    def size(self) -> int:
        """Bytes of text and markup."""


T = TypeVar("T", bound=Sized)


@dataclass(frozen=True, slots=True)
class Parts(Generic[T]):
    """The newest entries, for the feed that readers ask for, and all archived feeds, the oldest first."""

    newest: tuple[T, ...]
    archives: tuple[tuple[T, ...], ...]


def parted(entries: Sequence[T], most: int | None) -> Parts[T]:
    """Part entries (newest first) so that no feed has more than `most`, or more text than readers take.

    Every entry that is not in the newest feed stands in an archived one; what is archived stays as it is when another
    entry comes.
    """
    newest = _fitting(entries, most)
    if len(newest) == len(entries):
        return Parts(newest, ())
    archives: list[tuple[T, ...]] = []
    rest = entries[::-1]
    start = 0
    while len(rest) - start > len(newest):
        full = _ended(_fitting(rest[start : None if most is None else start + most + 1], most))
        archives.append(tuple(reversed(full)))
        start += len(full)
    return Parts(newest, tuple(archives))


def _ended(entries: tuple[T, ...]) -> tuple[T, ...]:
    """Return the entries (oldest first) up to one after which an archived feed ends, all where there is none."""
    for place in range(LEAST, len(entries)):
        if ends_part(entries[place - 1].id, ONE_IN):
            return entries[:place]
    return entries


def ends_part(id: str, one_in: int) -> bool:
    """Tell whether a part may end after what has this id: that holds of one in so many, wherever they stand."""
    return crc32(id.encode()) % one_in == 0


def part_name(oldest: str) -> str:
    """Return the name of the part whose oldest member has this id."""
    return sha256(oldest.encode()).hexdigest()[:12]


def archive_path(path: str, archive: Sequence[Sized]) -> str:
    """Return the path or address of an archived feed: `all-archive-4e07408562be.atom.xml` beside `all.atom.xml`.

    Its entries are the newest first.
    """
    folder, slash, name = path.rpartition("/")
    ending = _FORMAT.search(name)
    start = ending.start() if ending else len(name)
    return f"{folder}{slash}{name[:start]}-archive-{part_name(archive[-1].id)}{name[start:]}"


def _fitting(entries: Sequence[T], most: int | None) -> tuple[T, ...]:
    """Return the first of `entries` that go into one feed, one at least."""
    size = 0
    for number, entry in enumerate(entries):
        size += entry.size
        if number and (number == most or size > MOST_BYTES):
            return tuple(entries[:number])
    return tuple(entries)
