"""Finds names and terms in text whose words stand between spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from copydesk.enrich.words import Word, connectors, function_words, noun_markers, stop_words, titles, word_runs

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

Place = tuple[int, list[Word], bool]
"""Where a run of words starts in its run, the words, and whether it stands as a noun does."""


class Candidate(NamedTuple):
    """A possible keyword: its spelling, its folded words, where it stands first (words before it), how often."""

    text: str
    words: tuple[str, ...]
    position: int
    times: int
    name: bool


class _Found:
    """What has been seen of one candidate."""

    __slots__ = ("nouns", "position", "spellings")

    def __init__(self, position: int) -> None:
        self.position = position
        self.spellings: Counter[str] = Counter()
        self.nouns = 0


_Seen = dict[tuple[str, ...], _Found]


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
    runs = word_runs(text, titles(language))
    lexicon = _lexicon(runs, language)
    names: _Seen = {}
    terms: _Seen = {}
    position = 0
    for run in runs:
        for place in _names(run, lexicon):
            _note(names, place, position)
        if lexicon.function and language not in CAPITAL_NOUNS:
            for place in _terms(run, lexicon):
                _note(terms, place, position)
        position += len(run)
    chosen = [_candidate(words, seen, name=True) for words, seen in names.items()]
    chosen += [_candidate(words, seen, name=False) for words, seen in terms.items() if _is_term(words, seen)]
    return sorted(chosen, key=lambda c: (c.position, c.words))


def _lexicon(runs: Iterable[list[Word]], language: str | None) -> _Lexicon:
    words = [word for run in runs for word in run]
    capitals = [word for word in words if word.text[0].isupper()]
    capital = Counter([folded for _, folded, first in capitals if not first])
    every = Counter([folded for _, folded, _ in words])
    every.subtract([folded for _, folded, first in capitals if first])
    stops = stop_words(language)
    proper = frozenset(w for w, n in capital.items() if 2 * n > every[w] and len(w) > 1 and w not in stops)
    often = frozenset(w for w, n in every.items() if n >= LEAST_TERM and len(w) > 2 and w not in stops)
    return _Lexicon(stops, function_words(language), titles(language), noun_markers(language), proper, often)


def _is_term(words: tuple[str, ...], seen: _Found) -> bool:
    """Tell whether a run of words is a term: a single word must stand as nouns do, several may be part of more."""
    count = seen.spellings.total()
    if len(words) > 1 and count >= LEAST_LONG_TERM:
        return True
    return count >= (LEAST_TERM if len(words) > 1 else LEAST_WORD) and seen.nouns >= LEAST_NOUN * count


def _names(run: list[Word], lexicon: _Lexicon) -> Iterator[Place]:
    """Yield the runs of proper words, with connectors between them, without the titles before them."""
    joiners = connectors()
    behind = 0
    for index in [index for index, word in enumerate(run) if word.text[0].isupper()]:
        if index < behind:
            continue
        start, behind = index, _name_end(run, index, lexicon, joiners)
        while start < behind and (
            run[start].folded.rpartition("-")[2] in lexicon.titles or (start > index and run[start].text in joiners)
        ):
            start += 1
        name = run[start:behind]
        if 0 < len(name) <= LONGEST_NAME and any(word.folded in lexicon.proper for word in name):
            yield start, name, True


def _name_end(run: list[Word], index: int, lexicon: _Lexicon, joiners: frozenset[str]) -> int:
    """Return where the name that starts at `index` ends; `index` itself where none starts. A possessive ends one."""
    end = index
    while end < len(run) and _is_proper(run[end], lexicon):
        end += 1
        if run[end - 1].text.endswith(POSSESSIVE):
            break
        ahead = end
        while ahead < min(end + 2, len(run)) and run[ahead].text in joiners:
            ahead += 1
        if end < ahead < len(run) and _is_proper(run[ahead], lexicon):
            end = ahead
    return end


def _is_proper(word: Word, lexicon: _Lexicon) -> bool:
    """Tell whether a word is part of a name: `West End` and `Just Stop Oil` hold function words with a capital."""
    if not word.text[0].isupper():
        return False
    if word.folded in lexicon.proper:
        return True
    return not word.first and word.folded in lexicon.function and len(word.folded) > 2 and word.text != "The"


def _terms(run: list[Word], lexicon: _Lexicon) -> Iterator[Place]:
    """Yield the runs of one to three content words that end with a common word, as noun phrases do."""
    often = lexicon.often
    usable = [folded in often for _, folded, _ in run]
    if True not in usable:
        return
    markers = lexicon.markers
    for start, word in enumerate(run):
        if not usable[start] or word.folded in lexicon.titles:
            continue
        before_noun = start == 0 or usable[start - 1] or run[start - 1].folded in markers
        for end in range(start + 1, min(start + LONGEST_TERM, len(run)) + 1):
            if not usable[end - 1]:
                break
            if run[end - 1].folded not in lexicon.proper:
                ends = end == len(run) or run[end].folded in lexicon.stops
                yield start, run[start:end], not markers or (before_noun and ends)


def _note(seen: _Seen, place: Place, before: int) -> None:
    start, words, noun = place
    key = tuple(word.folded for word in words)
    found = seen.get(key)
    if found is None:
        found = seen[key] = _Found(before + start)
    found.spellings[" ".join([word.text for word in words])] += 1
    found.nouns += noun


def _candidate(words: tuple[str, ...], seen: _Found, *, name: bool) -> Candidate:
    text = min(seen.spellings, key=lambda spelling: (-seen.spellings[spelling], spelling.isupper(), spelling))
    return Candidate(_bare(text), words, seen.position, seen.spellings.total(), name)


def _bare(text: str) -> str:
    """Return a spelling without its possessive ending."""
    return text[:-2] if text.endswith(POSSESSIVE) else text.rstrip("'’")
