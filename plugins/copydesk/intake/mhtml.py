"""Web pages in one file (MHTML, RFC 2557), as browsers save them: the first page in it, and the pictures it shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from html import escape

from copydesk.errors import RefusedSeed
from copydesk.intake import html
from copydesk.intake.links import joined
from copydesk.intake.metadata import address
from copydesk.model import Media, MediaKind, Source

_NAMED = re.compile(rb"cid:([^\"'<>\s]{1,200})")


def read(data: bytes, name: str) -> Source:
    """Return the page as a Source. Raises RefusedSeed where there is none."""
    message = message_from_bytes(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes):
        raise RefusedSeed("is a web page in one file (MHTML) without a page", name, remedy="Save the page again")
    source = html.read(_with_frames(_with_charset(payload, page), message, page), name)
    url = source.url or _address(page, "Content-Location") or _address(message, "Snapshot-Content-Location")
    files = _files(message, source.media, str(page.get("Content-Location") or ""))
    return replace(source, form="mhtml", sha256=hashlib.sha256(data).hexdigest(), url=url, files=files)


def _with_frames(payload: bytes, message: Message, page: Message) -> bytes:
    """Return the page with the addresses of its frames in the place of their names in the message."""
    frames: dict[bytes, bytes] = {}
    for part in message.walk():
        named, location = str(part.get("Content-ID") or "").strip().strip("<>"), _address(part, "Content-Location")
        if part is not page and part.get_content_type() == "text/html" and named and location:
            frames[named.encode("utf-8", "replace")] = escape(location).encode()
    return _NAMED.sub(lambda found: frames.get(found[1], found[0]), payload) if frames else payload


def _files(message: Message, media: Iterable[Media], base: str) -> dict[str, bytes]:
    """Return the pictures of a page at `base` that are parts of the message, by the addresses that the page has."""
    parts: dict[str, Message] = {}
    for part in message.walk():
        if location := str(part.get("Content-Location") or "").strip():
            parts.setdefault(location, part)
        if named := str(part.get("Content-ID") or "").strip().strip("<>"):
            parts.setdefault(f"cid:{named}", part)
    found: dict[str, bytes] = {}
    for given in (given for one in media if one.kind is MediaKind.PICTURE for given in one.addresses):
        part_of_it = parts.get(given) or parts.get(joined(base, given) or "")
        if part_of_it is not None and given not in found:
            payload = part_of_it.get_payload(decode=True)
            found |= {given: payload} if isinstance(payload, bytes) else {}
    return found


def _with_charset(payload: bytes, page: Message) -> bytes:
    """Return the page with the encoding that its part's header names, where the page names none itself."""
    charset = page.get_content_charset()
    return payload if not charset or b"charset" in payload[:4096] else f"<meta charset={charset}>".encode() + payload


def _address(message: Message, header: str) -> str | None:
    value = message.get(header)
    return address(str(value)) if value else None
