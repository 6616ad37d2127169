"""Remembers what was made of a list: templates and generators ask the same of all stories of a site, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class OfList(Generic[T]):
    """A function of a list that is not called again as long as it is given the same one, which nobody may change."""

    def __init__(self, make: Callable[[Sequence[Any]], T]) -> None:
        """Take the function."""
        self._make = make
        self._last: tuple[Sequence[Any], T] | None = None

    def __call__(self, values: Sequence[Any]) -> T:
        """Return what the function makes of a list."""
        if self._last is None or self._last[0] is not values:
            self._last = (values, self._make(values))
        return self._last[1]

    def forget(self) -> None:
        """Let the list go."""
        self._last = None
