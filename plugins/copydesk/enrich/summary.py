"""Sums an article up in its own words: the dek, else its first whole sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from copydesk.enrich.words import abbreviations, fold

ENOUGH = 80
"""Columns (a wide character has two) after which no further sentence is needed."""

MOST = 240
"""Columns that further sentences may fill; a first sentence that is longer stays whole."""

LONGEST = 600
"""Columns after which a first sentence is cut between two words: text that has no sentences."""

FIRST_WIDE = "\u1100"
"""The first character that is two columns wide."""

CUT = "…"

STOPS = (".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟", "։", "።", "။", "៕")
"""Marks that end a sentence, in the scripts of newspapers."""

CLOSING = "\"'”’»›)]」』）"
"""Marks that may stand behind them."""

_INITIAL = re.compile(r"(?:^|[\s(])[^\W\d_]\.\s*$")
"""One letter with a full stop: a name goes on (J. Lee, M. Dupont)."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which no library that wants UTF-8 takes."""


def summary_of(dek: str | None, paragraphs: Iterable[str], language: str | None = None) -> str:
    """Return the dek where there is one, else the first sentences of the paragraphs; empty where there are none.

    Lines without a full stop (a date, a credit) are passed over as long as there are sentences.
    """
    if dek:
        return dek
    texts = list(paragraphs)
    first = next((n for n, text in enumerate(texts) if _is_prose(text)), None)
    prose = texts if first is None else filter(_is_prose, texts[first:])
    return _collect(sentence for text in prose for sentence in sentences(f"{text}\n", language))


def first_sentences(text: str, language: str | None = None) -> str:
    """Return the first sentences of `text`, whole, together about 80 to 240 columns."""
    return _collect(sentences(text, language))


def sentences(text: str, language: str | None = None) -> Iterator[str]:
    """Yield the sentences of `text`, each with the white space behind it; abbreviations of the language end none."""
    from sentencex import segment

    held = ""
    for part in segment(language or "en", LONE_SURROGATE.sub("\ufffd", text[: LONGEST * 4])):
        if held and not part[:1].islower() and not _goes_on(held):
            yield held
            held = ""
        held += part
    if held:
        yield held


def _goes_on(held: str) -> bool:
    """Whether what ends here is no sentence: an initial or a title stands before the rest of a name."""
    if _INITIAL.search(held):
        return True
    last = held.split()[-1:]
    return bool(last) and last[0].endswith(".") and fold(last[0].rstrip(".")) in abbreviations()


def _collect(found: Iterator[str]) -> str:
    summary = ""
    for sentence in found:
        longer = summary + sentence
        if summary.strip() and _columns(longer.strip()) > MOST:
            break
        summary = longer
        if _columns(summary.strip()) >= ENOUGH:
            break
    return _cut(" ".join(summary.split()))


def _is_prose(text: str) -> bool:
    return len(text) >= ENOUGH or text.rstrip(CLOSING).endswith(STOPS) or _columns(text) >= ENOUGH


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text if char >= FIRST_WIDE)


def _cut(summary: str) -> str:
    if len(summary) <= LONGEST:
        return summary
    words = summary[:LONGEST].rsplit(maxsplit=1)
    return words[0].rstrip(",;:–—- ") + CUT
