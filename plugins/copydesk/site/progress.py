"""Tells how far a long build is: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

LINES = 10
"""Lines that a long build prints where there is no terminal."""

EVERY = 10_000
"""Articles after which the reading of large files tells how far it is."""

WORTH_TELLING = 200
"""Seeds below which a build without a terminal says nothing before it is done."""


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[], None]]:
    """Show the progress of `total` steps on standard error; the value is to be called after each step."""
    console = Console(stderr=True)
    if console.is_terminal:
        from rich.progress import Progress

        with Progress(console=console, transient=True) as bar:
            task = bar.add_task(title, total=total)
            yield lambda: bar.advance(task)
    else:
        yield _lines(title, total)


def _lines(title: str, total: int) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if total >= WORTH_TELLING and done * LINES // total > (done - 1) * LINES // total:
            print(f"{title}: {done:,} of {total:,}", file=sys.stderr)

    return tick


def counting(title: str) -> Callable[[int], None]:
    """Return what tells on standard error how many articles were read, every so often; it is called with how many more.

    A crawl is one file, however many articles are in it: files alone tell nothing of how far a build is.
    """
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if done // EVERY > (done - more) // EVERY:
            print(f"{title}: {done:,} articles", file=sys.stderr)

    return count
