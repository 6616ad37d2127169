"""Takes out of a scraped address what tells who followed the link: readers need not be followed on.

The list of parameters is `tracking.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from copydesk.model import Source


@cache
def _patterns() -> tuple[str, ...]:
    return tuple(tomllib.loads(Path(__file__).with_name("tracking.toml").read_text("utf-8"))["parameters"])


def untracked(source: Source) -> Source:
    """Return the source with a plain address; its notes tell which parameters were taken out."""
    address, taken = without_tracking(source.url or "")
    if not taken:
        return source
    note = f"tracking parameters taken out of its address: {', '.join(taken)}"
    return replace(source, url=address, notes=(*source.notes, note))


def without_tracking(address: str) -> tuple[str, list[str]]:
    """Return a plain address, and the parameters that were taken out. Raises ValueError where it is none."""
    if "?" not in address:
        return address, []
    parts = urlsplit(address)
    told = [(field.partition("=")[0], field) for field in parts.query.split("&")]
    taken = [name for name, _ in told if _tracks(name)]
    query = "&".join(field for name, field in told if not _tracks(name))
    return urlunsplit(parts._replace(query=query)) if taken else address, taken


@lru_cache(maxsize=4096)
def _tracks(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in _patterns())
