"""Makes the links in a page's text whole addresses on the web; what leads nowhere else is no link."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urldefrag, urljoin, urlsplit

from copydesk.intake.tracking import without_tracking
from copydesk.model import Block, Emphasis, Source, Span

_PLAIN = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[\w~%+-]+(?:\.\w+)*)*/?", re.ASCII)
"""A whole address with nothing to resolve or to take out: no query, no dots to go up by, no odd character."""

SCHEMES = frozenset(("http", "https", "mailto"))


def with_links(source: Source) -> Source:
    """Return the source with the links in its text resolved from its own address, without what tracks readers."""
    if not any(block.spans for block in source.blocks):
        return source
    base = source.url or ""
    known: dict[str, str | None] = {}
    blocks = tuple(_with_links(block, base, known) if block.spans else block for block in source.blocks)
    return replace(source, blocks=blocks)


def _with_links(block: Block, base: str, known: dict[str, str | None]) -> Block:
    """Return a block with its links resolved; `known` holds where the page's links lead that were seen before."""
    spans = []
    for span in block.spans:
        if span.kind is not Emphasis.LINK:
            spans.append(span)
            continue
        href = span.href or ""
        if href not in known:
            known[href] = _address(href, base)
        if address := known[href]:
            spans.append(span if address == href else Span(span.start, span.end, span.kind, address))
    return replace(block, spans=tuple(spans))


def host_of(address: str | None) -> str:
    """Return the host of an address without `www.`, empty where there is none."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def joined(base: str, href: str) -> str | None:
    """Return where an address leads on a page at `base`, None where that is no address on the web."""
    try:
        whole = urljoin(base, "".join(href.split()))
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in SCHEMES and (parts.netloc or parts.scheme == "mailto") else None


def _address(href: str, base: str) -> str | None:
    """Return where a link leads, None where that is no address on the web, or a place on the page itself."""
    if _PLAIN.fullmatch(href):
        return None if base and href == urldefrag(base).url else href
    whole = joined(base, href)
    if not whole or (base and urldefrag(whole).url == urldefrag(base).url):
        return None
    try:
        return without_tracking(whole)[0]
    except ValueError:
        return None
