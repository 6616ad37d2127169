"""What a parser calls while it reads a web page: gathers its lines, how they are marked up, and what its head declares.

Whatever an element is, how it is handled is in two tables at the end. What lxml's parser and its target gather would
stay until Python looks for circles, since they hold each other: `release` lets it go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from copydesk.intake.facts import TELLING, TELLING_HINTS, Facts
from copydesk.intake.formula import Formula
from copydesk.intake.grid import Grid
from copydesk.intake.marked import KINDS, MarkedText, code_in
from copydesk.intake.markup import NOTHING, Around, hints_of
from copydesk.intake.media import TAGS, MediaFinder
from copydesk.intake.metadata import Head
from copydesk.model import Block

BULLET, QUOTED = "• ", "> "

BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html img legend li link main menu nav ol option p pre section
    summary table tbody td tfoot th thead tr ul video audio picture
    """.split()
)
"""Elements that begin and end a line (HTML Living Standard, section 15: display block, table or list item)."""

UNSEEN = frozenset("title script style noscript template iframe svg head select textarea canvas".split())
"""Elements without text for readers. What an `object` holds is shown where its file can't be, so it is text."""

HEAD = frozenset("base basefont bgsound link meta noframes noscript script style template title".split())
"""Elements of a page's head; any other ends it, though nothing says so (HTML Living Standard, section 13.2.6.4.4)."""

DECLARING = frozenset(("meta", "link", "html"))
"""Elements that declare what the page is about."""

LINE_BREAKING = frozenset("br hr img link".split())
"""Elements that part lines but hold none."""

_COUNTED = re.compile(r"\s*[0-9]{1,9}\s*")
"""The number of a list's item, as an attribute tells it."""

FORMULA = "math"

SHOWN_TWICE = ("katex-mathml", "MJX_Assistive_MathML")
"""Names of elements whose formula a page also has in its own letters, right beside it."""

QUOTATION_MARKS = (("“", "”"), ("‘", "’"))
"""What browsers write around a `q`, and around one in another."""

_WITH_MARK = frozenset("\"'“”„‟«»‹›‘’‚「『《〈")
"""Marks that a page itself writes at the beginning of a `q`."""

JSON_LD = "application/ld+json"


