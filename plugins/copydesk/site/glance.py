"""Tells whether a site would come out as it did, by looking at the files that it is made from.

Files count by size, times and inode, as in make and git: whoever changes one without a trace in them builds with
CLEAN=1. Neither Pelican nor anything that cleans is loaded for it, so that to find nothing changed costs no more than
looking; a call of Pelican that is not understood here is left to Pelican.
"""

from __future__ import annotations

import argparse
import json
import os
import runpy
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import copydesk
from copydesk.errors import CopydeskError
from copydesk.settings import Settings, read
from copydesk.site.first_seen import head
from copydesk.site.modules import code_of
from copydesk.site.settingstold import settings_told
from copydesk.site.tree import look, looks_below
from copydesk.store import key_of
from copydesk.wholefile import write_whole

RECORD = "last-build.json"
REPORT = "report.json"
DOCUMENTS, MANIFEST = "documents.json", "manifest.json"
"""Records that tell which of the site's files a build wrote: where one is lost, a build writes it anew."""
NANOSECONDS = 1_000_000_000
"""Nanoseconds in a second."""
NAMED = (
    ("PATH", "ARTICLE_PATHS"),
    ("PATH", "PAGE_PATHS"),
    ("PATH", "STATIC_PATHS"),
    ("PATH", "TEMPLATE_PAGES"),
    ("THEME", "THEME_STATIC_PATHS"),
)
"""Settings that name folders and files, and the one that tells the folder in which they are, if not elsewhere."""

ENVIRONMENT = ("SOURCE_DATE_EPOCH", "TZ", "LC_ALL", "LANG")
"""What a build looks up in its environment, beside what the configuration does."""


class Glance(NamedTuple):
    """What the site looked like when this process was called.

    `call` is a digest of everything; `lines` tell of the files that it is made from, `looks` of those that came out.
    """

    call: str
    lines: list[str]
    looks: dict[str, str]


CALL: list[Glance] = []
"""What the site looked like when this process was called, for the build that follows."""


class LastBuild:
    """What the last build was made from, and what came out of it.

    The record knows it twice: as Pelican read the settings, and as the site looked when the build was called.
    """

    def __init__(self, state: Path, output: Path) -> None:
        """Look up the record in the folder `state` of the site at `output`."""
        self._path = state / RECORD
        self.report = state / REPORT
        self.output = output
        self.made_from: str | None = None
        self.looks: dict[str, str] = {}
        self._told: tuple[Mapping[str, str], str] | None = None

    def came_out(self, looks: Mapping[str, str]) -> str:
        """Return a digest of names, sizes and times of the site's files, which look so, and of what tells of them."""
        if self._told is None or self._told[0] is not looks:
            lines = sorted([f"{name}\0{seen}" for name, seen in looks.items()])
            lines += [look(self._path.with_name(name)) for name in (DOCUMENTS, MANIFEST)]
            self._told = (looks, key_of(str(self.output), "\0".join(lines)))
        return self._told[1]

    def is_as(self, made_from: str | None, looks: Mapping[str, str]) -> bool:
        """Tell whether the last build was made from the same, and its site, which looks so now, is as it was left."""
        self.made_from = made_from
        record = self._read()
        if made_from is None or record.get("made from") != made_from:
            return False
        return bool(record.get("came out as") == self.came_out(looks))

    def looked_as(self, call: str) -> bool:
        """Tell whether everything looked like this when the last build was called, and its site is as it was left."""
        record = self._read()
        self.looks = looks_below(self.output)
        return record.get("called on") == call and record.get("came out as") == self.came_out(self.looks)

    def remember(self, looks: Mapping[str, str] | None = None) -> None:
        """Record the build that has come to its end; its files look so, or are looked at."""
        if self.made_from is None:
            self.forget()
            return
        found = self.came_out(looks_below(self.output) if looks is None else looks)
        call = CALL[0].call if CALL else ""
        record = {"made from": self.made_from, "came out as": found, "called on": call}
        write_whole(self._path, json.dumps(record) + "\n")

    def forget(self) -> None:
        """Forget the last build: the next one is made in any case."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, object]:
        try:
            record = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}


def is_alone(settings: Mapping[str, Any]) -> bool:
    """Tell whether no other plugin has a hand in the site: of what one does nothing is known."""
    return [str(name) for name in settings.get("PLUGINS") or ()] == ["copydesk"]


def folders_of(settings: Mapping[str, Any], own: Settings, root: Path) -> list[Path]:
    """Return the files and folders that a site at `root` is made from; its configuration may hold functions."""
    folders = [Path(settings["PATH"]), root / own.seeds, Path(settings["THEME"])]
    folders += [root / folder for folder in (*own.rules, own.overrides)]
    folders += [root / own.css] if own.css else []
    folders += [Path(str(folder)) for folder in settings.get("THEME_TEMPLATES_OVERRIDES") or ()]
    folders += [Path(settings[place], str(name)) for place, named in NAMED for name in settings.get(named) or ()]
    return folders + code_of(root)


def further_folders(settings: Mapping[str, Any], own: Settings, root: Path) -> list[str]:
    """Return the seeds' folder, and what else a site at `root` is made from outside the content and the theme.

    Files of code are left out: a process that has loaded them sees no other ones.
    """
    known = [Path(settings[name]).resolve() for name in ("PATH", "THEME")]
    css = root / own.css if own.css else None
    folders = {path.resolve() for path in folders_of(settings, own, root) if path.is_dir() or path == css}
    more = folders - {(root / own.seeds).resolve()}
    outside = sorted(str(f) for f in more if not any(f.is_relative_to(place) for place in known))
    return [str(root / own.seeds), *outside]


def written_by(own: Settings, root: Path, output: Path) -> list[Path]:
    """Return the folders that a build itself writes."""
    return [root / own.state, output, *(output.parent / f".{output.name}.{end}" for end in ("next", "spare"))]


def looks_of(folders: Iterable[Path], leave_out: Iterable[Path]) -> list[str]:
    """Return a line for each file in the folders: its path, and how it looks. Raises OSError."""
    outside = {path.resolve() for path in leave_out}
    found = {folder.resolve() for folder in folders}
    outermost = sorted(folder for folder in found if found.isdisjoint(folder.parents))
    return [line for folder in outermost for line in sorted(_looks(folder, outside))]


def look_of(status: os.stat_result) -> str:
    """Return how a file looks: size, times, inode."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def written_at(look: str) -> int:
    """Return when a file that looks so was last written, or otherwise changed, in seconds since 1970."""
    _, modified, changed, _ = look.split(" ", 3)
    return max(int(modified), int(changed)) // NANOSECONDS


