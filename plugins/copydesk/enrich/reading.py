"""Counts words and tells how long reading takes."""

from __future__ import annotations

import re

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction by adults (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""

CHARACTERS_PER_MINUTE = {"zh": 255, "ja": 357}
"""Of languages whose characters are counted (Trauzettel-Klosinski & Dietz 2012, doi:10.1167/iovs.11-8284)."""

_COUNTED = "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han and kana: no spaces between words, so each character counts, as word processors count."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese, Khmer: no spaces between words."""

_UNSPACED_LETTERS_PER_WORD = 4
"""About, vowel signs counted as letters."""

_COUNTED_CHARACTER = re.compile(f"[{_COUNTED}]")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_SPECIAL = re.compile(f"[{_COUNTED}{_UNSPACED}]")


def count_words(text: str) -> int:
    """Return the number of words: what stands between spaces and has a letter or digit; see above for other scripts."""
    count = 0
    if not text.isascii() and _SPECIAL.search(text):
        runs = _UNSPACED_RUN.findall(text)
        count = len(_COUNTED_CHARACTER.findall(text)) + sum(-(-len(run) // _UNSPACED_LETTERS_PER_WORD) for run in runs)
        text = _SPECIAL.sub(" ", text)
    words = text.split()
    marks = sum(not any(map(str.isalnum, word)) for word in words if not word[0].isalnum())
    return count + len(words) - marks


def reading_minutes(words: int, language: str | None = None) -> int:
    """Return the minutes that reading so many words (characters in Chinese and Japanese) takes, rounded, at least 1."""
    pace = CHARACTERS_PER_MINUTE.get(language or "", WORDS_PER_MINUTE)
    return max(1, (words + pace // 2) // pace)
