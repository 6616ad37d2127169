"""Find the headline: a headline-like line before the article's first prose.

What is headline-like depends on the line alone; so a text that begins with prose has no headline, however often it is
cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.cleaning.credits import authors
from copydesk.cleaning.dates import day_of
from copydesk.cleaning.features import STATEMENT_END, UNMARKED, Line, last_mark
from copydesk.intake.headlines import folded

if TYPE_CHECKING:  # its taggers take long to load
    from copydesk.cleaning.evidence import Evidence

LONGEST = 220.0
"""Longest headline, in Latin letters."""

BODY = 0.5
"""Probability from which a line is the body's and no headline."""

SURE_SHARE = 0.6
"""Share of the belief from which a line is the headline even where sentences stand before it."""

MOST_BEFORE = 0.15
"""Share of the belief in the article's lines that may stand before a late headline."""

LITTLE = 0.1
"""Share of the belief in a page's text that may stand before its title without being the article's."""

LEAST_DECLARED = 12
"""Letters that a declared headline has at least: shorter ones are names of sites and series."""

LEAST_SHARE = 0.1
"""Share of the tagger's belief that a headline has at least."""

BRIEF_SIZE = 24
"""Letters that a brief document's headline has at least where the tagger does not believe in it."""

CERTAIN, UNLIKELY = 0.9, 0.2
"""Share of the belief from which a dump's line is the headline though it looks like a statement or a list item, and
below which probability it is no line of the body then (of a brief document: no section head)."""

BRIEF_BODY = 0.8
"""Probability from which such a line of a brief document is the body's: of the labelled pages' headlines none had a
higher one where the pages were cut down to a few lines."""

LONGEST_CERTAIN = 120.0
"""Longest such line, in Latin letters."""

TELLING = 4
"""Letters of a word from which it says what a text is about, more often than not."""

LONGEST_WHOLE = 300
"""Characters of the longest line in which a headline and the names of site and sections are told apart."""

_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]{1,40}$")
"""What pages put behind the headline where they declare it."""

_PARTED_BEFORE = re.compile(r"[|›»>·•/]\s*$|\s[–—-]\s+$")
"""How what stands before the headline ends where a dump has them in one line: trails of links, names of sections."""

_PARTED_BEHIND = re.compile(r"\s*[|›»·•]\s*\S|\s+[–—-]\s+\S")
"""How what stands behind the headline begins there."""

_WORD = re.compile(r"[^\W\d_]+")
_OPEN_END = frozenset(",;:，；：、")
_MEANING = re.compile(r"[^\W_]|[\u2190-\u2bff\U0001f000-\U0001faff]")
_INNER_END = re.compile(r"[.!?…؟۔।]['\"”’»)\]]*\s|[。！？｡।॥።։]")
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.){2,}$")


def headline_like(text: str, line: Line) -> bool:
    """Tell whether a line could be a headline or section head: short, not the end of a statement, no list item."""
    if line.size > LONGEST or line.bullet or not _MEANING.search(text):
        return False
    last = last_mark(text)
    if UNMARKED.match(last) and line.ends:
        return False
    if last in _OPEN_END or (last in STATEMENT_END and not _INITIALS.search(text)):
        return False
    return line.size < 40 or len(_INNER_END.findall(text)) <= 2


def find_headline(
    texts: Sequence[str], lines: Sequence[Line], evidence: Evidence, prose: int, brief: bool = False
) -> int | None:
    """Return the headline's place before the article's first `prose`, None where no line is likely enough to be one.

    It is the headline-like line, not surely the body's, with the highest of the tagger's shares. In a `brief` document
    the shares say less, and any line of some length will do; how probably a line is the article's says less, too, so
    that one which is certainly the headline is, and the name of the paper above another line is none.
    """
    shares = evidence.headline
    found = [
        n
        for n in range(prose)
        if (shares[n] >= LEAST_SHARE or (brief and lines[n].size >= BRIEF_SIZE))
        and (evidence.article[n] < BODY or (brief and _is_certain_of_brief(n, lines, evidence)))
    ]
    found = [n for n in found if _may_be(n, texts, lines, evidence)]
    best = max(found, key=lambda n: (shares[n], n), default=None)
    below_name = best == 0 and brief and 1 in found and _is_papers_name(texts, lines, prose)
    return 1 if below_name else best


