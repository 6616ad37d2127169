"""Knows the folders that browsers write beside a saved page: what is in them belongs to the page and is no seed.

The names are in `assets.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(tomllib.loads(Path(__file__).with_name("assets.toml").read_text("utf-8"))["endings"])


def page_of(folder: str, beside: Collection[str]) -> str | None:
    """Return the page that a folder holds the pictures and scripts of, by its name; None where it is no such folder.

    `beside` are the names of what stands beside the folder.
    """
    for ending in _endings():
        if folder.endswith(ending):
            stem = folder.removesuffix(ending)
            page = next((f"{stem}{kind}" for kind in PAGES if f"{stem}{kind}" in beside), None)
            if page:
                return page
    return None
