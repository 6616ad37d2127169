"""Writes a text with the links and the emphasis in it, as HTML or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from copydesk.model import Emphasis, Span
from copydesk.render.escape import html_attribute, html_text, markdown_text, plain, url

MARKDOWN_MARKS = {Emphasis.STRONG: "**", Emphasis.EMPHASIS: "*"}
"""Marks that Markdown has of its own; the other kinds are written as HTML's elements."""


PARAGRAPH_END = "\n\n"
"""What parts the paragraphs of a quotation."""


def marked_html(text: str, spans: Sequence[Span]) -> str:
    """Return `text` as safe HTML; a link that leads nowhere safe is text alone."""
    if not spans:
        return html_text(text)
    return "".join(_written(text, spans, html_text, _html_start, lambda span: f"</{span.kind}>"))


def marked_markdown(text: str, spans: Sequence[Span]) -> str:
    """Return `text` as Markdown on one line; emphasis that Markdown could not tell from plain marks is left out."""
    if not spans:
        return markdown_text(text)
    clear = [span for span in spans if span.kind not in MARKDOWN_MARKS or _stands_free(text, span)]
    return "".join(_written(text, clear, _markdown_part, _markdown_start, _markdown_end)).strip()


def parted(text: str, spans: Sequence[Span], at: str) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield the parts of a text between the marks `at`, each with its spans; parts without a letter are left out."""
    begin = 0
    for part in text.split(at):
        inside = (span.moved(-begin) for span in spans if span.start < begin + len(part) and span.end > begin)
        if part.strip():
            yield part, tuple(span._replace(end=min(span.end, len(part))) for span in inside)
        begin += len(part) + len(at)


def _markdown_part(text: str) -> str:
    """Return a part of a line of Markdown, with a space at its ends where it has one."""
    clean = plain(text)
    if clean.isspace():
        return " "
    return f"{' ' * clean[:1].isspace()}{markdown_text(clean)}{' ' * clean[-1:].isspace()}"


def _markdown_start(span: Span) -> str | None:
    if span.kind is Emphasis.LINK:
        return "[" if url(span.href or "") else None
    return MARKDOWN_MARKS.get(span.kind, f"<{span.kind}>")


def _markdown_end(span: Span) -> str:
    if span.kind is Emphasis.LINK:
        return f"](<{url(span.href or '')}>)"
    return MARKDOWN_MARKS.get(span.kind, f"</{span.kind}>")


def _stands_free(text: str, span: Span) -> bool:
    """Tell whether whole words are emphasised, of letters and digits at both ends."""
    inside, before, after = text[span.start : span.end], text[: span.start][-1:], text[span.end :][:1]
    return inside[:1].isalnum() and inside[-1:].isalnum() and not before.isalnum() and not after.isalnum()


def _html_start(span: Span) -> str | None:
    if span.kind is not Emphasis.LINK:
        return f"<{span.kind}>"
    address = url(span.href or "")
    return f'<a href="{html_attribute(address)}">' if address else None


def _written(
    text: str,
    spans: Sequence[Span],
    escaped: Callable[[str], str],
    start: Callable[[Span], str | None],
    end: Callable[[Span], str],
) -> Iterator[str]:
    """Yield the parts of a text, each mark closed in the order that elements need: the last opened is closed first."""
    starts = {span: written for span in spans if (written := start(span)) is not None}
    bounds = sorted({0, len(text), *(min(place, len(text)) for span in starts for place in (span.start, span.end))})
    open_now: list[Span] = []
    for begin, stop in pairwise(bounds):
        wanted = _nested([span for span in starts if span.start <= begin and span.end >= stop])
        kept = next((n for n, (a, b) in enumerate(zip(open_now, wanted, strict=False)) if a is not b), None)
        kept = min(len(open_now), len(wanted)) if kept is None else kept
        yield from (end(span) for span in reversed(open_now[kept:]))
        yield from (starts[span] for span in wanted[kept:])
        yield escaped(text[begin:stop])
        open_now = wanted
    yield from (end(span) for span in reversed(open_now))


def _nested(spans: Sequence[Span]) -> list[Span]:
    """Return the spans over one stretch, the outer ones first, none of a kind in another of it."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if all(other.kind is not span.kind for other in found):
            found.append(span)
    return found
