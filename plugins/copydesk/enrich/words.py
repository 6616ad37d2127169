"""Splits text into words for keywords, and knows the words that never are one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import compress, count
from typing import Any

LONGEST_WORD = 48
"""Letters of the longest word; what is longer is no word."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text by their places, as written and folded (no case, no possessive).

    At the end of a run of words, so behind the last one too, there is an empty word.
    """

    texts: list[str]
    folded: list[str]
    first: frozenset[int]
    """Places of the words that a sentence or quotation starts with."""


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


def words_of(text: str, abbreviated: frozenset[str] = frozenset()) -> Words:
    """Return the words of `text` in runs that no punctuation breaks; addresses of the web and numbers break them, too.

    No sentence ends with the words `abbreviated` (folded) or a single letter, even if a full stop stands behind them.
    """
    pieces = _token().split(_without_addresses(text))
    gaps, words = pieces[:-1:2], pieces[1::2]
    folded = _folded(words)
    texts_out: list[str] = []
    folded_out: list[str] = []
    first, done = {0}, 0
    for n in [n for n, gap in enumerate(gaps) if gap != " " and n]:
        breaks, ends = _gap(gaps[n])
        if breaks:
            texts_out += words[done:n]
            texts_out.append("")
            folded_out += folded[done:n]
            folded_out.append("")
            done = n
        if ends and not (gaps[n] == ". " and (len(folded[n - 1]) == 1 or folded[n - 1] in abbreviated)):
            first.add(len(texts_out) + n - done)
    return Words([*texts_out, *words[done:], ""], [*folded_out, *folded[done:], ""], frozenset(first))


def _folded(words: list[str]) -> list[str]:
    """Return words folded. Both there and in `words` numbers and what is too long become empty, elided articles go."""
    folded = list(map(str.casefold, words))
    for n in [n for n, word in enumerate(folded) if "'" in word or "’" in word]:
        if len(words[n]) <= LONGEST_WORD:
            words[n] = _ELISION.sub("", words[n])
            folded[n] = fold(words[n])
    no_words = list(compress(count(), map(str.isdigit, words)))
    if max(map(len, words), default=0) > LONGEST_WORD:
        no_words += [n for n, word in enumerate(words) if len(word) > LONGEST_WORD]
    for n in no_words:
        words[n] = folded[n] = ""
    return folded


@lru_cache(maxsize=1024)
def _gap(gap: str) -> tuple[bool, bool]:
    """Tell whether what stands between two words breaks a run, and whether it ends a sentence."""
    return bool(gap.strip(_BLANKS)), _SENTENCE_GAP.search(gap) is not None


def _without_addresses(text: str) -> str:
    """Put a mark that breaks a run in the place of every address of the web or of mail."""
    return _ADDRESS.sub(" · ", text) if any(mark in text for mark in _ADDRESS_MARKS) else text


def fold(word: str) -> str:
    """Return a word without case and possessive `'s`, with one kind of apostrophe: spellings of one word are equal."""
    folded = word.casefold().replace("’", "'")
    return folded[:-2] if folded.endswith("'s") else folded.rstrip("'")


_BLANKS = " \t\u00a0\u202f"
_ADDRESS_MARKS = ("://", "www.", "@")
_ADDRESS = re.compile(rf"(?<!\S)\S*?(?:{'|'.join(map(re.escape, _ADDRESS_MARKS))})\S*")
_SENTENCE_GAP = re.compile(r"[.!?:…\n\"“”„«»‘‹(\[–—•|-]")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|dell|all|nell|sull)['’](?=\w{3})")
"""French and Italian articles that have grown on to their noun: l'Atlantique."""


@cache
def _token() -> re.Pattern[str]:
    r"""Words with their combining marks (`\w` leaves them out), inner hyphens, apostrophes; acronyms with points."""
    marks = "".join(char for char in map(chr, range(0x300, 0x10000)) if unicodedata.category(char)[0] == "M")
    any_letters = rf"[^\W_{marks}](?:[^\W_]++|[{marks}\u200c\u200d]++)*+"
    letters = rf"(?:[A-Za-z0-9]++(?=[\x01-/])|{any_letters})"  # the quick way first
    acronym = rf"[^\W\d_]\.(?:[^\W\d_]\.)++(?:-{letters})?"
    return re.compile(rf"({acronym}|{letters}(?:[-‐‑'’·&]{letters})*+)")


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
