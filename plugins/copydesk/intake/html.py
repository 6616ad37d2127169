"""Saved web pages: every text of the page as a line, a line for each block element, furniture and all.

The page is only read: no script, style, form or address of it is followed, and no entity that it declares is expanded.
List items get a bullet and quotations a mark, as text dumps have them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urljoin

from lxml.etree import HTMLParser, XMLSyntaxError

from copydesk.errors import RefusedSeed
from copydesk.intake.decode import Decoded, decode
from copydesk.intake.facts import TELLING, TELLING_HINTS, Facts
from copydesk.intake.marked import KINDS, MarkedText, code_in
from copydesk.intake.markup import NOTHING, Around, hints_of
from copydesk.intake.media import TAGS, MediaFinder
from copydesk.intake.metadata import Head, address_of, declared_by
from copydesk.model import Block, Declared, Lines, Source

BULLET, QUOTED = "• ", "> "

BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html img legend li link main menu nav ol option p pre section
    summary table tbody td tfoot th thead tr ul video audio picture
    """.split()
)
"""Elements that begin and end a line (HTML Living Standard, section 15: display block, table or list item)."""

UNSEEN = frozenset("script style noscript template iframe svg math head select textarea canvas".split())
"""Elements without text for readers. What an `object` holds is shown where its file can't be, so it is text."""

DECLARING = frozenset(("meta", "link", "html"))
"""Elements that declare what the page is about."""

LINE_BREAKING = frozenset("br hr img link".split())
"""Elements that part lines but hold none."""

ABOVE_TITLE, BELOW_TITLE = 4, 12
"""Lines before and after the title in which a date line is the article's."""

JSON_LD = "application/ld+json"

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w:.-]{2,40})""", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes, name: str) -> Source:
    """Return a saved page as a Source. Raises RefusedSeed where it has no text at all."""
    decoded = _decoded(data)
    page = _Page()
    parser = HTMLParser(target=page, encoding="utf-8", huge_tree=True, no_network=True)
    with suppress(XMLSyntaxError):  # an empty document: there are no lines then
        parser.feed(_without_declaration(decoded.text).encode())
        parser.close()
    if not page.texts:
        raise RefusedSeed("is a web page without any text", name, remedy="Save the page again when it has loaded")
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


def _declared(page: _Page) -> Declared:
    """Return what the page declares in its head, and by its markup around the title."""
    declared = declared_by(page.head)
    title = next((n for n, block in enumerate(page.blocks) if block.is_title), 0)
    near = [*page.texts[title + 1 : title + BELOW_TITLE], *page.texts[max(0, title - ABOVE_TITLE) : title]]
    return replace(
        declared,
        credits=page.facts.near("author", title),
        days=(*declared.days, *page.facts.near("day", title), *(text for text in near if any(map(str.isdigit, text)))),
        days_above=page.facts.above("day", title),
    )


def _decoded(data: bytes) -> Decoded:
    """Return the page's text; the encoding that it names counts where its bytes don't contradict it."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii") if declared else None)


