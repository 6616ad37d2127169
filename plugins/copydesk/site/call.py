"""A build as it is called from the command line: nothing is loaded that it does not need."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence

from copydesk.errors import CopydeskError
from copydesk.site import glance
from copydesk.site.report import NOTHING_CHANGED, Report

REFUSED = 1


def build(arguments: Sequence[str]) -> int:
    """Build the site that Pelican is called for with these arguments, unless it would come out as it is.

    Returns the exit status; Pelican itself leaves the process where it or the site's settings want another one.
    """
    found = glance.last_build_of(arguments)
    if found:
        last, own, call, lines = found
        report = Report.read(last.report, 0.0) if last.looked_as(call) else None
        if report:
            print(NOTHING_CHANGED)
            report.tell()
            return REFUSED if report.refused and own.fail_on_refused else 0
        glance.CALL[:] = [glance.Glance(call, lines, last.looks)]
        gc.disable()  # a call that is understood here is of one build: what it leaves ends with the process
    if not sys.stdout.isatty():  # Pelican would break messages, and the names of files in them, after 80 characters
        logging.basicConfig(format="%(levelname)s: %(message)s", stream=sys.stdout)
    from pelican import main

    logging.getLogger("pelican").addFilter(_without_traceback)
    try:
        main(list(arguments))
    finally:
        if found:
            gc.freeze()  # or Python would look through all of it before it ends
    return 0


def _without_traceback(record: logging.LogRecord) -> bool:
    """Leave out where in the code an error was found of which the message tells all that an editor can do."""
    if record.exc_info and isinstance(record.exc_info[1], CopydeskError):
        record.exc_info = None
    return True