def _is_certain_of_brief(n: int, lines: Sequence[Line], evidence: Evidence) -> bool:
    """Tell whether a brief document's line is certainly its headline, though the evidence takes it for the body's."""
    return (
        evidence.headline[n] >= CERTAIN
        and lines[n].size >= BRIEF_SIZE
        and evidence.heading[n] < UNLIKELY
        and evidence.article[n] < BRIEF_BODY
    )


def _is_papers_name(texts: Sequence[str], lines: Sequence[Line], prose: int) -> bool:
    """Tell whether the first line is the paper's name and the second the headline, right above who wrote it or when.

    A name is short, all its words are capitals, and no more than half of those that say something stand in the text, of
    which the headline has more.
    """
    if prose < 3 or lines[0].size >= BRIEF_SIZE or lines[0].capitals < 1 or not _is_credit(texts[2]):
        return False
    text = _telling_words(" ".join(texts[prose:]))
    name, headline = _telling_words(texts[0]), _telling_words(texts[1])
    return 2 * len(name & text) <= len(name) and len(headline & text) > len(name & text)


def _telling_words(text: str) -> set[str]:
    """Return the words of a text that are long enough to say something."""
    return {word.casefold() for word in _WORD.findall(text) if len(word) >= TELLING}


def sure_headline(texts: Sequence[str], lines: Sequence[Line], evidence: Evidence) -> int:
    """Return the place of a line that is surely the headline, before which nothing is surely the body's; else 0.

    Before one that the page both declares and marks up as its title, what little is believed in is another story's.
    """
    best = _surest(texts, lines, evidence)
    if best is None:
        return 0
    if max(evidence.article[: best + 1]) < BODY:
        return best
    return best if evidence.headline[best] == 1 and _share_before(lines, evidence, best) < LITTLE else 0


def late_headline(texts: Sequence[str], lines: Sequence[Line], evidence: Evidence) -> int | None:
    """Return the place of a line that is surely the headline though some of the body may stand before it, else None."""
    best = _surest(texts, lines, evidence)
    if best is None or evidence.article[best] >= BODY:
        return None
    return best if _share_before(lines, evidence, best) < MOST_BEFORE else None


def _share_before(lines: Sequence[Line], evidence: Evidence, place: int) -> float:
    """Return the share of the belief in the article's lines that stands before a place."""
    beliefs = [line.size * p for line, p in zip(lines, evidence.article, strict=True)]
    return sum(beliefs[:place]) / max(sum(beliefs), 1.0)


def _surest(texts: Sequence[str], lines: Sequence[Line], evidence: Evidence) -> int | None:
    """Return the place of the line that is most probably the headline, None where it is not sure."""
    best = _likeliest(evidence)
    sure = best is not None and evidence.headline[best] >= SURE_SHARE and _may_be(best, texts, lines, evidence)
    return best if sure else None


def _likeliest(evidence: Evidence) -> int | None:
    """Return the place of the line that is most probably the headline, None where there are no lines."""
    return max(range(len(evidence.headline)), key=lambda n: evidence.headline[n], default=None)


def _may_be(n: int, texts: Sequence[str], lines: Sequence[Line], evidence: Evidence) -> bool:
    """Tell whether a line may be the headline: it looks like one, or is it certainly, and is no credit."""
    return (n == evidence.certain or headline_like(texts[n], lines[n])) and not _is_credit(texts[n])


