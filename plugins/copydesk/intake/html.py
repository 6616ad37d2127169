"""Saved web pages: every text of the page as a line, a line for each block element, furniture and all.

The page is only read: no script, style, form or address of it is followed, and no entity that it declares is expanded.
List items get a bullet and quotations a mark, as text dumps have them.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urljoin

from lxml.etree import HTMLParser, XMLSyntaxError

from copydesk.errors import RefusedSeed
from copydesk.intake.decode import Decoded, decode
from copydesk.intake.facts import AFTER_TITLE
from copydesk.intake.metadata import address_of, declared_by
from copydesk.intake.pagetarget import PageTarget
from copydesk.model import Block, Declared, Lines, Source

ABOVE_TITLE, BELOW_TITLE = 4, 12
"""Lines before and after the title in which a date line is the article's."""

BESIDE_TITLE = 4
"""Lines after the title that are the article's own, whatever the page calls the parts around them."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w:.-]{2,40})""", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes, name: str) -> Source:
    """Return a saved page as a Source. Raises RefusedSeed where it has no text at all."""
    decoded = _decoded(data)
    page = PageTarget()
    try:
        _parse(decoded.text, page)
        if not page.texts:
            raise RefusedSeed("is a web page without any text", name, remedy="Save the page again when it has loaded")
        return _source(data, name, decoded, page)
    finally:
        page.release()


def read_text(text: str, name: str) -> Source:
    """Return a page that is decoded already as a Source. Raises RefusedSeed where it has no text at all."""
    return read(b'<meta charset="utf-8">' + text.encode("utf-8", "replace"), name)


def around(article: str) -> str:
    """Return a page of which a text in HTML is the article."""
    return f"<body><article>{article}</article></body>"


def _parse(text: str, page: PageTarget) -> None:
    """Let `page` gather what a page holds."""
    parser = HTMLParser(target=page, encoding="utf-8", huge_tree=True, no_network=True)
    with suppress(XMLSyntaxError):  # an empty document: there are no lines then
        parser.feed(_without_declaration(text).encode())
        parser.close()


def _source(data: bytes, name: str, decoded: Decoded, page: PageTarget) -> Source:
    """Return what was gathered as a Source."""
    blocks = tuple(_from_base(block, page.base) for block in page.blocks) if page.base else tuple(page.blocks)
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        form="html",
        encoding=decoded.encoding,
        lines=tuple(page.texts),
        blocks=blocks,
        notes=decoded.notes,
        url=address_of(page.head),
        declared=_declared(page),
        media=page.media.media(page.base, Lines(1, len(page.texts))),
    )


def _without_declaration(text: str) -> str:
    """Return a page without the XML declaration, whose encoding is not that of the decoded text."""
    found = _DECLARATION.match(text)
    return text[found.end() :] if found else text


def _from_base(block: Block, base: str) -> Block:
    """Return a block whose links begin at the address that the page names as their base."""
    if not block.spans:
        return block
    with suppress(ValueError):
        spans = (span._replace(href=urljoin(base, span.href)) if span.href else span for span in block.spans)
        return replace(block, spans=tuple(spans))
    return block


def _declared(page: PageTarget) -> Declared:
    """Return what the page declares in its head, and by its markup around the title."""
    declared = declared_by(page.head)
    title = next((n for n, block in enumerate(page.blocks) if block.is_title), 0)
    below = range(title + BESIDE_TITLE + 1, min(title + AFTER_TITLE + 1, len(page.blocks)))
    foreign = {n for n in below if _is_of_others(page.blocks[n])}
    near = (*range(title + 1, title + BELOW_TITLE), *range(max(0, title - ABOVE_TITLE), title))
    texts = [page.texts[n] for n in near if n < len(page.texts) and n not in foreign]
    return replace(
        declared,
        credits=page.facts.near("author", title, foreign),
        days=(*declared.days, *page.facts.near("day", title, foreign), *(t for t in texts if any(map(str.isdigit, t)))),
        days_above=page.facts.above("day", title),
    )


def _is_of_others(block: Block) -> bool:
    return block.markup is not None and block.markup.is_of_others


def _decoded(data: bytes) -> Decoded:
    """Return the page's text; the encoding that it names counts where its bytes don't contradict it."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii") if declared else None)
