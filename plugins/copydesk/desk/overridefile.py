"""Reads an override file: TOML, every key known, every value of its kind."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from copydesk.errors import OverrideError
from copydesk.intake.characters import composed
from copydesk.intake.fields import language_called
from copydesk.intake.metadata import LANGUAGE
from copydesk.model import Canonical, LineOverride, Override, Role, Status

Kind = TypeVar("Kind", Role, Status, Canonical)

TEXTS = ("headline", "dek", "section", "language")
LISTS = ("authors", "tags", "was")
KEYS = (*TEXTS, *LISTS, "date", "updated", "status", "canonical", "keep", "drop")
NO_ROLE = (Role.BLANK, Role.FURNITURE, Role.FIGURE)
"""What no line can be that an editor keeps."""

ENTRY_KEYS = ("line", "text", "role", "picture")


def parse_override(path: Path, name: str) -> Override:
    """Return the override in the file `path`; `name` is what messages call it.

    Raises OverrideError naming the file and the key.
    """
    try:
        record = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise OverrideError(f"can't be read ({error})", name, remedy="See docs/editing.md for the format") from error
    _known(record, KEYS, name)
    texts = {key: _text(record[key], key, name) for key in TEXTS if key in record}
    return Override(
        where=name,
        lines=tuple(_entries(record, name)),
        headline=texts.get("headline"),
        dek=texts.get("dek"),
        section=texts.get("section"),
        language=_language(texts.get("language"), name),
        authors=_texts(record.get("authors"), "authors", name),
        tags=_texts(record.get("tags"), "tags", name),
        was=_texts(record.get("was"), "was", name) or (),
        published=_date(record.get("date"), "date", name),
        updated=_date(record.get("updated"), "updated", name),
        status=_choice(Status, record.get("status"), "status", name),
        canonical=_choice(Canonical, record.get("canonical"), "canonical", name),
    )


def _known(record: Mapping[str, Any], keys: Sequence[str], name: str) -> None:
    for key in record:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(keys)}"
            raise OverrideError(f"has the unknown key {key!r}", name, remedy=remedy)


def _text(value: object, key: str, name: str) -> str:
    if isinstance(value, str) and value.strip():
        return composed(" ".join(value.split()))
    raise OverrideError(f"{key} is {value!r}, not a text", name, remedy="Write it in quotes")


def _texts(value: object, key: str, name: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise OverrideError(f"{key} is {value!r}, not a list", name, remedy=f'Write {key} = ["...", "..."]')
    return tuple(_text(item, key, name) for item in value)


def _language(told: str | None, name: str) -> str | None:
    if told and not LANGUAGE.match(told):
        code = language_called(told) or "pt-BR"
        raise OverrideError(f"language is {told!r}, no language's code", name, remedy=f'Write language = "{code}"')
    return told and told.replace("_", "-")


def _date(value: object, key: str, name: str) -> date | datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return moment.date() if len(value) <= len("2026-01-31") and moment.time() == time() else moment
    remedy = f"Write {key} = 2026-01-31 or 2026-01-31T08:00:00Z"
    raise OverrideError(f"{key} is {value!r}, not a day", name, remedy=remedy)


def _choice(kind: type[Kind], value: object, key: str, name: str) -> Kind | None:
    if value is None:
        return None
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(member.value for member in kind if member not in NO_ROLE)
        raise OverrideError(f"{key} is {value!r}", name, remedy=f"It may be: {known}") from None


def _entries(record: Mapping[str, Any], name: str) -> Iterator[LineOverride]:
    for key in ("keep", "drop"):
        entries = record.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise OverrideError(f"{key} is no list of tables", name, remedy=f"Write [[{key}]] above line and text")
        for entry in entries:
            yield _entry(entry, key, name)


def _entry(entry: Mapping[str, Any], key: str, name: str) -> LineOverride:
    _known(entry, ENTRY_KEYS, name)
    line, text = entry.get("line"), entry.get("text")
    if "picture" in entry:
        if len(entry) > 1:
            raise OverrideError(f"a [[{key}]] has a picture and more", name, remedy="Give a picture's name alone")
        return LineOverride(key == "keep", picture=_text(entry["picture"], "picture", name))
    if line is None and text is None:
        raise OverrideError(
            f"a [[{key}]] has neither line nor text nor picture", name, remedy="Give line or text, better both"
        )
    if line is not None and (isinstance(line, bool) or not isinstance(line, int) or line < 1):
        raise OverrideError(f"line is {line!r}, not a number from 1", name, remedy="Numbers as copydesk explain shows")
    role = _choice(Role, entry.get("role"), "role", name)
    if role in NO_ROLE:
        raise OverrideError(
            f"role is {role.value!r} in a [[{key}]]",
            name,
            remedy="A line that goes is a [[drop]]; a picture has no role",
        )
    if role is not None and key == "drop":
        raise OverrideError("a [[drop]] has a role", name, remedy="Roles are for lines that are kept")
    return LineOverride(key == "keep", line, None if text is None else _text(text, "text", name), role)
