"""Processes that work for another one: how many the machine has room for, and that none outlives it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

try:
    import fcntl
except ImportError:  # where there is none, no process is forked
    fcntl = None  # type: ignore[assignment]


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def copies_in_memory() -> float:
    """Return how often the memory that is free holds what this process has, which one forked from it may come to copy.

    Read from Linux's `/proc` (proc(5)); without it, there is no end to it.
    """
    try:
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        own = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return int(told["MemAvailable"].split()[0]) * 1024 / own
    except (OSError, KeyError, ValueError):
        return math.inf


def end_with_parent() -> None:
    """Let this process end at once when the one that started it has ended, however that came about.

    One that is killed can't end its own: they would wait for work for ever, with all their memory.
    """
    parent = parent_process()
    if parent:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the file `path`, as soon as no process holds it any more, nor one that was forked while it was held.

    `filelock` lets go of its locks in a forked process: for this one they go on there.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
