"""Puts a finished build in the place of the old site in one step: readers see the old site or the new one, whole.

The build is written to a staging folder. Files that came out the same become links to the old ones, so that their
times stay and an upload is small. Files in the old site that no build of ours wrote are carried over. Then the two
folders change places: by `renameat2(RENAME_EXCHANGE)` where the system has it (Linux), else by two renames.

Where nobody else has touched the site since the last build, the folder that was replaced then is used again: it differs
from the site in what that build changed, so that to publish costs no more than what has changed since.
"""

from __future__ import annotations

import ctypes
import filecmp
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from copydesk.errors import PublishError
from copydesk.site.glance import MANIFEST
from copydesk.site.tree import look
from copydesk.wholefile import write_whole

AT_FDCWD = -100
RENAME_EXCHANGE = 2


class Staging:
    """The folder in which a site is built before it takes the place of `output`."""

    def __init__(self, output: Path, state: Path) -> None:
        """Prepare for a site at `output`; `state` is the folder of Copydesk's own records."""
        self.output = Path(os.path.realpath(output))
        self.path = self.output.parent / f".{self.output.name}.next"
        self._spare = Spare(self.output, state)
        self._previous = self.output.parent / f".{self.output.name}.previous"
        self._manifest = state / MANIFEST
        self.changed: set[str] | None = set()

    def begin(self) -> None:
        """Clear away what an interrupted build left behind; the old site is restored if it was half moved.

        Raises PublishError where something else than a site stands in its place.
        """
        if self.output.exists() and not self.output.is_dir():
            raise PublishError("is a file, not a folder", str(self.output), remedy="Move it, or build elsewhere")
        if self._previous.exists() and not self.output.exists():
            self._previous.rename(self.output)
        _remove(self._previous)
        _remove(self.path)
        self.path.mkdir(parents=True)

    def publish(self, kept: Collection[str] = (), written: Callable[[], Iterable[str]] = tuple) -> None:
        """Make the staged site the published one; the files `kept` are taken over from the old one, unless staged.

        `written` tells which files of the old one are ours, for when the record of them is lost.

        Raises PublishError where the file system does not let us.
        """
        staged = set(_files(self.path))
        before = set(self._recorded())
        if not before and (before := set(written())):
            self._record(before)
        ours = staged.union(kept)
        try:
            if self._spare.is_ready():
                self._publish_changes(staged, ours, before)
            else:
                self._publish_all(staged, ours, kept, before)
        except OSError as error:
            remedy = "The old site is untouched; check the folder's permissions and the space on the disk"
            raise PublishError(f"could not be written ({error})", str(self.output), remedy=remedy) from error

    def _publish_all(self, staged: set[str], ours: set[str], kept: Collection[str], before: set[str]) -> None:
        self._spare.clear()
        self.changed = None
        self._take_over(name for name in kept if name not in staged)
        self._carry_over(sorted(staged), ours | before)
        self._record(ours | before)
        self._swap(self.path)
        self._record(ours)

    def _publish_changes(self, staged: set[str], ours: set[str], before: set[str]) -> None:
        """Bring the spare folder up to date, and let it change places with the site."""
        gone = before - ours
        changed = {name for name in staged if not _is_same(self.output / name, self.path / name)}
        self._spare.update(self.path, changed, gone)
        if ours != before:
            self._record(ours | before)
        self._swap(self._spare.path)
        self._spare.remember(changed | gone)
        if self.changed is not None:
            self.changed |= changed | gone
        if ours != before:
            self._record(ours)
        _remove(self.path)

    def publish_folder(self, name: str, fill: Callable[[], Collection[str]]) -> None:
        """Put the folder `name`, which `fill` writes to the staging folder, in the place of the one that is published.

        `fill` returns the paths of its files that stay. Raises PublishError where the file system does not let us.
        """
        self.begin()
        kept = fill()
        self.publish([path for path in self._recorded() if not path.startswith(f"{name}/") or path in kept])

    def _take_over(self, names: Iterable[str]) -> None:
        made: set[str] = set()
        for name in names:
            folder = name.rpartition("/")[0]
            if folder not in made:
                made.add(folder)
                (self.path / folder).mkdir(parents=True, exist_ok=True)
            _link(f"{self.output}/{name}", f"{self.path}/{name}")

    def _carry_over(self, staged: list[str], written: set[str]) -> None:
        if not self.output.is_dir():
            return
        for name in staged:
            _link_if_same(self.output / name, self.path / name)
        for name in _files(self.output):
            target = self.path / name
            if name not in written and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(self.output / name, target)

    def _recorded(self) -> list[str]:
        try:
            record = json.loads(self._manifest.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        files = record.get(str(self.output), []) if isinstance(record, dict) else []
        return [name for name in files if isinstance(name, str)] if isinstance(files, list) else []

    def _record(self, names: Iterable[str]) -> None:
        self._manifest.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._manifest, json.dumps({str(self.output): sorted(set(names))}, indent=0))

    def _swap(self, fresh: Path) -> None:
        if not self.output.exists():
            fresh.rename(self.output)
        elif _exchange(fresh, self.output):
            if fresh == self.path:
                self._spare.take(fresh, self.output)
        else:
            self.output.rename(self._previous)
            fresh.rename(self.output)
            _remove(self._previous)


