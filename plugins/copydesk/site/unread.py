"""Listens to Pelican's log for texts by hand that it could not read: it names them, and not what is wrong."""

from __future__ import annotations

import logging
import sys

from copydesk.site.pelicanslog import PelicansLog

LOGGER, BEGINNING = "pelican.generators", "Could not process"
"""Where Pelican logs such a file, and how its message begins."""


class UnreadContent(PelicansLog):
    """The texts by hand that one build could not read, heard of in a `with` block."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__(LOGGER)
        self._causes: dict[str, str] = {}

    def refusal(self, path: str) -> str:
        """Return in words that the file at `path` can't be read, and why where that is known."""
        cause = self._causes.get(path)
        why = f"can't be read ({cause})" if cause else "can't be read; Pelican's own message is above"
        return f"{path}: {why}"

    def hear(self, record: logging.LogRecord) -> None:
        """Keep the error about which Pelican logs; what the message leaves out, the filter still sees."""
        error = sys.exception()
        if error and isinstance(record.args, tuple) and record.args and str(record.msg).startswith(BEGINNING):
            self._causes[str(record.args[0]).removeprefix("./")] = str(error) or type(error).__name__
