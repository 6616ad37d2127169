"""What a saved page declares about itself: address, language, headline, authors, days.

Declared facts are a page's word about itself, so each is checked: addresses are http or https, days are days, names are
short and no addresses. What does not pass is left out; nothing is guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from itertools import chain
from typing import Any, TypeVar
from urllib.parse import urlsplit

from copydesk.intake.headlines import folded, without_site
from copydesk.model import Declared

PAGE_TYPES = re.compile(r"\w*(?:Page|CreativeWork|VideoObject|Recipe|Course|Review|Product)$")
LIST_TYPES = re.compile(r"(?:CollectionPage|SearchResultsPage)$")
ARTICLE_TYPES = re.compile(r"(?:News|Blog|Report|Opinion|Review|Analysis|Scholarly|Tech)?\w*(?:Article|Posting)$")
LONGEST_NAME, LONGEST_SECTION, LONGEST_HEADLINE, LONGEST_ADDRESS, MOST_TOPICS = 60, 30, 300, 2000, 20
YEARS = range(1900, 2100)
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*$")
ORGANISATION_TYPES = re.compile(r"\w*(?:Organization|Corporation|Brand)$")
_HEADING_MARK = re.compile(r"^#{1,6}\s")
LONGEST_DEK = 400
_ELEMENT = re.compile(r"<[^<>]*>")
_LISTED = re.compile(r"\s*(?:[;|]|,(?!\s))\s*")
_SLUG = re.compile(r"[a-z]+(?:[-_][a-z]+)+")
_HOST = re.compile(r"\S+\.[a-z]{2,}")
_NO_TOPIC = re.compile(r"[/@<>{}]")
_NO_NAME = re.compile(r"[/@<>{}]|\d|^[a-z]+\.[a-z]{5,}$|^\S+\.\S+\.\S+$")
_LOOSE = re.compile(r"^(\d{4})/(\d\d)/(\d\d)")
_MAIL = re.compile(r"[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_BEGINS = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])(?=[T\s]|$)")
DEEPEST = 4
"""Objects in each other that are looked into."""

MOST_JSON = 200_000
"""Characters of a JSON-LD block that are read."""


@dataclass(slots=True)
class Head:
    """What a page's elements declare, as it stands there: contents of meta elements, links, language, JSON-LD."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    canonical: list[str] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    language: str | None = None

    def note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take what an element declares."""
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            self.metas.setdefault(name.lower(), []).append(attributes.get("content", ""))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self.canonical.append(attributes.get("href", ""))
        elif tag == "html":
            self.language = attributes.get("lang") or attributes.get("xml:lang")

    def named(self, *names: str) -> list[str]:
        """Return the contents of the meta elements of these names, in the names' order."""
        return [content for name in names for content in self.metas.get(name, ())]


PUBLISHED = (
    "article:published_time", "article:published:time", "og:published_time", "article:published", "datepublished",
    "date", "pubdate",
    "publish-date", "publish_date", "og:publish_date", "publication_date", "publicationdate", "parsely-pub-date",
    "sailthru.date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.created",
    "dcterms.issued", "citation_publication_date", "citation_date", "cxenseparse:recs:publishtime", "published",
    "published_at", "originalpublicationdate",
)  # fmt: skip
UPDATED = (
    "article:modified_time", "article:modified:time", "og:updated_time", "article:modified", "datemodified",
    "last-modified", "dcterms.modified",
    "dc.date.modified", "lastmod", "updated",
)  # fmt: skip
SECTIONS = ("article:section", "parsely-section", "sailthru.section", "section")
NO_SECTION = frozenset((
    "uncategorized", "uncategorised", "allgemein", "non classé", "sin categoría", "sin categoria", "sem categoria",
    "senza categoria", "geen categorie", "bez kategorii", "без рубрики", "без категории", "未分类", "未分類",
    "未分類記事", "미분류", "غير مصنف", "article", "articles", "post", "posts", "page", "default", "homepage", "null",
    "none",
))  # fmt: skip
"""What publishing systems write where nobody chose a section, case folded."""
AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author",
    "byl", "article:author_name",
)  # fmt: skip
"""Names of meta elements, the surest first."""


def declared_by(head: Head) -> Declared:
    """Return what the page declares: JSON-LD of an article, then meta elements, then JSON-LD of the page."""
    objects = list(_objects_of(head))
    articles = [found for found in objects if _is(found, ARTICLE_TYPES)]
    pages = [found for found in objects if _is(found, PAGE_TYPES)]
    named = {str(found["@id"]): found for found in objects if "@id" in found and "name" in found}
    headlines = tuple(_headlines(head, articles))
    return Declared(
        headline=headlines[0] if headlines else None,
        authors=_authors(articles, named) or names(head.named(*AUTHORS)) or _authors(pages, named),
        publishers=_authors(articles, named, organisations=True),
        published=_first_day(_texts(articles, "datePublished"), head.named(*PUBLISHED), _texts(pages, "datePublished")),
        updated=_first_day(_texts(articles, "dateModified"), head.named(*UPDATED), _texts(pages, "dateModified")),
        language=language(head.language),
        section=_first(map(section, [*_texts(articles, "articleSection"), *head.named(*SECTIONS)])),
        days=tuple(head.named(*PUBLISHED)),
        headlines=headlines,
        is_list=not articles and any(_is(found, LIST_TYPES) for found in objects),
        is_article=bool(articles) or "article" in map(str.lower, head.named("og:type")),
    )


