"""Stands for the code that makes a site, so that what another version of it made is made anew."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import copydesk
from copydesk.store import files_digest, key_of


@cache
def code_digest(libraries: tuple[str, ...], without: tuple[str, ...] = ()) -> str:
    """Return a digest of Copydesk's own files and of the versions of the libraries that they call.

    The rooms and files `without` have no say in what the digest stands for.
    """
    return key_of(_own_digest(without), sys.version, *(f"{name} {_version(name)}" for name in libraries))


@cache
def _own_digest(without: tuple[str, ...]) -> str:
    root = Path(copydesk.__file__).parent
    own = (path for path in root.rglob("*") if path.suffix in (".py", ".toml", ".npz") and path.is_file())
    return files_digest(path for path in own if not _is_in(path.relative_to(root), without))


def _is_in(path: Path, places: tuple[str, ...]) -> bool:
    return path.parts[0] in places or path.as_posix() in places


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
