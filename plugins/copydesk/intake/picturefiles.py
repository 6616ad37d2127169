"""Finds the files of a page's pictures: in the page itself, in the folder that a browser wrote beside it.

Nothing is ever fetched, and no address leads out of those places.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from copydesk.errors import RefusedPicture
from copydesk.intake.assets import page_of
from copydesk.intake.raster import MOST_BYTES

IN_ADDRESS = "data:"
"""What an address begins with that holds its file itself (RFC 2397); pages have them as placeholders, too."""


class PictureFiles(Protocol):
    """A place where files of pictures are."""

    def read(self, address: str) -> bytes | None:
        """Return the file that a page has at `address`, None where it is not here. Raises RefusedPicture."""


@dataclass(frozen=True, slots=True)
class InPage:
    """The files that a page holds itself: as `data:` addresses, and `parts` by their addresses."""

    parts: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, address: str) -> bytes | None:
        """Return the file that a page has at `address`, None where it is not here. Raises RefusedPicture."""
        return _in_address(address) if address[:5].lower() == IN_ADDRESS else self.parts.get(address)


def _in_address(address: str) -> bytes:
    """Return what a `data:` address holds (RFC 2397)."""
    head, _, told = address.partition(",")
    if len(told) > 2 * MOST_BYTES:
        raise RefusedPicture(f"is larger than {MOST_BYTES:,} bytes", IN_ADDRESS, reason="too-large")
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(told)
    try:
        return base64.b64decode("".join(unquote(told).split()) + "==")
    except (binascii.Error, ValueError) as error:
        raise RefusedPicture("is no base64", IN_ADDRESS, reason="broken") from error


@dataclass(frozen=True, slots=True)
class BesidePage:
    """The files in the folder that a browser wrote beside the saved `page`."""

    page: Path

    def read(self, address: str) -> bytes | None:
        """Return the file that a page has at `address`, None where it is not here. Raises RefusedPicture."""
        path = self._path(address)
        if path is None:
            return None
        try:
            return _read(path, address)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise RefusedPicture(f"can't be read ({error})", address, reason="broken") from error

    def _path(self, address: str) -> Path | None:
        """Return where a file would be, None for an address that leads elsewhere: out of the folder, or by a link."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        names = [name for name in unquote(parts.path).split("/") if name != "."]
        if len(names) < 2 or any(name in ("", "..") or "\\" in name or "\0" in name for name in names):
            return None
        if page_of(names[0], (self.page.name,)) is None:
            return None
        path = self.page.parent
        for name in names:
            path /= name
            if path.is_symlink():
                raise RefusedPicture("is a link", address, reason="outside")
        return path


def _read(path: Path, address: str) -> bytes:
    """Return a file's bytes; what is put in its place meanwhile is not followed, nor waited for."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise RefusedPicture("is no file", address, reason="no-picture")
        return file.read(MOST_BYTES + 1)
