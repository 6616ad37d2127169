"""Tells which lists of stories have pages of their own, so that no link leads to one that the settings leave out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def direct_paths(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return where the pages stand that are made once for the site ("archives", "tags", …), by their names.

    Pelican makes those that `DIRECT_TEMPLATES` names, if their `…_SAVE_AS` is not empty.
    """
    names = map(str, settings["DIRECT_TEMPLATES"])
    paths = {name: str(settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html") or "") for name in names}
    return {name: path for name, path in paths.items() if path}


def direct_pages(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return the addresses of those pages, by their names."""
    return {name: str(settings.get(f"{name.upper()}_URL") or path) for name, path in direct_paths(settings).items()}


def listed_at(settings: Mapping[str, Any], wrapper: Any, article: Any = None) -> str:
    """Return the address of the page of a section, topic or author, empty where there is none.

    With an `article` it is asked where that leads on to: one that is not listed leads to no list, for it may be the
    only one of its section or author.
    """
    if not settings.get(f"{type(wrapper).__name__.upper()}_SAVE_AS"):
        return ""
    return str(wrapper.url) if article is None or article.copydesk.status == "published" else ""
