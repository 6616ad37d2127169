"""Pages that further processes render, while this one writes the feeds and its share of the pages.

A page's bytes tell nothing of the process that rendered it: each is made from the same values, which the processes have
in common since they are forked. Where that can't be, or a process comes to no end, this one renders all pages.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context, get_start_method
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from copydesk.processes import copies_in_memory, end_with_parent, processors
from copydesk.site.documents import Documents, Told
from copydesk.store import Store

FEW = 200
"""Pages for each process below which starting it costs more than it spares."""

AT_ONCE = 32
"""Pages that a process takes at once: neighbours share parts that are rendered once in a process."""

MOST_TURNS = 4000
"""Turns that a pipe holds in any case."""

Done = dict[str, Told]
"""What the pages that a process has rendered were made from, by their paths."""


def hands_for(pages: int) -> int:
    """Return how many further processes pay for so many pages, and have room in memory."""
    hands = min(processors() - 1, pages // FEW) if get_start_method() == "fork" else 0
    return int(min(hands, copies_in_memory())) if hands > 0 else 0


class Turns:
    """The numbers below `count`, each of which one of several processes takes."""

    def __init__(self, count: int) -> None:
        """Put the numbers into a pipe, from which each process reads."""
        self._reads, writes = os.pipe()
        os.write(writes, b"".join(number.to_bytes(4, "little") for number in range(count)))
        os.close(writes)

    def __iter__(self) -> Iterator[int]:
        """Take one number after the other, until none is left."""
        while told := os.read(self._reads, 4):
            yield int.from_bytes(told, "little")

    def close(self) -> None:
        """Close the pipe."""
        os.close(self._reads)


class Speechless(logging.Handler):
    """Fails where there is something to tell: this process tells it then, and no word of two processes is mixed."""

    def emit(self, record: logging.LogRecord) -> None:
        """Raise RuntimeError."""
        raise RuntimeError(record.getMessage())


class PagesAhead:
    """The `pages` that this process and further `hands` render with `write`: given one of them, it returns its path."""

    def __init__(
        self, pages: Sequence[Any], hands: int, write: Callable[[Any], str], documents: Documents, store: Store
    ) -> None:
        """Render the first page, so that all processes have what it needs to be loaded, and start the others."""
        self._write, self._documents = write, documents
        self._done: Done = documents.told([write(pages[0])])
        size = max(AT_ONCE, len(pages) // MOST_TURNS + 1)
        self._parts = [pages[start : start + size] for start in range(1, len(pages), size)]
        self._turns = Turns(len(self._parts))
        self._processes: list[tuple[BaseProcess, Connection]] = []
        with store.put_down():
            for _ in range(hands):
                self._processes.append(self._start(store))

    def _start(self, store: Store) -> tuple[BaseProcess, Connection]:
        context = get_context("fork")
        receives, sends = context.Pipe(duplex=False)
        process = context.Process(target=self._help, args=(sends, store), daemon=True)
        process.start()
        sends.close()
        return process, receives

    def _help(self, sends: Connection, store: Store) -> None:
        """Render pages as long as there are any, and tell what was rendered; what fails is left to the other one."""
        end_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        logging.getLogger().handlers = [Speechless()]
        store.take_up()
        try:
            done = self._render()
        except Exception:  # the other one renders the page again, and tells what is wrong with it
            return
        sends.send(done)

    def _render(self) -> Done:
        """Render pages as long as nobody else has taken them."""
        done: Done = {}
        for number in self._turns:
            done |= self._documents.told([self._write(page) for page in self._parts[number]])
        return done

    def finish(self) -> set[str]:
        """Render pages beside the others until none is left; return the paths of all that were rendered."""
        done = self._done | self._render()
        for process, receives in self._processes:
            try:
                theirs: Done = receives.recv()
            except EOFError:
                continue
            self._documents.note(theirs)
            done |= theirs
            process.join()
        return set(done)

    def close(self) -> None:
        """End the processes, whether they have come to an end or not."""
        for process, receives in self._processes:
            process.kill()
            process.join()
            receives.close()
        self._turns.close()
