"""Keeps what was made of texts by hand from build to build, so that only those that have changed are worked on again.

It is an SQLite file that is opened when something is asked for, and can be deleted at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from copydesk.store import Store

RECORD = "written.sqlite"

Value = TypeVar("Value")


class Kept:
    """Values of one build by their keys; what no build has asked for in a while is thrown away."""

    def __init__(self, state: Path) -> None:
        """Take the file in the folder `state`."""
        self._path = state / RECORD
        self._asked = set[str]()
        self._let_go = False

    @cached_property
    def _opened(self) -> Store:
        return Store(self._path)

    @property
    def _store(self) -> Store:
        if self._let_go:
            self._opened.take_up()
            self._let_go = False
        return self._opened

    def of(self, key: str, kind: type[Value], make: Callable[[], Value]) -> Value:
        """Return the value of a key, made where it is not there, or is no `kind` (what msgspec can read)."""
        packed = self._store.value(key)
        self._asked.add(key)
        if packed:
            try:
                return msgspec.json.decode(packed, type=kind)
            except msgspec.DecodeError:  # damaged, or written by something else
                pass
        value = make()
        self._store.keep({key: msgspec.json.encode(value)})
        return value

    def let_go(self) -> None:
        """Have no connection to the file until it is asked again: processes that are forked must share none."""
        if "_opened" in self.__dict__ and not self._let_go:
            self._opened.let_go()
            self._let_go = True

    def close(self) -> None:
        """Close the file, where it is open."""
        if "_opened" in self.__dict__:
            with suppress(sqlite3.DatabaseError):
                self._store.note_uses(self._asked)
            self._store.close()
            del self.__dict__["_opened"]
        self._asked.clear()
