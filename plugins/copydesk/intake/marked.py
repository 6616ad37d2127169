"""Gathers a line's text from a page's parts, with the stretches of it that the page marks up as links or emphasis."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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

_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class MarkedText:
    """The text of the line that is being read: its parts, and the elements that are open in it.

    An element that goes over the end of a line goes on in the next.
    """

    parts: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[Span] = field(default_factory=list)
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

    def finish(self) -> tuple[str, tuple[Span, ...]]:
        """Return the line's text, white space made single spaces, and the spans in it; begin the next line."""
        raw = "".join(self.parts)
        text = " ".join(raw.split())
        for kind, href, start in self.open:
            self._close(kind, href, start)
        spans = _collapsed(raw, text, self.spans) if self.spans else ()
        self.open = [(kind, href, 0) for kind, href, _ in self.open]
        self.parts.clear()
        self.spans.clear()
        self.length = 0
        return text, spans

    def drop(self) -> None:
        """Begin the next line; the parts of this one are nothing but white space."""
        self.open = [(kind, href, 0) for kind, href, _ in self.open]
        self.parts.clear()
        self.spans.clear()
        self.length = 0

    def _close(self, kind: Emphasis, href: str | None, start: int) -> None:
        useful = kind is not Emphasis.LINK or href is not None
        if useful and start < self.length and len(self.spans) < MOST_SPANS:
            self.spans.append(Span(start, self.length, kind, href))


def code_in(raw: str, text: str, spans: Sequence[Span]) -> str | None:
    """Return the text of a `pre` as it stood, None where not all of it is marked up as code.

    Many a page has prose in a `pre`, for the looks of it.
    """
    marked = sum(span.end - span.start for span in spans if span.kind is Emphasis.CODE)
    if marked < ALL_CODE * len(text):
        return None
    lines = [line.rstrip() for line in raw.expandtabs(4).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip("\n")


def _collapsed(raw: str, text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans of `raw` as they are in `text`, its white space made single spaces, the outer ones first."""
    if not text:
        return ()
    before = raw.index(text[0])
    if raw.startswith(text, before):
        return _in_order(_trimmed(text, spans, before))
    words = [(found.start(), found.end()) for found in _WORD.finditer(raw)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    places = [0]
    for start, end in words:
        places.append(places[-1] + end - start + 1)
    moved = []
    for span in spans:
        first, last = bisect_right(ends, span.start), bisect_left(starts, span.end) - 1
        if first > last:
            continue
        start = places[first] + max(0, span.start - starts[first])
        end = places[last] + min(span.end, ends[last]) - starts[last]
        moved.append(Span(start, end, span.kind, span.href))
    return _in_order(moved)


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans by their beginning, the longer ones first."""
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def _trimmed(text: str, spans: Iterable[Span], before: int) -> Iterator[Span]:
    """Yield the spans as they are in `text`, which had `before` characters of white space before it, without spaces."""
    for span in spans:
        start, end = max(0, span.start - before), min(len(text), span.end - before)
        start += text[start : start + 1] == " "
        end -= end > 0 and text[end - 1] == " "
        if start < end:
            yield Span(start, end, span.kind, span.href)
