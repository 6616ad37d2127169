"""Knows mirrors of sites below the seeds, as wget and HTTrack write them, and what folders say of a story.

In a mirror a folder is called after its host; what is below it has the site's own paths. What endings of files and
hosts are known stands in `mirrors.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from copydesk.intake.assets import PAGES

INDEX = "index"
"""What the file of an address that ends with a slash is called: its folder is the story's own."""

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,})(?:[:+_]\d{1,5})?")
_DAY = re.compile(r"[\d._-]+")
"""Folders that tell a day, a month, a year, or when a program took a page."""

_QUERY = re.compile(r"[?@].*", re.S)
"""What the name of a file may end with that had a query in its address."""


class Place(NamedTuple):
    """Where a page stands in a mirror: the folder that holds its host's, and the path from there, host and all."""

    top: tuple[str, ...]
    path: tuple[str, ...]


@cache
def _data() -> dict[str, frozenset[str]]:
    told = tomllib.loads(Path(__file__).with_name("mirrors.toml").read_text("utf-8"))
    return {name: frozenset(values) for name, values in told.items()}


@cache
def is_host(folder: str) -> bool:
    """Tell a folder that is called after a host: "www.herald.example"."""
    found = _HOST.fullmatch(folder)
    return found is not None and (len(found[1]) == 2 or found[1] in _data()["hosts"])


def place_of(name: str) -> Place | None:
    """Return where a file stands in a mirror, None where no folder of its path is called after a host."""
    parts = PurePosixPath(name).parts
    hosts = [n for n, folder in enumerate(parts[:-1]) if is_host(folder)]
    return Place(parts[: hosts[-1]], parts[hosts[-1] :]) if hosts else None


def host_of_folder(name: str) -> str:
    """Return the host, without `www.`, that a file's folder is called after; an empty text where none is."""
    place = place_of(name)
    return place.path[0].removeprefix("www.") if place else ""


def section_folder(name: str) -> str | None:
    """Return the folder that tells the section of a file, None where none does: a host, a day, a story's own folder."""
    place = place_of(name)
    *folders, file = place.path[1:] if place else PurePosixPath(name).parts
    own = file.split(".")[0].lower() == INDEX and (place is not None or (len(folders) > 1 and has_pages([file])))
    return next((folder for folder in reversed(folders[:-1] if own else folders) if not _DAY.fullmatch(folder)), None)


def has_pages(names: Iterable[str]) -> bool:
    """Tell the names of files of which one is a saved page."""
    return any(name.lower().endswith(PAGES) for name in names)


def belongs_to_pages(file: str, mirrored: bool) -> bool:
    """Tell a file that belongs to the pages around it and is none, by its name; in a mirror, to the site as well."""
    name = file.lower()
    return _ending(name) in _data()["assets"] or (mirrored and name in _data()["names"])


def in_mirror(name: str) -> bool:
    """Tell a file that stands in a mirror."""
    return place_of(name) is not None


def is_picture(file: str) -> bool:
    """Tell a file that pages may show as a picture, by its name."""
    return _ending(file.lower()) in _data()["pictures"]


def is_project(names: Iterable[str]) -> bool:
    """Tell the folder of a program that copies sites by what is in it: hosts' folders, and files of its own."""
    return not _data()["projects"].isdisjoint(names)


def is_tool(folder: str) -> bool:
    """Tell a folder that such a program keeps for itself."""
    return folder.lower() in _data()["projects"]


def _ending(name: str) -> str:
    return _QUERY.sub("", name).rpartition(".")[2]
