"""Text dumps: the page's text, a line for each of its blocks, furniture and all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from copydesk.errors import RefusedSeed
from copydesk.intake.decode import decode
from copydesk.intake.hyphens import parted_by
from copydesk.intake.references import without_references
from copydesk.intake.wrap import blocks_of
from copydesk.model import Source

LINE_ENDS = re.compile("\r\n|[\n\r\u2028\u2029]")
"""What ends a line; other separators (form feed, U+0085) may stand inside of one."""

ADDRESS = re.compile(r"\s*(?:url|source|original|link)\s*:\s*(https?://[^\s<>\"']{4,2000})\s*", re.I)
"""A line that tells where the dump was scraped from, as dumping tools write it above the text."""

ADDRESS_LINES = 3
"""Lines with text at the beginning among which the address may stand."""


def read(data: bytes, name: str) -> Source:
    """Return a text dump as a Source. Raises RefusedSeed where it has no text at all."""
    decoded = decode(data)
    text, notes = without_references(decoded.text)
    lines = tuple(LINE_ENDS.split(text))
    blocks = blocks_of(lines)
    if not blocks:
        raise RefusedSeed("holds nothing but white space", name, remedy="Scrape the page again, or take the file away")
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        form="text",
        encoding=decoded.encoding,
        lines=lines,
        blocks=blocks,
        notes=(*decoded.notes, *notes, *_told(parted_by(blocks, lines))),
        url=_address(block.text for block in blocks[:ADDRESS_LINES]),
    )


def _told(parted: int) -> tuple[str, ...]:
    """Return what an editor is told of words that were parted."""
    return (f"{parted} word{'s' if parted > 1 else ''} joined that the end of a line had parted",) if parted else ()


def _address(texts: Iterable[str]) -> str | None:
    for text in texts:
        found = ADDRESS.fullmatch(text)
        if found:
            return str(found[1])
    return None
