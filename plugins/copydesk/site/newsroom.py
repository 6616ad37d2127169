"""Turns cleaned seeds into Pelican articles: their metadata, sections, tags and addresses.

An article is small until somebody asks for its text: a site of many thousand is held in memory, and most of its pages
are as they were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import escape
from pelican.contents import Article as PelicanArticle
from pelican.contents import Author, Category, Tag, URLWrapper
from pelican.plugins import signals

from copydesk.enrich.keywords import topics_of
from copydesk.intake.mirrors import section_folder
from copydesk.model import Article, Status
from copydesk.settings import BUILD, Settings
from copydesk.site.addresses import MAX_SLUG, section_name, slug_of_name
from copydesk.site.bodies import Bodies
from copydesk.site.days import moment
from copydesk.site.facts import canonical_choice, facts_of_seed
from copydesk.site.listpages import direct_paths
from copydesk.site.seeds import Seed
from copydesk.store import key_of

PELICAN_STATUS = {Status.PUBLISHED: "published", Status.HIDDEN: "hidden", Status.WITHDRAWN: "hidden"}


class SeedArticle(PelicanArticle):  # type: ignore[misc]
    """A Pelican article of a seed, with everything that Pelican's own have, its text read when it is asked for.

    The text is finished: Pelican's own link syntax is not looked for in what was scraped.
    """

    def __init__(self, seed: Seed, metadata: dict[str, Any], desk: Newsroom) -> None:
        """Take over what is known; the rest is worked out when it is asked for, as Pelican's own article does it."""
        self._seed = seed
        self._desk = desk
        self._body: str | None = None
        self.settings = desk.settings
        self._context = desk.context
        self.metadata = metadata
        self.__dict__.update(metadata)
        self.status = metadata["status"]
        self.translations: list[Any] = []
        self.template = self.default_template
        if "authors" not in metadata and "AUTHOR" in desk.settings:
            self.authors = [desk.named(Author, desk.settings["AUTHOR"])]
        if "authors" in self.__dict__:
            self.author = self.authors[0]
        self.lang = metadata.get("lang", desk.language)
        self.in_default_lang = self.lang == desk.language
        self.source_path = self.relative_source_path = f"seeds/{seed.name}"
        self._summary = metadata["summary"]
        self.timezone = desk.timezone
        if not desk.settings["WITH_FUTURE_DATES"] and self.date > desk.now and not _is_withdrawn(seed):
            self.status = "draft"
        signals.content_object_init.send(self)

    @property
    def _content(self) -> str:
        """The body as HTML; what a plugin puts in its place stays."""
        return self.get_content(".")

    @_content.setter
    def _content(self, html: str) -> None:
        self._body = html

    @property
    def found_at(self) -> tuple[str, int]:
        """The file that holds the seed, and the seed's place in it."""
        return self._seed.file, self._seed.number

    @property
    def digest(self) -> str:
        """Stands for the text, without reading it."""
        told = self._seed.abstract.digest if self._seed.abstract else ""
        return told if self._body is None else key_of(told, self._body)

    @property
    def feed_bytes(self) -> int:
        """Size of the body in a feed, without reading it."""
        return self._seed.abstract.feed_bytes if self._seed.abstract and not self._withdrawn else 0

    @property
    def _withdrawn(self) -> bool:
        return bool(self.copydesk.status == Status.WITHDRAWN)

    def feed_html(self, site: str) -> str:
        """Return the body for feeds of the site at that address."""
        return "" if self._withdrawn else self._desk.bodies.feed(self._seed, site)

    def picture(self, digest: str) -> bytes:
        """Return the file of one of its pictures."""
        return self._desk.bodies.picture(self._seed, digest)

    @cached_property
    def date_format(self) -> str:
        """The format of the article's dates, by its language."""
        form = self.settings["DATE_FORMATS"].get(self.lang, self.settings["DEFAULT_DATE_FORMAT"])
        return str(form[1] if isinstance(form, tuple) else form)

    @cached_property
    def locale_date(self) -> str:
        """The day of publication in words."""
        return str(self.date.strftime(self.date_format))

    @cached_property
    def locale_modified(self) -> str:
        """The day of the last change in words. Raises AttributeError where there is none."""
        return str(self.modified.strftime(self.date_format))

    @cached_property
    def url(self) -> str:
        """The address of the page below the site's."""
        return self._place("url")

    @cached_property
    def save_as(self) -> str:
        """The path of the page in the site."""
        return self._place("save_as")

    def _place(self, kind: str) -> str:
        pattern = self._desk.patterns.get((kind, self.in_default_lang, self.status))
        return pattern.replace("{slug}", self.slug) if pattern else str(self.get_url_setting(kind))

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """Return where the article comes from; another path below the content folder is Pelican's matter."""
        return super().get_relative_source_path(source_path) if source_path else self.source_path

    def get_content(self, siteurl: str) -> str:
        """Return the body for a page from which the site is at `siteurl`."""
        if self._body is not None:
            return self._body
        return "" if self._withdrawn else self._desk.bodies.page(self._seed, siteurl)

    def get_summary(self, _siteurl: str) -> str:
        """Return the summary."""
        return str(self.metadata["summary"])

    def refresh_metadata_intersite_links(self) -> None:
        """Leave the metadata alone: it is text, not links."""


