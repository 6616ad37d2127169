"""Parts a long list of entries into a feed to subscribe to and archived feeds for what is older (RFC 5005, section 4).

Archived feeds are counted from the oldest entry, so that a new article changes none of them but the newest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from copydesk.feeds.entry import Entry

MOST_BYTES = 200_000
"""Bytes of text and markup in one feed; escaped, with metadata and indented, it stays below 500 kB."""

_FORMAT = re.compile(r"(?:\.(?:rss|atom))?\.\w+$")


@dataclass(frozen=True, slots=True)
class Parts:
    """The newest entries, for the feed that readers ask for, and all archived feeds, the oldest first."""

    newest: tuple[Entry, ...]
    archives: tuple[tuple[Entry, ...], ...]


def parted(entries: Sequence[Entry], most: int | None) -> Parts:
    """Part entries (newest first) so that no feed has more than `most`, or more text than readers take.

    Every entry that is not in the newest feed stands in an archived one; the archived ones are full, and stay so.
    """
    newest = _fitting(entries, most)
    if len(newest) == len(entries):
        return Parts(newest, ())
    archives: list[tuple[Entry, ...]] = []
    rest = list(reversed(entries))
    while len(rest) > len(newest):
        full = _fitting(rest, most)
        archives.append(tuple(reversed(full)))
        rest = rest[len(full) :]
    return Parts(newest, tuple(archives))


def archive_path(path: str, number: int) -> str:
    """Return the path of an archived feed: `feeds/all.atom.xml` and 3 give `feeds/all-archive-3.atom.xml`."""
    where = PurePosixPath(path)
    ending = _FORMAT.search(where.name)
    start = ending.start() if ending else len(where.name)
    return str(where.with_name(f"{where.name[:start]}-archive-{number}{where.name[start:]}"))


def _fitting(entries: Sequence[Entry], most: int | None) -> tuple[Entry, ...]:
    """Return the first of `entries` that go into one feed, one at least."""
    size = 0
    for number, entry in enumerate(entries):
        size += len(entry.content_html.encode()) + len(entry.summary.encode())
        if number and (number == most or size > MOST_BYTES):
            return tuple(entries[:number])
    return tuple(entries)
