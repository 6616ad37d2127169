"""What a saved page declares about itself: address, language, headline, authors, days.

Declared facts are a page's word about itself, so each is checked: addresses are http or https, days are days, names are
short and no addresses. What does not pass is left out; nothing is guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from copydesk.model import Declared

ARTICLE_TYPES = re.compile(r"(?:News|Blog|Report|Opinion|Review|Analysis|Scholarly|Tech)?\w*(?:Article|Posting)$")
LONGEST_NAME, LONGEST_HEADLINE, LONGEST_ADDRESS = 60, 300, 2000
YEARS = range(1900, 2100)
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*$")
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
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            self.metas.setdefault(name, []).append(attributes.get("content", ""))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self.canonical.append(attributes.get("href", ""))
        elif tag == "html":
            self.language = attributes.get("lang") or attributes.get("xml:lang")

    def named(self, *names: str) -> list[str]:
        """Return the contents of the meta elements of these names, in the names' order."""
        return [content for name in names for content in self.metas.get(name, ())]


def declared_by(head: Head) -> Declared:
    """Return what the page declares: JSON-LD of an article before meta elements."""
    articles = list(_articles(head))
    return Declared(
        headline=_first(map(_headline, [*_texts(articles, "headline"), *head.named("og:title")])),
        authors=_authors(articles) or _names(head.named("author", "article:author")),
        published=_first(map(_day, [*_texts(articles, "datePublished"), *head.named("article:published_time")])),
        updated=_first(map(_day, [*_texts(articles, "dateModified"), *head.named("article:modified_time")])),
        language=_language(head.language),
    )


def address_of(head: Head) -> str | None:
    """Return the page's canonical address, None where it names none on the web."""
    return _first(map(_address, [*head.canonical, *head.named("og:url")]))


Found = TypeVar("Found")


def _first(values: Iterable[Found | None]) -> Found | None:
    return next((value for value in values if value), None)


def _articles(head: Head) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects that are articles."""
    for text in head.json_ld:
        try:
            value = json.loads(text[:MOST_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (found for found in _objects(value) if _is_article(found))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top of JSON-LD, in a list or a graph."""
    if isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def _is_article(found: dict[str, Any]) -> bool:
    kinds = found.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and ARTICLE_TYPES.match(name) for name in names)


def _texts(articles: Iterable[dict[str, Any]], key: str) -> list[str]:
    return [value for found in articles if isinstance(value := found.get(key), str)]


def _authors(articles: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    for found in articles:
        given = found.get("author")
        people = given if isinstance(given, list) else [given]
        names = [person.get("name") if isinstance(person, dict) else person for person in people]
        if kept := _names(name for name in names if isinstance(name, str)):
            return kept
    return ()


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what can be people's names, each once."""
    names = [" ".join(text.split()) for text in texts]
    return tuple(dict.fromkeys(n for n in names if 2 < len(n) <= LONGEST_NAME and not re.search(r"[/@<>{}]|\d", n)))


def _headline(text: str) -> str | None:
    line = " ".join(text.split())
    return line if 2 < len(line) <= LONGEST_HEADLINE else None


def _day(text: str) -> date | datetime | None:
    """Return a day, or a moment with its zone, as ISO 8601 tells it."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.year not in YEARS:
        return None
    return moment if moment.tzinfo else moment.date()


def _language(text: str | None) -> str | None:
    found = LANGUAGE.match((text or "").strip())
    return found[1].lower() if found else None


def _address(text: str | None) -> str | None:
    address = (text or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    on_the_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return address if on_the_web and len(address) <= LONGEST_ADDRESS and not re.search(r"\s", address) else None
