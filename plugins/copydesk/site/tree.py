"""The files below a folder, and how each looks: its size and when it was written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path


def look(path: str | Path) -> str:
    """Return how a file looks; empty where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return ""
    if stat.S_ISDIR(found.st_mode):
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def looks_below(folder: str | Path) -> dict[str, str]:
    """Return the look of each file below `folder` by its path, relative to it, with slashes."""
    return dict(_below(str(folder), "")) if Path(folder).is_dir() else {}


def _below(folder: str, prefix: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{prefix}{entry.name}/")
            else:
                found = entry.stat(follow_symlinks=False)
                yield f"{prefix}{entry.name}", f"{found.st_size} {found.st_mtime_ns}"
