"""Files that are costly to write, taken from the published site where they would come out the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path


class Documents:
    """Remembers what each document was made from, and takes it from the old site if it is still what was written."""

    def __init__(self, record: Path, output: Path) -> None:
        """Read the `record` of the last build of the site at `output`."""
        self._record = record
        self._output = output
        self._made: dict[str, list[str]] = {}
        try:
            known = json.loads(record.read_text("utf-8"))
        except (OSError, ValueError):
            known = {}
        self._known: dict[str, object] = known if isinstance(known, dict) else {}

    def of(self, name: str, made_from: str, make: Callable[[], bytes]) -> bytes:
        """Return the document `name`, made anew unless it was made from the same before and nobody has touched it."""
        old = self._old(name, made_from)
        data = make() if old is None else old
        self._made[name] = [made_from, hashlib.sha256(data).hexdigest()]
        return data

    def folder(self, name: str, made_from: str, output: Path, make: Callable[[Path], None]) -> None:
        """See to the folder `name` below `output`: links to the old site's files, or `make` fills it anew."""
        target = output / name
        known = self._known.get(f"{name}/")
        if isinstance(known, list) and known[:1] == [made_from] and known[1:] == [_digest(self._output / name)]:
            shutil.copytree(self._output / name, target, copy_function=_link, dirs_exist_ok=True)
        else:
            make(target)
        self._made[f"{name}/"] = [made_from, _digest(target)]

    def remember(self) -> None:
        """Record what the documents of this build were made from."""
        self._record.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._record.with_suffix(".new")
        fresh.write_text(json.dumps(self._made, indent=0) + "\n", "utf-8")
        fresh.replace(self._record)

    def _old(self, name: str, made_from: str) -> bytes | None:
        known = self._known.get(name)
        if not isinstance(known, list) or known[:1] != [made_from]:
            return None
        try:
            data = (self._output / name).read_bytes()
        except OSError:
            return None
        return data if known[1:] == [hashlib.sha256(data).hexdigest()] else None


def _digest(folder: Path) -> str:
    """Return a digest of the names and bytes of all files below `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _link(old: str, new: str) -> str:
    """Give a file a second name; copy it where the file system has no hard links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
    return new
