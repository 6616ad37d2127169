"""Templates as Jinja compiled them in an earlier build: compiling a theme costs more than to render a few pages.

The record holds code, so that it lies where Python keeps that of this package (`__pycache__`): who can write there can
change the package itself. It counts only for the settings, functions and versions that it was made with: Jinja works
out constant parts when it compiles.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache

from copydesk.wholefile import write_whole

ENDING = ".code"

MOST = 8
"""Sites whose templates are kept; those that were built longest ago give way."""

Known = dict[str, tuple[str, CodeType]]
"""The code of templates, and the checksum of the source that it was made from, by Jinja's keys of their names."""


class CompiledTemplates(BytecodeCache):
    """The compiled templates of one environment of Jinja (see jinja2.BytecodeCache)."""

    def __init__(self, record: Path, circumstances: str) -> None:
        """Read the `record`; `circumstances` stand for all that has a say in code beside a template's source."""
        self._record = record
        self._told = f"{sys.implementation.cache_tag} {circumstances}"
        self._known = _read(record, self._told)
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template where it was made from the same source."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code that Jinja has compiled."""
        if bucket.code:
            self._known[bucket.key] = (bucket.checksum, bucket.code)
            self._is_new = True

    def remember(self) -> None:
        """Record the templates for the next build, if there are new ones."""
        if not self._is_new or sys.dont_write_bytecode:
            return
        data = marshal.dumps((self._told, self._known))
        with suppress(OSError):  # a package that can't be written to
            self._record.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._record, sha256(data).digest() + data)
            kept = sorted(self._record.parent.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime_ns)
            for path in kept[:-MOST]:
                path.unlink()


def record_of(site: Path) -> Path:
    """Return the place of the record of the site whose folder is `site`."""
    folder = Path(cache_from_source(__file__)).parent
    return folder / f"templates-{sha256(os.fsencode(site)).hexdigest()[:16]}{ENDING}"


def _read(record: Path, told: str) -> Known:
    """Return what a record holds, nothing where it is damaged or was made in other circumstances."""
    try:
        whole = record.read_bytes()
    except OSError:
        return {}
    data = whole[32:]
    if sha256(data).digest() != whole[:32]:
        return {}
    try:
        circumstances, known = marshal.loads(data)  # noqa: S302  as trusted as __pycache__, see above
    except (ValueError, EOFError, TypeError):
        return {}
    return known if circumstances == told else {}
