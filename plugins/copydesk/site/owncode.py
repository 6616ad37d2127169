"""Stands for the code that a site's configuration consists of, as this process has loaded it.

A process that watches a site loads the configuration anew when that changes, and no module that it imports: Python does
that once.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from types import ModuleType
from weakref import WeakKeyDictionary

from copydesk.site.glance import code_of
from copydesk.store import key_of

_LOADED: WeakKeyDictionary[ModuleType, str] = WeakKeyDictionary()
"""What the files of loaded modules held when they were looked at first."""


def own_code(root: Path) -> str:
    """Return a digest of the code of the site at `root`: of modules, what they held when they were loaded."""
    return key_of(*(f"{path} {_loaded(path)}" for path in code_of(root)))


def outdated_code(root: Path) -> list[Path]:
    """Return the files of those modules of the site at `root` that have changed since they were loaded."""
    return [path for path in code_of(root) if _loaded(path) != _digest(path)]


def _loaded(path: Path) -> str:
    module = next((m for m in [*sys.modules.values()] if getattr(m, "__file__", None) == str(path)), None)
    return _digest(path) if module is None else _LOADED.setdefault(module, _digest(path))


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
