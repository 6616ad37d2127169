"""Tells whether a build would come out as the last one did, by looking at everything that it depends on.

Files count by size, times and inode, as in make and git: whoever changes one without a trace in them builds with
CLEAN=1. In doubt, for a plugin that is not ours or where the clock decides what is published, nothing counts as
unchanged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from copydesk.site.first_seen import head
from copydesk.site.reading import code_digest
from copydesk.site.tree import looks_below
from copydesk.site.words import FOLDER as WORDS
from copydesk.store import files_digest, key_of

RECORD = "last-build.json"
LIBRARIES = (
    "babel", "beautifulsoup4", "feedgen", "jinja2", "markdown", "markupsafe", "nh3", "pelican", "python-slugify",
)  # fmt: skip
"""Libraries that have a say in what a page looks like, beside those that clean."""

PLAIN = (str, int, float, bool, type(None))
ENVIRONMENT = ("SOURCE_DATE_EPOCH", "TZ", "LC_ALL", "LANG")


class LastBuild:
    """What the last build was made from, and what came out of it."""

    def __init__(self, state: Path, output: Path) -> None:
        """Look up the record in the folder `state` of the site at `output`."""
        self._path = state / RECORD
        self.output = output
        self.made_from: str | None = None

    def is_as(self, made_from: str | None) -> bool:
        """Tell whether the last build was made from the same, and its site is there as it was left."""
        self.made_from = made_from
        try:
            record = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return False
        if not isinstance(record, dict) or made_from is None or record.get("made from") != made_from:
            return False
        return bool(record.get("came out as") == _came_out(self.output))

    def remember(self) -> None:
        """Record the build that has come to its end."""
        if self.made_from is None:
            self.forget()
            return
        record = {"made from": self.made_from, "came out as": _came_out(self.output)}
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(record) + "\n", "utf-8")
        fresh.replace(self._path)

    def forget(self) -> None:
        """Forget the last build: the next one is made in any case."""
        self._path.unlink(missing_ok=True)


def made_from(settings: Mapping[str, Any], folders: Iterable[Path], leave_out: Iterable[Path]) -> str | None:
    """Return a digest of all that a build depends on, None where that can't be known.

    `folders` are those with the site's files; `leave_out` those that a build itself writes.
    """
    if not is_alone(settings) or not settings["WITH_FUTURE_DATES"]:
        return None
    outside = {path.resolve() for path in leave_out}
    try:
        told = _settings_told(settings)
        files = [line for folder in sorted({f.resolve() for f in folders}) for line in sorted(_looks(folder, outside))]
    except (OSError, ValueError):
        return None
    return key_of(code_digest(LIBRARIES), *told, *_environment(), *files, *sorted({head(f) for f in folders}))


def is_alone(settings: Mapping[str, Any]) -> bool:
    """Tell whether no other plugin has a hand in the site: of what one does nothing is known."""
    return [str(name) for name in settings["PLUGINS"]] == ["copydesk"]


def page_circumstances(settings: Mapping[str, Any], root: Path) -> str:
    """Return a digest of all that every page depends on: settings, code, the theme's words and the names of its files.

    `root` is the folder of the configuration, which may hold functions.
    """
    theme = Path(settings["THEME"])
    static = sorted(
        p.relative_to(theme).as_posix() for f in settings["THEME_STATIC_PATHS"] for p in (theme / f).rglob("*")
    )
    code = files_digest(root.glob("*.py"))
    words = files_digest((theme / WORDS).glob("*.po"))
    return key_of(code_digest(LIBRARIES), *_settings_told(settings), *_environment(), code, words, *static)


def _settings_told(settings: Mapping[str, Any]) -> list[str]:
    return [_told(name, settings[name]) for name in sorted(settings) if not name.startswith("_")]


def _environment() -> list[str]:
    return [f"{name}={os.environ.get(name)}" for name in ENVIRONMENT]


def _told(name: str, value: Any) -> str:
    """Return a setting as text; what is made anew in each process counts by its name alone."""
    return f"{name}={_written(value)}"


def _written(value: Any) -> str:
    if isinstance(value, PLAIN):
        return repr(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_written(key)}:{_written(inner)}" for key, inner in value.items())) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_written, value)) + "]"
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(map(_written, value))) + "}"
    return f"{type(value).__module__}.{getattr(value, '__qualname__', type(value).__qualname__)}"


def _looks(folder: Path, outside: set[Path]) -> Iterator[str]:
    """Yield a line for each file below `folder`: name, size, times, inode. Links are followed, but never in circles."""
    if folder.is_file():
        yield _look(folder)
        return
    seen = set()
    for root, folders, names in os.walk(folder, followlinks=True):
        place = Path(root).stat()
        if (place.st_dev, place.st_ino) in seen or Path(root).resolve() in outside:
            folders[:] = []
            continue
        seen.add((place.st_dev, place.st_ino))
        folders[:] = [name for name in folders if name not in ("__pycache__", ".git")]
        for name in names:
            yield _look(Path(root, name))


def _look(path: Path) -> str:
    try:
        found = path.stat()
    except OSError as error:  # a link to nowhere: that it leads nowhere is what there is to know
        return f"{path}\0{error.errno}"
    return f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\0{found.st_ino}"


def _came_out(output: Path) -> str:
    """Return a digest of the names, sizes and times of a site's files."""
    return key_of(str(output), *(f"{name}\0{seen}" for name, seen in sorted(looks_below(output).items())))
