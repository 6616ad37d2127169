"""A build as it is called from the command line: nothing is loaded that it does not need."""

from __future__ import annotations

import gc
from collections.abc import Sequence

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
    from pelican import main

    try:
        main(list(arguments))
    finally:
        if found:
            gc.freeze()  # or Python would look through all of it before it ends
    return 0
