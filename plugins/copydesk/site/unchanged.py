"""Tells what a site, and what every page of it, is made from beside its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from copydesk.site.code import code_digest
from copydesk.site.glance import commits_of, environment_told, is_alone
from copydesk.site.owncode import outdated_code, own_code
from copydesk.site.settingstold import settings_told
from copydesk.site.words import FOLDER as WORDS
from copydesk.store import files_digest, key_of

LIBRARIES = (
    "babel", "beautifulsoup4", "feedgen", "jinja2", "markdown", "markupsafe", "nh3", "pelican", "python-slugify",
)  # fmt: skip
"""Libraries that have a say in what a page looks like, beside those that clean."""


def made_from(settings: Mapping[str, Any], files: Iterable[str], folders: Iterable[Path]) -> str | None:
    """Return a digest of all that a build depends on, None where that can't be known.

    `files` tell how the site's files look, `folders` are those that they lie in.
    """
    told = surroundings(settings, files)
    return key_of(told, *commits_of(folders)) if told else None


def surroundings(settings: Mapping[str, Any], files: Iterable[str]) -> str | None:
    """Return a digest of settings, code, environment and of how files look; None where what matters can't be known."""
    outdated = outdated_code(Path(settings["PATH"]).resolve().parent)
    if outdated or not is_alone(settings) or not settings["WITH_FUTURE_DATES"]:
        return None
    return key_of(code_digest(LIBRARIES), *settings_told(settings), *environment_told(), *files)


def page_circumstances(settings: Mapping[str, Any], root: Path) -> str:
    """Return a digest of all that every page depends on: settings, code, the theme's words and the names of its files.

    `root` is the folder of the configuration, which may hold functions.
    """
    theme = Path(settings["THEME"])
    static = sorted(
        p.relative_to(theme).as_posix() for f in settings["THEME_STATIC_PATHS"] for p in (theme / f).rglob("*")
    )
    words = files_digest((theme / WORDS).glob("*.po"))
    return key_of(code_digest(LIBRARIES), *settings_told(settings), *environment_told(), own_code(root), words, *static)
