"""Finds the few names and terms that an article is about, as a reader would click them.

Names are runs of capitalised words (in scripts with case), terms are runs of content words that come back; both are
ranked by how often and how early they stand in the text and whether the headline has them. No model, no corpus: the
same article gives the same keywords anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from copydesk.enrich.candidates import CAPITAL_NOUNS, Candidate, candidates
from copydesk.enrich.characters import character_candidates, has_characters
from copydesk.enrich.words import fold, words_of

MOST = 8
"""Keywords that an article has at most."""

MOST_TEXT = 12_000
"""Characters of the body that are looked at: news tells what it is about at its beginning."""

HEADLINE, HEAD = 2.0, 1.3
"""Weight of a candidate whose words are all in the headline, or in a section head."""

NAME, LONG = 1.25, 1.15
"""Weight of a name, and of a candidate of several words."""

COMMON = 0.5
"""Weight of a single common word that neither the headline nor a section head has."""

NESTED, NESTED_WORD = 0.6, 0.4
"""A candidate (a single common word) is dropped where a longer one that holds it has this share of its occurrences."""

LEAST_STEM, ENDING = 4, 2
"""Two keywords are forms of one word where they differ by an ending of two letters after four."""

LEAST_SCORE = 1.6


def keywords_of(
    headline: str | None, heads: Sequence[str], texts: Sequence[str], language: str | None
) -> tuple[str, ...]:
    """Return up to eight keywords of an article, the weightiest first, each in its most common spelling."""
    text = "\n".join(texts)[:MOST_TEXT]
    found = character_candidates(text) if has_characters(text) else candidates(text, language)
    title = _folded_words(headline or "")
    head_words = _folded_words("\n".join(heads))
    scored = sorted(
        ((-_score(c, headline or "", title, head_words), c.position, c.text) for c in _merged(found)),
    )
    return _distinct([text for score, _, text in scored if -score >= LEAST_SCORE])


def topics_of(title: str, keywords: Sequence[str], language: str | None) -> tuple[str, ...]:
    """Return the keywords that readers would look for an article under: names, longer terms, words of its title.

    A single common word tells what a story is about only where its title says it: else "average", "types" and "basics"
    would be topics. German names can't be told from common words, so they count as those.
    """
    common = {word for word in keywords if _is_common(word, language)}
    in_title = _folded_words(title) if common else frozenset()
    told = {word for word in common if any(_same_word(fold(word), other) for other in in_title)}
    return tuple(word for word in keywords if word not in common or word in told)


def _is_common(keyword: str, language: str | None) -> bool:
    return " " not in keyword and (language in CAPITAL_NOUNS or keyword[:1].islower())


def _folded_words(text: str) -> frozenset[str]:
    return frozenset(words_of(text).folded) - {""}


def _score(candidate: Candidate, headline: str, title: frozenset[str], heads: frozenset[str]) -> float:
    words = frozenset(candidate.words)
    score: float = candidate.times**0.5 * (1 + 1 / (1 + candidate.position / 300))
    if words <= title or candidate.text in headline:
        score *= HEADLINE
    elif words <= heads:
        score *= HEAD
    elif len(words) == 1 and not candidate.name:
        score *= COMMON
    return score * (NAME if candidate.name else 1) * (LONG if len(words) > 1 else 1)


def _merged(found: Sequence[Candidate]) -> list[Candidate]:
    """Fold last names into the full names that came first, and drop what is nearly always part of something longer."""
    by_words = {c.words: c for c in found}
    for long in sorted(found, key=lambda c: c.position):
        if not long.name or len(long.words) == 1 or long.words not in by_words:
            continue
        for last in (long.words[-1], f"{long.words[-1]}s"):
            short = by_words.get((last,))
            if short and short.name and long.position <= short.position:
                del by_words[short.words]
                long = long._replace(times=long.times + short.times)
        by_words[long.words] = long
    longer = _longer(by_words.values())
    return [c for c in by_words.values() if longer[c.words] < _nested(c) * c.times]


def _nested(candidate: Candidate) -> float:
    return NESTED if candidate.name or len(candidate.words) > 1 else NESTED_WORD


def _longer(found: Iterable[Candidate]) -> Counter[tuple[str, ...]]:
    """Return for each run of words how often the most common longer candidate that holds it occurs."""
    longer: Counter[tuple[str, ...]] = Counter()
    for c in found:
        for size in range(1, len(c.words)):
            for start in range(len(c.words) - size + 1):
                part = c.words[start : start + size]
                longer[part] = max(longer[part], c.times)
    return longer


def _distinct(ranked: Sequence[str]) -> tuple[str, ...]:
    """Return the first keywords, leaving out further forms of one word: Europe, European; Kind, Kinder."""
    kept: dict[str, str] = {}
    for text in ranked:
        folded = fold(text)
        if not any(_same_word(folded, other) or _narrower(folded, other) for other in kept):
            kept[folded] = text
        if len(kept) == MOST:
            break
    return tuple(kept.values())


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= LEAST_STEM and len(long) - len(short) <= ENDING and long.startswith(short))


def _narrower(one: str, other: str) -> bool:
    """Tell whether `one` only adds a common word to the phrase `other`: human rights concerns, human rights."""
    return " " in other and one.startswith(f"{other} ")
