"""Finds the form of a seed and the module that reads it."""

from __future__ import annotations

import zlib
from dataclasses import replace

from copydesk.errors import RefusedSeed
from copydesk.intake import html, markdown, mhtml, newsxml, record, text
from copydesk.intake.characters import with_plain_characters
from copydesk.intake.links import with_links
from copydesk.intake.mirrors import in_mirror
from copydesk.intake.recognise import foreign_form, is_html, is_markdown, is_mhtml, json_value
from copydesk.intake.tracking import untracked
from copydesk.model import Source

GZIP = b"\x1f\x8b"
MOST_UNPACKED = 100_000_000
"""Bytes that compressed data may grow to."""


def read(data: bytes, name: str) -> Source:
    """Return the seed `data` as a Source; `name` is its path below the seeds folder.

    Raises RefusedSeed where the seed is empty or of a form that Copydesk does not read.
    """
    source = with_links(untracked(with_plain_characters(_read(data, name))))
    return replace(source, is_crawled=True) if in_mirror(name) else source


def _read(data: bytes, name: str) -> Source:
    if not data:
        raise RefusedSeed("is an empty file", name, remedy="Scrape the page again, or take the file away")
    data = unpacked(data, name)
    if newsxml.is_article(data):
        return newsxml.read(data, name)
    if is_html(data):
        return html.read(data, name)
    if is_mhtml(data):
        return mhtml.read(data, name)
    if record.is_record(json_value(data)):
        return record.read(data, name)
    form = foreign_form(data)
    if form:
        raise RefusedSeed(f"is {form.name}, not a form that Copydesk reads", name, remedy=form.remedy)
    return markdown.read(data, name) if is_markdown(data) else text.read(data, name)


def unpacked(data: bytes, name: str) -> bytes:
    """Return a seed's bytes, unpacked where they are packed. Raises RefusedSeed where they are broken."""
    return _unpacked(data, name) if data.startswith(GZIP) and name.lower().endswith(".gz") else data


def _unpacked(data: bytes, name: str) -> bytes:
    """Return what a gzip file holds. Raises RefusedSeed where it is broken or grows beyond all measure."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(data, MOST_UNPACKED)
    except zlib.error as error:
        raise RefusedSeed(f"is broken gzip data ({error})", name, remedy="Fetch or pack the file again") from error
    if unpacker.unconsumed_tail:
        what = f"holds more than {MOST_UNPACKED:,} bytes when it is unpacked"
        raise RefusedSeed(what, name, remedy="Unpack it, and split it")
    if not unpacker.eof or not unpacked:
        raise RefusedSeed("is gzip data that breaks off", name, remedy="Fetch or pack the file again")
    return unpacked
