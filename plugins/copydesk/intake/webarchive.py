"""Web archives: WARC files (ISO 28500), and WACZ 1.1.1 (Webrecorder), a ZIP file that holds those in `archive/`.

Each page is yielded as a record. Nothing is unpacked to the disk, so that no name in it leads anywhere; a member is
read as a stream. What is encrypted, or grows out of all proportion, is refused before a byte of it is read.
"""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from copydesk.errors import RefusedSeed
from copydesk.intake.decode import decode
from copydesk.intake.record import CRAWLED

SIGNATURE = b"PK\x03\x04"
FOLDER, ENDINGS = "archive/", (".warc", ".warc.gz")
LARGEST_RATIO = 200
"""Bytes of a member for each byte that it takes in the file; WARC files are packed already, and hardly shrink."""

MOST_MEMBERS = 10_000
ENCRYPTED = 0x1
"""Bit of a member's flags (APPNOTE.TXT, section 4.4.4)."""


def warc(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the pages in a web archive (ISO 28500): successful responses that are HTML, and the texts made of pages.

    Archives of texts alone (WET, as Common Crawl has them) hold a record of the type "conversion" for each page.
    """
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(stream, no_record_parse=False):
        if record.rec_type == "conversion" and (record.content_type or "").startswith("text/plain"):
            text = decode(record.content_stream().read(most + 1)).text
            yield {CRAWLED: True, "text": text, "url": record.rec_headers.get_header("WARC-Target-URI")}
            continue
        if record.rec_type != "response" or record.http_headers is None:
            continue
        kind = record.http_headers.get_header("Content-Type") or ""
        if record.http_headers.get_statuscode() != "200" or "html" not in kind:
            continue
        payload = record.content_stream().read(most + 1)
        charset = re.search(r"charset=[\"']?([\w:.-]+)", kind)
        meta = re.search(rb"charset=[\"']?([\w:.-]+)", payload[:4096])
        named_as = charset[1] if charset else meta[1].decode("ascii") if meta else None
        page = decode(payload, named_as).text
        yield {CRAWLED: True, "html": page, "url": record.rec_headers.get_header("WARC-Target-URI")}


def wacz(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the pages in the web archives that a packed one holds."""
    for archive in _warcs(stream):
        yield from warc(archive, most)


def is_wacz(path: Path) -> bool:
    """Tell a ZIP file that holds WARC files where WACZ has them. Raises OSError."""
    try:
        with zipfile.ZipFile(path) as packed:
            return any(map(_is_warc, packed.infolist()))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def refusal(path: Path, name: str) -> RefusedSeed | None:
    """Return why an archive is not read, None where it can be. Raises OSError."""
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
    warcs = [member for member in members if _is_warc(member)]
    if len(members) > MOST_MEMBERS:
        what = f"is a web archive (WACZ) of {len(members):,} files, more than {MOST_MEMBERS:,}"
        return RefusedSeed(what, name, remedy="Export it again in parts")
    if any(member.flag_bits & ENCRYPTED for member in warcs):
        return RefusedSeed("is a web archive (WACZ) that is encrypted", name, remedy="Unlock it, and export it again")
    if any(member.file_size > LARGEST_RATIO * max(member.compress_size, 1) for member in warcs):
        what = "is a web archive (WACZ) that grows beyond all measure when it is unpacked"
        return RefusedSeed(what, name, remedy="Export it again from where it was made")
    return None


def _warcs(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the WARC files in an archive as streams, unpacked, one after the other."""
    with zipfile.ZipFile(stream) as packed:
        for member in filter(_is_warc, packed.infolist()):
            with packed.open(member) as opened:
                whole = gzip.GzipFile(fileobj=opened) if member.filename.lower().endswith(".gz") else opened
                yield cast("BinaryIO", whole)


def _is_warc(member: zipfile.ZipInfo) -> bool:
    name = member.filename.lower()
    return name.startswith(FOLDER) and name.endswith(ENDINGS)
