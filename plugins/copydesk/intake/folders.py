"""Sifts what is in a folder of seeds: which files may be seeds, which belong to saved pages, which folders to go into.

Files that belong to saved pages are no seeds: the folder that a browser wrote beside a page; where pages and mirrors of
sites are, their pictures, styles and scripts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from copydesk.intake.assets import is_shown, page_of
from copydesk.intake.mirrors import belongs_to_pages, has_pages, is_host, is_picture, is_project, is_tool


class Around(NamedTuple):
    """What a folder stands in: one that has saved pages or a mirror above it; a mirror."""

    pages: bool = False
    mirror: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """The names of what is in a folder, by what it is."""

    seeds: tuple[str, ...]
    pictures: tuple[str, ...]
    """What saved pages may show."""

    folders: Mapping[str, Around]
    """Folders that may hold seeds, and what those stand in."""

    beside: Mapping[str, tuple[str, ...]]
    """The folders that belong to pages, by the page."""


def around_of(folder: str) -> Around:
    """Return what the files in a folder stand in of which nothing is known but what it is called."""
    return _within(Around(), folder)


def sift(folders: Collection[str], files: Collection[str], around: Around) -> Sifted:
    """Return what is in a folder, given the names in it; what is hidden is left out.

    `files` are all that is no folder of this place, links to folders among them.
    """
    folders, files = _shown(folders), _shown(files)
    around = around._replace(pages=around.pages or has_pages(files))
    pages = _pages_of(folders, frozenset(files))
    own = [] if is_project((*files, *folders)) else files
    belonging = {name for name in own if around.pages and belongs_to_pages(name, around.mirror)}
    return Sifted(
        tuple(name for name in own if name not in belonging),
        tuple(sorted(filter(is_picture, belonging))),
        {name: _within(around, name) for name in folders if name not in pages and not is_tool(name)},
        _folders_of(pages),
    )


def _pages_of(folders: Iterable[str], files: Collection[str]) -> dict[str, str]:
    """Return the pages that folders belong to, by those that belong to one."""
    return {folder: page for folder in folders if (page := page_of(folder, files))}


def _folders_of(pages: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the folders that belong to pages, by the page; `pages` has the page of each folder."""
    beside: dict[str, tuple[str, ...]] = {}
    for folder, page in pages.items():
        beside[page] = (*beside.get(page, ()), folder)
    return beside


def _shown(names: Iterable[str]) -> list[str]:
    return sorted(filter(is_shown, names))


def _within(around: Around, folder: str) -> Around:
    host = is_host(folder)
    return Around(around.pages or host, around.mirror or host)
