"""Pelican in processes that have loaded everything already: one that forks for each call, one that watches a site.

The processes differ in how Python mixes its hashes, so that an order that hangs on them shows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

WIDE = "400"
"""Columns of the terminal that a build believes in: no name that a test looks for is broken across lines."""


class WarmPelican:
    """A process that builds sites when it is told to."""

    def __init__(self, hash_seed: int, processors: int = 1) -> None:
        """Start the process; from two `processors` on, builds have others render pages, however few there are."""
        environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "COLUMNS": WIDE}
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(processors)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def run(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
        """Call Pelican in a folder; return its exit status and what it printed."""
        told = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)}
        assert self._process.stdin and self._process.stdout
        print(json.dumps(told), file=self._process.stdin, flush=True)
        status, out, err = json.loads(self._process.stdout.readline())
        return status, out, err

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class WatchingPelican:
    """A process that builds one site again and again, as `pelican --autoreload` does, when it is told to."""

    def __init__(self, hash_seed: int) -> None:
        """Note how the process is to mix its hashes; it is started by the first call."""
        self._seed = hash_seed
        self._process: subprocess.Popen[str] | None = None

    def run(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
        """Build a site, always the same; return 0, and what was printed."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, __file__, "watch", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=folder,
                env={**environment, "PYTHONHASHSEED": str(self._seed)},
            )
        else:
            assert self._process.stdin
            print("again", file=self._process.stdin, flush=True)
        assert self._process.stdout
        return 0, json.loads(self._process.stdout.readline()), ""

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.communicate()


def _watch(arguments: Sequence[str]) -> None:
    """Let Pelican build a site whenever a line comes on standard input, instead of watching its files."""
    import pelican
    from watchfiles import Change

    told, log = os.fdopen(os.dup(1), "w"), Path(".watch-log")
    for number in (1, 2):
        os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    configuration = Path("pelican.conf.py")
    looked = [configuration.stat().st_mtime_ns]

    def wait_for_changes(*_: object) -> set[tuple[Change, str]]:
        sys.stdout.flush()
        print(json.dumps(log.read_text("utf-8", "replace")), file=told, flush=True)
        os.truncate(log, 0)
        if not sys.stdin.readline():
            os._exit(0)
        looked.append(configuration.stat().st_mtime_ns)
        changed = looked[-1] != looked[-2]
        return {(Change.modified, str(configuration.resolve()) if changed else "something")}

    pelican.wait_for_changes = wait_for_changes
    pelican.main(["-r", *arguments])


def _serve() -> None:
    """Fork a build for each line on standard input."""
    import copydesk.site.plugin  # noqa: F401
    from copydesk import pipeline  # noqa: F401
    from copydesk.site import ahead

    processors = int(sys.argv[1])
    if processors > 1:
        ahead.FEW, ahead.AT_ONCE, ahead.processors = 1, 2, lambda: processors
    for line in sys.stdin:
        told = json.loads(line)
        folder = Path(told["folder"])
        names = [folder / ".warm-out", folder / ".warm-err"]
        child = os.fork()
        if child == 0:
            _build(told, names)
        _, status = os.waitpid(child, 0)
        texts = [name.read_text("utf-8", "replace") for name in names]
        for name in names:
            name.unlink()
        print(json.dumps([os.waitstatus_to_exitcode(status), *texts]), flush=True)


def _build(told: Mapping[str, object], names: Sequence[Path]) -> None:
    for number, name in enumerate(names, 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    status = 1
    try:
        os.environ.clear()
        os.environ.update(told["environment"])  # type: ignore[call-overload]
        os.chdir(str(told["folder"]))
        from pelican import main

        main(told["arguments"])
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _watch(sys.argv[2:]) if sys.argv[1] == "watch" else _serve()
