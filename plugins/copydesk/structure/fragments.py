"""Fragments: the anchors of section heads in a page, readable, stable, unique."""

from __future__ import annotations

from collections.abc import Iterable

from slugify import slugify

RESERVED = frozenset(
    """
    about article authors body breadcrumb comments content contents-head corrections footer header headline keywords
    main menu more-head nav next notes previous related search share sidebar summary tags toc top
    """.split()
)
"""Ids that pages use for their own parts: no section head may take them."""

LONGEST = 60
NAMELESS = "section"
"""Fragment of a section head without letters or digits."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17d3"
_APART = rf"[^-\w{_MARKS}]+|_+"
"""What parts words: all but letters, digits and the vowel signs that Indic and Thai letters carry."""

_APOSTROPHES = str.maketrans("", "", "'’‘ʼ＇")


def fragments(headings: Iterable[str], ids: Iterable[str] = ()) -> list[str]:
    """Return a fragment for each heading, in document order; the same text again gets -2, -3 and so on.

    `ids` are those that the page has already.
    """
    taken: set[str] = {*RESERVED, *ids}
    found: list[str] = []
    counts: dict[str, int] = {}
    for heading in headings:
        base = _readable(heading)
        fragment = base
        while fragment in taken:
            counts[base] = counts.get(base, 1) + 1
            fragment = f"{base}-{counts[base]}"
        taken.add(fragment)
        found.append(fragment)
    return found


def _readable(heading: str) -> str:
    """Return a heading as lower-case words with hyphens between, cut at a word's end."""
    words = slugify(
        heading.translate(_APOSTROPHES),
        allow_unicode=True,
        max_length=LONGEST,
        word_boundary=True,
        save_order=True,
        regex_pattern=_APART,
    )
    return words.strip("-") or NAMELESS
