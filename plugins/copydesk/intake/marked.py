"""Gathers a line's text from a page's parts, with the stretches of it that the page marks up as links or emphasis."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.intake.wrap import WIDEST, blocks_of
from copydesk.model import Emphasis, Span

KINDS = {
    "a": Emphasis.LINK,
    "b": Emphasis.STRONG,
    "strong": Emphasis.STRONG,
    "i": Emphasis.EMPHASIS,
    "em": Emphasis.EMPHASIS,
    "cite": Emphasis.EMPHASIS,
    "code": Emphasis.CODE,
    "kbd": Emphasis.CODE,
    "samp": Emphasis.CODE,
    "tt": Emphasis.CODE,
    "sub": Emphasis.SUBSCRIPT,
    "sup": Emphasis.SUPERSCRIPT,
    "del": Emphasis.DELETED,
    "s": Emphasis.DELETED,
}
"""Elements that mark up a stretch of text."""

MOST_SPANS = 200
"""Stretches of one line that are marked up; a page with more in a line is none that people read."""

LONGEST_ADDRESS = 2000
"""Characters of a link's address; browsers take no longer ones in common."""

ALL_CODE = 0.9
"""Share of a text's letters that are marked up as code, from which all of it is."""

LEAST_LINES = 2
"""Lines of a `pre` without which its line ends tell nothing."""

COLUMNS, VERSE = 0.5, 3
"""Share of a `pre`'s lines with several blanks between words from which it has columns; lines from which it is verse
or a list, where no width has wrapped them."""

_WORD = re.compile(r"\S+")
_COLUMNS = re.compile(r"(?<=[^\s.!?:])(?: {2}|\t)\s*(?=\S)")


Part = tuple[int, int, Emphasis, str | None]
"""A marked up stretch of a text as the page has it, white space and all: beginning, end, kind, address of a link."""


@dataclass(slots=True)
class MarkedText:
    """The text of the line that is being read: its parts, and the elements that are open in it.

    An element that goes over the end of a line goes on in the next.
    """

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marked: list[Part] = field(default_factory=list)
    open: list[tuple[Emphasis, str | None, int]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Take a part of the text."""
        self.parts.append(text)
        self.length += len(text)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element; nothing happens for one that marks no text up."""
        if tag not in KINDS:
            return
        address = attributes.get("href", "").strip() if tag == "a" else ""
        self.open.append((KINDS[tag], address if 0 < len(address) <= LONGEST_ADDRESS else None, self.length))

    def end(self, tag: str) -> None:
        """End the innermost element of that kind."""
        kind = KINDS.get(tag)
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] is kind:
                self._close(*self.open.pop(place))
                return

    def finish(self, mark: str = "") -> tuple[str, tuple[Span, ...]]:
        """Return the line's text behind `mark`, white space made single spaces, and the spans in it; begin the next.

        A line without text has no mark.
        """
        raw = "".join(self.parts)
        text = " ".join(raw.split())
        for kind, href, start in self.open:
            self._close(kind, href, start)
        spans = _collapsed(raw, text, self.marked, len(mark)) if self.marked and text else ()
        self.drop()
        return mark + text if text else "", spans

    def drop(self) -> None:
        """Begin the next line; what is left of this one is nothing but white space."""
        if self.open:
            self.open = [(kind, href, 0) for kind, href, _ in self.open]
        self.parts.clear()
        self.marked.clear()
        self.length = 0

    def _close(self, kind: Emphasis, href: str | None, start: int) -> None:
        useful = kind is not Emphasis.LINK or href is not None
        if useful and start < self.length and len(self.marked) < MOST_SPANS:
            self.marked.append((start, self.length, kind, href))


def code_in(raw: str, text: str, spans: Sequence[Span]) -> str | None:
    """Return the text of a `pre` as it stood, None where it is prose, which many a page has there for its looks.

    It is none where all of it is marked up as code, or where its line ends and blanks tell something.
    """
    marked = sum(span.end - span.start for span in spans if span.kind is Emphasis.CODE)
    lines = [line.rstrip() for line in raw.expandtabs(4).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if marked < ALL_CODE * len(text) and not _is_set_out([line for line in lines if line]):
        return None
    return "\n".join(lines).strip("\n")


def _is_set_out(lines: Sequence[str]) -> bool:
    """Tell columns, verse and lists from prose: several blanks part words, or no width has wrapped the short lines."""
    if len(lines) < LEAST_LINES:
        return False
    if sum(_COLUMNS.search(line) is not None for line in lines) >= COLUMNS * len(lines):
        return True
    return len(lines) >= VERSE and max(map(len, lines)) <= WIDEST and len(blocks_of(lines)) == len(lines)


def _collapsed(raw: str, text: str, marked: list[Part], by: int) -> tuple[Span, ...]:
    """Return the stretches of `raw` as they are in `text`, its white space made single spaces, the outer ones first.

    All are moved by `by` characters, for what stands before the text.
    """
    before = raw.index(text[0])
    plain = raw.startswith(text, before)
    spans = [*(_trimmed(text, marked, before, by) if plain else _moved(raw, marked, by))]
    if len(spans) > 1:
        spans.sort(key=lambda span: (span.start, -span.end))
    return tuple(spans)


def _moved(raw: str, marked: list[Part], by: int) -> Iterator[Span]:
    """Yield the stretches where all white space of `raw` is a single space, and none is before its first word."""
    words = [(found.start(), found.end()) for found in _WORD.finditer(raw)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    places = [by]
    for start, end in words:
        places.append(places[-1] + end - start + 1)
    for begin, stop, kind, href in marked:
        first, last = bisect_right(ends, begin), bisect_left(starts, stop) - 1
        if first <= last:
            start = places[first] + max(0, begin - starts[first])
            end = places[last] + min(stop, ends[last]) - starts[last]
            yield Span(start, end, kind, href)


def _trimmed(text: str, marked: list[Part], before: int, by: int) -> Iterator[Span]:
    """Yield the stretches where `text` had only white space before it, `before` characters; without spaces around."""
    for begin, stop, kind, href in marked:
        start, end = max(0, begin - before), min(len(text), stop - before)
        start += text[start : start + 1] == " "
        end -= end > 0 and text[end - 1] == " "
        if start < end:
            yield Span(start + by, end + by, kind, href)
