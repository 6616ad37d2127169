"""Reads and cleans all seeds of a site, each on its own: what is wrong with one never harms another."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from copydesk.cleaning.evidence import Leaning
from copydesk.cleaning.rulebook import RuleBook
from copydesk.desk.overrides import load_override
from copydesk.errors import CopydeskError, RefusedSeed
from copydesk.model import Article
from copydesk.pipeline import clean
from copydesk.render.text import body_text
from copydesk.site.first_seen import FirstSeen

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
            yield path.as_posix()


@dataclass(frozen=True, slots=True)
class Reader:
    """All that cleaning a seed needs: folders, rules, history, and the largest file that is read (bytes)."""

    folder: Path
    overrides: Path
    rules: RuleBook
    first_seen: FirstSeen
    max_bytes: int
    leaning: Leaning

    def read(self, name: str) -> Seed:
        """Return the seed `name` cleaned, or with the reason why it was refused; raises nothing."""
        try:
            path = self._inside(name)
            data = self._bytes(path, name)
        except (CopydeskError, OSError) as error:
            return Seed(name, "", NEVER, refusal=_words(error, name))
        seed = Seed(name, hashlib.sha256(data).hexdigest(), self.first_seen.moment(name))
        try:
            override = load_override(self.overrides, name)
            return replace(seed, article=clean(data, name, self.rules, override, self.leaning))
        except CopydeskError as error:
            return replace(seed, refusal=_words(error, name))
        except Exception as error:  # a seed may find a fault of ours; the others are published all the same
            fault = f"{name}: a fault in Copydesk stopped this seed ({type(error).__name__}: {error}). Please report it"
            return replace(seed, refusal=fault)

    def _inside(self, name: str) -> Path:
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise RefusedSeed("is a link out of the seeds folder", name, remedy="Copy the file itself into the folder")
        return path

    def _bytes(self, path: Path, name: str) -> bytes:
        size = path.stat().st_size
        if size > self.max_bytes:
            what = f"is {size:,} bytes long, more than COPYDESK_MAX_BYTES allows ({self.max_bytes:,})"
            raise RefusedSeed(what, name, remedy="Split the file, or raise the setting")
        return path.read_bytes()


def _words(error: Exception, name: str) -> str:
    text = str(error)
    return text if name in text else f"{name}: {text}"


def read_all(names: Iterable[str], reader: Reader, tick: Callable[[], None]) -> list[Seed]:
    """Read every seed in order, calling `tick` after each."""
    seeds = []
    for name in names:
        seeds.append(reader.read(name))
        tick()
    return seeds


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
