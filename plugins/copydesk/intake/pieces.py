"""Takes files apart that hold several articles: crawls, tables, lists of records, feeds. Each piece becomes a seed.

Files are read as streams where their form allows it, so that memory does not grow with them. A piece is named by the
file and its place in it: `crawl.warc.gz#3`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from copydesk.errors import RefusedSeed
from copydesk.intake import feed, jsonrecords, newsxml, sgml, webarchive, wordpress, xmlrecords
from copydesk.intake.bounded import read_whole
from copydesk.intake.fields import named
from copydesk.intake.mirrors import in_mirror
from copydesk.intake.recognise import is_html
from copydesk.intake.record import is_record
from copydesk.intake.unreadpart import UnreadPart
from copydesk.intake.xmlparsing import root_of

WARC, WACZ, JSON_LINES, JSON, CSV, WHOLE = "WARC", "WACZ", "JSON Lines", "JSON", "CSV", "single"
FEED, WORDPRESS, NEWSML, XML, SGML = "feed", "WordPress", "NewsML", "XML", "SGML"
"""Forms of files, as they are told; a whole file is one piece."""

HEAD, LONGEST_LINE = 8192, 50_000_000
"""Bytes of a file's beginning that tell its form, and of the longest line of JSON."""

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
SEPARATOR = "#"
WORDS = 4
"""Words of a table's cell from which it is a text, no number of a row."""

JSON_FEED = b"jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class Piece:
    """An article in a file, or why there is none: its name and its bytes, as a file of its own would have them.

    `number` is its place in a file of several, from 1; 0 where it is the whole file. `archive` tells a page of a web
    archive, whose pictures are in the same file.
    """

    name: str
    data: bytes
    refusal: RefusedSeed | None = None
    number: int = 0
    archive: bool = False


def file_of(piece: Piece) -> str:
    """Return the name of the file that holds an article."""
    return piece.name.rpartition(SEPARATOR)[0] if piece.number else piece.name


def place_like(name: str) -> tuple[str, int]:
    """Return the file and the place in it that an article of this name would have; nothing where it can't be one."""
    file, _, number = name.rpartition(SEPARATOR)
    is_number = number.isascii() and number.isdigit() and not number.startswith("0")
    return (file, int(number)) if is_number else ("", 0)


def form_of(path: Path) -> str:
    """Return the form of a file, WHOLE where it is one article, broken, or none that is known. Raises OSError."""
    with _broken_as_none():
        return _form_of(path)
    return WHOLE


def _form_of(path: Path) -> str:
    with _opened(path) as stream:
        head = stream.read(HEAD)
    if head.startswith(b"WARC/"):
        return WARC
    if head.startswith(webarchive.SIGNATURE) and webarchive.is_wacz(path):
        return WACZ
    if head.lstrip()[:1] in (b"{", b"["):
        return _json_form(path)
    if wordpress.is_export(head):
        return WORDPRESS
    if feed.is_feed(head):
        return FEED
    if newsxml.is_collection(head):
        return NEWSML
    if root_of(head) and (newsxml.is_article(head) or is_html(head)):
        return WHOLE
    if sgml.is_collection(head):
        return SGML
    if root_of(head):
        return _xml_form(path)
    plain = path.name.lower().removesuffix(".gz").removesuffix(".zst")
    return CSV if plain.endswith((".csv", ".tsv")) and _is_table(head) else WHOLE


@contextmanager
def _broken_as_none() -> Iterator[None]:
    """Let what libraries raise at broken data pass as nothing; what the file system says is another matter."""
    try:
        yield
    except Exception as error:
        if not _is_broken_data(error):
            raise


def _is_broken_data(error: Exception) -> bool:
    """Tell an error about a file's contents, of which each library has its own, from one of the file system."""
    return not isinstance(error, OSError) or isinstance(error, gzip.BadGzipFile)


def pieces(path: Path, name: str, most: int, mapping: Mapping[str, str] | None = None) -> Iterator[Piece]:
    """Yield the articles in a file; `most` is the largest article in bytes, `mapping` names a site's own fields.

    A file that can't be read to its end gives a last piece that says so. Raises OSError.
    """
    form, number = form_of(path), 0
    try:
        if form == WHOLE:
            yield _whole(path, name, most)
            return
        if in_mirror(name) and _is_feed(path, form):
            remedy = "Move it out of the mirror to have it read"
            yield _refused(name, "is a feed of a mirror, whose pages hold the stories", remedy)
            return
        if form == WACZ and (refusal := webarchive.refusal(path, name)):
            yield Piece(name, b"", refusal)
            return
        with _opened(path) as stream:
            for record in _READERS[form](stream, most):
                number += 1
                found = _piece(record, f"{name}{SEPARATOR}{number}", most, mapping or {})
                yield replace(found, number=number, archive=form == WARC)
    except Exception as error:
        if not _is_broken_data(error):
            raise
        what = f"can't be read further ({type(error).__name__}: {error}); {number} articles were found before"
        yield _refused(name, what, "Fetch or export the file again")
        return
    if not number:
        yield _refused(name, f"is {_told(form)} without any article", "Take the file away, or name its fields")


def piece(path: Path, name: str, most: int, mapping: Mapping[str, str] | None = None) -> Piece:
    """Return one article: that of a file, or of the place in a file that `name` ends with (`#3`)."""
    if form_of(path) == WHOLE:
        return next(pieces(path, name, most))
    file, _, number = name.rpartition(SEPARATOR)
    if not number.isdigit():
        only = [*islice(pieces(path, name, most, mapping), 2)]
        if len(only) == 1:
            return only[0]
        return _refused(name, "holds several articles", f"Name one of them: {name}{SEPARATOR}1")
    for found in pieces(path, file, most, mapping):
        if found.name == name:
            return found
    return _refused(name, "is not there: the file holds fewer articles", "Count them with copydesk import")


