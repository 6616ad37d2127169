"""Finds the pictures of a crawl's pages among the records of the same web archive (WARC, ISO 28500).

A page stands before its pictures, so the archive is gone through once to note where each begins, when the first is
asked for; then each is read where it stands. Memory holds a number for each picture, up to a bound.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from copydesk.errors import RefusedPicture
from copydesk.intake.links import joined
from copydesk.intake.raster import MOST_BYTES

MOST = 500_000
"""Pictures of an archive that are noted: some 60 megabytes of memory."""

OPEN_AT_ONCE = 2
"""Archives whose pictures are known at a time."""


@dataclass(frozen=True, slots=True)
class InArchive:
    """The pictures in the web archive at `path`."""

    path: Path

    def read(self, address: str, base: str) -> bytes | None:
        """Return the file that a page at `base` has at `address`, None where the archive does not hold it."""
        whole = joined(base, address)
        if not whole or not whole.startswith("http"):
            return None
        status = self.path.stat()
        place = _places(self.path, status.st_size, status.st_mtime_ns).get(_key(whole))
        return None if place is None else self._at(place, whole)

    def _at(self, place: int, address: str) -> bytes | None:
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                archive = _archive(file)
                record = next(archive)
                found = record.rec_headers.get_header("WARC-Target-URI") == address
                return bytes(record.content_stream().read(MOST_BYTES + 1)) if found else None
        except Exception as error:  # warcio and the packers have errors of their own for broken data
            raise RefusedPicture("can't be read from the archive", address, reason="broken") from error


@lru_cache(maxsize=OPEN_AT_ONCE)
def _places(path: Path, size: int, written: int) -> dict[bytes, int]:
    """Return where the record of each picture in an archive begins, by its address; the first of several.

    `size` and `written` tell one state of the file from another.
    """
    places: dict[bytes, int] = {}
    with suppress(Exception), path.open("rb") as file:  # of an archive that breaks off, what was found before
        archive = _archive(file)
        for record in archive:
            if len(places) >= MOST:
                break
            if _is_picture(record):
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                places.setdefault(_key(address), archive.get_record_offset())
    return places


def _archive(file: Any) -> Any:
    """Return an iterator over the records from a place in a file on; the last one's stream ends with it."""
    from warcio.archiveiterator import ArchiveIterator

    return ArchiveIterator(file)


def _is_picture(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    headers = record.http_headers or record.rec_headers
    good = record.http_headers is None or record.http_headers.get_statuscode() == "200"
    return good and str(headers.get_header("Content-Type") or "").strip().lower().startswith("image/")


def _key(address: str) -> bytes:
    return hashlib.sha256(address.encode("utf-8", "replace")).digest()[:8]
