"""Finds names and terms in text whose words stand between spaces."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from copydesk.enrich.words import Words, connectors, function_words, noun_markers, stop_words, titles, words_of

LONGEST_NAME = 5
LONGEST_TERM = 3
LEAST_TERM = 2
"""Occurrences that make a run of words a term."""

LEAST_LONG_TERM = 3
"""Occurrences that make it a term even if it stands within longer ones: human rights (concerns, record)."""

LEAST_WORD = 3
"""Occurrences that make a single word a term."""

LEAST_NOUN = 0.5
"""Share of a single word's occurrences that must look like a noun's."""

CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages that write common nouns with a capital, too."""

POSSESSIVE = ("'s", "’s")


class Candidate(NamedTuple):
    """A possible keyword: its spelling, its folded words, where it stands first (words before it), how often."""

    text: str
    words: tuple[str, ...]
    position: int
    times: int
    name: bool


_Places = dict[tuple[str, ...], list[int]]
"""Runs of folded words, and where each of them starts."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Words that decide about candidates: of the language, and of this text (`proper`: names, `often`: come back)."""

    stops: frozenset[str]
    function: frozenset[str]
    titles: frozenset[str]
    markers: frozenset[str]
    proper: frozenset[str]
    often: frozenset[str]


def candidates(text: str, language: str | None) -> list[Candidate]:
    """Return the names and terms of `text`, in order of their first occurrence.

    Where common nouns have capitals (German) or the function words are not known, there are only names.
    """
    words = words_of(text, titles(language))
    capitals = [place for place, text in enumerate(words.texts) if text[:1].isupper()]
    lexicon = _lexicon(words, capitals, language)
    breaks = [place for place, folded in enumerate(words.folded) if not folded]

    def chosen(run: tuple[str, ...], places: Sequence[int], name: bool) -> Candidate:
        before = places[0] - bisect(breaks, places[0])
        return Candidate(_bare(_spelling(words, run, places)), run, before, len(places), name)

    found = [chosen(run, places, True) for run, places in _names(words, capitals, lexicon).items()]
    if lexicon.function and language not in CAPITAL_NOUNS:
        back = [(run, places) for run, places in _terms(words, lexicon).items() if len(places) >= LEAST_TERM]
        found += [chosen(run, places, False) for run, places in back if _is_term(words, lexicon, run, places)]
    return sorted(found, key=lambda c: (c.position, c.words))


def _lexicon(words: Words, capitals: Iterable[int], language: str | None) -> _Lexicon:
    folded, first = words.folded, words.first
    capital = Counter([folded[place] for place in capitals if place not in first])
    every = Counter(folded)
    for place in capitals:
        if place in first:
            every[folded[place]] -= 1
    stops = stop_words(language)
    proper = frozenset(w for w, n in capital.items() if 2 * n > every[w] and len(w) > 1 and w not in stops)
    often = frozenset(w for w, n in every.items() if n >= LEAST_TERM and len(w) > 2 and w not in stops)
    return _Lexicon(stops, function_words(language), titles(language), noun_markers(language), proper, often)


def _names(words: Words, capitals: Iterable[int], lexicon: _Lexicon) -> _Places:
    """Return the runs of proper words, with connectors between them, without the titles before them."""
    texts, folded, joiners = words.texts, words.folded, connectors()
    proper = [place for place in capitals if _is_proper(words, place, lexicon)]
    in_names = frozenset(proper)
    found: _Places = {}
    behind = 0
    for place in proper:
        if place < behind:
            continue
        start, behind = place, _name_end(texts, place, in_names, joiners)
        while start < behind and (
            folded[start].rpartition("-")[2] in lexicon.titles or (start > place and texts[start] in joiners)
        ):
            start += 1
        if 0 < behind - start <= LONGEST_NAME:
            run = tuple(folded[start:behind])
            if not lexicon.proper.isdisjoint(run):
                found.setdefault(run, []).append(start)
    return found


def _is_proper(words: Words, place: int, lexicon: _Lexicon) -> bool:
    """Tell whether a capitalised word is part of a name: `West End` and `Just Stop Oil` hold function words."""
    folded = words.folded[place]
    if folded in lexicon.proper:
        return True
    return folded in lexicon.function and len(folded) > 2 and place not in words.first and words.texts[place] != "The"


def _name_end(texts: Sequence[str], start: int, in_names: frozenset[int], joiners: frozenset[str]) -> int:
    """Return where the name that starts at `start` ends. A possessive ends one."""
    end = start
    while end in in_names:
        end += 1
        if texts[end - 1].endswith(POSSESSIVE):
            break
        ahead = end
        while ahead < end + 2 and texts[ahead] in joiners:
            ahead += 1
        if end < ahead and ahead in in_names:
            end = ahead
    return end


def _terms(words: Words, lexicon: _Lexicon) -> _Places:
    """Return the runs of one to three content words that end with a common word."""
    folded, often, proper = words.folded, lexicon.often, lexicon.proper
    found: _Places = {}
    starts = often - lexicon.titles
    for start in [place for place, word in enumerate(folded) if word in starts]:
        end = start
        while end < start + LONGEST_TERM and folded[end] in often:
            end += 1
            if folded[end - 1] not in proper:
                found.setdefault(tuple(folded[start:end]), []).append(start)
    return found


def _is_term(words: Words, lexicon: _Lexicon, run: tuple[str, ...], places: Sequence[int]) -> bool:
    """Tell whether words that come back are a term: one must stand as nouns do, several may be part of more."""
    count, size = len(places), len(run)
    if size > 1 and count >= LEAST_LONG_TERM:
        return True
    if size == 1 and count < LEAST_WORD:
        return False
    return sum(_is_noun(words.folded, start, start + size, lexicon) for start in places) >= LEAST_NOUN * count


def _is_noun(folded: Sequence[str], start: int, end: int, lexicon: _Lexicon) -> bool:
    """Tell whether the words from `start` to `end` stand as a noun phrase does."""
    if not lexicon.markers:
        return True
    before, after = folded[start - 1] if start else "", folded[end]
    return (not before or before in lexicon.often or before in lexicon.markers) and (
        not after or after in lexicon.stops
    )


def _spelling(words: Words, run: Sequence[str], places: Sequence[int]) -> str:
    """Return the most common spelling of a run of words that starts at `places`."""
    if len(places) == 1:
        return " ".join(words.texts[places[0] : places[0] + len(run)])
    spellings = Counter([" ".join(words.texts[start : start + len(run)]) for start in places])
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling.isupper(), spelling))


def _bare(text: str) -> str:
    """Return a spelling without its possessive ending."""
    return text[:-2] if text.endswith(POSSESSIVE) else text.rstrip("'’")
