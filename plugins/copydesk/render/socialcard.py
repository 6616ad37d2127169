"""Draws the picture that stands for an article in link previews: its section, headline and paper, in the site's type.

Letters are shaped by tables of our own dependencies, not by the system's, so that every machine draws the same. What
the fonts can't write is left out: scripts that need more than letters in a row (Devanagari, Khmer) get a card with the
paper's name alone.
"""

from __future__ import annotations

import io
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import arabic_reshaper
from bidi import get_display
from PIL import Image, ImageChops, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
"""Size in pixels that link previews show whole (ogp.me and the networks' own pages)."""

MARGIN, RULE = 80, 6
SIZES = (76, 68, 60, 54, 48)
"""Sizes of the headline in pixels; the largest at which it is no higher than `SPACE` is taken."""

SPACE = 345
LEADING = 1.22
SMALL = 34
SHADES = 16
FONTS = Path(__file__).parent / "fonts"
PAPER, INK, ACCENT = (255, 253, 248), (28, 27, 26), (140, 29, 24)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; `rtl` sets it from right to left."""

    headline: str
    section: str
    paper: str
    rtl: bool = False


def png(card: Card) -> bytes:
    """Return the card as a PNG of 32 colours."""
    ink, accent = (Image.new("L", (WIDTH, HEIGHT)) for _ in range(2))
    on_ink, on_accent = ImageDraw.Draw(ink), ImageDraw.Draw(accent)
    on_accent.rectangle((0, 0, WIDTH, 18), fill=255)
    _text(on_accent, card.section if writable(card.section) else "", SMALL, 84, card.rtl)
    headline = card.headline if writable(card.headline) else ""
    size, lines = _fitted(headline or card.paper)
    for number, line in enumerate(lines):
        _text(on_ink, line, size, 150 + round(number * size * LEADING), card.rtl)
    foot = HEIGHT - 104
    on_ink.rectangle((MARGIN, foot, WIDTH - MARGIN, foot + 2), fill=255)
    on_ink.rectangle((MARGIN, foot + RULE, WIDTH - MARGIN, foot + RULE), fill=255)
    _text(on_ink, card.paper if headline and writable(card.paper) else "", SMALL, foot + 26, card.rtl)
    return _written(ink, accent)


def writable(text: str) -> bool:
    """Tell whether the fonts have every character of `text`."""
    return all(_font_of(char) for char in _visual(text, rtl=False) if not char.isspace())


def _written(ink: Image.Image, accent: Image.Image) -> bytes:
    """Return two layers of coverage, put over the paper's colour, as PNG."""
    step = 256 // SHADES
    layers = (
        ink.point([value // step for value in range(256)]),
        accent.point([SHADES + value // step if value >= step else 0 for value in range(256)]),
    )
    image = ImageChops.lighter(*layers)
    image.putpalette([level for colour in (INK, ACCENT) for shade in range(SHADES) for level in _blend(colour, shade)])
    data = io.BytesIO()
    image.save(data, "PNG", bits=8, compress_level=7)
    return data.getvalue()


def _blend(colour: Sequence[int], shade: int) -> Iterator[int]:
    for paper, full in zip(PAPER, colour, strict=True):
        yield round(paper + (full - paper) * shade / (SHADES - 1))


def _fitted(text: str) -> tuple[int, list[str]]:
    """Return the largest size at which `text` fits, and its lines; the last one ends in an ellipsis if none does."""
    for size in SIZES:
        lines = _lines(text, size)
        if len(lines) * size * LEADING <= SPACE:
            return size, lines
    cut = lines[: int(SPACE / (size * LEADING))]
    cut[-1] = f"{cut[-1].rstrip()[:-1]}…"
    return size, cut


def _lines(text: str, size: int) -> list[str]:
    lines, line = [], ""
    for word in _breakable(text):
        if line and _width(_visual(f"{line}{word}".rstrip(), rtl=False), size) > WIDTH - 2 * MARGIN:
            lines.append(line.rstrip())
            line = ""
        line += word
    return [*lines, line.rstrip()]


def _breakable(text: str) -> Iterator[str]:
    """Yield the pieces between which a line may end: words with their space, single characters of wide scripts."""
    for word in text.split():
        wide = any(_font_of(char) == "cjk.otf" for char in word)
        yield from [*word[:-1], f"{word[-1]} "] if wide else [f"{word} "]


def _visual(text: str, rtl: bool) -> str:
    """Return `text` with Arabic letters joined, in the order in which it is drawn (Unicode Annex 9)."""
    if text.isascii():
        return text
    return str(get_display(arabic_reshaper.reshape(text), base_dir="R" if rtl else None))


def _text(draw: ImageDraw.ImageDraw, text: str, size: int, top: int, rtl: bool) -> None:
    shown = _visual(text, rtl)
    left = WIDTH - MARGIN - _width(shown, size) if rtl else MARGIN
    for font, part in _runs(shown, size):
        draw.text((left, top + size), part, fill=255, font=font, anchor="ls")
        left += font.getlength(part)


def _width(shown: str, size: int) -> float:
    return sum(font.getlength(part) for font, part in _runs(shown, size))


def _runs(shown: str, size: int) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
    """Yield stretches of one font; spaces take the first."""
    for name, part in groupby(shown, key=lambda char: _font_of(char) or "serif.ttf"):
        yield _font(name, size), "".join(part)


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _font_of(char: str) -> str | None:
    for name, starts, ends in _coverage():
        place = bisect_right(starts, ord(char)) - 1
        if place >= 0 and ord(char) <= ends[place]:
            return name
    return None


@cache
def _coverage() -> list[tuple[str, list[int], list[int]]]:
    ranges = json.loads((FONTS / "coverage.json").read_text("utf-8"))
    return [(name, [start for start, _ in found], [end for _, end in found]) for name, found in ranges.items()]