def _looks(folder: Path, outside: set[Path]) -> Iterator[str]:
    """Yield a line for each file below `folder`. Links are followed, but never in circles."""
    if folder.is_file():
        yield _look(folder)
        return
    seen = set()
    for root, folders, names in os.walk(folder, followlinks=True):
        place = os.stat(root)  # noqa: PTH116  a path object for each would take longer than the look
        if (place.st_dev, place.st_ino) in seen or Path(root).resolve() in outside:
            folders[:] = []
            continue
        seen.add((place.st_dev, place.st_ino))
        folders[:] = [name for name in folders if name != ".git"]
        compiled = root.endswith("__pycache__")
        for name in names:
            if compiled and ".pyc" in name:  # Python writes it itself
                continue
            yield _look(f"{root}/{name}")


def _look(path: str | Path) -> str:
    try:
        return f"{path}\0{look_of(os.stat(path))}"  # noqa: PTH116
    except OSError as error:  # a link to nowhere: that it leads nowhere is what there is to know
        return f"{path}\0{error.errno}"


def commits_of(folders: Iterable[Path]) -> list[str]:
    """Return the commits that the folders are at: they tell when a file was first seen."""
    return sorted({head(folder) for folder in folders if folder.is_dir()})


def environment_told() -> list[str]:
    """Return what a build looks up in its environment."""
    return [f"{name}={os.environ.get(name)}" for name in ENVIRONMENT]


def last_build_of(arguments: Sequence[str]) -> tuple[LastBuild, Settings, str, list[str]] | None:
    """Return the last build of the site that Pelican is called for, its settings, and how it looks now.

    That is a digest of everything, and a line for each file.

    None where the call or the configuration is not one that can be understood without Pelican.
    """
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("-s", "--settings", default="pelicanconf.py")
    parser.add_argument("-o", "--output", default="")
    parser.add_argument("--relative-urls", action="store_true")
    parser.add_argument("-q", "--quiet", action="store_true")
    try:
        call, others = parser.parse_known_args(list(arguments))
        configuration = Path(call.settings).resolve()
        path = list(sys.path)
        values = {name: value for name, value in runpy.run_path(str(configuration)).items() if name.isupper()}
        sys.path[:] = path
        own = read(values)
        theme, content = Path(values["THEME"]), Path(values["PATH"])
    except (argparse.ArgumentError, CopydeskError, OSError, SyntaxError, KeyError, TypeError):
        return None
    known = theme.is_dir() and content.is_absolute() and is_alone(values) and values.get("WITH_FUTURE_DATES", True)
    if others or not known:
        return None
    root = content.resolve().parent
    output = Path(call.output or values.get("OUTPUT_PATH", "output")).resolve()
    folders = folders_of(values, own, root)
    told = [str(output), str(call.relative_urls), *settings_told(values), *environment_told(), *_installed()]
    try:
        files = looks_of([*folders, configuration], written_by(own, root, output))
    except OSError:
        return None
    return LastBuild(root / own.state, output), own, key_of(*told, *files, *commits_of(folders)), files


def _installed() -> Iterator[str]:
    """Yield what stands for the code that a build runs: Python, the libraries' versions, and Copydesk's own files."""
    yield sys.version
    for folder in sys.path:
        if folder.endswith("site-packages") and Path(folder).is_dir():
            yield from sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208
    yield from sorted(_looks(Path(copydesk.__file__).parent.resolve(), set()))
