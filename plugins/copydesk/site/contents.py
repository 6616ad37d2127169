"""What files hold, by digest: one that looks as it did is not read again.

A clone, a restored backup and a checkout of another branch and back write files anew that hold what they held.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from pathlib import Path

import msgspec

from copydesk.site.filenames import name_of
from copydesk.site.glance import written_at
from copydesk.wholefile import write_whole

CONTENTS = "contents.json"

SETTLED = 2
"""Seconds for which a file must not have been written for its times to tell of every change."""


class Contents:
    """The digests of the files that one build asks for."""

    def __init__(self, record: Path) -> None:
        """Read the `record` of the last build."""
        self._record = record
        self._before = _read(record)
        self._told: dict[str, tuple[str, str]] = {}
        self._started = time.time()

    def digest(self, path: str, look: str) -> str:
        """Return the digest of the file at `path`, which looks so (see `glance`).

        Of links, of what can't be read and of what is no file at all the look has to do.
        """
        name = name_of(path)
        known = self._told.get(name) or self._before.get(name)
        if not known or known[0] != look:
            read = _digest(path)
            if read is None:
                return look
            known = (look, read)
        self._told[name] = known
        return known[1]

    def remember(self) -> None:
        """Record the digests for the next build, but for those of files that may still change without a trace."""
        told = {path: known for path, known in self._told.items() if is_settled(written_at(known[0]), self._started)}
        if told != self._before:
            write_whole(self._record, msgspec.json.encode(told))


def by_look(path: str, look: str) -> str:
    """Let the look of a file stand for what it holds."""
    return look


def is_settled(written: int, started: float) -> bool:
    """Tell whether the times of a file that was written then will tell of every change after work was `started`."""
    return written < started - SETTLED


def _digest(path: str) -> str | None:
    """Return the digest of a file; None where it can't be read, might have no end, or is a link to somewhere else."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with open(path, "rb") as file:  # noqa: PTH123  a path object for each would take longer
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _read(record: Path) -> dict[str, tuple[str, str]]:
    try:
        return msgspec.json.decode(record.read_bytes(), type=dict[str, tuple[str, str]])
    except (OSError, ValueError):
        return {}
