"""Finds the scrapes that tell the same story, so that it is published once, and names the others as its sources.

The same story has the same headline and text; or a headline alike and nearly the same text, as when two papers print
what an agency wrote, or one page is scraped twice. In doubt both are published.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from copydesk.enrich.likeness import DIGITS, likeness
from copydesk.model import Status
from copydesk.packing import Abstract
from copydesk.site.seeds import Identity, Seed

BAND = 4
"""Numbers of a sketch that two texts must have in common, in one place of it, to be compared at all."""

WIDTH = BAND * DIGITS
"""Hexadecimal digits of so many numbers."""

Band = tuple[int, str]
"""Where in a sketch it begins, and its numbers."""

HEADLINE = 0.5
"""Share of the words of two headlines that both have, from which the headlines are alike."""

FULLER = 1.05
"""How many times as long a later scrape has to be to be published in the place of an earlier one."""

_WORD = re.compile(r"\w+")


def mark_duplicates(seeds: list[Seed], percent: int) -> list[Seed]:
    """Return the seeds with every further scrape of a story that is there already marked as its duplicate.

    Texts are nearly the same from `percent` of common runs of words; at 100 they have to be the same. Of the same the
    first seen is published, by name among equals; of nearly the same the fullest, which keeps the first one's identity.
    """
    ordered = sorted((seed for seed in seeds if seed.abstract), key=lambda seed: (seed.first_seen, seed.name))
    chosen: dict[str, Seed] = {}
    marked: dict[str, Seed] = {}
    for group in _groups(ordered, percent):
        first, best = group[0], _fullest(group)
        chosen[best.name] = replace(_with_identity(best, first), others=tuple(_addresses(group, best)))
        marked |= {seed.name: replace(seed, duplicate_of=best.name) for seed in group if seed is not best}
    return [chosen.get(seed.name) or marked.get(seed.name) or seed for seed in seeds]


def _groups(ordered: list[Seed], percent: int) -> Iterator[list[Seed]]:
    """Yield the scrapes of each story, the first seen first."""
    groups: list[list[Seed]] = []
    exact: dict[str, list[int]] = defaultdict(list)
    near: dict[Band, list[int]] = defaultdict(list)
    shared = _shared_bands([_abstract(seed).sketch for seed in ordered]) if percent < 100 else {}
    for seed in ordered:
        abstract = _abstract(seed)
        place = next((place for place in exact[abstract.story] if _as_edited(seed, groups[place])), None)
        bands = shared.get(abstract.sketch, ())
        if place is None and bands:
            found = {place for band in bands for place in near.get(band, ()) if _as_edited(seed, groups[place])}
            place = _near(abstract, found, groups, percent / 100)
        if place is None:
            place = len(groups)
            groups.append([])
            for band in bands:
                near[band].append(place)
        if place not in exact[abstract.story]:
            exact[abstract.story].append(place)
        groups[place].append(seed)
    yield from groups


def _as_edited(seed: Seed, group: Iterable[Seed]) -> bool:
    """Tell whether no editor has made two stories of a scrape and of a group: by a headline of its own for each."""
    own = _abstract(seed).article
    if not own.provenance.headline_found:
        return True
    others = (_abstract(other).article for other in group)
    return all(headlines_alike(own.title, other.title) for other in others if other.provenance.headline_found)


def _near(abstract: Abstract, found: Iterable[int], groups: list[list[Seed]], least: float) -> int | None:
    """Return the place of the story that an article nearly tells, the most alike; None where there is none."""
    alike = [(likeness(abstract.sketch, _abstract(groups[place][0]).sketch), -place) for place in found]
    for share, place in sorted(alike, reverse=True):
        other = _abstract(groups[-place][0])
        published = abstract.article.status is other.article.status is Status.PUBLISHED
        heads = headlines_alike(abstract.article.title_found, other.article.title_found)
        if share >= least and published and heads and numbers_alike(abstract.numbers, other.numbers):
            return -place
    return None


def _shared_bands(sketches: Iterable[str]) -> dict[str, list[Band]]:
    """Return, by sketch, the bands that more than one of the sketches has; most have none, and are left out."""
    shared: dict[str, list[Band]] = defaultdict(list)
    lengths: dict[int, list[str]] = defaultdict(list)
    for sketch in sketches:
        lengths[len(sketch)].append(sketch)
    for length, some in lengths.items():
        for start in range(0, length, WIDTH):
            column = np.array([sketch[start : start + WIDTH] for sketch in some], f"S{WIDTH}")
            _, which, counts = np.unique(column, return_inverse=True, return_counts=True)
            for place in np.flatnonzero(counts[which] > 1).tolist():
                band = (start, some[place][start : start + WIDTH])
                if band not in shared[some[place]]:
                    shared[some[place]].append(band)
    return shared


def headlines_alike(one: str, other: str) -> bool:
    """Tell whether two headlines share their words; another number in one tells of another story."""
    words, others = ({*_WORD.findall(headline.casefold())} for headline in (one, other))
    if {word for word in words ^ others if any(map(str.isdigit, word))}:
        return False
    return len(words & others) >= HEADLINE * len(words | others)


def numbers_alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether one text has all numbers of the other: reports of one kind differ in nothing else."""
    numbers, others = set(one), set(other)
    return numbers <= others or others <= numbers


