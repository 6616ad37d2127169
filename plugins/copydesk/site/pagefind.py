"""Runs Pagefind (pagefind.app) over a folder of documents, and brings its index into one order.

Pagefind writes its lists of filters in an order that differs from run to run; here they are sorted and named anew by
what they hold, so that the same stories give the same bytes. Its files are CBOR (RFC 8949) behind a signature, gzipped
or not; what is written here is not, since no two versions of zlib need give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import cbor2

SIGNATURE = b"pagefind_dcd"
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
"""Of Pagefind's own files those that the theme's search uses; the rest are ready-made looks."""

UNINFLECTED = "wasm.unknown.pagefind"
"""The program for languages whose inflections Pagefind does not know, which it writes for all."""

FILTERS = 3
"""Place of the list of filters in an index's description."""

TIME_LIMIT = 900
"""Seconds after which Pagefind is given up."""


def start(documents: Path, target: Path) -> subprocess.Popen[bytes]:
    """Start to write the index of the HTML documents below `documents` to the folder `target`, in a process of its own.

    Raises ImportError where Pagefind is not there, OSError where it can't be run.
    """
    from pagefind_bin_extended import get_executable

    command = [str(get_executable()), "--site", str(documents), "--output-path", str(target), "--silent"]
    silent = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent, cwd=documents)  # noqa: S603


def finish(process: subprocess.Popen[bytes], target: Path) -> None:
    """Wait until the index is written to `target`, and bring it into one order.

    Raises OSError or subprocess.SubprocessError where Pagefind failed.
    """
    if process.wait(TIME_LIMIT):
        raise subprocess.CalledProcessError(process.returncode, "pagefind")
    for path in target.iterdir():
        if path.name.startswith("pagefind-") and path.name not in NEEDED:
            path.unlink()
    entry = target / "pagefind-entry.json"
    told = json.loads(entry.read_text("utf-8"))
    for language, part in told["languages"].items():
        part["hash"] = _described(target, language, part["hash"])
    if all(part["wasm"] for part in told["languages"].values()):
        (target / UNINFLECTED).unlink()
    entry.write_text(json.dumps(told, sort_keys=True), "utf-8")


def _described(target: Path, language: str, name: str) -> str:
    """Sort one language's filters and return the new name of its description."""
    old = target / f"pagefind.{name}.pf_meta"
    description = _read(old)
    old.unlink()
    description[FILTERS] = sorted([key, _sorted(target, language, file)] for key, file in description[FILTERS])
    return _write(target, "pagefind.{}.pf_meta", language, 10, description)


def _sorted(target: Path, language: str, name: str) -> str:
    """Sort one filter's values and return the new name of its file."""
    old = target / "filter" / f"{name}.pf_filter"
    key, values = _read(old)
    old.unlink()
    return _write(target / "filter", "{}.pf_filter", language, 7, [key, sorted(values)])


def _read(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(SIGNATURE))


def _write(folder: Path, pattern: str, language: str, digits: int, value: Any) -> str:
    data = SIGNATURE + cbor2.dumps(value)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:digits]}"
    (folder / pattern.format(name)).write_bytes(data)
    return name
