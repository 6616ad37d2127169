"""Files that are the old one or the new one, whatever happens while they are written."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, written: str | bytes) -> None:
    """Write a file, all of it or nothing. Raises OSError where the disk or the permissions don't let it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(written if isinstance(written, bytes) else written.encode())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
