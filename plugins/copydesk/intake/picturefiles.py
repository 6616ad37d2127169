"""Finds the files of a page's pictures: in the page itself, beside it or its export, in its mirror or web archive.

Nothing is ever fetched, and no address leads out of those places.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from copydesk.errors import RefusedPicture
from copydesk.intake.archivepictures import InArchive
from copydesk.intake.assets import folders_of, page_of
from copydesk.intake.mirrors import is_host, is_picture, place_of
from copydesk.intake.pieces import Piece
from copydesk.intake.raster import MOST_BYTES

IN_ADDRESS = "data:"
"""What an address begins with that holds its file itself (RFC 2397); pages have them as placeholders, too."""


LONGEST_NAME = 255
"""Bytes of the longest name that a file can have."""

_WIDTH = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{3,4}$)")
"""What WordPress writes into the names of a picture's smaller widths."""


class PictureFiles(Protocol):
    """A place where files of pictures are."""

    def read(self, address: str, base: str) -> bytes | None:
        """Return the file that a page at `base` has at `address`, None where it is not here. Raises RefusedPicture."""


@dataclass(frozen=True, slots=True)
class InPage:
    """The files that a page holds itself: as `data:` addresses, and `parts` by their addresses."""

    parts: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, address: str, base: str) -> bytes | None:
        """Return the file that a page at `base` has at `address`, None where it is not here. Raises RefusedPicture."""
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

    def read(self, address: str, base: str) -> bytes | None:
        """Return the file that a page at `base` has at `address`, None where it is not here. Raises RefusedPicture."""
        names = _names(address)
        if not in_folder_of(self.page.name, address) or any(map(_leads_out, names)):
            return None
        return _there(self.page.parent, names, address)


@dataclass(frozen=True, slots=True)
class BesideExport:
    """The files in the folders beside an `export` of a site, which hold what the site had uploaded.

    They are known by the end of their address: `wp-content/uploads/2026/03/quay.jpg` also as `2026/03/quay.jpg`. Where
    a smaller width of a picture is not there (`quay-300x200.jpg`), the picture is.
    """

    export: Path

    def read(self, address: str, base: str) -> bytes | None:
        """Return the file that a story at `base` has at `address`, None where it is not here. Raises RefusedPicture."""
        try:
            names = [name for name in unquote(urlsplit(address).path).split("/") if name not in ("", ".")]
        except ValueError:
            return None
        if any(map(_leads_out, names)) or any(len(name.encode()) > LONGEST_NAME for name in names):
            return None
        places = (_there(self.export.parent, path, address) for path in self._paths(names))
        return next((data for data in places if data is not None), None)

    def _paths(self, names: Sequence[str]) -> Iterator[list[str]]:
        """Yield where a picture whose address has these names may be, the fullest path first."""
        for folder in folders_of(self.export.name):
            if (self.export.parent / folder).is_dir():
                for start in range(len(names) - 1):
                    for name in dict.fromkeys((names[-1], _WIDTH.sub("", names[-1]))):
                        yield [folder, *names[start:-1], name]


@dataclass(frozen=True, slots=True)
class InFolder:
    """The pictures in the folder of a saved `page` and below it, by relative addresses."""

    page: Path

    def read(self, address: str, base: str) -> bytes | None:
        """Return the file that a page at `base` has at `address`, None where it is not here. Raises RefusedPicture."""
        names = _names(address)
        if not names or not is_picture(names[-1]) or any(map(_leads_out, names)):
            return None
        return _there(self.page.parent, names, address)


@dataclass(frozen=True, slots=True)
class InMirror:
    """The pictures in a mirror: below `top` are folders of hosts; a page in it has the `path`, its host's first."""

    top: Path
    path: tuple[str, ...]

    def read(self, address: str, base: str) -> bytes | None:
        """Return the file that a page at `base` has at `address`, None where it is not here. Raises RefusedPicture."""
        places = (_there(self.top, names, address) for names in self._paths(address))
        return next((data for data in places if data is not None), None)

    def _paths(self, address: str) -> Iterator[list[str]]:
        """Yield where the file of an address may be, with its query in its name and without."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return
        if parts.scheme not in ("", "http", "https") or (parts.scheme and not parts.netloc):
            return
        told = unquote(parts.path)
        start = [parts.netloc.lower()] if parts.netloc else self.path[: 1 if told.startswith("/") else -1]
        names = _walked([*start, *told.split("/")])
        if len(names) < 2 or not is_host(names[0]) or not is_picture(names[-1]) or any(map(_leads_out, names)):
            return
        if parts.query:
            yield [*names[:-1], f"{names[-1]}?{parts.query}"]
        yield names


def _walked(steps: Sequence[str]) -> list[str]:
    """Return the names on a path without steps up and on the spot; none where it leads out."""
    names: list[str] = []
    for step in steps:
        if step == "..":
            if not names:
                return []
            names.pop()
        elif step not in ("", "."):
            names.append(step)
    return names


def _there(folder: Path, names: Sequence[str], address: str) -> bytes | None:
    """Return a file below a folder, None where there is none. Raises RefusedPicture where a link leads there."""
    try:
        for name in names:
            folder /= name
            if folder.is_symlink():
                raise RefusedPicture("is a link", address, reason="outside")
        return _read(folder, address)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise RefusedPicture(f"can't be read ({error})", address, reason="broken") from error


def _read(path: Path, address: str) -> bytes:
    """Return a file's bytes; what is put in its place meanwhile is not followed, nor waited for."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise RefusedPicture("is no file", address, reason="no-picture")
        return file.read(MOST_BYTES + 1)


def in_folder_of(page: str, address: str) -> bool:
    """Tell an address in the folder beside a saved page, which leads nowhere on the web."""
    names = _names(address)
    return len(names) > 1 and page_of(names[0], (page,)) is not None


def _names(address: str) -> list[str]:
    """Return the names of the folders and the file in a relative address, none of one that is not."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return []
    if parts.scheme or parts.netloc:
        return []
    return [name for name in unquote(parts.path).split("/") if name != "."]


def _leads_out(name: str) -> bool:
    return name in ("", "..") or "\\" in name or "\0" in name


def files_of(piece: Piece, path: Path) -> tuple[PictureFiles, ...]:
    """Return where the pictures of an article in the file at `path` may be, beside what the page holds itself."""
    if piece.archive:
        return (InArchive(path),)
    if piece.number:
        return (BesideExport(path),)
    place = place_of(piece.name)
    mirror = (InMirror(path.parents[len(place.path) - 1], place.path),) if place else ()
    return (BesidePage(path), InFolder(path), *mirror)