def _fullest(group: list[Seed]) -> Seed:
    """Return the scrape to publish: one whose headline an editor gave, else the first or a clearly longer one."""
    if edited := next((seed for seed in group if _abstract(seed).article.provenance.headline_found), None):
        return edited
    best = group[0]
    for seed in group[1:]:
        if _abstract(seed).article.word_count > FULLER * _abstract(best).article.word_count:
            best = seed
    return best


def _with_identity(seed: Seed, first: Seed) -> Seed:
    """Return a seed with the identity of the first scrape of its story: its id, and when it was first seen."""
    if seed is first:
        return seed
    abstract = _abstract(seed)
    article = replace(abstract.article, id=_abstract(first).article.id)
    own = Identity(abstract.article.id, seed.first_seen)
    return replace(seed, first_seen=first.first_seen, own=own, abstract=replace(abstract, article=article))


def _addresses(group: Iterable[Seed], best: Seed) -> Iterator[str]:
    """Yield the addresses of the other scrapes, each once."""
    own = _abstract(best).article.provenance.url
    urls = (_abstract(seed).article.provenance.url for seed in group)
    yield from dict.fromkeys(url for url in urls if url and url != own)


def _abstract(seed: Seed) -> Abstract:
    if seed.abstract is None:
        raise ValueError(f"{seed.name} was refused")
    return seed.abstract


def with_own_ids(seeds: list[Seed]) -> list[Seed]:
    """Return the seeds with no id twice: one that claims the identity of another story keeps none of it."""
    owners: dict[str, str] = {}
    contested: list[Seed] = []
    for seed in sorted(seeds, key=lambda s: (s.first_seen, s.name)):
        published = seed.abstract and not seed.duplicate_of
        if published and owners.setdefault(_abstract(seed).article.id, seed.name) != seed.name:
            contested.append(seed)
    renamed: dict[str, Seed] = {}
    for seed in contested:
        own = next(id for id in _own_ids(seed) if id not in owners)
        renamed[seed.name] = _with_own_id(seed, own, owners[_abstract(seed).article.id])
        owners[own] = seed.name
    return [renamed.get(seed.name, seed) for seed in seeds]


def _own_ids(seed: Seed) -> Iterator[str]:
    """Yield the ids that a seed may have: of its bytes, and of its name as well where others have the same bytes."""
    yield uuid.uuid5(uuid.NAMESPACE_OID, f"sha256:{seed.sha256}").urn
    yield uuid.uuid5(uuid.NAMESPACE_OID, f"sha256:{seed.sha256} {seed.name}").urn


def _with_own_id(seed: Seed, own: str, owner: str) -> Seed:
    abstract = _abstract(seed)
    article = abstract.article
    same = "says that it was scraped from the same address as" if article.provenance.url else "holds the same bytes as"
    warning = f"{same} {owner}, but tells another story"
    former = seed.own or Identity(article.id, seed.first_seen)
    article = replace(article, id=own, warnings=(*article.warnings, warning))
    return replace(seed, own=former, abstract=replace(abstract, article=article))
