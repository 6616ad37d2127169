"""Tells of a page, before it is rendered, what it is made from: with the same fingerprint it comes out the same.

A fingerprint covers the templates, the values that they can read (see `reads`), and everything that is the same for all
pages. What can't be told apart by its text has none, and pages that read it are rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from pelican.contents import Content, URLWrapper
from pelican.paginator import Page, Paginator

from copydesk.packing import pack_value, unpack_value
from copydesk.site.facts import Facts, Neighbour
from copydesk.site.handwritten import linked_files
from copydesk.site.newsroom import SeedArticle
from copydesk.site.reads import Depth, Part, Reads, TemplateReader
from copydesk.site.ties import Tied
from copydesk.wholefile import write_whole

LONG = 8
"""Length from which the text of a list is remembered."""


MOST_PARTS = 1000
"""Templates that are remembered, old versions among them; then the record is begun anew."""


Lists = Mapping[str, Sequence[Any]]
"""Articles that the pages of a listing show in turn, by the names under which templates find them."""


class Untold(Exception):
    """A value that can't be told apart from others by its text."""


class Shared(NamedTuple):
    """Names of a page's own values that its template reads, and a digest of the rest, None where it can't be told."""

    own: tuple[str, ...]
    told: str | None


class Fingerprints:
    """Fingerprints of the pages of one build."""

    def __init__(self, common: str, own: Mapping[str, Depth], settings: Mapping[str, Any], record: Path) -> None:
        """Begin a build; `common` stands for all that is the same for every page, the settings among it.

        `own` are the functions of which it is known how deep they read articles; what templates read is kept in the
        `record`.
        """
        self._record = record
        self._parts = _read_parts(record)
        self._recorded = len(self._parts)
        self._common = common
        self._own = own
        self._settings = settings
        self._readers: dict[int, tuple[Environment, TemplateReader]] = {}
        self._shared: dict[tuple[object, ...], tuple[Mapping[str, Any], Shared]] = {}
        self._lists: dict[tuple[int, Depth], tuple[object, str]] = {}
        self.shared: dict[str, str] = {}

    def of(
        self, template: Template, path: str, context: Mapping[str, Any], own: Mapping[str, Any], relative: bool
    ) -> str | None:
        """Return the fingerprint of the page at `path`; None where there is none, and the page has to be rendered.

        `context` are the values that all pages have, `own` those of this one, which go before.
        """
        reads = self.reads(template.environment, template.name) if template.name else None
        if reads is None:
            return None
        names, shared = self._shared_part(reads, context, own)
        if shared is None:
            return None
        try:
            return _digest((shared, path, relative, *(self._told(own[name], reads) for name in names)))
        except Untold:
            return None

    def of_listing(
        self,
        template: Template,
        name: str,
        context: Mapping[str, Any],
        own: Mapping[str, Any],
        lists: Lists,
    ) -> str | None:
        """Return the fingerprint of all pages of a listing together; None where it can't be told.

        `name` stands for its place and all else that is the same for them.
        """
        reads = self.reads(template.environment, template.name) if template.name else None
        if reads is None:
            return None
        parts = ("paginator", "page", "previous_page", "next_page")
        given = {*own, "listed", *(f"{key}_{part}" for key in lists for part in parts)}
        names, shared = self._shared_part(reads, context, dict.fromkeys(sorted(given)))
        if shared is None:
            return None
        try:
            told = [self._told(own[key], reads) for key in names if key in own]
            listed = [self._list_told(values, reads) for values in lists.values()]
            return _digest((shared, name, *told, *listed))
        except Untold:
            return None

    def all_as_in(
        self, former: Mapping[str, str], template: Template, context: Mapping[str, Any], own: Mapping[str, Any]
    ) -> bool:
        """Tell whether what all pages of a template share is as it was in the build that `former` is the record of."""
        reads = self.reads(template.environment, template.name) if template.name else None
        told = self._shared_part(reads, context, own).told if reads else None
        return bool(reads and told and former.get(_shared_key(reads, own)) == told)

    def remember(self) -> None:
        """Record what templates read, so that the next build need not look into them."""
        if len(self._parts) != self._recorded:
            write_whole(self._record, pack_value(self._parts))

    def reads(self, environment: Environment, template: str) -> Reads | None:
        """Return what a template reads, None where that can't be told."""
        known = self._readers.get(id(environment))
        if known is None:
            known = self._readers[id(environment)] = (environment, TemplateReader(environment, self._own, self._parts))
        return known[1].reads(template)

    def _shared_part(self, reads: Reads, context: Mapping[str, Any], own: Mapping[str, Any]) -> Shared:
        """Return what is the same for all pages of a template that are given values of the same names."""
        key = (reads.digest, id(context), *own)
        known = self._shared.get(key)
        if known is None:
            names = sorted(name for name in reads.names if name in context and name not in own)
            values = self._values(names, reads, context)
            told = _digest((self._common, reads.digest, values)) if values is not None else None
            known = self._shared[key] = (context, Shared(tuple(sorted(reads.names & own.keys())), told))
            if told is not None:
                self.shared[_shared_key(reads, own)] = told
        return known[1]

    def _values(self, names: Iterable[str], reads: Reads, context: Mapping[str, Any]) -> str | None:
        try:
            return _digest(
                f"{name}={self._told(context[name], reads)}" for name in names if not self._is_setting(name, context)
            )
        except Untold:
            return None

    def _is_setting(self, name: str, context: Mapping[str, Any]) -> bool:
        return name in self._settings and context[name] is self._settings[name]

    def _told(self, value: Any, reads: Reads) -> str:
        """Return a value as text. Raises Untold."""
        match value:
            case Content() | Neighbour():
                return article_told(value, reads.depth)
            case str():
                return f"{len(value)}:{value}"
            case None | bool() | int() | float() | date() | Enum() | Path():
                return repr(value)
            case list() | tuple() | set() | frozenset():
                return self._list_told(value, reads)
            case dict():
                return self._list_told(tuple(value.items()), reads)
            case URLWrapper():
                return f"{type(value).__name__} {value.slug} {value.name}"
            case Page() | Paginator():
                return self._page_told(value, reads)
        if is_dataclass(value) and not isinstance(value, type):
            return "|".join(self._told(getattr(value, field.name), reads) for field in fields(value))
        raise Untold

    def _list_told(self, values: Any, reads: Reads) -> str:
        if len(values) < LONG:
            return f"[{','.join(self._told(value, reads) for value in _ordered(values))}]"
        key = (id(values), reads.depth)
        if key not in self._lists:
            told = _known_of(values, reads.depth) or [self._told(value, reads) for value in _ordered(values)]
            self._lists[key] = (values, _joined(told))  # held, so that no other list gets its id
        return self._lists[key][1]

    def _page_told(self, page: Page | Paginator, reads: Reads) -> str:
        """Return what a page of a listing says beside its stories, and those where they are asked for."""
        paginator = page.paginator if isinstance(page, Page) else page
        told = [str(paginator.num_pages), str(paginator.per_page)]
        if isinstance(page, Page):
            told += [str(page.number), page.url, page.save_as]
        if reads.attributes & {"count", "end_index"}:
            told.append(str(paginator.count))
        if "object_list" in reads.attributes:
            stories = paginator.object_list if "paginator" in reads.attributes else page.object_list
            told.append(self._told(stories, reads))
        return " ".join(told)


