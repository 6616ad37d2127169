"""Facts that stand beside an article's text in named fields: of a record, or above a text in Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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

DEEPEST = 6
"""Objects in each other that a text may be made of."""


def named(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Return a record whose fields have the names that a site's own mapping (fact to field) gives them."""
    return {**record, **{FIELDS[fact][0]: record[own] for fact, own in mapping.items() if own in record}}


def declared_by_fields(record: Mapping[str, Any], page: Declared) -> Declared:
    """Return what the fields declare, and what the page itself does where they do not."""
    title = _first(map(headline, _values(record, "title")))
    return replace(
        page,
        headline=title or page.headline,
        headlines=(title,) if title else page.headlines,
        authors=names(_values(record, "authors")) or page.authors,
        published=_first(map(day, _values(record, "published"))) or page.published,
        updated=_first(map(day, _values(record, "updated"))) or page.updated,
        language=_first(map(language, _values(record, "language"))) or page.language,
        section=_first(map(section, _values(record, "section"))) or page.section,
        topics=topics(_values(record, "topics")),
        dek=_first(map(dek, _values(record, "dek"))),
    )


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
        if found := [part.strip() for part in _flat(value) if part.strip()]:
            return found
    return []


def _named(record: Mapping[str, Any], fact: str) -> Iterator[Any]:
    plain = {re.sub(r"[-_\s]", "", str(key)).lower(): value for key, value in _unwrapped(record).items()}
    return (plain[name] for name in FIELDS[fact] if name in plain)


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record's fields, also those of the answer that it is in (`data`) and of its `metadata`."""
    for wrapper in ("data", "metadata"):
        inner = record.get(wrapper)
        if isinstance(inner, Mapping):
            record = {**record, **inner} if wrapper == "data" else {**inner, **record}
    return record


def _flat(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts in a value, in order: a text, a list of them, an object of sections."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and depth < DEEPEST:
        telling = next((value[name] for name in TELLING if isinstance(value.get(name), str)), None)
        inner: Iterable[Any] = value.values() if telling is None else [telling]
        for part in inner:
            yield from _flat(part, depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for part in value:
            yield from _flat(part, depth + 1)


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value), None)
