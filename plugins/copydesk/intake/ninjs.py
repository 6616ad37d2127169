"""News in JSON as agencies send it (IPTC ninjs 1 to 3): headline, bodies, byline, days and language, as a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from copydesk.intake.fields import objects_in
from copydesk.intake.html import around

TEXTS = frozenset({None, "text", "composite"})
"""Types of items that are articles."""

HTML = ("html", "xhtml", "html5")


def is_item(value: Mapping[str, Any]) -> bool:
    """Tell an item with a text: it has its `uri`, and bodies in the names that ninjs gives them."""
    texts = any(key.startswith("body_") for key in value) or isinstance(value.get("bodies"), list)
    return isinstance(value.get("uri"), str) and texts and value.get("type") in TEXTS


def status_of(value: Mapping[str, Any]) -> str:
    """Return what an item says of its publication: "usable", "withheld", "canceled"."""
    return str(_first(value, "pubStatus", "pubstatus") or "").lower()


def as_fields(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with the fields of a record."""
    page, text = "", ""
    for kind, told in _bodies(value):
        if any(name in kind for name in HTML):
            page = page or told
        else:
            text = text or told
    return {
        "html": around(page) if page else "",
        "text": text,
        "title": _headline(value),
        "url": value["uri"],
        "authors": _first(value, "by", "byline"),
        "published": _first(value, "firstCreated", "firstcreated", "contentCreated", "contentcreated", "versionCreated")
        or value.get("versioncreated"),
        "updated": _first(value, "versionCreated", "versioncreated"),
        "language": value.get("language"),
    }


def _bodies(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what an item's bodies are ("html", "text/plain") and hold."""
    for key, told in value.items():
        if key.startswith("body_") and isinstance(told, str):
            yield key, told
    for body in objects_in(value.get("bodies")):
        if isinstance(body.get("value"), str):
            yield str(_first(body, "contentType", "contenttype", "role") or ""), body["value"]


def _headline(value: Mapping[str, Any]) -> Any:
    """Return the headline: of several the main one, else the first."""
    told = sorted(objects_in(value.get("headlines")), key=lambda one: one.get("role") != "main")
    return told[0].get("value") if told else value.get("headline")


def _first(value: Mapping[str, Any], *names: str) -> Any:
    return next((value[name] for name in names if value.get(name)), None)
