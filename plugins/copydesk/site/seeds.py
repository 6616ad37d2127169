"""The seeds of a site: their names, what became of each, and which of them tell the same story."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from copydesk.model import Article
from copydesk.render.text import body_text
from copydesk.site.filenames import name_of

NEVER = datetime.min.replace(tzinfo=UTC)
"""First-seen moment of a seed that could not be read."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One file below the seeds folder and what became of it: an article, or the reason why there is none."""

    name: str
    sha256: str
    first_seen: datetime
    article: Article | None = None
    refusal: str | None = None
    duplicate_of: str | None = None


def seed_names(folder: Path) -> Iterator[str]:
    """Yield the paths below `folder` of all files there, sorted; hidden files and folders are left out."""
    if not folder.is_dir():
        return
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file() or p.is_symlink())
    for path in sorted(found, key=lambda p: p.as_posix()):
        if not any(part.startswith(".") for part in path.parts):
            yield name_of(path)


def mark_duplicates(seeds: list[Seed]) -> list[Seed]:
    """Return the seeds with every further scrape of a story that is there already marked as its duplicate.

    The same story has the same bytes, or the same headline and the same cleaned text. The first seen is published, by
    name among equals.
    """
    first: dict[str, Seed] = {}
    for seed in sorted(seeds, key=lambda s: (s.first_seen, s.name)):
        if seed.article:
            first.setdefault(_text_key(seed.article), seed)
    return [_marked(seed, first) for seed in seeds]


def with_own_ids(seeds: list[Seed]) -> list[Seed]:
    """Return the seeds with no id twice: one that claims the address of another story keeps none of its identity."""
    owners: dict[str, str] = {}
    for seed in sorted(seeds, key=lambda s: (s.first_seen, s.name)):
        if seed.article and not seed.duplicate_of:
            owners.setdefault(seed.article.id, seed.name)
    return [_with_own_id(seed, owners) for seed in seeds]


def _with_own_id(seed: Seed, owners: dict[str, str]) -> Seed:
    if seed.article is None or seed.duplicate_of or owners[seed.article.id] == seed.name:
        return seed
    owner = owners[seed.article.id]
    warning = f"says that it was scraped from the same address as {owner}, but tells another story"
    article = replace(
        seed.article,
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"sha256:{seed.sha256}").urn,
        warnings=(*seed.article.warnings, warning),
    )
    return replace(seed, article=article)


def _text_key(article: Article) -> str:
    words = [" ".join(text.split()).casefold() for text in (article.title, body_text(article))]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _marked(seed: Seed, first: dict[str, Seed]) -> Seed:
    if seed.article is None:
        return seed
    original = first[_text_key(seed.article)]
    return seed if original is seed else replace(seed, duplicate_of=original.name)
