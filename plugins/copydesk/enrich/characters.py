"""Finds terms in Chinese and Japanese, where no spaces part the words.

Japanese changes script between words: runs of kanji or katakana are terms. In Chinese a string is a word where many
different characters stand before and behind it (accessor variety: Feng et al. 2004, doi:10.1162/089120104773633394).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from copydesk.enrich.candidates import Candidate
from copydesk.enrich.words import stop_words

_HAN = re.compile("[\u3400-\u9fff々]{2,}")
_KANA = re.compile("[\u3041-\u30ff]")
_JAPANESE_TERM = re.compile("[\u3400-\u9fff々]{2,8}|[ァ-ヺー]{3,}|[\u3400-\u9fff々ァ-ヺー]{3,12}")
_WIDE = re.compile("[\u3041-\u30ff\u3400-\u9fff]")

LEAST_COUNT = 2
LEAST_VARIETY = 3
"""Different neighbours on each side that make a string a word; the ends of a stretch are neighbours, each its own."""

LONGEST = 6
"""Characters of the longest Chinese word that is looked for."""


def has_characters(text: str) -> bool:
    """Tell whether `text` is mostly Chinese or Japanese."""
    sample = text[:2000]
    return not sample.isascii() and len(_WIDE.findall(sample)) * 3 > len(sample)


def character_candidates(text: str) -> list[Candidate]:
    """Return the terms of a Chinese or Japanese text that come back."""
    japanese = len(_KANA.findall(text[:2000])) * 20 > len(text[:2000])
    found = _japanese(text) if japanese else _chinese(text)
    stops = stop_words("ja" if japanese else "zh")
    counted = {term: count for term, count in found.items() if count >= LEAST_COUNT and term not in stops}
    return [Candidate(term, (term,), text.index(term), count, name=False) for term, count in counted.items()]


def _japanese(text: str) -> Counter[str]:
    return Counter(_JAPANESE_TERM.findall(text))


def _chinese(text: str) -> Counter[str]:
    before: defaultdict[str, set[str]] = defaultdict(set)
    behind: defaultdict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for number, match in enumerate(_HAN.finditer(text)):
        run = match[0]
        for start in range(len(run)):
            for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
                word = run[start:end]
                counts[word] += 1
                before[word].add(run[start - 1] if start else f"^{number}")
                behind[word].add(run[end] if end < len(run) else f"${number}")
    words = (w for w in counts if min(len(before[w]), len(behind[w])) >= LEAST_VARIETY)
    return Counter({word: counts[word] for word in words})
