"""Tells of a page, before it is rendered, what it is made from: with the same fingerprint it comes out the same.

A fingerprint covers the templates, the values that they can read (see `reads`), and everything that is the same for all
pages. What can't be told apart by its text has none, and pages that read it are rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from pelican.contents import Content, URLWrapper
from pelican.paginator import Page, Paginator

from copydesk.site.facts import Facts, Neighbour
from copydesk.site.newsroom import SeedArticle
from copydesk.site.reads import Depth, Reads, TemplateReader

LONG = 8
"""Length from which the text of a list is remembered."""


class Untold(Exception):
    """A value that can't be told apart from others by its text."""


class Fingerprints:
    """Fingerprints of the pages of one build."""

    def __init__(self, common: str, own: Mapping[str, Depth], settings: Mapping[str, Any]) -> None:
        """Begin a build; `common` stands for all that is the same for every page, the settings among it.

        `own` are the functions of which it is known how deep they read articles.
        """
        self._common = common
        self._own = own
        self._settings = settings
        self._readers: dict[int, tuple[Environment, TemplateReader]] = {}
        self._shared: dict[tuple[str, int], tuple[Mapping[str, Any], str | None]] = {}
        self._lists: dict[tuple[int, Depth], tuple[object, str]] = {}

    def of(
        self, template: Template, path: str, context: Mapping[str, Any], own: Mapping[str, Any], relative: bool
    ) -> str | None:
        """Return the fingerprint of the page at `path`; None where there is none, and the page has to be rendered.

        `context` are the values that all pages have, `own` those of this one, which go before.
        """
        reads = self._reads(template)
        if reads is None:
            return None
        shared = self._shared_part(reads, context, own)
        if shared is None:
            return None
        try:
            told = [f"{name}={self._told(own[name], reads)}" for name in sorted(reads.names & own.keys())]
        except Untold:
            return None
        return _digest((self._common, reads.digest, path, str(relative), shared, *told))

    def _reads(self, template: Template) -> Reads | None:
        environment = template.environment
        known = self._readers.get(id(environment))
        if known is None:
            known = self._readers[id(environment)] = (environment, TemplateReader(environment, self._own))
        return known[1].reads(template.name) if template.name else None

    def _shared_part(self, reads: Reads, context: Mapping[str, Any], own: Mapping[str, Any]) -> str | None:
        """Return what the values say that are the same for all pages of a template; settings are in the common part."""
        names = sorted(name for name in reads.names if name in context and name not in own)
        key = (f"{reads.digest} {' '.join(names)}", id(context))
        if key not in self._shared:
            self._shared[key] = (context, self._values(names, reads, context))
        return self._shared[key][1]

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
            case str():
                return f"{len(value)}:{value}"
            case None | bool() | int() | float() | date() | Enum() | Path():
                return repr(value)
            case list() | tuple() | set() | frozenset():
                return self._list_told(value, reads)
            case dict():
                return self._list_told(sorted(value.items()), reads)
            case Content() | Neighbour():
                return article_told(value, reads.depth)
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
            told = _digest(self._told(value, reads) for value in _ordered(values))
            self._lists[key] = (values, told)  # held, so that no other list gets its id
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


def article_told(article: Any, depth: Depth) -> str:
    """Return a digest of what there is to read of an article or page, no deeper than `depth`. Raises Untold."""
    if isinstance(article, Neighbour):
        return article_told(article.whole, Depth.CARD)
    known: dict[Depth, str] = article.__dict__.setdefault("_told", {})
    if depth not in known:
        known[depth] = _digest(_article_parts(article, depth))
    return known[depth]


def _article_parts(article: Any, depth: Depth) -> Iterator[str]:
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


def _card_parts(article: Any, facts: Facts) -> Iterator[str]:
    yield f"{article.url} {article.save_as} {article.slug} {article.lang} {article.status} {article.template}"
    yield str(article.title)
    yield repr(article.get_summary(""))
    yield f"{getattr(article, 'date', '')} {getattr(article, 'modified', '')}"
    for wrapper in (getattr(article, "category", None), *getattr(article, "tags", ()), None, *getattr(article, "authors", ())):
        yield f"{wrapper.slug} {wrapper.name}" if wrapper else ""
    yield repr(facts.card_values())


def _text_parts(article: Any, facts: Facts) -> Iterator[str]:
    yield repr((facts.headings, facts.corrections, facts.provenance, facts.word_count))
    if isinstance(article, SeedArticle):
        yield article.digest
        return
    yield article._update_content(article._content, "")
    yield repr(sorted((name, str(value)) for name, value in article.metadata.items()))


def _ordered(values: Any) -> Iterable[Any]:
    return sorted(values, key=str) if isinstance(values, set | frozenset) else values


def _digest(parts: Iterable[str]) -> str:
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
