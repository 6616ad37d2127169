"""Tells of an article, in a digest, what there is to read of it: with the same one it looks the same on every page.

How deep that goes is a `Depth`: what stands on its card, its text, or what it is tied to as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pelican.contents import Content

from copydesk.site.facts import Facts, Neighbour
from copydesk.site.handwritten import FILES, is_there, linked_files
from copydesk.site.newsroom import SeedArticle
from copydesk.site.reads import Depth
from copydesk.site.ties import Tied


class Untold(Exception):
    """A value that can't be told apart from others by its text."""


class Stories(list[Any]):
    """A list of articles that comes with the digests of their cards, in `cards`; None for one that is not known yet.

    To look those up in each article takes longer than all else that is done for a listing that stays as it is.
    """

    def __init__(self, articles: Iterable[Any] = (), cards: Iterable[str | None] = ()) -> None:
        """Take articles and the digests of their cards, as many."""
        super().__init__(articles)
        self.cards = [*cards]


def article_told(article: Any, depth: Depth) -> str:
    """Return a digest of what there is to read of an article or page, no deeper than `depth`. Raises Untold."""
    if isinstance(article, Neighbour):
        return article_told(article.whole, Depth.CARD)
    known: dict[Depth, str] = article.__dict__.setdefault("_told", {})
    told = known.get(depth)
    if told is None:
        told = known[depth] = digest_of(_article_parts(article, depth))
    return told


def articles_told(articles: Sequence[Any], depth: Depth) -> str:
    """Return a digest of what there is to read of articles, no deeper than `depth`. Raises Untold."""
    return joined(known_digests(articles, depth) or [article_told(article, depth) for article in articles])


def tied_told(article: Any, tied: Tied) -> str:
    """Return the digest of what there is to read of an article that is tied to others, and of those."""
    others = (tied.previous, tied.next, *tied.more, None, *tied.related)
    cards = [article_told(other, Depth.CARD) if other else "" for other in others]
    told = article.__dict__["_told"][Depth.TIES] = digest_of((article_told(article, Depth.TEXT), *cards))
    return told


def _article_parts(article: Any, depth: Depth) -> Iterator[object]:
    facts: Facts | None = getattr(article, "copydesk", None)
    if facts is None:
        raise Untold
    if depth is Depth.CARD:
        yield from _card_parts(article, facts)
        return
    yield article_told(article, Depth(depth - 1))
    if depth is Depth.TEXT:
        yield from _text_parts(article, facts)
        return
    for tied in (facts.previous, facts.next, *facts.more, None, *facts.related):
        yield article_told(tied, Depth.CARD) if tied else ""
    for other in article.translations:
        yield article_told(other, Depth.CARD)


def _card_parts(article: Any, facts: Facts) -> Iterator[object]:
    yield article.url, article.save_as, article.slug, article.lang, article.status, article.template
    yield str(article.title), *_summary_told(article)
    told = article.__dict__
    yield told.get("date"), told.get("modified")
    for wrapper in (told.get("category"), *told.get("tags", ()), None, *told.get("authors", ())):
        yield (wrapper.slug, wrapper.name) if wrapper else None
    yield facts.card_values()


def _summary_told(article: Any) -> Iterator[object]:
    """Yield what an article's summary is made from.

    The summary itself, asked for before all files are known, would leave the links in the article as they are for good.
    """
    if not isinstance(article, Content) or isinstance(article, SeedArticle):
        yield article.get_summary("")
        return
    text = article.metadata.get("summary", article._content)
    yield _text_told(text)
    for kind, path in linked_files(article, text):
        yield _file_told(article, path) if kind == "filename" else kind in FILES and is_there(article, path)


def _file_told(article: Any, path: str) -> str | None:
    """Return a digest of the file below `content/` that an article links to, which tells its page's address."""
    try:
        return sha256((Path(article.settings["PATH"]) / path).read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None


def _text_parts(article: Any, facts: Facts) -> Iterator[object]:
    yield facts.headings, facts.corrections, facts.provenance, facts.word_count, facts.others
    if isinstance(article, SeedArticle):
        yield article.digest
        return
    yield _text_told(article._update_content(article._content, ""))
    yield sorted((name, str(value)) for name, value in article.metadata.items())


def _text_told(text: object) -> str:
    """Return a digest of a long text: its `repr` would take longer."""
    return sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()


def known_digests(values: Any, depth: Depth) -> list[str] | None:
    """Return the digests of a list of articles that are all known at this depth already; None for any other."""
    if isinstance(values, Stories) and depth is Depth.CARD and len(values) == len(values.cards):
        return [told or article_told(values[place], depth) for place, told in enumerate(values.cards)]
    try:
        return None if isinstance(values, set | frozenset) else [value.__dict__["_told"][depth] for value in values]
    except (AttributeError, KeyError):
        return None


def joined(told: Iterable[str]) -> str:
    """Return the digest of digests in their order."""
    return sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def ordered(values: Any) -> Iterable[Any]:
    """Return values in an order that is the same in every build."""
    return sorted(values, key=str) if isinstance(values, set | frozenset) else values


def digest_of(parts: Iterable[object]) -> str:
    """Return the digest of values that their `repr` tells apart."""
    return sha256(repr(tuple(parts)).encode("utf-8", "surrogatepass")).hexdigest()