def _shared_key(reads: Reads, own: Iterable[str]) -> str:
    return f"{reads.digest} {' '.join(own)}"


def _read_parts(record: Path) -> dict[str, Part]:
    try:
        found = {key: Part(*part) for key, part in unpack_value(record.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return found if len(found) <= MOST_PARTS else {}


def article_told(article: Any, depth: Depth) -> str:
    """Return a digest of what there is to read of an article or page, no deeper than `depth`. Raises Untold."""
    if isinstance(article, Neighbour):
        return article_told(article.whole, Depth.CARD)
    known: dict[Depth, str] = article.__dict__.setdefault("_told", {})
    told = known.get(depth)
    if told is None:
        told = known[depth] = _digest(_article_parts(article, depth))
    return told


def articles_told(articles: Sequence[Any], depth: Depth) -> str:
    """Return a digest of what there is to read of articles, no deeper than `depth`. Raises Untold."""
    return _joined(_known_of(articles, depth) or [article_told(article, depth) for article in articles])


def tied_told(article: Any, tied: Tied) -> str:
    """Return the digest of what there is to read of an article that is tied to others, and of those."""
    others = (tied.previous, tied.next, *tied.more, None, *tied.related)
    cards = [article_told(other, Depth.CARD) if other else "" for other in others]
    told = article.__dict__["_told"][Depth.TIES] = _digest((article_told(article, Depth.TEXT), *cards))
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
    yield text
    for kind, path in linked_files(article, text):
        if kind == "filename":
            yield _file_told(article, path)


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
    yield article._update_content(article._content, "")
    yield sorted((name, str(value)) for name, value in article.metadata.items())


def _known_of(values: Any, depth: Depth) -> list[str] | None:
    """Return the digests of a list of articles that are all known at this depth already; None for any other."""
    try:
        return None if isinstance(values, set | frozenset) else [value.__dict__["_told"][depth] for value in values]
    except (AttributeError, KeyError):
        return None


def _joined(told: Iterable[str]) -> str:
    return sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def _ordered(values: Any) -> Iterable[Any]:
    return sorted(values, key=str) if isinstance(values, set | frozenset) else values


def _digest(parts: Iterable[object]) -> str:
    return sha256(repr(tuple(parts)).encode("utf-8", "surrogatepass")).hexdigest()
