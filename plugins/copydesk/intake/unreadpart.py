"""Parts of a file of several articles that can't be read: they are refused by name, the others are published."""

from __future__ import annotations

from typing import NamedTuple


class UnreadPart(NamedTuple):
    """Stands for an article that can't be read: what is wrong with it, and what to do."""

    what: str
    remedy: str
