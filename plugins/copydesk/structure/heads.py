"""How probably each block of a body is a section head: what the page marks up so, weighed with the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from copydesk.cleaning.credits import named
from copydesk.cleaning.features import look
from copydesk.model import Emphasis, LabelledBlock
from copydesk.structure.roles import looks_like_heading
from copydesk.structure.tables import is_cell

ALL = 0.95
"""Share of a block's letters in links, or in bold, from which it is all linked, or all bold."""

TEASER = 0.2
"""Probability below which a heading that is a link is the title of another story."""

OPENING = 0.9
"""Probability below which a heading before the first paragraph is a summary: pages mark those up as headings too."""

UNSURE, IN_DUMP = 0.15, 0.4
"""Probabilities from which a line of a dump is a section head if it looks like one, and from which it is one."""

FEWEST_BOLD = 2
"""Bold lines over prose that a page has at least where they are its section heads; a single one is a stress."""

PROSE_SIZE = 100.0
"""Size from which a block is running text, in Latin letters."""


def heading_probabilities(body: Sequence[LabelledBlock]) -> list[float | None]:
    """Return how probably each block is a section head: as the page marks it where it marks any, else as judged.

    On a page that marks none up, bold lines over running text are, where there are several.
    """
    marked = [_is_marked(lb, opening=not n) for n, lb in enumerate(body)]
    if any(lb.block.is_heading for lb in body):
        return [float(head) for head in marked]
    bold = [_is_bold_head(before, after) for before, after in pairwise(body)]
    if sum(bold) >= FEWEST_BOLD:
        return [1.0 if head else _judged(lb) for head, lb in zip((*bold, False), body, strict=True)]
    return [_judged(lb) for lb in body]


def _judged(labelled: LabelledBlock) -> float | None:
    """Return what the evidence says; where it is unsure of a dump's line, looks decide. Cells are no section heads."""
    heading = labelled.label.heading
    if labelled.block.markup is None and heading is not None:
        return None if UNSURE <= heading < IN_DUMP else float(heading >= IN_DUMP)
    return 0.0 if is_cell(labelled.block) else heading


def _is_marked(labelled: LabelledBlock, opening: bool) -> bool:
    """Tell whether the page marks a block up as a section head, and the evidence does not gainsay it."""
    block, judged = labelled.block, labelled.label.heading
    if not block.is_heading or not any(map(str.isalnum, block.text)):
        return False
    if judged is None or labelled.label.reason == "override":
        return True
    linked = block.markup is not None and block.markup.linked >= ALL
    return not (linked and judged < TEASER) and not (opening and judged < OPENING)


def _is_bold_head(labelled: LabelledBlock, after: LabelledBlock) -> bool:
    """Tell whether a block is a bold line over running text, and no author's name."""
    block = labelled.block
    bold = sum(span.end - span.start for span in block.spans if span.kind is Emphasis.STRONG)
    if bold < ALL * len(block.text) or look(after.block.text).size < PROSE_SIZE or is_cell(block):
        return False
    return looks_like_heading(block.text) and not named(block.text)
