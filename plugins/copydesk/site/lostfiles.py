"""Listens to Pelican's log for files that it could not copy: it warns of them and goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from copydesk.errors import PublishError
from copydesk.site.cleaner import exhausted
from copydesk.site.pelicanslog import PelicansLog

LOGGER, BEGINNING = "pelican.utils", "A problem occurred copying file"
"""Where Pelican logs such a file, and how its message begins."""


class LostFiles(PelicansLog):
    """The files that one build could not copy, heard of in a `with` block."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """Take what the editor is warned by of a file that something else than room was missing for."""
        super().__init__(LOGGER)
        self._warn = warn
        self._without_room: list[str] = []

    def raise_for_room(self, output: str) -> None:
        """Raise PublishError where no room was left for a file of the site at `output`."""
        if self._without_room:
            remedy = "The old site is untouched; check the space on the disk and the file's permissions"
            raise PublishError(f"misses a file ({self._without_room[0]})", output, remedy=remedy)

    def hear(self, record: logging.LogRecord) -> None:
        """Take note of a file that could not be copied."""
        if str(record.msg).startswith(BEGINNING):
            causes = record.args if isinstance(record.args, tuple) else ()
            room = any(isinstance(cause, OSError) and exhausted(cause) for cause in causes)
            note = self._without_room.append if room else self._warn
            note(record.getMessage())
