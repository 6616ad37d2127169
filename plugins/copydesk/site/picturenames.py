"""Tells which pictures a page may show by the ends of their names, in whatever way the page writes them.

What is told may be more than the page shows, and is never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from string import ascii_letters, digits
from urllib.parse import unquote_to_bytes

from copydesk.errors import RefusedSeed
from copydesk.intake.characters import HARMFUL
from copydesk.intake.recognise import is_mhtml
from copydesk.intake.registry import unpacked

LONGEST_NAME = 300
"""Bytes before the ending of a picture's name in a page that are looked at."""

_PICTURE = re.compile(rb"\.(?:png|jpe?g?|gif|webp|avif)", re.IGNORECASE)
_PLAIN = f"{ascii_letters}{digits}_-".encode()

_BETWEEN = b"\t\r\n\\"
"""What may stand in the middle of a name: line breaks, which addresses are read without, and Markdown's escapes."""

_UNTOLD = (b"\0", b"\x1b", b"<!ENTITY")
"""Signs of wide characters, of shifts between sets of them, and of entities that a text defines for itself."""


def names_in(data: bytes, name: str) -> frozenset[bytes] | None:
    """Return the ends of the names of pictures in the seed `data`, whose file has a `name`.

    None where its form may write them in too many ways: it may show any.
    """
    try:
        page = unpacked(data, name)
    except RefusedSeed:
        return frozenset()
    if any(sign in page for sign in _UNTOLD) or page.lstrip()[:1] in (b"{", b"[") or is_mhtml(page):
        return None
    read = _as_read(page)
    return frozenset(end for text in (page, read, read.translate(None, _BETWEEN)) for end in name_ends(text))


def _as_read(page: bytes) -> bytes:
    """Return a page with its character references resolved, and without the characters that no text needs."""
    try:
        text = HARMFUL.sub("", page.decode("utf-8"))
    except UnicodeDecodeError:
        text = page.decode("latin-1")
    return unquote_to_bytes(unescape(text).encode("utf-8", "surrogatepass"))


def name_ends(text: bytes) -> Iterator[bytes]:
    """Yield the ends of the names of pictures in a text: what of them pages write as it is, whatever their encoding.

    The first of these bytes may be the second half of a character: it is left out as well.
    """
    for found in _PICTURE.finditer(text):
        before = unquote_to_bytes(text[max(0, found.start() - LONGEST_NAME) : found.start()])
        odd, ending = before.rstrip(_PLAIN), found[0].lower()
        plain = before[len(odd) :]
        yield plain + ending
        if plain and odd[-1:] >= b"\x80":
            yield plain[1:] + ending
