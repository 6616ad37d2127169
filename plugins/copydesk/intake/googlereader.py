"""Articles that a feed reader kept: JSON as Google Reader wrote it, and Inoreader, FreshRSS and others do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.intake.feed import page_around
from copydesk.intake.fields import objects_in


def items_in(value: Any) -> list[Mapping[str, Any]] | None:
    """Return the kept articles as records, those with no more than a teaser without a page; None for any other JSON."""
    items = objects_in(value.get("items")) if isinstance(value, Mapping) else []
    return [_as_record(item) for item in items] if any(map(_is_item, items)) else None


def _is_item(item: Mapping[str, Any]) -> bool:
    """Tell an item by what no other JSON has: a text in an object, and the feed that it came from."""
    return isinstance(item.get("origin"), Mapping) and any(_text(item, name) for name in ("content", "summary"))


def _as_record(item: Mapping[str, Any]) -> Mapping[str, Any]:
    whole, summary = _text(item, "content"), _text(item, "summary")
    links = [*objects_in(item.get("canonical")), *objects_in(item.get("alternate"))]
    return {
        "html": page_around(whole or summary, whole=bool(whole)),
        "title": item.get("title"),
        "url": [link.get("href") for link in links],
        "authors": item.get("author"),
        "published": item.get("published"),
        "updated": item.get("updated") or None,
    }


def _text(item: Mapping[str, Any], name: str) -> str:
    told = item.get(name)
    text = told.get("content") if isinstance(told, Mapping) else None
    return text if isinstance(text, str) else ""