def _is_withdrawn(seed: Seed) -> bool:
    return seed.article is not None and seed.article.status is Status.WITHDRAWN


def section_of(seed: Seed, article: Article, default: str) -> str:
    """Return the section that an article stands in: its own, else its folder's name, else `default`."""
    if article.section_name:
        return article.section_name
    return section_name(section_folder(seed.name) or "") or default


def topic_words(article: Article) -> frozenset[str]:
    """Return what an article may be listed under, case folded: its publisher's topics, else its own."""
    return frozenset(map(str.casefold, _topics(article)))


def shared_topics(seeds: Iterable[Seed], least: int) -> frozenset[str]:
    """Return the topics, case folded, that at least `least` articles share: those worth a page of their own."""
    counts = Counter(word for seed in seeds if seed.article for word in topic_words(seed.article))
    return frozenset(word for word, count in counts.items() if count >= least)


def tags_of(article: Article, shared: Container[str]) -> tuple[str, ...]:
    """Return an article's tags: the editor's where there are any, else its topics that others share."""
    return article.tags or tuple(word for word in _topics(article) if word.casefold() in shared)


def _topics(article: Article) -> tuple[str, ...]:
    return article.topics or topics_of(article.title, article.keywords, article.language)


class Newsroom:
    """Makes the Pelican articles of a site's seeds; sections, tags and authors of one name are one object."""

    def __init__(self, settings: Mapping[str, Any], context: dict[str, Any], bodies: Bodies) -> None:
        """Take Pelican's settings and context; `bodies` are the articles' texts."""
        self.settings = settings
        self.context = context
        self.bodies = bodies
        self.language = str(settings["DEFAULT_LANG"]).lower()
        self.timezone = ZoneInfo(settings["TIMEZONE"])
        self.now = datetime.now(UTC)
        self.patterns = _patterns(settings)
        self._own: Settings = settings[BUILD].settings
        self._named: dict[tuple[type[URLWrapper], str], URLWrapper] = {}

    def article(self, seed: Seed, slug: str, shared: Container[str]) -> SeedArticle:
        """Return the Pelican article of a cleaned seed; `shared` are the topics that have a page."""
        if seed.abstract is None:
            raise ValueError(f"{seed.name} was refused")
        tags = tags_of(seed.abstract.article, shared)
        return self.complete(SeedArticle.__new__(SeedArticle), seed, slug, tags)

    def complete(self, page: SeedArticle, seed: Seed, slug: str, tags: Iterable[str]) -> SeedArticle:
        """Give a Pelican article all that a cleaned seed tells, and return it.

        Themes without autoescaping print titles and names as they are, so all text from the seed is escaped here.
        """
        if seed.abstract is None:
            raise ValueError(f"{seed.name} was refused")
        article, tags = seed.abstract.article, tuple(tags)
        withdrawn = article.status is Status.WITHDRAWN
        metadata: dict[str, Any] = {
            "title": escape(article.title),
            "date": moment(article.published) or seed.first_seen,
            "slug": slug,
            "category": self.named(Category, section_of(seed, article, self._own.default_section)),
            "tags": [*dict.fromkeys(self.named(Tag, name) for name in tags)],
            "summary": str(escape("" if withdrawn else article.summary)),
            "status": PELICAN_STATUS[article.status],
        }
        if article.authors:
            metadata["authors"] = [*dict.fromkeys(self.named(Author, name) for name in article.authors)]
        if article.updated:
            metadata["modified"] = moment(article.updated)
        if article.language:
            metadata["lang"] = article.language
        canonical = canonical_choice(article.provenance.url, self._own.canonical, self._own.source_canonical)
        SeedArticle.__init__(page, seed, metadata, self)
        page.tag_names = tags
        page.copydesk = facts_of_seed(seed.abstract, seed.first_seen, canonical, seed.others)
        if page.status == "draft":
            page.copydesk.status = page.status
        return page

    def around_slugs(self, language: str | None, published: bool) -> dict[str, tuple[str, str]]:
        """Return what stands before and after the slug of a story in its "url" and "save_as", where that is all."""
        key = ((language or self.language) == self.language, "published" if published else "hidden")
        patterns = {kind: self.patterns.get((kind, *key)) for kind in ("url", "save_as")}
        parts = {kind: pattern.partition("{slug}") for kind, pattern in patterns.items() if pattern}
        return {kind: (before, after) for kind, (before, _, after) in parts.items()}

    def named(self, kind: type[URLWrapper], name: str) -> URLWrapper:
        """Return the section, tag or author of that name, escaped, with a slug that a file can have.

        Themes that escape by themselves are told that it is: Pelican's object is no string.
        """
        wrapper = self._named.get((kind, name))
        if wrapper is None:
            wrapper = self._named[(kind, name)] = kind(escape(name), self.settings)
            wrapper.__html__ = partial(str, wrapper.name)
            if not wrapper.slug or len(wrapper.slug) > MAX_SLUG:
                wrapper.slug = slug_of_name(name)
        return wrapper


