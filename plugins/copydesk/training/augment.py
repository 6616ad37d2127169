"""Variants of labelled dumps, so that the tagger doesn't lean on what one tool or one script happens to give."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
_FULL_STOP = re.compile(r"\.(?=\s|$)\s?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dump with what is known about it."""

    text: str
    article: float
    heading: bool = False
    headline: bool = False
    byline: bool = False
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Junk before and after some page's article, to be put around another."""

    before: tuple[Line, ...]
    after: tuple[Line, ...]


def vary(
    lines: Sequence[Line], rng: random.Random, others: Sequence[Surroundings], may_lose_article: bool = False
) -> list[Line]:
    """Return a random variant of a dump."""
    out = list(lines)
    if rng.random() < 0.12:
        out, others = in_other_script(out, rng), ()
    if rng.random() < 0.12 and (clean := cleaned(out, rng)):
        return clean
    out = _vary_layout(out, rng)
    body = [n for n, line in enumerate(out) if line.article > 0.5]
    if not body:
        return out
    rest = out[body[-1] + 1 :]
    if rng.random() < (0.06 if may_lose_article else 0.01) and sum(len(line.text) for line in rest) > 400:
        return rest
    return _vary_junk(out, body[0], body[-1], rng, others)


def cleaned(lines: Sequence[Line], rng: random.Random) -> list[Line]:
    """Return the article alone, as if it had been cleaned already: a blank line between the lines."""
    kept = [line for line in lines if line.article > 0.5 and line.text.strip()]
    if rng.random() < 0.3:
        headlines = [line for line in lines if line.headline][:1]
        kept = [*headlines, *(line for line in kept if not line.headline)]
    return [new for line in kept for new in (replace(line, text=line.text.strip()), Line("", 0))]


def _vary_layout(lines: list[Line], rng: random.Random) -> list[Line]:
    """Return the lines with other blank lines, without bullets."""
    chance = rng.random()
    if chance < 0.25:
        lines = [line for line in lines if line.text.strip()]
    elif chance < 0.33:
        lines = [new for line in lines for new in ((line, Line("", 0)) if line.text.strip() else (line,))]
    if rng.random() < 0.15:
        lines = [replace(line, text=line.text.lstrip(" \t•")) for line in lines]
    return lines


def _vary_junk(
    lines: list[Line], first: int, last: int, rng: random.Random, others: Sequence[Surroundings]
) -> list[Line]:
    """Return the lines with less or more junk, or less article."""
    if rng.random() < 0.2:
        cut = rng.randint(0, first)
        lines, last = lines[cut:], last - cut
    if rng.random() < 0.15 and len(lines) - last > 2:
        lines = lines[: rng.randint(last + 1, len(lines))]
    if rng.random() < 0.15:
        share = rng.random() * 0.5
        lines = [line for line in lines if line.article > 0.5 or not line.text.strip() or rng.random() > share]
    if rng.random() < 0.1:
        share = rng.random() * 0.3
        lines = [line for line in lines if line.article < 0.5 or rng.random() > share]
    if others and rng.random() < 0.2:
        other = rng.choice(others)
        lines = lines + list(other.after) if rng.random() < 0.7 else list(other.before) + lines
    return lines


_LETTERS: dict[str, tuple[int, int]] = {
    "arabic": (0x628, 0x64A),
    "hangul": (0xAC00, 0xD7A3),
    "han": (0x4E00, 0x5900),
    "kana": (0x3042, 0x3093),
    "thai": (0xE01, 0xE2E),
    "devanagari": (0x915, 0x939),
}
_SHRINK = {"arabic": 0.8, "hangul": 0.5, "han": 0.3, "kana": 0.35, "thai": 0.8, "devanagari": 0.7}


def in_other_script(lines: Sequence[Line], rng: random.Random) -> list[Line]:
    """Return the same page as if written in a script without case, or without spaces."""
    script = rng.choice(tuple(_LETTERS))
    rewrite = _rewriter(script, rng.randrange(1000))
    return [replace(line, text=_punctuate(_WORD.sub(rewrite, line.text), script)) for line in lines]


def _rewriter(script: str, salt: int) -> Callable[[re.Match[str]], str]:
    """Return what makes of each word always the same made-up word."""
    known: dict[str, str] = {}
    low, high = _LETTERS[script]

    def rewrite(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word not in known:
            local = random.Random(zlib.crc32(word.encode()) + salt)
            size = max(1, round(len(word) * _SHRINK[script]))
            known[word] = "".join(chr(local.randint(low, high)) for _ in range(size))
        return known[word]

    return rewrite


def _punctuate(text: str, script: str) -> str:
    """Put spaces and marks as the script has them."""
    if script in ("han", "kana"):
        return _FULL_STOP.sub("。", _GAP.sub("", text)).replace(", ", "，").replace(",", "、")
    if script == "thai":
        return _FULL_STOP.sub(" ", _GAP.sub("", text)).replace(",", " ")
    if script == "arabic":
        return text.replace(",", "،").replace("?", "؟").replace(";", "؛")
    return _FULL_STOP.sub("। ", text) if script == "devanagari" else text
