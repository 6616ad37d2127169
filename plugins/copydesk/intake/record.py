"""Records: one article as a JSON object, as scrapers and datasets write it, with its text or its page in a field."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from copydesk.intake import html, text
from copydesk.intake.metadata import address, day, headline, language, names
from copydesk.model import Declared, Source

FIELDS: dict[str, tuple[str, ...]] = {
    name: tuple(known)
    for name, known in tomllib.loads(Path(__file__).with_name("fields.toml").read_text("utf-8")).items()
}
"""What each fact is called in records, the surest name first."""

DEEPEST = 6
"""Objects in each other that a text may be made of."""

_MARKUP = re.compile(r"\s*<(?:!doctype|html|body|p|div|article|section|h[1-6])\b", re.I)


def is_record(value: object) -> bool:
    """Tell an object that holds an article's text or page."""
    return isinstance(value, Mapping) and (_texts(value, "html") is not None or _texts(value, "text") is not None)


def read(data: bytes, name: str) -> Source:
    """Return a record as a Source. Raises RefusedSeed where it has no text.

    Its facts go before those that its page or its text tells, since whoever wrote the record had both.
    """
    record = json.loads(data)
    found = _texts(record, "html")
    whole = found if found is not None else _texts(record, "text") or ""
    if _MARKUP.match(whole):
        source = html.read(f'<meta charset="utf-8">{whole}'.encode("utf-8", "replace"), name)
    else:
        source = text.read(whole.encode("utf-8", "replace"), name)
    return replace(
        source,
        sha256=hashlib.sha256(data).hexdigest(),
        form="record",
        url=_first(map(address, _values(record, "url"))) or source.url,
        declared=_declared(record, source.declared),
    )


def named(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Return a record whose fields have the names that a site's own mapping (fact to field) gives them."""
    return {**record, **{FIELDS[fact][0]: record[own] for fact, own in mapping.items() if own in record}}


def _declared(record: Mapping[str, Any], page: Declared) -> Declared:
    """Return what the record declares, and what its page does where the record does not."""
    title = _first(map(headline, _values(record, "title")))
    return replace(
        page,
        headline=title or page.headline,
        headlines=(title,) if title else page.headlines,
        authors=names(_values(record, "authors")) or page.authors,
        published=_first(map(day, _values(record, "published"))) or page.published,
        updated=_first(map(day, _values(record, "updated"))) or page.updated,
        language=_first(map(language, _values(record, "language"))) or page.language,
    )


def _values(record: Mapping[str, Any], fact: str) -> list[str]:
    """Return the texts of the first field that tells a fact."""
    for value in _named(record, fact):
        if found := [part.strip() for part in _flat(value) if part.strip()]:
            return found
    return []


def _texts(record: Mapping[str, Any], fact: str) -> str | None:
    """Return the text of the first field that holds one, its parts as lines; None where there is none."""
    return next((joined for value in _named(record, fact) if (joined := "\n\n".join(_flat(value)).strip())), None)


def _named(record: Mapping[str, Any], fact: str) -> Iterator[Any]:
    plain = {re.sub(r"[-_\s]", "", str(key)).lower(): value for key, value in record.items()}
    return (plain[name] for name in FIELDS[fact] if name in plain)


def _flat(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts in a value, in order: a text, a list of them, an object of sections."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and depth < DEEPEST:
        inner: Iterable[Any] = [value["name"]] if isinstance(value.get("name"), str) else value.values()
        for part in inner:
            yield from _flat(part, depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for part in value:
            yield from _flat(part, depth + 1)


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value), None)