def _patterns(settings: Mapping[str, Any]) -> dict[tuple[str, bool, str], str]:
    """Return the patterns of addresses that hold nothing but the slug, by kind, own language and status."""
    found: dict[tuple[str, bool, str], str] = {}
    for kind in ("url", "save_as"):
        for own, part in ((True, ""), (False, "LANG_")):
            pattern = str(settings[f"ARTICLE_{part}{kind.upper()}"])
            if pattern.count("{slug}") == 1 and not {"{", "}"} & set(pattern.replace("{slug}", "")):
                found |= {(kind, own, status): pattern for status in ("published", "hidden")}
    return found


def taken_slugs(articles: Sequence[Any], settings: Mapping[str, Any]) -> list[str]:
    """Return the slugs of articles by hand, and those with which a seed's page would stand where one of theirs does.

    Or where a page of the site's own does.
    """
    around = {pattern.partition("{slug}") for (kind, *_), pattern in _patterns(settings).items() if kind == "save_as"}
    paths = [*(str(article.save_as) for article in articles), *direct_paths(settings).values()]
    stood_for = {
        path[len(before) : len(path) - len(after)]
        for before, _, after in around
        for path in paths
        if path.startswith(before) and path.endswith(after)
    }
    return sorted({*(str(article.slug) for article in articles), *stood_for})
