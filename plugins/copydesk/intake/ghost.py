"""Exports of Ghost (JSON): the posts that are public, with their authors' names and their first tag as section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from copydesk.intake.fields import objects_in
from copydesk.intake.record import as_story


def posts_in(value: Any) -> list[Mapping[str, Any]] | None:
    """Return the public posts of an export as records; None for any other JSON."""
    tables = _tables(value)
    if tables is None:
        return None
    people, topics = _named(tables, "users"), _named(tables, "tags")
    authors = _of_posts(tables, "posts_authors", "author_id", people)
    listed = _of_posts(tables, "posts_tags", "tag_id", topics)
    return [
        {
            **as_story(_html(post)),
            "title": post.get("title"),
            "url": post.get("canonical_url"),
            "dek": post.get("custom_excerpt"),
            "authors": authors[str(post.get("id"))],
            "published": post.get("published_at"),
            "section": listed[str(post.get("id"))][:1],
            "topics": listed[str(post.get("id"))][1:],
        }
        for post in _rows(tables, "posts")
        if _is_public(post)
    ]


def _html(post: Mapping[str, Any]) -> str:
    """Return a post's text; its links do not say yet where the blog stood."""
    return str(post.get("html") or "").replace("__GHOST_URL__", "")


def _tables(value: Any) -> Mapping[str, Any] | None:
    databases = value.get("db") if isinstance(value, Mapping) else None
    first = databases[0] if isinstance(databases, list) and databases else None
    tables = first.get("data") if isinstance(first, Mapping) else None
    return tables if isinstance(tables, Mapping) and isinstance(tables.get("posts"), list) else None


def _rows(tables: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return objects_in(tables.get(name))


def _named(tables: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the names of a table's rows by their ids; internal tags ("#draft") have none."""
    rows = ((str(row.get("id")), str(row.get("name") or "")) for row in _rows(tables, name))
    return {id: called for id, called in rows if not called.startswith("#")}


def _of_posts(tables: Mapping[str, Any], name: str, key: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return for each post the names that a table ties to it, in their order."""
    tied = defaultdict[str, list[str]](list)
    for row in sorted(_rows(tables, name), key=lambda row: str(row.get("sort_order", 0)).zfill(6)):
        if called := names.get(str(row.get(key))):
            tied[str(row.get("post_id"))].append(called)
    return tied


def _is_public(post: Mapping[str, Any]) -> bool:
    told = (post.get("status"), post.get("type", "post"), post.get("visibility", "public"))
    return told == ("published", "post", "public")
