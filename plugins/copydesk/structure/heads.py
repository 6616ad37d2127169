"""How probably each block of a body is a section head: what the page marks up so, weighed with the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from copydesk.cleaning.credits import authors, named
from copydesk.cleaning.features import look
from copydesk.intake.headlines import folded
from copydesk.intake.links import host_of
from copydesk.model import Block, Emphasis, LabelledBlock
from copydesk.structure.roles import LIKELY, looks_like_heading
from copydesk.structure.tables import is_cell

ALL = 0.95
"""Share of a block's letters in links, or in bold, from which it is all linked, or all bold."""

TEASER, TEASER_AT_HOME = 0.2, 0.9
"""Probabilities below which a heading that is a link is the title of another story: anywhere, and on the same site."""

OPENING = 0.9
"""Probability below which a heading before the first paragraph is a summary: pages mark those up as headings too."""

UNSURE, IN_DUMP = 0.15, 0.4
"""Probabilities from which a line of a dump is a section head if it looks like one, and from which it is one."""

LONE = 0.7
"""Confidence in its being the article's below which a heading is a box's, if no other looks like it: heads of one
article are alike."""

FEWEST_BOLD = 2
"""Bold lines over prose that a page has at least where they are its section heads; a single one is a stress."""

PROSE_SIZE = 100.0
"""Size from which a block is running text, in Latin letters."""


def heading_probabilities(
    body: Sequence[LabelledBlock], titles: Collection[str] = (), host: str = "", *, boxes: bool = True
) -> list[float | None]:
    """Return how probably each block is a section head: as the page marks it where it marks any, else as judged.

    `titles` are what the page calls its headline, folded; `host` is that of its address; `boxes` tells whether there
    may be boxes with titles of their own in it. On a page that marks none up, bold lines over running text are, where
    there are several.
    """
    heads = [n for n, lb in enumerate(body) if _is_head(lb, titles, host, opening=not n)]
    if any(lb.block.is_heading for lb in body) or heads:
        alike = Counter(map(_looks, body))
        sure = {n for n in heads if alike[_looks(body[n])] > 1 or not (boxes and _is_doubtful(body[n]))}
        return [float(n in sure) for n in range(len(body))]
    bold = [_is_bold_head(before, after) for before, after in pairwise(body)]
    if sum(bold) >= FEWEST_BOLD:
        return [1.0 if head else _judged(lb) for head, lb in zip((*bold, False), body, strict=True)]
    return [_judged(lb) for lb in body]


def _judged(labelled: LabelledBlock) -> float | None:
    """Return what the evidence says; the cells of a table are no section heads.

    Where it is unsure of a dump's line, looks decide; on a page with markup, which might have told, they never do.
    """
    block, judged = labelled.block, labelled.label.heading
    if block.markup is None and judged is not None:
        return None if UNSURE <= judged < IN_DUMP else float(judged >= IN_DUMP)
    unlikely = block.markup is not None and judged is not None and judged < LIKELY
    return 0.0 if unlikely or is_cell(block) or _is_preformatted(block) else judged


def _is_preformatted(block: Block) -> bool:
    return block.markup is not None and block.markup.element == "pre"


def _is_head(labelled: LabelledBlock, titles: Collection[str], host: str, opening: bool) -> bool:
    """Tell whether the page marks a block up as a section head, and nothing gainsays it."""
    block, judged = labelled.block, labelled.label.heading
    if not (block.is_heading or block.is_title) or not any(map(str.isalnum, block.text)):
        return False
    if labelled.label.reason == "override":
        return True
    if authors(block.text) is not None or folded(block.text) in titles:
        return False
    if judged is None:
        return True
    return not (judged < _least_of_link(labelled, host)) and not (opening and judged < OPENING)


def _least_of_link(labelled: LabelledBlock, host: str) -> float:
    """Return the probability below which a heading is the title of another story, nought where it is no link."""
    block = labelled.block
    if block.markup is None or block.markup.linked < ALL:
        return 0.0
    leads = (host_of(span.href) for span in block.spans if span.kind is Emphasis.LINK)
    return TEASER_AT_HOME if host and host in leads else TEASER


def _looks(labelled: LabelledBlock) -> tuple[str, frozenset[str], int] | None:
    """Return what headings of one article have in common: element, names and depth."""
    markup = labelled.block.markup
    return (markup.element, markup.own, markup.depth) if markup else None


def _is_doubtful(labelled: LabelledBlock) -> bool:
    return labelled.label.confidence < LONE and labelled.label.reason != "override"


def _is_bold_head(labelled: LabelledBlock, after: LabelledBlock) -> bool:
    """Tell whether a block is a bold line over running text, no author's name, and no link to another story."""
    block = labelled.block
    bold = sum(span.end - span.start for span in block.spans if span.kind is Emphasis.STRONG)
    if bold < ALL * len(block.text) or look(after.block.text).size < PROSE_SIZE or is_cell(block):
        return False
    linked = block.markup is not None and block.markup.linked >= ALL
    return not linked and looks_like_heading(block.text) and not named(block.text)
