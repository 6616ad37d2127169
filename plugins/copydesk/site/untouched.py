"""Finds the files that look otherwise than at the last build, and hold what they held: all of a fresh clone, for one.

A file that is one article need not be taken apart for it, nor its article be read from the store.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from copydesk.desk.overrides import OverrideFolder
from copydesk.site.cleaner import Desk
from copydesk.site.filenames import path_of
from copydesk.site.found import Circumstances, Found, found_in
from copydesk.site.seedfolder import SeedFile, is_lasting
from copydesk.store import Store, StoredFile

AT_ONCE = 512
"""Files of which the store is asked at once."""


class Comparison:
    """Compares files with what the store remembers of them.

    `is_recorded` tells of what was found in a file, by the file's name, whether the last build made the same of it.
    """

    def __init__(
        self,
        desk: Desk,
        now: Circumstances,
        store: Store,
        overrides: OverrideFolder,
        is_recorded: Callable[[str, Found], bool],
    ) -> None:
        """Take what the files are read with, and the circumstances that it is read in now."""
        self._desk = desk
        self._now = now
        self._store = store
        self._overrides = overrides
        self._is_recorded = is_recorded

    def untouched(self, files: Sequence[SeedFile]) -> list[str]:
        """Return the names of those files of which nothing is to be made again, and note how they look."""
        names: list[str] = []
        left = iter(files)
        while some := list(islice(left, AT_ONCE)):
            started = time.time()
            same = list(self._same(some))
            self._store.note_looks({file.name: self._now.look(file.look) for file in same if is_lasting(file, started)})
            names += [file.name for file in same]
        return names

    def _same(self, files: Sequence[SeedFile]) -> Iterator[SeedFile]:
        stored = self._store.files([file.name for file in files])
        for file in files:
            told = stored.get(file.name)
            found = self._found(told) if told and file.look else None
            if found and self._is_recorded(file.name, found) and self._holds(file, found):
                yield file

    def _found(self, stored: StoredFile) -> Found | None:
        """Return what was found in a file, if it was one article, and would be the same today."""
        if stored.look.rsplit(" ", 2)[1:] != [self._now.rest, self._now.rules]:
            return None
        try:
            (found,) = found_in(stored)
        except (TypeError, ValueError):
            return None
        return None if found.number or found.corrected or found.reason else found

    def _holds(self, file: SeedFile, found: Found) -> bool:
        """Tell whether a file, and what stands beside it, are what they were, and no editor has corrected it since."""
        if found.name != file.name or self._overrides.may_correct(file.name):
            return False
        try:
            with path_of(self._desk.folder, file.name).open("rb") as stream:
                data = stream.read(self._desk.max_bytes + 1)
        except OSError:
            return False
        return hashlib.sha256(data).hexdigest() == found.sha256 and file.beside_of(data) == found.beside
