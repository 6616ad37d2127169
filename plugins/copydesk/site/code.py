"""Stands for the code that makes a site, so that what another version of it made is made anew."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import copydesk
from copydesk.store import key_of

CODE = (".py", ".toml", ".npz")
"""Endings of files that have a say in what comes out."""


@cache
def code_digest(libraries: tuple[str, ...], without: tuple[str, ...] = ()) -> str:
    """Return a digest of Copydesk's own files and of the versions of the libraries that they call.

    The rooms and files `without` have no say in what the digest stands for.
    """
    return key_of(_own_digest(without), sys.version, *(f"{name} {_version(name)}" for name in libraries))


def _own_digest(without: tuple[str, ...]) -> str:
    return key_of(*(f"{path} {told}" for path, told in _own_files() if not _is_in(path, without)))


@cache
def _own_files() -> tuple[tuple[str, str], ...]:
    """Return the paths of Copydesk's own files, with slashes, and the digest of each."""
    root = Path(copydesk.__file__).parent
    paths = (Path(folder, name) for folder, _, names in os.walk(root) for name in names if name.endswith(CODE))
    return tuple(sorted((path.relative_to(root).as_posix(), sha256(path.read_bytes()).hexdigest()) for path in paths))


def _is_in(path: str, places: tuple[str, ...]) -> bool:
    return path.partition("/")[0] in places or path in places


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
