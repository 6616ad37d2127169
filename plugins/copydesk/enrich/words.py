"""Splits text into words for keywords, and knows the words that never are one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

LONGEST_WORD = 48
"""Letters of the longest word; what is longer is no word."""


class Word(NamedTuple):
    """A word: as written, folded (no case, no possessive), and whether a sentence or quotation starts with it."""

    text: str
    folded: str
    first: bool


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Return the words of a language, folded, that no keyword starts or ends with: function words, months, weekdays."""
    return function_words(language) | _listed("empty", language) | _calendar(language)


@cache
def function_words(language: str | None) -> frozenset[str]:
    """Return the function words of a language, folded; empty where they are not known."""
    import stopwordsiso

    code = {"nn": "no", "bs": "hr"}.get(language or "", language or "")
    return frozenset(map(str.casefold, stopwordsiso.stopwords(code) if stopwordsiso.has_lang(code) else ()))


@cache
def titles(language: str | None) -> frozenset[str]:
    """Return the titles of a language that stand before names, folded."""
    return _listed("titles", language)


@cache
def abbreviations() -> frozenset[str]:
    """Return the titles that are written short, with a full stop that ends no sentence, folded."""
    return frozenset(str(_data()["abbreviations"]).split())


@cache
def noun_markers(language: str | None) -> frozenset[str]:
    """Return the words of a language that stand before nouns; empty where they are not known."""
    return _listed("before_nouns", language)


@cache
def connectors() -> frozenset[str]:
    """Return the words that join two names into one."""
    return frozenset(str(_data()["connectors"]).split())


def word_runs(text: str, abbreviated: frozenset[str] = frozenset()) -> list[list[Word]]:
    """Return the words of `text` in runs that no punctuation breaks; addresses of the web and numbers break them, too.

    No sentence ends with the words `abbreviated` (folded) or a single letter, even if a full stop stands behind them.
    """
    text = _without_addresses(text)
    runs: list[list[Word]] = [[]]
    end, first = 0, True
    for match in _token().finditer(text):
        start, written = match.start(), match[0]
        if text[end:start] != " ":
            gap = text[end:start]
            last = runs[-1][-1].folded if runs[-1] else ""
            shortened = gap == ". " and (len(last) == 1 or last in abbreviated)
            first = first or (not shortened and bool(_SENTENCE_GAP.search(gap)))
            if gap.strip(_BLANKS):
                runs.append([])
        if written.isdigit() or len(written) > LONGEST_WORD:
            runs.append([])
        else:
            runs[-1].append(_word(written, first))
        end, first = match.end(), False
    return [run for run in runs if run]


def _without_addresses(text: str) -> str:
    """Put a mark that breaks a run in the place of every address of the web or of mail."""
    if not any(mark in text for mark in _ADDRESS_MARKS):
        return text
    return _PIECE.sub(lambda m: " · " if any(mark in m[0] for mark in _ADDRESS_MARKS) else m[0], text)


def _word(written: str, first: bool) -> Word:
    if "'" in written or "’" in written:
        written = _ELISION.sub("", written)
        return Word(written, fold(written), first)
    return Word(written, written.casefold(), first)


def fold(word: str) -> str:
    """Return a word without case and possessive `'s`, with one kind of apostrophe: spellings of one word are equal."""
    folded = word.casefold().replace("’", "'")
    return folded[:-2] if folded.endswith("'s") else folded.rstrip("'")


_BLANKS = " \t\u00a0\u202f"
_PIECE = re.compile(r"\S+")
_ADDRESS_MARKS = ("://", "www.", "@")
_SENTENCE_GAP = re.compile(r"[.!?:…\n\"“”„«»‘‹(\[–—•|-]")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|dell|all|nell|sull)['’](?=\w{3})")
"""French and Italian articles that have grown on to their noun: l'Atlantique."""


@cache
def _token() -> re.Pattern[str]:
    r"""Words with their combining marks (`\w` leaves them out), inner hyphens, apostrophes; acronyms with points."""
    marks = "".join(char for char in map(chr, range(0x300, 0x10000)) if unicodedata.category(char)[0] == "M")
    letter = rf"[^\W_{marks}][{marks}\u200c\u200d]*"
    return re.compile(rf"(?:[^\W\d_]\.){{2,}}(?:-(?:{letter})+)?|(?:{letter})+(?:[-‐‑'’·&](?:{letter})+)*")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("copydesk.enrich").joinpath("words.toml").read_text("utf-8"))


def _listed(table: str, language: str | None) -> frozenset[str]:
    return frozenset(str(_data()[table].get(language or "", "")).split())


def _calendar(language: str | None) -> frozenset[str]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language or "en")
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = (locale.months, locale.days)
    return frozenset(
        name.casefold().rstrip(".")
        for calendar in names
        for widths in calendar.values()
        for width in ("wide", "abbreviated")
        for name in widths[width].values()
    )
