"""Parts the stories of a site into volumes, each of which the search has an index of its own for.

A story that is added or edited has one volume indexed anew, not the whole site. A volume holds stories of one language,
since some (Japanese, for one) take Pagefind a second, however few they are. It ends after a story whose id says so,
counted from the oldest, and is named after its oldest story, as archived feeds are: the others stay what they are.
The stories behind the last one are in ever smaller volumes: most that change are new, and Pagefind takes its time for
each story of a volume.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from copydesk.feeds.archive import ends_part, part_name

MOST = 8
"""Volumes that a language has, give or take a few: a reader's browser asks all of them."""

NEW = 64
"""Stories from which a volume of new ones may end."""

NEWER = 4
"""Behind a volume is at least this part of as many newer stories as it must have: the newest are in small ones."""

ENDS = 4
"""Stories after which a volume may end, on average, among as many as it has at least."""


class Volume(NamedTuple):
    """Stories of one language that are indexed together, the oldest first, and the name of the volume."""

    name: str
    language: str
    stories: Sequence[Any]


def volumes_of(articles: Sequence[Any], default: str, smallest: int) -> list[Volume]:
    """Return the volumes of a site's articles, those of its `default` language before others, the newest first.

    Of a language of few articles one may end after `smallest` of them, one of new articles after fewer.
    """
    languages = defaultdict[str, list[Any]](list)
    for article in sorted(articles, key=lambda article: (article.date, article.copydesk.id)):
        languages[language_of(article, default)].append(article)
    return [
        Volume(part_name(part[0].copydesk.id), language, part)
        for language in sorted(languages, key=lambda name: (name != _plain(default), name))
        for part in reversed([*_parts(languages[language], _least(len(languages[language]), smallest))])
    ]


def language_of(article: Any, default: str) -> str:
    """Return the language that a story is searched in, without its region."""
    return _plain(str(article.copydesk.language or default))


def _plain(language: str) -> str:
    return language.partition("-")[0].lower()


def _least(number: int, smallest: int) -> int:
    """Return the stories of the smallest volume; doubled, so that many an end stays one where a site grows."""
    least = smallest
    while (least + least // ENDS) * MOST < number:
        least *= 2
    return least


def _parts(ordered: Sequence[Any], least: int) -> Iterator[Sequence[Any]]:
    """Yield the parts of articles, the oldest first: of `least` to twice as many, then smaller ones."""
    start = 0
    for end in _ends(ordered, least):
        yield ordered[start:end]
        start = end
    if least >= 2 * NEW:
        yield from _parts(ordered[start:], least // 2)
    elif start < len(ordered):
        yield ordered[start:]


def _ends(ordered: Sequence[Any], least: int) -> Iterator[int]:
    """Yield the places behind which parts of `least` articles at least end; some newer ones are left for others."""
    start, one_in = 0, max(1, least // ENDS)
    older = ordered[: len(ordered) - least // NEWER] if least >= NEW else ordered
    for end, article in enumerate(older, start=1):
        size = end - start
        is_end = size >= least and ends_part(article.copydesk.id, one_in)
        if is_end or size == 2 * least:
            yield end
            start = end
