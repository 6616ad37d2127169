"""Files that are costly to write, taken from the published site where they would come out the same."""

from __future__ import annotations

import hashlib
import json
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
