"""Stands for the code that a site's configuration consists of, as this process has loaded it.

A process that watches a site loads the configuration anew when that changes, and no module that it imports: Python does
that once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from weakref import WeakKeyDictionary

from copydesk.site.modules import code_of, modules_of
from copydesk.store import key_of

_LOADED: WeakKeyDictionary[ModuleType, str] = WeakKeyDictionary()
"""What the files of loaded modules held when they were looked at first."""


def own_code(root: Path) -> str:
    """Return a digest of the code of the site at `root`: of modules, what they held when they were loaded."""
    return key_of(*(f"{path} {loaded}" for path, loaded, _ in _code(root)))


def outdated_code(root: Path) -> list[Path]:
    """Return the files of those modules of the site at `root` that have changed since they were loaded."""
    return [path for path, loaded, now in _code(root) if loaded != now]


def _code(root: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield each file of code with digests of what it held when it was loaded, and of what it holds."""
    modules = modules_of()
    for path in code_of(root):
        now, module = _digest(path), modules.get(path)
        yield path, _LOADED.setdefault(module, now) if module else now, now


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