def _is_feed(path: Path, form: str) -> bool:
    """Tell a feed: RSS, Atom, or a JSON Feed by the version that it begins with."""
    if form != JSON:
        return form == FEED
    with _opened(path) as stream:
        return JSON_FEED in stream.read(HEAD)


def _piece(record: Mapping[str, Any] | UnreadPart, name: str, most: int, mapping: Mapping[str, str]) -> Piece:
    """Return a record as a piece."""
    if isinstance(record, UnreadPart):
        return _refused(name, record.what, record.remedy)
    told = named(record, mapping)
    if told.get("html") == "":
        return _refused(name, "holds no more of its article than a teaser", "Save the page at its address instead")
    if not is_record(told):
        known = ", ".join(sorted(map(str, record))[:12])
        return _refused(
            name, f"has no text in any field that is known ({known})", "Name it: COPYDESK_FIELDS, docs/forms.md"
        )
    data = json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "replace")
    return _refused(name, *_too_long(len(data), most)) if len(data) > most else Piece(name, data)


def _whole(path: Path, name: str, most: int) -> Piece:
    size = path.stat().st_size
    if size > most:
        return _refused(name, *_too_long(size, most))
    data = path.read_bytes()
    if data.startswith(ZSTD) and name.lower().endswith(".zst"):
        with _opened(path) as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            return _refused(name, *_too_long(len(data), most))
    return Piece(name, data)


def _refused(name: str, what: str, remedy: str) -> Piece:
    return Piece(name, b"", RefusedSeed(what, name, remedy=remedy))


def _too_long(size: int, most: int) -> tuple[str, str]:
    what = f"is {size:,} bytes long, more than COPYDESK_MAX_BYTES allows ({most:,})"
    return what, "Split the file, or raise the setting"


def _opened(path: Path) -> BinaryIO:
    """Open a file, unpacked where it is packed. WARC files are packed record by record, which gzip reads in a row."""
    with path.open("rb") as raw:
        start = raw.read(4)
    if start.startswith(GZIP):
        return cast("BinaryIO", gzip.open(path, "rb"))
    if start.startswith(ZSTD):
        import zstandard

        return cast("BinaryIO", io.BufferedReader(zstandard.open(path, "rb")))
    return path.open("rb")


def _json_form(path: Path) -> str:
    """Tell records on lines and a list of records from one record, and from JSON without any."""
    with _opened(path) as stream:
        first, second = stream.readline(LONGEST_LINE).strip(), stream.readline(HEAD).strip()
    if jsonrecords.is_lines(first, second):
        return JSON_LINES
    if path.name.lower().removesuffix(".gz").removesuffix(".zst").endswith((".jsonl", ".ndjson")):
        return JSON_LINES
    with suppress(ValueError, RecursionError), _opened(path) as stream:
        return JSON if jsonrecords.records_in(json.loads(read_whole(stream))) is not None else WHOLE
    return WHOLE


def _xml_form(path: Path) -> str:
    with _opened(path) as stream:
        return XML if xmlrecords.is_collection(stream) else WHOLE


def _csv(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any] | UnreadPart]:
    """Yield the rows of a table whose first row names the fields (RFC 4180)."""
    csv.field_size_limit(most)
    text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    first = text.readline(LONGEST_LINE)
    names = next(csv.reader([first], delimiter=_delimiter(first)))
    for number, row in enumerate(csv.reader(text, delimiter=_delimiter(first)), 2):
        if row:
            yield _row(names, row, number)


def _row(names: Sequence[str], row: Sequence[str], number: int) -> Mapping[str, Any] | UnreadPart:
    """Return a row as a record; several cells of one name are one field. A text must not stand where no name is."""
    if any(cell.strip() for cell in row[len(names) :]):
        return UnreadPart(f"row {number} has more cells than the header", "Quote its texts")
    record: dict[str, list[str]] = {}
    for name, cell in zip(names, row, strict=False):
        if name:
            record.setdefault(name, []).append(cell)
        elif len(cell.split()) >= WORDS:
            return UnreadPart(f"row {number} has a text under no name", "Name its column in the first row")
    return {name: cells if len(cells) > 1 else cells[0] for name, cells in record.items()}


def _is_table(head: bytes) -> bool:
    """Tell a table of articles: its first row has a field for their texts."""
    first = head.decode("utf-8-sig", "replace").split("\n")[0]
    with suppress(csv.Error, StopIteration):
        return is_record(dict.fromkeys(next(csv.reader([first], delimiter=_delimiter(first))), "x"))
    return False


def _delimiter(first: str) -> str:
    return max(",;\t", key=first.count)


_READERS: dict[str, Callable[[BinaryIO, int], Iterator[Mapping[str, Any] | UnreadPart]]] = {
    WARC: webarchive.warc,
    WACZ: webarchive.wacz,
    JSON_LINES: jsonrecords.lines,
    JSON: jsonrecords.listed,
    CSV: _csv,
    FEED: feed.entries,
    WORDPRESS: wordpress.posts,
    NEWSML: newsxml.articles,
    XML: xmlrecords.records,
    SGML: sgml.documents,
}


def _told(form: str) -> str:
    archives = {WARC: "a web archive (WARC)", WACZ: "a web archive (WACZ)"}
    return {FEED: "a feed", WORDPRESS: "an export of WordPress", **archives}.get(form, form)
