"""Say in words why a line was kept or dropped by evidence, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import cache, lru_cache

from copydesk.cleaning.features import Line
from copydesk.cleaning.rulefile import Rule
from copydesk.model import Label, Markup, Role


class Place(StrEnum):
    """Where a line stands in its document."""

    HEADLINE = "headline"
    DEK = "dek"
    BYLINE = "byline"
    DATELINE = "dateline"
    FRONT = "front"
    BODY = "body"
    ISLAND = "island"
    BEFORE = "before"
    AFTER = "after"
    DOUBT = "doubt"
    NOWHERE = "nowhere"


_KEPT = {
    Place.HEADLINE: Role.HEADLINE,
    Place.DEK: Role.DEK,
    Place.BYLINE: Role.BYLINE,
    Place.DATELINE: Role.DATELINE,
    Place.BODY: Role.PARAGRAPH,
    Place.DOUBT: Role.PARAGRAPH,
}
_WORDS = {
    Place.HEADLINE: "stands before the article's text and fits it best",
    Place.DEK: "{look}, right after the headline",
    Place.BYLINE: "names the authors and nothing else",
    Place.DATELINE: "gives a date and nothing else",
    Place.FRONT: "{look}, between the headline and the first paragraph",
    Place.BODY: "{look}, in the article's run of text",
    Place.ISLAND: "{look}, between paragraphs, unlike them",
    Place.BEFORE: "{look}, before the article's text",
    Place.AFTER: "{look}, after the article's last paragraph",
    Place.DOUBT: "{look}; the whole text is of such lines, so it is kept in doubt",
    Place.NOWHERE: "{look}; there is no article text around",
}
_SURROUNDINGS = {
    "comments": "among the comments",
    "figcaption": "caption of a picture",
    "caption": "caption of a picture",
    "advert": "in an advertisement",
    "subscribe": "in a prompt to subscribe or log in",
    "window": "in a window or notice of the page",
    "hidden": "in a part of the page that is not shown",
    "nav": "in the page's navigation",
    "navigation": "in the page's navigation",
    "footer": "in the page's footer",
    "form": "in a form",
    "button": "on a button",
    "related": "among other articles",
    "social": "among links to share the page",
    "aside": "in a box beside the text",
    "frame": "in the page's frame",
    "tags": "among the page's topics",
}
"""What it means for a line to stand inside an element or hint of a page, the most telling first."""

LINKED = 0.95
"""Share of a line's letters in links from which all of it is a link."""

_SETTLED = {Place.BYLINE: 0.9, Place.DATELINE: 0.9, Place.DEK: 0.7, Place.HEADLINE: 0.85, Place.DOUBT: 0.5}


def by_rule(rule: Rule) -> Label:
    """Return the label of a line that `rule` drops."""
    return Label(False, Role.FURNITURE, f"rule:{rule.id}", rule.why)


def by_teaser(rule: Rule) -> Label:
    """Return the label of the headline of another article, which the line before it announced by `rule`."""
    return Label(
        False, Role.FURNITURE, f"rule:{rule.id}", "headline of another article, announced by the line before", 0.8
    )


@cache
def by_siblings(pages: int) -> Label:
    """Return the label of a line that stands on at least `pages` other pages of its source."""
    return Label(
        False, Role.FURNITURE, "evidence:siblings", f"stands on at least {pages} other pages of this source", 0.95
    )


def by_evidence(line: Line, place: Place, article: float) -> Label:
    """Return the label of a line in `place`, `article` being the probability that it is the article's."""
    return _label(place, describe(line), round(article, 2))


@lru_cache(maxsize=4096)
def _label(place: Place, looks: str, article: float) -> Label:
    """Return the label; few are different, so they are made once."""
    role = _KEPT.get(place)
    return Label(
        role is not None,
        role or Role.FURNITURE,
        f"evidence:{place.value}",
        _WORDS[place].format(look=looks),
        confidence(place, article),
    )


@lru_cache(maxsize=4096)
def by_form(label: Label) -> Label:
    """Return the label of a line that is kept because its file holds a story and nothing else."""
    return replace(label, reason="form:story", why="the file holds a story and nothing else")


@lru_cache(maxsize=4096)
def with_heading(label: Label, heading: float) -> Label:
    """Return a label with the probability that its line is a section head."""
    return replace(label, heading=heading)


def with_surroundings(label: Label, markup: Markup | None) -> Label:
    """Return a label that also says where in its page a dropped line stands, if that tells."""
    if label.keep or markup is None:
        return label
    told = _told(markup.landmarks, markup.hints)
    if told is None and markup.linked >= LINKED:
        told = "all of it is a link"
    return _with_reason(label, told) if told else label


@lru_cache(maxsize=4096)
def _told(landmarks: frozenset[str], hints: frozenset[str]) -> str | None:
    """Return in words what stands around a line, None where that does not tell."""
    return next((words for name, words in _SURROUNDINGS.items() if name in landmarks or name in hints), None)


@lru_cache(maxsize=4096)
def _with_reason(label: Label, told: str) -> Label:
    """Return a label that says this as well; few are different, so they are made once."""
    return replace(label, why=f"{label.why}; {told}")


def confidence(place: Place, article: float) -> float:
    """Return how sure the verdict is, from 0.5 to 1; a line that is kept in doubt is a coin's toss."""
    if place in _SETTLED:
        return _SETTLED[place]
    return max(0.5, round(article if place is Place.BODY else 1 - article, 2))


def describe(line: Line) -> str:
    """Return the most telling thing about a line's looks."""
    if line.trails:
        return "text that is cut off"
    if line.bullet:
        return "list item"
    if line.separated and not line.ends:
        return "line of links or credits"
    if line.one_word:
        return "single word"
    if line.size < 80:
        return "short sentence" if line.ends else "short line without a sentence"
    return "prose" if line.ends else "line without the end of a sentence"
