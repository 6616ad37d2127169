"""What stands at the top or at the bottom of every page of a paginated text: running heads, and the pages' numbers.

Text that was taken out of a paginated document (pdftotext) ends each page with a form feed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from copydesk.model import Block, Label, Role, Source

EDGE, PAGES = 2, 2
"""Lines at the top and at the bottom of a page that are looked at; pages that a line stands on at least."""

_FORM_FEED = "\f"
_DIGITS = re.compile(r"\d+")


def running_heads(source: Source) -> dict[int, Label]:
    """Return the labels of running heads and page numbers by the places of their blocks; none where no page ends."""
    if source.is_page or not any(_FORM_FEED in line for line in source.lines):
        return {}
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, page in enumerate(_pages(source)):
        for place in {*page[:EDGE], *page[-EDGE:]}:
            found[_looks(source.blocks[place])][number].append(place)
    return {
        place: _label(len(pages))
        for pages in found.values()
        if len(pages) >= PAGES
        for places in pages.values()
        for place in places
    }


def _pages(source: Source) -> Iterator[Sequence[int]]:
    """Yield the places of the blocks of each page."""
    page: list[int] = []
    line = 0
    for place, block in enumerate(source.blocks):
        if page and any(_FORM_FEED in passed for passed in source.lines[line : block.first]):
            yield page
            page = []
        page.append(place)
        line = block.first
    yield page


def _looks(block: Block) -> str:
    """Return what a running head has in common with those of other pages: all but the numbers."""
    return _DIGITS.sub("0", " ".join(block.text.split()).casefold())


def _label(pages: int) -> Label:
    return Label(
        False, Role.FURNITURE, "layout:running-head", f"stands at the edge of {pages} pages of this text", 0.95
    )