def _is_credit(text: str) -> bool:
    """Tell whether a line names nothing but authors or a day."""
    return authors(text) is not None or day_of(text) is not None


def with_likeliest(evidence: Evidence, texts: Sequence[str], lines: Sequence[Line]) -> Evidence:
    """Return the evidence on a dump with one headline where its likeliest line tells which one it is.

    It does if another line is the same but for the names of site and sections in it, or if it is certainly the headline
    though it looks like a statement or a list item.
    """
    shares, best = evidence.headline, _likeliest(evidence)
    if best is None or shares[best] < LEAST_SHARE:
        return evidence
    plain = [" ".join(text.split()) if len(text) <= LONGEST_WHOLE else "" for text in texts]
    parts = [n for n, text in enumerate(plain) if _is_within(text, plain[best]) and headline_like(text, lines[n])]
    if any(shares[n] >= LEAST_SHARE and _is_within(plain[best], text) for n, text in enumerate(plain)):
        parts.append(best)
    if parts:
        return _with_headline(evidence, max(parts, key=lambda n: (shares[n], n)))
    certain = shares[best] >= CERTAIN and evidence.article[best] < UNLIKELY and max(evidence.article) >= BODY
    if not certain or lines[best].size > LONGEST_CERTAIN:
        return evidence
    return replace(_with_headline(evidence, best), certain=best)


def _is_within(text: str, longer: str) -> bool:
    """Tell whether a text is all of a longer one but for what is put before or behind headlines."""
    rest = len(longer) - len(text)
    if not LEAST_DECLARED <= len(text) < len(longer):
        return False
    if longer.endswith(text):
        glued = longer[rest - 1].islower() and text[0].isupper()
        return glued or _PARTED_BEFORE.search(longer[:rest]) is not None
    return longer.startswith(text) and rest <= len(text) and _PARTED_BEHIND.match(longer[len(text) :]) is not None


def with_declared(
    evidence: Evidence,
    texts: Sequence[str],
    declared: Sequence[str],
    titles: Collection[int] = (),
    sure: bool = False,
) -> Evidence:
    """Return the evidence with the headline that the page declares, if it is a line before the body.

    `declared` are all that it calls its headline, the surest first; of the lines where it stands those among `titles`,
    that the page marks up as such (h1), go before others, wherever they are. Where the declared one is `sure` to be the
    headline, no other line is. A page that declares none may have its only title where the body seems to begin.
    """
    body = next((n for n, p in enumerate(evidence.article) if p >= BODY and not sure), len(texts))
    wanted = [form for text in declared for form in (folded(_SITE_NAME.sub("", text)), folded(text))]
    lines = {n: folded(texts[n]) for n in (*range(body), *(n for n in titles if n >= body))}
    found = [[n for n in lines if lines[n] == form] for form in wanted if sure or len(form) >= LEAST_DECLARED]
    places = next(filter(None, found), None)
    if places:
        marked = [n for n in places if n in titles]
        place = marked[0] if marked else places[0 if sure else -1]
        return _with_headline(evidence, place)
    if not declared and _is_only_title(evidence, texts, titles, body):
        return _with_headline(evidence, body)
    return replace(evidence, headline=[0.0] * len(texts)) if sure else evidence


def _is_only_title(evidence: Evidence, texts: Sequence[str], titles: Collection[int], body: int) -> bool:
    """Tell whether the body's first line is the page's only title, and no line before it is likely the headline.

    A title further up is often the site's name, one further down a section's.
    """
    likely = any(share >= LEAST_SHARE for share in evidence.headline[:body])
    return body in titles and not likely and len({folded(texts[n]) for n in titles}) == 1


def _with_headline(evidence: Evidence, place: int) -> Evidence:
    """Return the evidence with the line at `place` as the headline, and no other."""
    article = [0.0 if n == place else p for n, p in enumerate(evidence.article)]
    return replace(evidence, article=article, headline=[float(n == place) for n in range(len(article))])