class PageTarget:
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
        self._tables: list[Grid] = []
        self._frames: set[int] = set()
        self._formula: Formula | None = None
        self._class = ""
        self._quotations: list[str | None] = []
        self._unseen = 0
        self._in_head = False
        self._json: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._depth += 1
        if self._formula is not None:
            self._formula.start(tag)
            return
        if self._in_head and self._unseen == 1 and tag not in HEAD:
            self._end_head()
        own, telling = NOTHING, tag == "time"
        if attributes:
            if "class" in attributes or "id" in attributes:
                self._class = attributes.get("class", "")
                own = hints_of(self._class, attributes.get("id", ""))
                telling = telling or (own is not NOTHING and not TELLING_HINTS.isdisjoint(own))
            telling = telling or not TELLING.isdisjoint(attributes)
        if telling:
            self.facts.start(tag, attributes, own, self._depth, len(self.texts))
        handle = _STARTS.get(tag)
        if handle:
            handle(self, tag, attributes, own)

    def _start_unseen(self, tag: str, attributes: Mapping[str, str], _: frozenset[str]) -> None:
        self._unseen += 1
        self._in_head = self._in_head or tag == "head"
        if tag == "script" and attributes.get("type", "").strip().lower() == JSON_LD:
            self._json = []
        if tag in TAGS:
            self._start_media(tag, attributes)

    def _start_formula(self, _: str, attributes: Mapping[str, str], __: frozenset[str]) -> None:
        self._formula = Formula.begun({} if self._unseen else attributes)

    def _start_quotation(self, _: str, __: Mapping[str, str], ___: frozenset[str]) -> None:
        self._quotations.append(None)

    def _start_block(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        if self._letters:
            self._put_line()
        elif self._line.parts:
            self._line.drop()
        self._elements += 1
        self._open.append(self._open[-1].inner(tag, attributes, own, self._elements, len(self.texts)))

    def _start_list(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        self._start_block(tag, attributes, own)
        self._numbers.append(_number(attributes.get("start", ""), 1) - 1 if tag == "ol" else None)

    def _start_item(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        self._start_block(tag, attributes, own)
        if self._numbers and (last := self._numbers[-1]) is not None:
            self._numbers[-1] = _number(attributes.get("value", ""), last + 1)

    def _start_table(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        """Begin a table; one that has another in it only frames parts of the page."""
        self._start_block(tag, attributes, own)
        if self._tables:
            self._tables[-1].is_frame = True
        self._tables.append(Grid.begun(self._elements, attributes))

    def _start_row(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        self._start_block(tag, attributes, own)
        if self._tables:
            self._tables[-1].start_row()

    def _start_cell(self, tag: str, attributes: Mapping[str, str], own: frozenset[str]) -> None:
        self._start_block(tag, attributes, own)
        if self._tables:
            self._tables[-1].start_cell(attributes, is_head=tag == "th")

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
        if self._formula is not None:
            if self._formula.end():
                self._end_formula(self._formula)
            self._depth -= 1
            return
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

    def _end_formula(self, formula: Formula) -> None:
        """Put a formula down where the page shows it."""
        self._formula = None
        if self._unseen or any(name in self._class for name in SHOWN_TWICE):
            return
        for text, stands in formula.written():
            if stands:
                self._line.start(stands, {})
            self.data(text)
            if stands:
                self._line.end(stands)

    def _end_quotation(self, _: str) -> None:
        if self._quotations and (mark := self._quotations.pop()) and self._letters:
            self.data(mark)

    def _opened(self, text: str) -> str:
        """Return the first text in quotations behind their marks, which a page may have written itself."""
        before = len(text) - len(text.lstrip())
        marks = ""
        for place, closing in enumerate(self._quotations):
            if closing is None:
                opening, closing = QUOTATION_MARKS[sum(map(bool, self._quotations[:place])) % 2]
                has_own = text[before] in _WITH_MARK
                self._quotations[place] = "" if has_own else closing
                marks += "" if has_own else opening
        return text[:before] + marks + text[before:]

    def _end_head(self, _: str = "") -> None:
        """End the head, where it has not ended yet."""
        if self._in_head:
            self._in_head = False
            self._unseen -= 1

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

    def _end_table(self, tag: str) -> None:
        self._end_block(tag)
        if self._tables and (closed := self._tables.pop()).is_frame:
            self._frames.add(closed.number)

    def _end_cell(self, tag: str) -> None:
        self._end_block(tag)
        if self._tables:
            self._tables[-1].end_cell()

    def _end_marked(self, tag: str) -> None:
        if tag == "a" and self._links > 0:
            self._links -= 1
        self._line.end(tag)

    def data(self, text: str) -> None:
        """Take text."""
        if self._formula is not None:
            self._formula.data(text)
            return
        if self._unseen:
            if self._json is not None:
                self._json.append(text)
            return
        if self._quotations and self._quotations[-1] is None and text.strip():
            text = self._opened(text)
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
        if self._frames:
            self.blocks = [
                replace(block, cell=None) if block.cell and block.cell.table in self._frames else block
                for block in self.blocks
            ]

    def release(self) -> None:
        """Let everything go that was gathered."""
        vars(self).clear()

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
        holder = around.parent if around.element == "p" and around.parent else around
        mark = self._mark(holder.element)
        text, spans = self._line.finish(mark)
        if text:
            linked = round(self._linked / self._letters, 2) if self._linked else 0.0
            code = code_in(raw, text, spans) if raw else None
            self.texts.append(text)
            number = len(self.texts)
            cell = self._tables[-1].cell if self._tables else None
            held_by = holder.number if mark else None
            self.blocks.append(Block(text, number, number, around.markup(linked), spans, code, cell, held_by))
        self._letters = self._linked = 0

    def _mark(self, element: str) -> str:
        """Return the mark of a list item or a quotation, as text dumps have them."""
        if element == "blockquote":
            return QUOTED
        if element != "li":
            return ""
        number = self._numbers[-1] if self._numbers else None
        return BULLET if number is None else f"{number}. "


def _number(told: str, otherwise: int) -> int:
    """Return the number that an attribute tells."""
    return int(told) if _COUNTED.fullmatch(told) else otherwise


_STARTS: dict[str, Callable[[PageTarget, str, Mapping[str, str], frozenset[str]], None]] = {
    **dict.fromkeys(BLOCKS, PageTarget._start_block),
    **dict.fromkeys(UNSEEN, PageTarget._start_unseen),
    **dict.fromkeys(KINDS, PageTarget._start_marked),
    **dict.fromkeys(DECLARING, PageTarget._start_declaring),
    **dict.fromkeys(TAGS - UNSEEN, PageTarget._start_framed),
    **dict.fromkeys(("br", "hr", "img"), PageTarget._start_break),
    **dict.fromkeys(("ol", "ul"), PageTarget._start_list),
    "li": PageTarget._start_item,
    "table": PageTarget._start_table,
    "tr": PageTarget._start_row,
    **dict.fromkeys(("td", "th"), PageTarget._start_cell),
    "base": PageTarget._start_base,
    "q": PageTarget._start_quotation,
    FORMULA: PageTarget._start_formula,
}
"""What an element does where it begins; those that are not here do nothing."""

_ENDS: dict[str, Callable[[PageTarget, str], None]] = {
    **dict.fromkeys(BLOCKS, PageTarget._end_block),
    **dict.fromkeys(UNSEEN, PageTarget._end_unseen),
    **dict.fromkeys(KINDS, PageTarget._end_marked),
    **dict.fromkeys(LINE_BREAKING, PageTarget._end_line),
    **dict.fromkeys(("ol", "ul"), PageTarget._end_list),
    "table": PageTarget._end_table,
    **dict.fromkeys(("td", "th"), PageTarget._end_cell),
    "head": PageTarget._end_head,
    "q": PageTarget._end_quotation,
}
"""What it does where it ends."""
