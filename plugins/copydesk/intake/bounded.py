"""Reads what has to be read as a whole, up to a bound: a small packed file may unpack to more than memory holds."""

from __future__ import annotations

from typing import BinaryIO

LONGEST = 500_000_000
"""Bytes."""


def read_whole(stream: BinaryIO) -> bytes:
    """Return all that a stream holds. Raises ValueError where that is too much."""
    data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise ValueError(f"it holds more than {LONGEST:,} bytes, too much to be read at once; split it")
    return data
