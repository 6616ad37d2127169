"""Makes the links in a page's text whole addresses on the web; what leads nowhere else is no link."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import is_
from urllib.parse import urldefrag, urljoin, urlsplit

from copydesk.intake.tracking import without_tracking
from copydesk.model import Block, Emphasis, Source, Span

_PLAIN = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[\w~%+-]+(?:\.\w+)*)*/?", re.ASCII)
"""A whole address with nothing to resolve or to take out: no query, no dots to go up by, no odd character."""

_PLAIN_PATH = re.compile(r"(?:/[\w~%+-]+(?:\.\w+)*)+/?", re.ASCII)
"""The same of a path on the page's own site."""

_SITE = re.compile(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?=[/?#]|$)", re.ASCII)
"""What stands before the path in such an address."""

SCHEMES = frozenset(("http", "https", "mailto"))


def with_links(source: Source) -> Source:
    """Return the source with the links in its text resolved from its own address, without what tracks readers."""
    if not any(block.spans for block in source.blocks):
        return source
    leads = _Leads(source.url or "")
    return replace(source, blocks=tuple(_with_links(block, leads) if block.spans else block for block in source.blocks))


def _with_links(block: Block, leads: _Leads) -> Block:
    """Return a block with its links resolved."""
    spans: list[Span] = []
    for span in block.spans:
        if span.kind is not Emphasis.LINK:
            spans.append(span)
        elif address := leads[span.href or ""]:
            spans.append(span if address == span.href else Span(span.start, span.end, span.kind, address))
    if len(spans) == len(block.spans) and all(map(is_, spans, block.spans)):
        return block
    return Block(block.text, block.first, block.last, block.markup, tuple(spans), block.code, block.cell, block.holder)


class _Leads(dict[str, str | None]):
    """Where the links of a page lead, each found out once: None where that is no other place on the web."""

    def __init__(self, base: str) -> None:
        """Take the page's address, empty where it is not known."""
        super().__init__()
        self._base, self._page = base, urldefrag(base).url if base else ""
        self._site = site[0] if (site := _SITE.match(base)) else ""

    def __missing__(self, href: str) -> str | None:
        found = self[href] = self._address(href)
        return found

    def _address(self, href: str) -> str | None:
        """Return where a link leads, None where that is no address on the web, or a place on the page itself."""
        if self._site and _PLAIN_PATH.fullmatch(href):
            href = self._site + href
        if _PLAIN.fullmatch(href):
            return None if self._base and href == self._page else href
        whole = joined(self._base, href)
        if not whole or (self._base and urldefrag(whole).url == self._page):
            return None
        try:
            return without_tracking(whole)[0]
        except ValueError:
            return None


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