class _Page:
    """Takes a parser's events, however deep the page is nested, and gathers its lines and what its head declares."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self.head = Head()
        self.facts = Facts()
        self.media = MediaFinder()
        self.base = ""
        self._line = MarkedText()
        self._links = self._letters = self._linked = 0
        self._open = [Around()]
        self._link: Mapping[str, str] = {}
        self._elements = self._depth = 0
        self._numbers: list[int | None] = []
        self._unseen = 0
        self._json: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._depth += 1
        own = NOTHING
        if attributes:
            classes, name = attributes.get("class"), attributes.get("id")
            if classes or name:
                own = hints_of(classes or "", name or "")
            if tag == "time" or not TELLING.isdisjoint(attributes) or not TELLING_HINTS.isdisjoint(own):
                self.facts.start(tag, attributes, own, self._depth, len(self.texts))
        elif tag == "time":
            self.facts.start(tag, attributes, own, self._depth, len(self.texts))
        handle = _STARTS.get(tag)
        if handle:
            handle(self, tag, attributes, own)

    def _start_unseen(self, tag: str, attributes: Mapping[str, str], _: frozenset[str]) -> None:
        self._unseen += 1
        if tag == "script" and attributes.get("type", "").strip().lower() == JSON_LD:
            self._json = []
        if tag in TAGS:
            self._start_media(tag, attributes)

    def _start_block(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        if self._letters:
            self._put_line()
        elif self._line.parts:
            self._line.drop()
        self._elements += 1
        self._open.append(self._open[-1].inner(tag, attributes, own, self._elements, len(self.texts)))

    def _start_list(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        self._start_block(tag, attributes, own)
        self._numbers.append(0 if tag == "ol" else None)

    def _start_item(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        self._start_block(tag, attributes, own)
        if self._numbers and self._numbers[-1] is not None:
            self._numbers[-1] += 1

    def _start_declaring(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        if attributes:
            self.head.note(tag, attributes)
        if tag == "link":
            self._end_line()
        elif tag == "html":
            self._start_block(tag, attributes, own)

    def _start_base(self, _: str, attributes: Mapping[str, str], __: frozenset[str]) -> None:
        self.base = self.base or attributes.get("href", "")

    def _start_break(self, tag: str, attributes: Mapping[str, str], _: frozenset[str]) -> None:
        self._end_line()
        if tag in TAGS:
            self._start_media(tag, attributes)

    def _start_framed(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        if tag in BLOCKS:
            self._start_block(tag, attributes, own)
        self._start_media(tag, attributes)

    def _start_media(self, tag: str, attributes: Mapping[str, str]) -> None:
        link = self._link if self._links else {}
        self.media.start(tag, attributes, self._open, len(self.texts), link)

    def _start_marked(self, tag: str, attributes: Mapping[str, str], _: frozenset[str]) -> None:
        if tag == "a":
            self._links += 1
            self._link = attributes
        self._line.start(tag, attributes)

    def end(self, tag: str) -> None:
        """End an element."""
        handle = _ENDS.get(tag)
        if handle:
            handle(self, tag)
        if self.facts.open:
            self.facts.end(self._depth, self.texts)
        self._depth -= 1

    def _end_unseen(self, tag: str) -> None:
        self._unseen -= 1
        if tag == "script" and self._json is not None:
            self.head.json_ld.append("".join(self._json))
            self._json = None
        self.media.end(tag)

    def _end_block(self, _: str) -> None:
        if self._letters:
            self._put_line()
        elif self._line.parts:
            self._line.drop()
        if len(self._open) > 1:
            closed = self._open.pop()
            if closed.number in self.media.watched:
                self.media.closed(closed.number, closed.began + 1, len(self.texts))

    def _end_list(self, tag: str) -> None:
        self._end_block(tag)
        if self._numbers:
            self._numbers.pop()

    def _end_marked(self, tag: str) -> None:
        if tag == "a" and self._links > 0:
            self._links -= 1
        self._line.end(tag)

    def data(self, text: str) -> None:
        """Take text."""
        if self._unseen:
            if self._json is not None:
                self._json.append(text)
            return
        if self.facts.open:
            self.facts.data(text)
        if letters := len(text.strip()):
            self._letters += letters
            if self._links:
                self._linked += letters
        elif not self._letters and self._open[-1].element != "pre":
            return  # no line begins with white space
        self._line.add(text)

    def close(self) -> None:
        """End the page."""
        self._end_line()

    def _end_line(self, _: str = "") -> None:
        """End a line."""
        if self._letters:
            self._put_line()
        elif self._line.parts:
            self._line.drop()

    def _put_line(self) -> None:
        """Put the parts down as a line."""
        around = self._open[-1]
        raw = "".join(self._line.parts) if around.element == "pre" else ""
        text, spans = self._line.finish(self._mark(around.element))
        if text:
            linked = round(self._linked / self._letters, 2) if self._linked else 0.0
            code = code_in(raw, text, spans) if raw else None
            self.texts.append(text)
            number = len(self.texts)
            self.blocks.append(Block(text, number, number, around.markup(linked), spans, code))
        self._letters = self._linked = 0

    def _mark(self, element: str) -> str:
        """Return the mark of a list item or a quotation, as text dumps have them, also where a paragraph is in it."""
        block = self._open[-2].element if element == "p" and len(self._open) > 1 else element
        if block == "blockquote":
            return QUOTED
        if block != "li":
            return ""
        number = self._numbers[-1] if self._numbers else None
        return BULLET if number is None else f"{number}. "


_STARTS: dict[str, Callable[[_Page, str, Mapping[str, str], frozenset[str]], None]] = {
    **dict.fromkeys(BLOCKS, _Page._start_block),
    **dict.fromkeys(UNSEEN, _Page._start_unseen),
    **dict.fromkeys(KINDS, _Page._start_marked),
    **dict.fromkeys(DECLARING, _Page._start_declaring),
    **dict.fromkeys(TAGS - UNSEEN, _Page._start_framed),
    **dict.fromkeys(("br", "hr", "img"), _Page._start_break),
    **dict.fromkeys(("ol", "ul"), _Page._start_list),
    "li": _Page._start_item,
    "base": _Page._start_base,
}
"""What an element does where it begins; those that are not here do nothing."""

_ENDS: dict[str, Callable[[_Page, str], None]] = {
    **dict.fromkeys(BLOCKS, _Page._end_block),
    **dict.fromkeys(UNSEEN, _Page._end_unseen),
    **dict.fromkeys(KINDS, _Page._end_marked),
    **dict.fromkeys(LINE_BREAKING, _Page._end_line),
    **dict.fromkeys(("ol", "ul"), _Page._end_list),
}
"""What it does where it ends."""