class Spare:
    """The folder that a build has replaced, kept for the next one: links to the same files but where they differ."""

    def __init__(self, output: Path, state: Path) -> None:
        """Take the spare folder of the site at `output`; a record in the folder `state` tells how it differs."""
        self.path = output.parent / f".{output.name}.spare"
        self._output = output
        self._record = state / "spare.json"
        self._folders: set[str] = set()

    def is_ready(self) -> bool:
        """Tell whether it and the site are as they were left: no file was added to them, or taken from them."""
        record = self._read()
        folders = record.get("folders")
        if record.get("site") != str(self._output) or not isinstance(folders, dict):
            return False
        self._folders = set(folders)
        return self.path.is_dir() and folders == self._seen()

    def _seen(self) -> dict[str, list[str]]:
        """Return how the folders look in it and in the site. What is new in a folder shows in that one's own time."""
        return {name: [_time(self.path / name), _time(self._output / name)] for name in sorted(self._folders)}

    def clear(self) -> None:
        """Throw the folder away."""
        self._record.unlink(missing_ok=True)
        _remove(self.path)

    def take(self, replaced: Path, output: Path) -> None:
        """Keep the folder that was replaced, with what is different in it."""
        replaced.rename(self.path)
        old, new = ({name: _identity(f"{folder}/{name}") for name in _files(folder)} for folder in (self.path, output))
        self._folders = {*_folders(self.path), *_folders(output)}
        self.remember({name for name in old.keys() | new.keys() if old.get(name) != new.get(name)})

    def update(self, staged: Path, changed: Iterable[str], gone: Iterable[str]) -> None:
        """Make the folder what the site is, and then what it shall be: with the `changed` files that are `staged`."""
        differs = self._read().get("differs")
        self._record.unlink(missing_ok=True)
        differs = differs if isinstance(differs, list) else []
        for name in differs:  # all of them first: a file may have become a folder, or a folder a file
            self._take_away(name)
        for name in differs:
            if look(f"{self._output}/{name}"):
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                _link(f"{self._output}/{name}", f"{self.path}/{name}")
        for name in gone:
            self._take_away(name)
        for name in changed:
            (self.path / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).replace(self.path / name)

    def _take_away(self, name: str) -> None:
        """Take a file away, if it is one, and the folders that are empty without it."""
        path = self.path / name
        if look(path):
            path.unlink()
            with suppress(OSError):  # a folder that is not empty stays
                for folder in path.parents[: name.count("/")]:
                    folder.rmdir()

    def remember(self, differs: Iterable[str]) -> None:
        """Record in which files the folder is different from the site."""
        differs = sorted(differs)
        for name in differs:
            self._folders.update(_above(name))
        record = {"site": str(self._output), "differs": differs, "folders": self._seen()}
        write_whole(self._record, json.dumps(record))

    def _read(self) -> dict[str, object]:
        try:
            record = json.loads(self._record.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}


def _time(folder: Path) -> str:
    """Return when a file was last added to a folder, or taken from it, in nanoseconds; empty where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return ""
    return f"{found.st_ino} {found.st_mtime_ns}"


def _folders(folder: Path) -> Iterator[str]:
    """Yield the folder itself, which is "", and all below it."""
    for root, _, _ in os.walk(folder):
        yield root[len(str(folder)) + 1 :]


def _above(name: str) -> Iterator[str]:
    """Yield the folders that a file lies in."""
    while name := name.rpartition("/")[0]:
        yield name


def _identity(path: str) -> tuple[int, int]:
    found = os.lstat(path)
    return found.st_dev, found.st_ino


def _files(folder: Path) -> Iterator[str]:
    start = len(str(folder)) + 1
    for root, _, names in os.walk(folder):
        prefix = f"{root[start:]}/" if len(root) > start else ""
        for name in names:
            yield f"{prefix}{name}"


def _is_same(old: Path, new: Path) -> bool:
    return old.is_file() and not old.is_symlink() and filecmp.cmp(old, new, shallow=False)


def _link_if_same(old: Path, new: Path) -> None:
    if _is_same(old, new):
        new.unlink()
        _link(old, new)


def _link(old: Path | str, new: Path | str) -> None:
    """Give `old` a second name; copy it where the file system has no hard links."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once; False where the system can't. See renameat2(2)."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
