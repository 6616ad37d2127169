"""Tells of a page, before it is rendered, what it is made from: with the same fingerprint it comes out the same.

A fingerprint covers the templates, the values that they can read (see `reads`), and everything that is the same for all
pages. What can't be told apart by its text has none, and pages that read it are rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from pelican.contents import Content, URLWrapper
from pelican.paginator import Page, Paginator

from copydesk.packing import pack_value, unpack_value
from copydesk.site.digests import Untold, article_told, digest_of, joined, known_digests, ordered
from copydesk.site.facts import Neighbour
from copydesk.site.reads import Depth, Part, Reads, TemplateReader
from copydesk.wholefile import write_whole

LONG = 8
"""Length from which the text of a list is remembered."""


MOST_PARTS = 1000
"""Templates that are remembered, old versions among them; then the record is begun anew."""


Lists = Mapping[str, Sequence[Any]]
"""Articles that the pages of a listing show in turn, by the names under which templates find them."""


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
            return digest_of((shared, path, relative, *(self._told(own[name], reads) for name in names)))
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
            return digest_of((shared, name, *told, *listed))
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
            told = digest_of((self._common, reads.digest, values)) if values is not None else None
            known = self._shared[key] = (context, Shared(tuple(sorted(reads.names & own.keys())), told))
            if told is not None:
                self.shared[_shared_key(reads, own)] = told
        return known[1]

    def _values(self, names: Iterable[str], reads: Reads, context: Mapping[str, Any]) -> str | None:
        try:
            return digest_of(
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
            return f"[{','.join(self._told(value, reads) for value in ordered(values))}]"
        key = (id(values), reads.depth)
        if key not in self._lists:
            told = known_digests(values, reads.depth) or [self._told(value, reads) for value in ordered(values)]
            self._lists[key] = (values, joined(told))  # held, so that no other list gets its id
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
