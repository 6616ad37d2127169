"""Characters of a text: those that no text needs are taken out, letters and the accents behind them are put together.

One letter can be written as one character or as two ("ö", "o" and a combining mark; Unicode Standard Annex 15): files
from macOS and texts from PDF hold the second. They look the same, but no rule, no search and no name of an author would
find the one by the other. Characters that Unicode counts as the same though a reader may tell them apart (CJK
compatibility ideographs) stay as they are, and so does every address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from itertools import accumulate
from typing import Any
from unicodedata import is_normalized, normalize

from copydesk.model import Block, Declared, Media, Source, Span

CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML 1.0 can't hold or that do nothing but harm: controls, surrogates, noncharacters."""

UNSEEN = re.compile("[\u200b\u2060\ufeff]")
"""Zero-width characters that no script needs; the joiners U+200C and U+200D stay, Persian and emoji need them."""

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings and overrides of direction, which could turn a page's text around (Trojan Source, CVE-2021-42574)."""

HARMFUL = re.compile(f"{CONTROLS.pattern}|{UNSEEN.pattern}|{BIDI.pattern}")
"""Any of them."""

PARTED = re.compile(
    "\\S[\u0300-\u036f\u0653-\u0655\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e"
    "\u0d57\u0dca\u0dcf\u0ddf\u102e\u1b35\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
"""A letter or vowel sign and its marks, of which Unicode may have one character; a Korean syllable's parts."""


def without_harmful(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the characters that no text needs, and what was taken out, in words."""
    notes = []
    for pattern, what in ((CONTROLS, "control"), (UNSEEN, "zero-width"), (BIDI, "direction-changing")):
        text, count = pattern.subn("", text)
        if count:
            notes.append(f"{count} {what} character{'s' if count > 1 else ''} taken out")
    return text, tuple(notes)


def composed(text: str) -> str:
    """Return a text whose letters are put together with the marks behind them, where one character is both."""
    if text.isascii() or is_normalized("NFC", text):
        return text
    return PARTED.sub(_together, text)


def plain(text: str) -> str:
    """Return a text composed, without harmful characters."""
    return composed(HARMFUL.sub("", text))


def with_plain_characters(source: Source) -> Source:
    """Return the source with its texts composed, and without what references and escapes had let in of harmful ones.

    Its notes tell what was taken out.
    """
    told = "\n".join((*source.lines, *_declared_texts(source.declared), *(one.words for one in source.media)))
    if told.isascii() and not CONTROLS.search(told):
        return source
    taken = without_harmful(told)[1]
    if not taken and is_normalized("NFC", told):
        return source
    return replace(
        source,
        lines=tuple(map(plain, source.lines)),
        blocks=tuple(block for block in map(_plain_block, source.blocks) if block.text),
        declared=_plain_declared(source.declared),
        media=tuple(map(_plain_media, source.media)),
        notes=(*source.notes, *taken),
    )


def _together(found: re.Match[str]) -> str:
    """Return one character for a letter and its marks where there is one, the letter itself never changed."""
    letter = found[0][0]
    return normalize("NFC", found[0]) if normalize("NFC", letter) == letter else found[0]


def _plain_block(block: Block) -> Block:
    """Return a block with plain characters, empty where it held no other; its spans mark what they marked."""
    if plain(block.text) == block.text and plain(block.code or "") == (block.code or ""):
        return block
    text, spans = _replaced(block.text, block.spans, HARMFUL, lambda found: "")
    text, spans = _replaced(text, spans, PARTED, _together)
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    spans = tuple(s._replace(start=max(s.start, begin) - begin, end=min(s.end, end) - begin) for s in spans)
    return replace(
        block,
        text=text.strip(),
        spans=tuple(span for span in spans if span.start < span.end),
        code=plain(block.code) if block.code else block.code,
    )


def _replaced(
    text: str, spans: tuple[Span, ...], pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]
) -> tuple[str, tuple[Span, ...]]:
    """Return a text in which other text stands for what a pattern finds, and the spans of what they marked before."""
    found = list(pattern.finditer(text))
    starts, ends = [one.start() for one in found], [one.end() for one in found]
    shifts = [0, *accumulate(len(instead(one)) - len(one[0]) for one in found)]

    def moved(place: int) -> int:
        passed = bisect_right(ends, place)
        return shifts[passed] + (min(place, starts[passed]) if passed < len(starts) else place)

    return pattern.sub(instead, text), tuple(s._replace(start=moved(s.start), end=moved(s.end)) for s in spans)


def _plain_media(media: Media) -> Media:
    return replace(media, words=plain(media.words))


def _declared_texts(declared: Declared) -> Iterator[str]:
    """Yield all that a page declares in texts."""
    for one in (getattr(declared, name.name) for name in fields(declared)):
        if isinstance(one, str):
            yield one
        elif isinstance(one, tuple):
            yield from one


def _plain_declared(declared: Declared) -> Declared:
    """Return what a page declares with plain characters."""
    changed: dict[str, Any] = {}
    for name in (one.name for one in fields(declared)):
        value = getattr(declared, name)
        if isinstance(value, str):
            changed[name] = plain(value)
        elif isinstance(value, tuple):
            changed[name] = tuple(map(plain, value))
    return replace(declared, **changed)
