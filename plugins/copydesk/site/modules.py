"""The code that a site's configuration consists of: all that it has loaded but Python, what is installed, and Copydesk.

Those count by their versions.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import copydesk

_INSTALLED = ("site-packages", "dist-packages")
"""Folders in which installers put modules."""

_NEVER_OWN = tuple(
    f"{folder}{os.sep}"
    for folder in (
        Path(os.__file__).parent,
        Path(copydesk.__file__).parent,
        Path(copydesk.__file__).parent.resolve(),
        Path(sys.prefix, "bin"),
        Path(sys.prefix, "Scripts"),
    )
)


def is_own(file: str) -> bool:
    """Tell a file of code that a site has brought along."""
    return (
        bool(file)
        and not file.startswith(_NEVER_OWN)
        and not any(f"{os.sep}{name}{os.sep}" in file for name in _INSTALLED)
    )


def modules_of() -> dict[Path, ModuleType]:
    """Return the modules that the configuration of a site has loaded, by their files."""
    loaded = {name: getattr(module, "__file__", None) or "" for name, module in [*sys.modules.items()]}
    return {Path(file): sys.modules[name] for name, file in loaded.items() if name != "__main__" and is_own(file)}


def code_of(root: Path) -> list[Path]:
    """Return the files of code that the configuration of a site at `root` has, or has loaded from wherever they are."""
    return sorted({*root.glob("*.py"), *modules_of()})
