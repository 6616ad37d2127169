"""Saved web pages: every text of the page as a line, a line for each block element, furniture and all.

The page is only read: no script, style, form or address of it is followed, and no entity that it declares is expanded.
List items get a bullet and quotations a mark, as text dumps have them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress

from lxml.etree import HTMLParser, XMLSyntaxError

from copydesk.errors import RefusedSeed
from copydesk.intake.decode import Decoded, decode
from copydesk.intake.metadata import Head, address_of, declared_by
from copydesk.model import Block, Source

HEADINGS = {"h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BULLET, QUOTED = "• ", "> "

BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html img legend li link main menu nav ol option p pre section
    summary table tbody td tfoot th thead tr ul video audio picture
    """.split()
)
"""Elements that begin and end a line (HTML Living Standard, section 15: display block, table or list item)."""

UNSEEN = frozenset("script style noscript template iframe svg math head object embed select textarea canvas".split())
"""Elements without text for readers."""

LINE_BREAKING = frozenset("br hr img link".split())
"""Elements that part lines but hold none."""

JSON_LD = "application/ld+json"

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w:.-]{2,40})""", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes, name: str) -> Source:
    """Return a saved page as a Source. Raises RefusedSeed where it has no text at all."""
    decoded = _decoded(data)
    page = _Page()
    parser = HTMLParser(target=page, encoding="utf-8", huge_tree=True, no_network=True)
    with suppress(XMLSyntaxError):  # an empty document: there are no lines then
        parser.feed(_DECLARATION.sub("", decoded.text, count=1).encode())
        parser.close()
    if not page.lines:
        raise RefusedSeed("is a web page without any text", name, remedy="Save the page again when it has loaded")
    blocks = tuple(Block(text, number, number, level) for number, (text, level) in enumerate(page.lines, 1))
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        form="html",
        encoding=decoded.encoding,
        lines=tuple(block.text for block in blocks),
        blocks=blocks,
        notes=decoded.notes,
        url=address_of(page.head),
        declared=declared_by(page.head),
    )


def _decoded(data: bytes) -> Decoded:
    """Return the page's text; the encoding that it names counts where its bytes don't contradict it."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii") if declared else None)


class _Page:
    """Takes a parser's events, however deep the page is nested, and gathers its lines and what its head declares."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, int | None]] = []
        self.head = Head()
        self._parts: list[str] = []
        self._blocks = ["body"]
        self._numbers: list[int | None] = []
        self._unseen = 0
        self._json: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self.head.note(tag, attributes)
        if tag == "script" and attributes.get("type", "").strip().lower() == JSON_LD:
            self._json = []
        self._unseen += tag in UNSEEN
        if tag in BLOCKS:
            self._end_line()
            if tag not in LINE_BREAKING:
                self._blocks.append(tag)
        if tag in ("ol", "ul"):
            self._numbers.append(0 if tag == "ol" else None)
        elif tag == "li" and self._numbers and self._numbers[-1] is not None:
            self._numbers[-1] += 1

    def end(self, tag: str) -> None:
        """End an element."""
        if tag == "script" and self._json is not None:
            self.head.json_ld.append("".join(self._json))
            self._json = None
        if tag in BLOCKS:
            self._end_line()
            if tag not in LINE_BREAKING and len(self._blocks) > 1:
                self._blocks.pop()
        if tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        self._unseen -= tag in UNSEEN

    def data(self, text: str) -> None:
        """Take text."""
        if self._json is not None:
            self._json.append(text)
        elif not self._unseen:
            self._parts.append(text)

    def close(self) -> None:
        """End the page."""
        self._end_line()

    def _end_line(self) -> None:
        """Put the parts down as a line, if there is text in them."""
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        if text:
            inner, outer = self._blocks[-1], self._blocks[-2:-1] or ["body"]
            self.lines.append((self._mark(outer[0] if inner == "p" else inner) + text, HEADINGS.get(inner)))

    def _mark(self, block: str) -> str:
        """Return the mark of a list item or a quotation, as text dumps have them."""
        if block == "blockquote":
            return QUOTED
        if block != "li":
            return ""
        number = self._numbers[-1] if self._numbers else None
        return BULLET if number is None else f"{number}. "
