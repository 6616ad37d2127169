r"""Names of seeds: text, whatever bytes the file system holds; those that are no UTF-8 are written as `\xfc`."""

from __future__ import annotations

import os
import re
from pathlib import Path

_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


def name_of(path: str) -> str:
    """Return the name of the seed at `path` (relative to the seeds folder, with slashes)."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def path_of(folder: Path, name: str) -> Path:
    """Return the path of the seed `name` below `folder`."""
    plain = folder / name
    if "\\x" not in name or os.path.lexists(plain):
        return plain
    return folder / os.fsdecode(_ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), name.encode()))
