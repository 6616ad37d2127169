"""Addresses of articles: a readable slug from the headline, never empty, never one for two, stable when others come.

So are those of listings' pages never one for two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from pelican.paginator import PaginationRule
from pelican.settings import DEFAULT_CONFIG
from slugify import slugify

from copydesk.intake.characters import plain

MAX_SLUG = 80
"""Characters; file systems allow 255 bytes for a name, and people read addresses."""

NAMELESS = "article"
"""Begins the slug of an article whose title has none."""

_ADDRESS = re.compile(r"(?:.*/)?([^/]+?)(?:\.html?|/index\.html?|/)?")
"""An address, as builds tell them, with the slug in it."""

RESERVED = frozenset("index 404 archives about feeds search con prn aux nul com1 com2 com3 com4 lpt1 lpt2 lpt3".split())
"""Slugs that a site or a file system uses for itself."""


class Candidate(NamedTuple):
    """What an address is made from: the article's permanent id, its title's slug, and when it was first seen (seconds).

    The slug is empty where the title has none.
    """

    id: str
    plain: str
    first_seen: int


def slug_of(title: str) -> str:
    """Return the slug of `title`, transliterated to ASCII, cut at a word's end; empty where nothing is left."""
    return slugify(title[:1000], max_length=MAX_SLUG, word_boundary=True, save_order=True)


def suffix_of(identity: str) -> str:
    """Return eight characters of an article's id, to tell it from a namesake."""
    return _number(identity)[:8]


def _number(identity: str) -> str:
    return identity.rsplit(":", 1)[-1].replace("-", "")


def choices(candidate: Candidate) -> Iterator[str]:
    """Yield the slugs that an article may have, the best first: plain, with a part of its id, with the whole of it."""
    base, number = candidate.plain or NAMELESS, _number(candidate.id)
    if candidate.plain:
        yield candidate.plain
    yield f"{base}-{suffix_of(candidate.id)}"
    yield f"{base}-{number}"
    yield from (f"{base}-{number}-{more}" for more in count(2))


def assign_slugs(candidates: Iterable[Candidate], taken: Iterable[str] = ()) -> dict[str, str]:
    """Map each candidate's id to a slug of its own.

    Of namesakes the first seen has the plain slug, each later one a suffix from its id: a newcomer never moves an
    article that is there already. `taken` are slugs of hand-written articles, which come first. A title may hold the
    suffix of another article.
    """
    used = {slug.lower() for slug in taken} | RESERVED
    slugs: dict[str, str] = {}
    for candidate in sorted(candidates, key=lambda c: (c.first_seen, c.id)):
        slug = slugs[candidate.id] = next(slug for slug in choices(candidate) if slug not in used)
        used.add(slug)
    return slugs


def former_paths(article: Any, pattern: str) -> list[str]:
    """Return the paths of the pages that an article had before, by its former slugs; `pattern` has `{slug}` in it.

    Whole addresses ("articles/old-slug.html") stand for the slugs in them.
    """
    slugs = filter(None, map(_former_slug, article.copydesk.was))
    return [pattern.format(**{**article.url_format, "slug": slug}) for slug in slugs]


def _former_slug(told: str) -> str:
    """Return a former slug as an editor tells it, by itself or in its address."""
    address = _ADDRESS.fullmatch(told)
    return slug_of(address[1] if address else told)


def section_name(folder: str) -> str:
    """Return what a section is called whose stories stand in a folder; empty where the folder's name says nothing."""
    return plain(folder).replace("-", " ").replace("_", " ").strip().capitalize()


def slug_of_name(name: str) -> str:
    """Return the slug of a section, tag or author whose own is empty or too long for a file's name."""
    return slug_of(name) or f"x{_digest(name)}"


def slugs_of_names(names: Iterable[str]) -> dict[str, str]:
    """Map each of some names to a slug of its own: of several that have one, the first in their order has it plain."""
    slugs: dict[str, str] = {}
    used: set[str] = set()
    for name in sorted(names):
        slug = slug_of_name(name)
        slugs[name] = f"{slug}-{_digest(name)}" if slug in used else slug
        used.add(slugs[name])
    return slugs


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def further_pages(rules: Sequence[PaginationRule]) -> list[PaginationRule]:
    """Return the site's own rules for the addresses of a listing's pages, else those by which no two can be the same.

    Pelican's own put the number behind the slug: page 2 of the topic "web" would be the topic "web2".
    """
    if [*rules] != [PaginationRule(*rule) for rule in DEFAULT_CONFIG["PAGINATION_PATTERNS"]]:
        return [*rules]
    first, further = "{name}{extension}", "{name}/{number}{extension}"
    return [PaginationRule(1, first, first), PaginationRule(2, further, further)]
