"""When a file was first seen: the order of articles that have no date of their own, the same in every clone and build.

In order: the moment of the commit that added the file (shallow clones don't know it), SOURCE_DATE_EPOCH
(reproducible-builds.org), the day on which the file was last written.
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from copydesk.site.filenames import name_of_bytes, path_of
from copydesk.wholefile import write_whole

DAY = 86_400
GIT_SECONDS = 60
COMMIT = b"//"
"""Begins what git tells of a commit: no file's path does."""


def committed(folder: Path) -> dict[str, int]:
    """Map each file's path below `folder` to the time of its first commit, in seconds since 1970; empty without git.

    That may be a merge, where neither side has the file. Of the files of one commit each is a second before the one
    that its name comes after, so that no two are the same.
    """
    shallow, _, prefix = _git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix").partition(b"\n")
    if shallow != b"false":
        return {}
    above = prefix.removesuffix(b"\n")  # git tells whole paths of what merges have added, whatever it is asked for
    what = ("-c", "--diff-filter=A", "--no-renames", "--name-only", f"--format=format:{COMMIT.decode()}%ct")
    times: dict[str, int] = {}
    moment = place = 0
    for token in _git(folder, "-c", "diff.relative=false", "log", "-z", *what, ".").split(b"\0"):
        name = token
        if token.startswith(COMMIT):
            told, _, name = token.removeprefix(COMMIT).partition(b"\n")
            moment, place = int(told), 0
        if name:
            times[name_of_bytes(name.removeprefix(above))] = moment - place
            place += 1
    return times


def head(folder: Path) -> str:
    """Return the commit that `folder` is at, asked once until it is forgotten; empty without git."""
    repository = _repository((folder if folder.is_dir() else folder.parent).resolve())
    return _head(repository) if repository else ""


def _repository(folder: Path) -> Path | None:
    """Return the folder of the repository that `folder` lies in, None where git need not be asked: it would know none.

    To start git takes as long as to look at some thousand files.
    """
    if "GIT_DIR" in os.environ:
        return folder
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)


@cache
def _head(repository: Path) -> str:
    return _git(repository, "rev-parse", "HEAD", "--is-shallow-repository").decode()


def forget_heads() -> None:
    """Ask git again: a new build begins."""
    _head.cache_clear()


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=GIT_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def remembered(folder: Path, state: Path) -> dict[str, int]:
    """Return what `committed` does, from a record in the folder `state` where the last commit is still the same."""
    commit = head(folder)
    if not commit:
        return {}
    record = state / f"first-seen-{folder.name}.json"
    now = f"{folder} {commit}"
    try:
        known = json.loads(record.read_text("utf-8"))
        if known["head"] == now:
            return {str(name): int(seconds) for name, seconds in known["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    files = committed(folder)
    if files:
        write_whole(record, json.dumps({"head": now, "files": files}))
    return files


class FirstSeen:
    """First-seen moments of the files below one folder; asks git once for each commit that the folder is at."""

    def __init__(self, folder: Path, state: Path) -> None:
        """Look up the history of `folder`; `state` is the folder of Copydesk's own records."""
        self._folder = folder
        self._committed = remembered(folder, state) if folder.is_dir() else {}
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        self._epoch = int(epoch) if epoch.isdigit() else None

    def moment(self, name: str) -> datetime:
        """Return the moment, in UTC, at which the file `name` (its path below the folder) was first seen."""
        seconds = self._committed.get(name)
        if seconds is None:
            seconds = self._epoch
        if seconds is None:
            seconds = int(path_of(self._folder, name).stat().st_mtime) // DAY * DAY
        return datetime.fromtimestamp(seconds, UTC)
