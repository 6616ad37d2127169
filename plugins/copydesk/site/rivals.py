"""Tells which addresses a change may touch: those of the changed stories, and of all that would have them, too.

A story's address depends on those that were seen before it and want one of the slugs that it may have, and on nothing
else: the others keep theirs without being asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from copydesk.site.addresses import NAMELESS, Candidate, assign_slugs, choices, slug_of, suffix_of
from copydesk.site.stories import StoryRecord

FIRST_CHOICES = 3
"""Slugs of a story that are looked at; a further one is its own for sure but for its number."""

_NUMBERED = re.compile(r"-[0-9a-f]{8}(?:[0-9a-f]{24}(?:-\d+)?)?$")


def slugs_of(
    new: Sequence[Candidate],
    former: Iterable[StoryRecord],
    kept: Sequence[StoryRecord],
    taken: Sequence[str],
    were_taken: Iterable[str],
) -> dict[str, str]:
    """Return by their ids the slugs of `new` stories, and of all `kept` ones whose slug may be another one now.

    `former` are the records of stories that are gone, or are among the new ones; `taken` are the slugs that no story
    may have, `were_taken` those of the last build.
    """
    names = {record.slug for record in former}
    names |= {slug.lower() for slug in taken} ^ {slug.lower() for slug in were_taken}
    names |= {name for candidate in new for name in islice(choices(candidate), FIRST_CHOICES)}
    if not names:
        return {}
    left = [(_plain(record), record) for record in kept]
    candidates = [*new]
    while names:
        plains = {plain for name in names for plain in _plains(name)}
        found = [Candidate(record.id, plain, record.first_seen) for plain, record in left if plain in plains]
        known = {candidate.id for candidate in found}
        slugs = [record.slug for plain, record in left if plain in plains]
        left = [(plain, record) for plain, record in left if record.id not in known] if found else left
        names = {*slugs, *(name for candidate in found for name in islice(choices(candidate), FIRST_CHOICES))}
        candidates += found
    return assign_slugs(candidates, taken)


def _plain(record: StoryRecord) -> str:
    """Return the slug of a story's title."""
    return slug_of(record.title) if suffix_of(record.id) in record.slug else record.slug


def _plains(slug: str) -> Iterator[str]:
    """Yield the slugs of titles under which an article may have a slug."""
    yield slug
    plain = _NUMBERED.sub("", slug)
    if plain != slug:
        yield plain
    if plain == NAMELESS:
        yield ""
