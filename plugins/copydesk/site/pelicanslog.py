"""Listens to Pelican's log: of some faults Pelican tells nobody else."""

from __future__ import annotations

import logging
from typing import Self


class PelicansLog:
    """What one of Pelican's loggers is told in a `with` block; subclasses say what they make of it."""

    def __init__(self, logger: str) -> None:
        """Take the logger's name."""
        self._logger = logging.getLogger(logger)

    def __enter__(self) -> Self:
        self._logger.addFilter(self._filter)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeFilter(self._filter)

    def hear(self, record: logging.LogRecord) -> None:
        """Take note of what is logged."""
        raise NotImplementedError

    def _filter(self, record: logging.LogRecord) -> bool:
        self.hear(record)
        return True
