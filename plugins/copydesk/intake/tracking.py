"""Takes out of a scraped address what tells who followed the link: readers need not be followed on.

The list of parameters is `tracking.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from copydesk.model import Source


@cache
def _patterns() -> tuple[str, ...]:
    return tuple(tomllib.loads(Path(__file__).with_name("tracking.toml").read_text("utf-8"))["parameters"])


def untracked(source: Source) -> Source:
    """Return the source with a plain address; its notes tell which parameters were taken out."""
    if not source.url or "?" not in source.url:
        return source
    parts = urlsplit(source.url)
    told = [(field.partition("=")[0], field) for field in parts.query.split("&")]
    taken = [name for name, _ in told if _tracks(name)]
    if not taken:
        return source
    query = "&".join(field for name, field in told if not _tracks(name))
    note = f"tracking parameters taken out of its address: {', '.join(taken)}"
    return replace(source, url=urlunsplit(parts._replace(query=query)), notes=(*source.notes, note))


def _tracks(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in _patterns())
