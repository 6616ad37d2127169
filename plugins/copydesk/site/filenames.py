r"""Names of seeds: text, whatever bytes the file system holds; those that are no UTF-8 are written as `\xfc`.

Where a name has such a text in it, its backslash is written so: no two files have one name.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")
_LIKE_ESCAPED = re.compile(rb"\\(?=x[0-9a-f]{2})")


def name_of(path: str) -> str:
    """Return the name of the seed at `path` (relative to the seeds folder, with slashes)."""
    return path if path.isascii() and "\\x" not in path else name_of_bytes(os.fsencode(path))


def name_of_bytes(path: bytes) -> str:
    """Return the name of the seed at a path as the file system has it."""
    return _LIKE_ESCAPED.sub(rb"\\x5c", path).decode("utf-8", "backslashreplace")


def path_of(folder: Path, name: str) -> Path:
    """Return the path of the seed `name` below `folder`; one that a person gives may be the path itself."""
    if "\\x" not in name:
        return folder / name
    meant = folder / os.fsdecode(_ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), name.encode()))
    return meant if os.path.lexists(meant) else folder / name