def _headlines(head: Head, articles: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield what the page calls its headline, the surest first, without the site's name before or behind it."""
    sites = frozenset(folded(name) for name in head.named("og:site_name", "og:site:name", "application-name"))
    for told in (*_texts(articles, "headline")[:1], *head.named("og:title")[:1]):
        if found := headline(told):
            yield without_site(found, sites)


def _first_day(*texts: Iterable[str]) -> date | datetime | None:
    return _first(map(day, chain(*texts)))


def address_of(head: Head) -> str | None:
    """Return the page's canonical address, None where it names none on the web."""
    return _first(map(address, [*head.canonical, *head.named("og:url")]))


Found = TypeVar("Found")


def _first(values: Iterable[Found | None]) -> Found | None:
    return next((value for value in values if value), None)


def _objects_of(head: Head) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD."""
    for text in head.json_ld:
        try:
            value = json.loads(text[:MOST_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(value)


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top of JSON-LD, in a list or a graph, and what a page is about."""
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)


def _is(found: dict[str, Any], types: re.Pattern[str]) -> bool:
    kinds = found.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and types.match(name) for name in names)


def _texts(articles: Iterable[dict[str, Any]], key: str) -> list[str]:
    return [value for found in articles if isinstance(value := found.get(key), str)]


def _authors(
    objects: Iterable[dict[str, Any]], named: Mapping[str, dict[str, Any]], organisations: bool = False
) -> tuple[str, ...]:
    """Return the authors of the first object that has any, people or organisations.

    `named` are the objects that others may only refer to.
    """
    for found in objects:
        given = found.get("author") or found.get("creator")
        people = [_whole(person, named) for person in (given if isinstance(given, list) else [given])]
        if kept := names(str(p.get("name") or "") for p in people if _is(p, ORGANISATION_TYPES) is organisations):
            return kept
    return ()


def _whole(person: Any, named: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a person as an object, also where it is only a name or stands elsewhere in the page."""
    if isinstance(person, dict):
        return person if person.get("name") else named.get(str(person.get("@id")), {})
    return {"name": person} if isinstance(person, str) else {}


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what can be people's names, each once."""
    lines = [" ".join(unescape(text).split()) for text in texts]
    return tuple(dict.fromkeys(n for n in lines if 2 < len(n) <= LONGEST_NAME and not _NO_NAME.search(n)))


def headline(text: str) -> str | None:
    """Return what can be a headline, None for anything else. The mark of a heading in Markdown is no part of it."""
    line = _HEADING_MARK.sub("", " ".join(unescape(text).split()))
    return line if 2 < len(line) <= LONGEST_HEADLINE else None


def dek(text: str) -> str | None:
    """Return what can be the line below a headline, None for anything else."""
    line = " ".join(unescape(_ELEMENT.sub(" ", text)).split())
    return line if 2 < len(line) <= LONGEST_DEK else None


def section(text: str) -> str | None:
    """Return what can be the name of a section, None for anything else.

    Of a list ("news,world") it is the first; what is written for machines ("public-service") is made readable.
    """
    line = _LISTED.split(" ".join(unescape(text).split()))[0]
    if _SLUG.fullmatch(line):
        line = line.partition("_")[0].replace("-", " ")
    if line.casefold() in NO_SECTION or _NO_NAME.search(line) or _HOST.fullmatch(line):
        return None
    line = line[:1].upper() + line[1:] if line.islower() else line
    return line if 1 < len(line) <= LONGEST_SECTION else None


def topics(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what can be topics, each once, whatever its case."""
    lines = (" ".join(unescape(text).split()) for text in texts)
    each = {line.casefold(): line for line in lines if 1 < len(line) <= LONGEST_NAME and not _NO_TOPIC.search(line)}
    return tuple(each.values())[:MOST_TOPICS]


def day(text: str) -> date | datetime | None:
    """Return a day, or a moment with its zone, as ISO 8601 tells it, loosely written as pages do, or RFC 5322."""
    text = _LOOSE.sub(r"\1-\2-\3", text.strip(), count=1)
    try:
        moment = _of_mail(text) if _MAIL.match(text) else datetime.fromisoformat(text)
    except ValueError:
        begins = _BEGINS.match(text)
        if not begins:
            return None
        moment = datetime.fromisoformat(begins[0])
    if moment.year not in YEARS:
        return None
    return moment if moment.tzinfo else moment.date()


def _of_mail(text: str) -> datetime:
    """Return a moment as mail writes it (RFC 5322). Raises ValueError."""
    from email.utils import parsedate_to_datetime  # loads sockets, which few seeds need

    return parsedate_to_datetime(text)


def language(text: str | None) -> str | None:
    """Return the language that a tag (BCP 47) names, without its territory."""
    found = LANGUAGE.match((text or "").strip())
    return found[1].lower() if found else None


def address(text: str | None) -> str | None:
    """Return an address on the web, None for anything else."""
    given = (text or "").strip()
    try:
        parts = urlsplit(given)
        given.encode()  # JSON can write halves of characters, which no address has
    except ValueError:
        return None
    on_the_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return given if on_the_web and len(given) <= LONGEST_ADDRESS and not re.search(r"\s", given) else None
