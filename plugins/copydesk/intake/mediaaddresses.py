"""Where the files of a page's pictures may be, and where people can see what it embeds, as its attributes tell.

The names are in `media.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import re2

LONGEST_ADDRESS = 4000
"""Characters of an address; one that holds its file itself may be of any length."""

MOST_IN_SET = 20
"""Addresses in a `srcset` that are looked at."""

_DATA = tomllib.loads(Path(__file__).with_name("media.toml").read_text("utf-8"))
_WAITING, _WAITING_SETS = tuple(_DATA["waiting"]), tuple(_DATA["waiting_sets"])
_EMBEDS = tuple((entry["host"], re2.compile(entry["path"]), entry["page"]) for entry in _DATA["embed"])
_IN_SET = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)[wx]")


def addresses_of(attributes: Mapping[str, str]) -> list[str]:
    """Return where a picture's file may be, the largest first; `src` last, where others wait to take its place."""
    sets = [entry for name in ("srcset", *_WAITING_SETS) for entry in in_set(attributes.get(name, ""))]
    waiting = [attributes[name].strip() for name in _WAITING if attributes.get(name)]
    found = [*sets, *waiting, attributes.get("src", "").strip()]
    return [address for address in found if address and _is_short(address)]


def in_set(value: str) -> list[str]:
    """Return the addresses of a `srcset`, the largest first (HTML Living Standard, "srcset attributes")."""
    if not value or value.lstrip().startswith("data:"):
        return []
    entries = _entries(value[: LONGEST_ADDRESS * MOST_IN_SET].split())
    entries.sort(key=lambda entry: -entry[1])
    return [address for address, _ in entries[:MOST_IN_SET] if address and _is_short(address)]


def _entries(words: Sequence[str]) -> list[tuple[str, float]]:
    """Return addresses with their widths or densities; a comma parts them, at an address's end or behind a number."""
    entries: list[tuple[str, float]] = []
    is_address = True
    for word in words:
        if is_address:
            entries.append((word.strip(","), 1.0))
            is_address = word.endswith(",")
            continue
        number, comma, following = word.partition(",")
        if found := _IN_SET.fullmatch(number):
            entries[-1] = (entries[-1][0], float(found[1]))
        is_address = bool(comma) and not following
        entries += [(following.strip(","), 1.0)] if following else []
    return entries


def _is_short(address: str) -> bool:
    return len(address) <= LONGEST_ADDRESS or address.startswith("data:")


def seen_at(tag: str, attributes: Mapping[str, str]) -> list[str]:
    """Return where people can see what is embedded, nothing where that is not known."""
    address = (attributes.get("src") or attributes.get("data-src") or "").strip()[:LONGEST_ADDRESS]
    if tag != "iframe":
        return [address] if address and not address.startswith(("data:", "blob:")) else []
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return []
    whole = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for known, path, page in _EMBEDS:
        if (host == known or host.endswith(f".{known}")) and (found := path.match(whole)):
            return [page.format(*map(unquote, found.groups()))]
    return []
