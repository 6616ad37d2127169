"""Tells a text's language from its letters' statistics, and its direction from the letters themselves."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from copydesk.enrich.languagemodel import beside_code, identifier_of

if TYPE_CHECKING:
    from copydesk.enrich.identifier import Identifier

SAMPLE = 2000
"""Characters that are looked at: more makes it slower, not surer."""

MIN_LETTERS = 24
"""A text with fewer letters has no language for us."""

MIN_CONFIDENCE = 0.7
"""Probability below which a text's language is unknown; the closest pairs (Malay, Indonesian) pass it."""

LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id ig is it ja ka kk km "
    "kn ko ku ky lb lo lt lv mg mk ml mn mr ms mt my ne nl nn no om or pa pl ps pt rm ro ru rw si sk sl sn so sq sr st "
    "sv sw ta te tg th tk tl tr uk ur uz vi xh yo zh zu"
).split()
"""ISO 639-1 codes of languages that newspapers appear in; leaves out dead, made and purely spoken ones."""

NO_LANGUAGE = "zxx"
"""The model's class for numbers, markup and names of files (ISO 639-2)."""


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, None where it is too short or its language is unsure."""
    sample = text[:SAMPLE]
    least = _least_letters(sample)
    if sum(1 for _ in islice(filter(str.isalpha, sample), least)) < least:
        return None
    language, confidence = _identifier().classify(sample)
    return language if language != NO_LANGUAGE and confidence >= MIN_CONFIDENCE else None


def direction_of(text: str) -> str:
    """Return "rtl" where most of the letters run from right to left (Unicode's bidirectional classes), else "ltr"."""
    sample = text[:SAMPLE]
    if sample.isascii():
        return "ltr"
    leftward = [char for char in set(sample) if char.isalpha() and unicodedata.bidirectional(char) != "L"]
    if not leftward:
        return "ltr"
    return "rtl" if 2 * sum(map(sample.count, leftward)) > sum(map(str.isalpha, sample)) else "ltr"


def _least_letters(sample: str) -> int:
    """Letters that are enough: a character of Chinese, Japanese or Korean says as much as three of an alphabet."""
    wide = sum(unicodedata.east_asian_width(char) == "W" for char in sample[: 2 * MIN_LETTERS])
    return MIN_LETTERS // 3 if wide > MIN_LETTERS // 6 else MIN_LETTERS


@cache
def _identifier() -> Identifier:
    """Load the model, once and only when a language is asked for."""
    return identifier_of((*LANGUAGES, NO_LANGUAGE), beside_code())
