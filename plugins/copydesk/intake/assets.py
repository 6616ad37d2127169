"""Knows what stands beside seeds and is none: folders of a page's or an export's pictures, and what systems leave.

Browsers write such folders; beside an export an editor puts what the site had uploaded. The names are in `assets.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
EXPORTS = (".xml", ".json", ".jsonl", ".ndjson", ".csv")


OFFICE = "~$"
"""Begins the names of the files by which office programs know that another one is open."""


@cache
def _names() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(Path(__file__).with_name("assets.toml").read_text("utf-8"))


@cache
def _left_by_systems() -> frozenset[str]:
    return frozenset(map(str.casefold, _names()["left_by_systems"]))


def is_shown(name: str) -> bool:
    """Tell whether a file or a folder is one that somebody put there, and not hidden."""
    return not name.startswith((".", OFFICE)) and name.casefold() not in _left_by_systems()


def page_of(folder: str, beside: Collection[str]) -> str | None:
    """Return the page or export that a folder belongs to, by its name; None where it belongs to none.

    `beside` are the names of what stands beside the folder.
    """
    for ending in _names()["endings"]:
        if folder.endswith(ending):
            stem = folder.removesuffix(ending)
            page = next((f"{stem}{kind}" for kind in (*PAGES, *EXPORTS) if f"{stem}{kind}" in beside), None)
            if page:
                return page
    return None


def folders_of(export: str) -> tuple[str, ...]:
    """Return what the folders may be called that belong to an export."""
    stem = next((export.removesuffix(kind) for kind in EXPORTS if export.endswith(kind)), None)
    return () if stem is None else tuple(f"{stem}{ending}" for ending in _names()["endings"])
