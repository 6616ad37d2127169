"""Knows the folders of pictures beside a saved page or an export: what is in them belongs to it and is no seed.

Browsers write them; beside an export an editor puts what the site had uploaded. The names are in `assets.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
EXPORTS = (".xml", ".json", ".jsonl", ".ndjson", ".csv")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(tomllib.loads(Path(__file__).with_name("assets.toml").read_text("utf-8"))["endings"])


def page_of(folder: str, beside: Collection[str]) -> str | None:
    """Return the page or export that a folder belongs to, by its name; None where it belongs to none.

    `beside` are the names of what stands beside the folder.
    """
    for ending in _endings():
        if folder.endswith(ending):
            stem = folder.removesuffix(ending)
            page = next((f"{stem}{kind}" for kind in (*PAGES, *EXPORTS) if f"{stem}{kind}" in beside), None)
            if page:
                return page
    return None


def folders_of(export: str) -> tuple[str, ...]:
    """Return what the folders may be called that belong to an export."""
    stem = next((export.removesuffix(kind) for kind in EXPORTS if export.endswith(kind)), None)
    return () if stem is None else tuple(f"{stem}{ending}" for ending in _endings())
