"""Judge the lines of one document, all at once: headline, article, and what stands before, between and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from copydesk.cleaning.credits import authors
from copydesk.cleaning.dates import day_of
from copydesk.cleaning.features import Line
from copydesk.cleaning.headline import find_headline, headline_like
from copydesk.cleaning.reasons import Place
from copydesk.cleaning.run import best_run, is_island, trim_tail
from copydesk.cleaning.scores import scores

PROSE_SIZE = 80
"""A sentence of this many letters is article text for sure, where its surroundings agree."""

CREDITS_WITHIN = 5
"""Bylines and datelines are looked for in so many lines after the headline or the first prose."""

DEK_SIZE = 40
"""A line right after the headline is its dek from so many characters on."""

VERSE_LINES, VERSE_SIZE, VERSE_CAPITALS, VERSE_ODD = 2, 18.0, 0.6, 0.3
"""A text without any prose is kept as verse from so many lines and letters a line on, with at most that share of
capitalised words and of one-word, listed or separated lines: else it is a menu."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where each line of a document stands, its features and its score."""

    lines: Sequence[Line]
    places: tuple[Place, ...]
    scores: Sequence[float]

    def body(self) -> list[int]:
        """Return the lines of the article's body."""
        return [n for n, place in enumerate(self.places) if place is Place.BODY or place is Place.DOUBT]


def judge(texts: Sequence[str], lines: Sequence[Line], furniture_before: Sequence[int]) -> Judgement:
    """Return where each of the lines `texts` stands, `lines` being their features.

    `furniture_before` counts the lines that rules dropped right before each.
    """
    weighed = scores(lines)
    start, end = best_run(weighed, furniture_before)
    first = _first_prose(texts, lines, weighed, start, end)
    if first is None:
        return Judgement(lines, _without_prose(lines), weighed)
    headline = find_headline(texts, lines, first, end)
    if headline is not None:
        start = headline + 1
    end = trim_tail(lines, weighed, first, end)
    first = _body_start(texts, lines, start, first)
    return Judgement(lines, _places(texts, weighed, headline, first, end), weighed)


def _first_prose(
    texts: Sequence[str], lines: Sequence[Line], weighed: Sequence[float], start: int, end: int
) -> int | None:
    """Return the first line of the run that is prose for sure, else the first that is no headline, else None."""
    doubtful: int | None = None
    for n in range(start, end):
        line = lines[n]
        if line.size > PROSE_SIZE and line.ends and weighed[n] > 0:
            return n
        if doubtful is None and not headline_like(texts[n], line) and any(map(str.isalnum, texts[n])):
            doubtful = n
    return doubtful


def _body_start(texts: Sequence[str], lines: Sequence[Line], start: int, first: int) -> int:
    """Return the first line from `start` on that no headline could be, at the latest `first`."""
    return next(
        (n for n in range(start, first) if not headline_like(texts[n], lines[n]) and any(map(str.isalnum, texts[n]))),
        first,
    )


def _places(
    texts: Sequence[str], weighed: Sequence[float], headline: int | None, first: int, end: int
) -> tuple[Place, ...]:
    """Return the place of each line, the headline and the body's bounds being known."""
    places = [Place.BEFORE] * first + [Place.BODY] * (end - first) + [Place.AFTER] * (len(texts) - end)
    for n in range(first, end):
        if is_island(weighed[n]):
            places[n] = Place.ISLAND
    if headline is not None:
        places[headline] = Place.HEADLINE
        for n in range(headline + 1, first):
            places[n] = Place.FRONT
        _find_dek(texts, places, headline, first)
    _find_credits(texts, places, 0 if headline is None else headline, min(end, first + CREDITS_WITHIN))
    return tuple(places)


def _find_dek(texts: Sequence[str], places: list[Place], headline: int, first: int) -> None:
    """Mark the line right after the headline as the dek where it is long enough for one."""
    after = headline + 1
    if after < first and len(texts[after]) >= DEK_SIZE and texts[after] != texts[headline]:
        places[after] = Place.DEK


def _find_credits(texts: Sequence[str], places: list[Place], start: int, end: int) -> None:
    """Mark the bylines and datelines from `start` to `end`."""
    for n in range(start, end):
        if places[n] is Place.HEADLINE:
            continue
        if authors(texts[n]) is not None:
            places[n] = Place.BYLINE
        elif day_of(texts[n]) is not None:
            places[n] = Place.DATELINE


def _without_prose(lines: Sequence[Line]) -> tuple[Place, ...]:
    """Return the places of a text of short lines alone: verse, kept in doubt, or a menu."""
    count = len(lines)
    verse = (
        count >= VERSE_LINES
        and sum(line.size for line in lines) / count >= VERSE_SIZE
        and sum(line.capitals for line in lines) / count <= VERSE_CAPITALS
        and sum(line.one_word or line.bullet or line.separated or line.times > 2 for line in lines) / count <= VERSE_ODD
    )
    return (Place.DOUBT if verse else Place.NOWHERE,) * count


def cut_harder(judged: Judgement) -> Judgement:
    """Return the judgement with the lower-scored half of the body taken out, at least one line of it."""
    body = judged.body()
    if not body:
        return judged
    middle = sorted(judged.scores[n] for n in body)[len(body) // 2]
    weak = {n for n in body if judged.scores[n] <= middle}
    return replace(judged, places=tuple(Place.ISLAND if n in weak else place for n, place in enumerate(judged.places)))
