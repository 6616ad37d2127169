"""Facts that stand beside an article's text in named fields: of a record, or above a text in Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.intake.metadata import address, day, dek, headline, language, names, section, topics
from copydesk.model import Declared

FIELDS: dict[str, tuple[str, ...]] = {
    name: tuple(known)
    for name, known in tomllib.loads(Path(__file__).with_name("fields.toml").read_text("utf-8")).items()
}
"""What each fact is called, the surest name first."""

TELLING = ("name", "raw_markdown")
"""What stands for all of an object: a person's name, the plain one of several ways in which a text is told."""

WRAPPERS = ("data", "_source", "fields", "attributes", "article")
"""Objects in a record whose fields are its own: of an interface's answer, or of a search engine's document."""

MOMENTS = ("published", "updated")
"""Facts that may be told in numbers."""

DEEPEST = 6
"""Objects in each other that a text may be made of."""

_SECONDS = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")
"""A moment in seconds or thousandths since 1970."""


def named(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Return a record whose fields have the names that a site's own mapping (fact to field) gives them."""
    told = {FIELDS[fact][0]: _at(record, own) for fact, own in mapping.items()}
    return {**record, **{name: value for name, value in told.items() if value is not None}}


def _at(record: Mapping[str, Any], field: str) -> Any:
    """Return what a field holds, also one in objects in each other ("fields.body"); None where there is none."""
    if field in record:
        return record[field]
    outer, _, inner = field.partition(".")
    return _at(record[outer], inner) if inner and isinstance(record.get(outer), Mapping) else None


def facts_in(record: Mapping[str, Any], *facts: str) -> bool:
    """Tell whether a record tells any of some facts."""
    return any(text.strip() for fact in facts for value in _named(record, fact) for text in _flat(value))


def declared_by_fields(record: Mapping[str, Any], page: Declared) -> Declared:
    """Return what the fields declare, and what the page itself does where they do not."""
    title = _first(map(headline, _values(record, "title")))
    moments = [*map(_moment, _values(record, "published"))]
    return replace(
        page,
        headline=title or page.headline,
        headlines=(title,) if title else page.headlines,
        authors=names(_values(record, "authors")) or page.authors,
        published=_first(map(day, moments)) or page.published,
        updated=_first(map(day, map(_moment, _values(record, "updated")))) or page.updated,
        language=_first(map(language_called, _values(record, "language"))) or page.language,
        section=_first(map(section, _values(record, "section"))) or page.section,
        topics=topics(_values(record, "topics")),
        dek=_first(map(dek, _values(record, "dek"))),
        days=(*moments, *page.days),
    )


def language_called(text: str) -> str | None:
    """Return the language that a tag or a name in English tells, without its territory; None for an unknown name."""
    told = text.strip().lower()
    codes, tag = _languages(), language(told)
    return codes.get(told) or codes.get(tag or "") or tag


@cache
def _languages() -> dict[str, str]:
    """Return the codes (ISO 639-1) of languages by what else they are called."""
    told = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
    return {name: code for code, called in told.items() for name in (code, *called)}


def _moment(text: str) -> str:
    """Return a moment as ISO 8601 where it is told in seconds since 1970, any other text as it is."""
    found = _SECONDS.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), UTC).isoformat() if found else text


def address_by_fields(record: Mapping[str, Any]) -> str | None:
    """Return the address that the fields tell, None where they tell none that can be one."""
    found: str | None = _first(map(address, _values(record, "url")))
    return found


def text_by_fields(record: Mapping[str, Any], fact: str) -> str | None:
    """Return the text of the first field that holds one, its parts as lines; None where there is none."""
    return next((joined for value in _named(record, fact) if (joined := "\n\n".join(_flat(value)).strip())), None)


def objects_in(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects of a list, none of anything else."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _values(record: Mapping[str, Any], fact: str) -> list[str]:
    """Return the texts of the first field that tells a fact."""
    for value in _named(record, fact):
        if found := [part.strip() for part in _flat(value, numbers=fact in MOMENTS) if part.strip()]:
            return found
    return []


def _named(record: Mapping[str, Any], fact: str) -> Iterator[Any]:
    plain = {re.sub(r"[-_\s]", "", str(key)).lower(): value for key, value in _unwrapped(record).items()}
    return (plain[name] for name in FIELDS[fact] if name in plain)


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record's fields, also those of the answer that it is in and of its `metadata`."""
    for wrapper in WRAPPERS:
        inner = record.get(wrapper)
        if isinstance(inner, Mapping):
            record = {**record, **inner}
    inner = record.get("metadata")
    return {**inner, **record} if isinstance(inner, Mapping) else record


def _flat(value: Any, depth: int = 0, numbers: bool = False) -> Iterator[str]:
    """Yield the texts in a value, in order: a text, a list of them, an object of sections; `numbers` as well."""
    if isinstance(value, str):
        yield value
    elif numbers and isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, Mapping) and depth < DEEPEST:
        telling = next((value[name] for name in TELLING if isinstance(value.get(name), str)), None)
        inner: Iterable[Any] = value.values() if telling is None else [telling]
        for part in inner:
            yield from _flat(part, depth + 1, numbers)
    elif isinstance(value, list) and depth < DEEPEST:
        for part in value:
            yield from _flat(part, depth + 1, numbers)


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value), None)
