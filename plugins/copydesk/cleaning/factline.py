"""Lines of facts that stand around a headline: who and when, the path to the page, its topics. They are no deks."""

from __future__ import annotations

import re

from copydesk.cleaning.credits import begins_as_byline, told
from copydesk.cleaning.dates import begins_with_day, day_of, days_told, parts_of, without_dates

LONGEST_RUN = 3
"""Words in lower case that a line of facts has in a row at most; a sentence nearly always has more."""

ENTRIES, ENTRY_WORDS, LISTED_WORDS = 3, 5, 3
"""Entries that a path or a list of topics has at least; words of an entry at most, between marks and between commas."""

WORDS_BESIDE = 4
"""Words that may stand beside names and days."""

_WORD = re.compile(r"[^\W\d_]\S*")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»“)\]]*$")
_MARK = re.compile(r"\s*[|•·»>]\s*")
_COMMA = re.compile(r"\s*,\s*")
_SMALL = frozenset(("and", "or", "of", "the", "&", "und", "et", "y", "e"))


def is_fact_line(text: str) -> bool:
    """Tell whether a line is nothing but facts beside an article."""
    if _ENDS.search(text):
        return False
    parts = parts_of(text)
    if len(parts) > 1 and any(map(day_of, parts)):
        return True
    if _longest_run(text) > LONGEST_RUN:
        return False
    return begins_as_byline(text) or bool(days_told(text) and told(text)) or _is_list(text)


def tells_only_facts(text: str) -> bool:
    """Tell whether a line tells who wrote the article or when, and hardly a word more: "Ann Hale 3 May 1 min read"."""
    if _ENDS.search(text) or _longest_run(text) > LONGEST_RUN:
        return False
    people = told(text)
    if not (begins_as_byline(text) or (days_told(text) if people else begins_with_day(text))):
        return False
    names = {word for name in people for word in name.split()}
    return sum(word not in names for word in _WORD.findall(without_dates(text))) <= WORDS_BESIDE


def _longest_run(text: str) -> int:
    """Return how many words in lower case stand in a row at most."""
    longest = run = 0
    for word in text.split():
        run = run + 1 if word[0].islower() else 0
        longest = max(longest, run)
    return longest


def _is_list(text: str) -> bool:
    """Tell whether a line is a path ("Home > World > Europe") or a list of topics ("Travel Tips, Japan, Sea")."""
    entries = [entry for entry in _MARK.split(text) if entry]
    if len(entries) >= ENTRIES:
        return all(len(entry.split()) <= ENTRY_WORDS for entry in entries)
    topics = _COMMA.split(text)
    return len(topics) >= ENTRIES and all(_is_topic(topic) for topic in topics)


def _is_topic(text: str) -> bool:
    """Tell whether what stands between commas can be a topic or a name: few words, all of them capitalised."""
    words = text.split()
    return 0 < len(words) <= LISTED_WORDS and all(w[0].isupper() or w.casefold() in _SMALL for w in words)
