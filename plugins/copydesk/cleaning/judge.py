"""Judge the lines of one document, all at once: headline, article, and what stands before, between and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from copydesk.cleaning.credits import authors, told
from copydesk.cleaning.dates import day_of, days_told
from copydesk.cleaning.evidence import Evidence
from copydesk.cleaning.factline import is_fact_line, tells_only_facts
from copydesk.cleaning.features import Line
from copydesk.cleaning.headline import find_headline, headline_like, late_headline, sure_headline
from copydesk.cleaning.leaning import Least
from copydesk.cleaning.reasons import Place
from copydesk.cleaning.tagger.context import best_run
from copydesk.model import Markup

PROSE_SIZE = 80
"""A sentence of more letters than this is article text for sure, where its surroundings agree."""

SENTENCE_SIZE = 40
"""A sentence of more letters than this is one between which a brief document is kept."""

CLOSING_SIZE, CLOSING_CAPITALS = 15, 0.5
"""Letters that a sentence right behind a brief document's last of some length has at least to be its own, and the share
of its words that begin with a capital at most."""

CREDITS_WITHIN = 5
"""Bylines and datelines are looked for in so many lines after the headline or the first prose."""

CREDITS_BEFORE = 3
"""Without a headline, bylines and datelines are looked for in so many lines before the first prose."""

DEK_SIZE = 40
"""A line right after the headline is its dek from so many characters on."""

AMONG, BEFORE_PROSE = 0.03, 0.005
"""Probabilities from which a sentence of some length stays between two lines that do (a short one right behind a brief
document's), and right before the first."""

FAR, STRAY = 4, 0.7
"""Lines that are not wanted which part a text, and the mean probability of a part from which it is sure."""

DOUBTED_SIZE, LONGEST_GAIN, PRICE, LEAST_BELIEF = 240.0, 400.0, 60.0, 0.002
"""Where the evidence believes in no line: letters of prose from which some is kept in doubt; what one line adds at
most, in letters, and what a line that is no prose costs; the belief that every line of prose has at least."""

VERSE_LINES, VERSE_SIZE, VERSE_CAPITALS, VERSE_ODD = 2, 18.0, 0.6, 0.3
"""A text without any prose is kept as verse from so many lines and letters a line on, with at most that share of
capitalised words and of one-word, listed or separated lines: else it is a menu."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where each line of a document stands, its features, and how probably it is the article's."""

    lines: Sequence[Line]
    places: tuple[Place, ...]
    article: Sequence[float]

    def as_story(self) -> Judgement:
        """Return the judgement on a text that is known to be a story: where there is no prose, short lines are."""
        places = tuple(Place.BODY if place in (Place.NOWHERE, Place.DOUBT) else place for place in self.places)
        return replace(self, places=places)

    def body(self) -> list[int]:
        """Return the lines of the article's body."""
        return [n for n, place in enumerate(self.places) if place is Place.BODY or place is Place.DOUBT]


def judge(
    texts: Sequence[str],
    lines: Sequence[Line],
    evidence: Evidence,
    least: Least,
    markups: Sequence[Markup] = (),
    late: bool = False,
) -> Judgement:
    """Return where each of the lines `texts` stands, `lines` being their features, `markups` those of a saved page.

    Where a `late` headline is looked for, one of which the evidence is sure counts behind lines of the body as well.
    """
    article = _with_heads(evidence, least)
    wanted = _wanted(lines, article, least)
    brief = len(lines) <= least.brief
    start = sure_headline(texts, lines, evidence)
    if brief and 2 * _sentences(lines[:start]) > _sentences(lines[start:]):
        start = 0  # what the evidence takes for the headline is a section head
    wanted[:start] = [False] * start
    if markups and not brief:
        _leave_comments(wanted, lines, article, markups)
    if least.stray and not brief:
        _leave_strays(wanted, lines, article, least.stray, markups)
    prose = next((n for n, text in enumerate(texts) if wanted[n] and _is_body_text(text, lines[n])), None)
    if prose is None:
        doubtful = _likeliest_prose(lines, article)
        return Judgement(lines, doubtful or _without_prose(lines), article)
    headline = find_headline(texts, lines, evidence, prose, brief)
    behind = late_headline(texts, lines, evidence) if late and not brief else None
    if behind is not None and behind > prose:
        first, headline = min(n for n, want in enumerate(wanted) if want), behind
        prose = next((n for n in range(behind, len(texts)) if wanted[n] and _is_body_text(texts[n], lines[n])), behind)
    elif headline is not None:
        first, prose = headline, _with_prose_before(wanted, lines, article, headline, prose)
    else:
        first = min(n for n, want in enumerate(wanted) if want)
    places = _places(texts, lines, wanted, first, headline, prose)
    return Judgement(lines, tuple(places), article)


def _with_heads(evidence: Evidence, least: Least) -> list[float]:
    """Return how probably each line is the article's: a line that is probably a section head is so as well."""
    return [max(p, h) if h >= least.heading else p for p, h in zip(evidence.article, evidence.heading, strict=True)]


def _sentences(lines: Sequence[Line]) -> int:
    """Return how many lines are sentences of some length."""
    return sum(line.ends and line.size > SENTENCE_SIZE for line in lines)


def _wanted(lines: Sequence[Line], article: Sequence[float], least: Least) -> list[bool]:
    """Return which lines the article wants; in a brief also what stands between its sentences."""
    wanted = [p >= (least.prose if _is_prose(line) else least.other) for p, line in zip(article, lines, strict=True)]
    if len(lines) > least.brief:
        for n in range(1, len(lines) - 1):
            if wanted[n - 1] and wanted[n + 1] and not wanted[n] and article[n] >= AMONG and _is_prose(lines[n]):
                wanted[n] = True
        return wanted
    sentences = [n for n, line in enumerate(lines) if line.ends and line.size > SENTENCE_SIZE]
    if not sentences:
        return wanted
    last = sentences[-1]
    while last + 1 < len(lines) and _may_close(lines[last + 1]) and article[last + 1] >= AMONG:
        last += 1
    return [want or sentences[0] <= n <= last for n, want in enumerate(wanted)]


def _may_close(line: Line) -> bool:
    """Tell whether a line looks like a short sentence with which a text ends: no prompt, no entry of a menu."""
    return (
        line.ends
        and line.size >= CLOSING_SIZE
        and line.capitals <= CLOSING_CAPITALS
        and line.times == 1
        and not (line.one_word or line.bullet or line.separated or line.trails or line.continues)
    )


def _with_prose_before(
    wanted: list[bool], lines: Sequence[Line], article: Sequence[float], headline: int, prose: int
) -> int:
    """Want the sentences that stand right before the first prose, back to the headline; return the first prose then."""
    while prose - 1 > headline and _is_prose(lines[prose - 1]) and article[prose - 1] >= BEFORE_PROSE:
        prose -= 1
        wanted[prose] = True
    return prose


def _leave_comments(
    wanted: list[bool], lines: Sequence[Line], article: Sequence[float], markups: Sequence[Markup]
) -> None:
    """Want no line in what the page calls comments, if prose stands before it that is believed in more."""
    inside = [n for n, want in enumerate(wanted) if want and "comments" in markups[n].hints]
    if not inside:
        return
    before = [n for n in range(inside[0]) if wanted[n] and _is_prose(lines[n])]
    if before and _mean_belief(before, lines, article) > _mean_belief(inside, lines, article):
        for n in inside:
            wanted[n] = False


def _mean_belief(places: Sequence[int], lines: Sequence[Line], article: Sequence[float]) -> float:
    """Return how probably the letters of some lines are the article's."""
    return sum(lines[n].size * article[n] for n in places) / sum(lines[n].size for n in places)


def _leave_strays(
    wanted: list[bool], lines: Sequence[Line], article: Sequence[float], share: float, markups: Sequence[Markup]
) -> None:
    """Want no part far from the rest that holds less than `share` of the belief, unsurely.

    On a saved page only those are strays that stand behind the rest, in other elements.
    """
    parts: list[list[int]] = []
    for n in (n for n, want in enumerate(wanted) if want):
        if not parts or n - parts[-1][-1] > FAR:
            parts.append([])
        parts[-1].append(n)
    beliefs = [sum(lines[n].size * article[n] for n in part) for part in parts]
    strays = [
        part
        for part, belief in zip(parts, beliefs, strict=True)
        if belief < share * sum(beliefs) and belief < STRAY * sum(lines[n].size for n in part)
    ]
    if markups:
        rest = [n for part in parts if part not in strays for n in part]
        home = {number for n in rest for number in markups[n].containers[1:]}
        end = rest[-1] if any(_is_prose(lines[n]) for n in rest) else len(lines)
        strays = [p for p in strays if p[0] > end and all(home.isdisjoint(markups[n].containers[1:]) for n in p)]
    for part in strays:
        for n in part:
            wanted[n] = False


def _is_prose(line: Line) -> bool:
    """Tell whether a line is a sentence of some length: it stays on little evidence."""
    return line.size > PROSE_SIZE and line.ends


def _is_body_text(text: str, line: Line) -> bool:
    """Tell whether an article's body may start with a line: no headline could be like it, and it says something."""
    return not headline_like(text, line) and any(map(str.isalnum, text))


def _places(
    texts: Sequence[str],
    lines: Sequence[Line],
    wanted: Sequence[bool],
    first: int,
    headline: int | None,
    prose: int,
) -> list[Place]:
    """Return the place of each line; known are the article's `first` line, the headline, the first prose behind it."""
    places = [Place.BODY if want else Place.ISLAND for want in wanted]
    last = max(n for n, want in enumerate(wanted) if want)
    places[:first] = [Place.BEFORE] * first
    places[last + 1 :] = [Place.AFTER] * (len(texts) - last - 1)
    if headline is not None:
        places[headline] = Place.HEADLINE
        for n in range(headline + 1, prose):
            if not wanted[n]:
                places[n] = Place.DEK if _is_dek(texts, n, headline) else Place.FRONT
    start = max(0, first - CREDITS_BEFORE) if headline is None else headline
    _find_credits(texts, places, start, prose, min(last + 1, prose + CREDITS_WITHIN))
    _find_facts(texts, lines, places, start)
    return places


def _is_dek(texts: Sequence[str], n: int, headline: int) -> bool:
    """Tell whether a line is long enough for a dek, stands right after the headline, and tells more than facts."""
    text = texts[n]
    return n == headline + 1 and len(text) >= DEK_SIZE and text != texts[headline] and not is_fact_line(text)


def _find_credits(texts: Sequence[str], places: list[Place], start: int, prose: int, end: int) -> None:
    """Mark the bylines and datelines from `start` to `end`.

    A byline with a day of its own behind the first `prose` is that of another story, if the article has had one before.
    """
    for n in range(start, end):
        if places[n] is Place.HEADLINE:
            continue
        if authors(texts[n]) is not None:
            if n < prose or Place.BYLINE not in places or not days_told(texts[n]):
                places[n] = Place.BYLINE
        elif day_of(texts[n]) is not None:
            places[n] = Place.DATELINE


def _find_facts(texts: Sequence[str], lines: Sequence[Line], places: list[Place], start: int) -> None:
    """Mark the lines of the body from `start` to its first sentence that tell of the article and are no part of it."""
    for n in range(start, len(texts)):
        if places[n] is not Place.BODY:
            continue
        if _is_prose(lines[n]):
            return
        if tells_only_facts(texts[n]):
            places[n] = Place.BYLINE if told(texts[n]) else Place.DATELINE


def _likeliest_prose(lines: Sequence[Line], article: Sequence[float]) -> tuple[Place, ...] | None:
    """Return the places of a text of whose lines the evidence believes in none: its likeliest run of prose, in doubt.

    It is the run of lines with the highest sum of the prose's sizes, weighed by what little belief there is, less a
    price for every other line. None where there is little prose: then there is no article.
    """
    belief = [p + LEAST_BELIEF if _is_prose(line) else 0.0 for p, line in zip(article, lines, strict=True)]
    if sum(line.size for line, p in zip(lines, belief, strict=True) if p) < DOUBTED_SIZE:
        return None
    top = max(belief)
    gains = [min(line.size, LONGEST_GAIN) * p / top if p else -PRICE for line, p in zip(lines, belief, strict=True)]
    first, last = best_run(np.array(gains))
    return tuple(Place.DOUBT if first <= n <= last and line.ends else Place.NOWHERE for n, line in enumerate(lines))


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
    """Return the judgement with the less probable half of the body taken out, at least one line of it."""
    body = judged.body()
    if not body:
        return judged
    middle = sorted(judged.article[n] for n in body)[len(body) // 2]
    weak = {n for n in body if judged.article[n] <= middle}
    return replace(judged, places=tuple(Place.ISLAND if n in weak else place for n, place in enumerate(judged.places)))
