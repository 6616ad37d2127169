"""Makes the links in a page's text whole addresses on the web; what leads nowhere else is no link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urldefrag, urljoin, urlsplit

from copydesk.intake.tracking import without_tracking
from copydesk.model import Emphasis, Source, Span

SCHEMES = frozenset(("http", "https", "mailto"))


def with_links(source: Source) -> Source:
    """Return the source with the links in its text resolved from its own address, without what tracks readers."""
    if not any(block.spans for block in source.blocks):
        return source
    blocks = tuple(
        replace(block, spans=tuple(_spans(block.spans, source.url or ""))) if block.spans else block
        for block in source.blocks
    )
    return replace(source, blocks=blocks)


def _spans(spans: tuple[Span, ...], base: str) -> Iterator[Span]:
    for span in spans:
        if span.kind is not Emphasis.LINK:
            yield span
        elif address := _address(span.href or "", base):
            yield replace(span, href=address)


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
    whole = joined(base, href)
    if not whole or (base and urldefrag(whole).url == urldefrag(base).url):
        return None
    try:
        return without_tracking(whole)[0]
    except ValueError:
        return None
