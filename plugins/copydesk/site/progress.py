"""Tells how far a long build is: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

LINES = 10
"""Lines that a long build prints where there is no terminal."""

WORTH_TELLING = 200
"""Seeds below which a build without a terminal says nothing before it is done."""


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[], None]]:
    """Show the progress of `total` steps on standard error; the value is to be called after each step."""
    console = Console(stderr=True)
    if console.is_terminal:
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
