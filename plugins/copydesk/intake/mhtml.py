"""Web pages in one file (MHTML, RFC 2557), as browsers save them: the first page in it, its pictures left aside."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from copydesk.errors import RefusedSeed
from copydesk.intake import html
from copydesk.intake.metadata import address
from copydesk.model import Source


def read(data: bytes, name: str) -> Source:
    """Return the page as a Source. Raises RefusedSeed where there is none."""
    message = message_from_bytes(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes):
        raise RefusedSeed("is a web page in one file (MHTML) without a page", name, remedy="Save the page again")
    source = html.read(_with_charset(payload, page), name)
    url = source.url or _address(page, "Content-Location") or _address(message, "Snapshot-Content-Location")
    return replace(source, form="mhtml", sha256=hashlib.sha256(data).hexdigest(), url=url)


def _with_charset(payload: bytes, page: Message) -> bytes:
    """Return the page with the encoding that its part's header names, where the page names none itself."""
    charset = page.get_content_charset()
    return payload if not charset or b"charset" in payload[:4096] else f"<meta charset={charset}>".encode() + payload


def _address(message: Message, header: str) -> str | None:
    value = message.get(header)
    return address(str(value)) if value else None
