"""Lines to blocks: nearly always a line is a block; in hard-wrapped dumps wrapped lines are joined again.

A dump is hard-wrapped where its paragraphs are filled as a typewriter fills them: within a paragraph, the first word of
a line would not have fitted on the line before. Lists, verses and menus don't look like that.

Text out of a printed document has pages, which end with form feeds, and letters of all widths: there a line goes on in
the next one if it is nearly full and no sentence ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from copydesk.intake.hyphens import joined, words_of
from copydesk.model import Block

WIDEST = 100
"""Characters in the widest line of a hard-wrapped dump."""

NARROWEST = 40
"""Characters in the widest line of a paragraph below which filled lines are chance."""

FULL = 0.6
"""Share of the width that a line has at least if it is wrapped into the next."""

HEADLINE = 30
"""Characters of a line, far from the width, that the next one goes on with a word in lower case: a long headline."""

PRINTED_LINES, FULL_LINES, WIDEST_PRINT = 5, 0.9, 130
"""Lines of a printed text at least, the share of them that is as long as a full one at most, its most characters."""

PRINTED, SURELY_PRINTED = 0.8, 0.92
"""Share of a full line from which a printed line goes on in the next, and from which it does though a sentence ends."""

_ENDS = re.compile(r"[.!?…:。！？][\"'”’»)]*$")
_LISTED = re.compile(r"(?:[•·▪‣>*–—-]|\(?\d{1,3}[.)])\s")

PARAGRAPH = 3
"""Lines from which a paragraph is evidence for wrapping."""

EVIDENCE = 0.5
"""Share of a dump's text that such paragraphs make up in a hard-wrapped one."""

WORDS = 4
"""Words on a line on average: text without spaces between words is not judged."""


def blocks_of(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of a dump: each line with text in exactly one, in order."""
    texts = [line.strip() for line in lines]
    if printed := _printed_at(lines, texts):
        return tuple(_joined(texts, printed, _goes_on_in_print))
    width = _wrapped_at(texts)
    if width is None:
        return tuple(Block(text, number, number) for number, text in enumerate(texts, 1) if text)
    return tuple(_joined(texts, width, _continues))


def _printed_at(lines: Sequence[str], texts: Sequence[str]) -> int | None:
    """Return how many characters a full line of a printed text has, None where it is none.

    Form feeds end the pages of text that was taken out of a printed document; its letters are not all of one width.
    """
    if not any("\f" in line for line in lines):
        return None
    lengths = sorted(len(text) for text in texts if len(text.split()) >= WORDS)
    if len(lengths) < PRINTED_LINES:
        return None
    full = lengths[int(FULL_LINES * (len(lengths) - 1))]
    return full if NARROWEST <= full <= WIDEST_PRINT else None


def _goes_on_in_print(line: str, following: str, width: int) -> bool:
    """Tell whether a printed line goes on in the next: it is full, or the next one begins in lower case.

    Behind the end of a sentence a short line may be a section head.
    """
    if _LISTED.match(following) or line.startswith(">"):
        return False
    if not _ENDS.search(line):
        return len(line) >= PRINTED * width or following[0].islower()
    return len(line) >= SURELY_PRINTED * width and len(following) >= FULL * width


def _groups(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the runs of lines with text between blank lines."""
    group: list[str] = []
    for text in (*texts, ""):
        if text:
            group.append(text)
        elif group:
            yield group
            group = []


def _wrapped_at(texts: Sequence[str]) -> int | None:
    """Return the width at which a dump is hard-wrapped, None where it is not: most text agrees with that width."""
    paragraphs = [(group, widths) for group in _groups(texts) if (widths := _widths(group))]
    if not paragraphs:
        return None
    width, filled = max(
        ((low, sum(_size(group) for group, widths in paragraphs if low in widths)) for low in _narrowest(paragraphs)),
        key=lambda candidate: (candidate[1], -candidate[0]),
    )
    return width if filled >= EVIDENCE * _size(texts) else None


def _narrowest(paragraphs: Sequence[tuple[list[str], range]]) -> list[int]:
    return sorted({widths.start for _, widths in paragraphs})


def _size(texts: Sequence[str]) -> int:
    return sum(map(len, texts))


def _widths(group: Sequence[str]) -> range:
    """Return the widths at which a paragraph may have been wrapped; none for lists, verses and single lines."""
    if len(group) < PARAGRAPH or any(line.startswith(">") for line in group):
        return range(0)
    if sum(len(line.split()) for line in group) < WORDS * len(group):
        return range(0)
    longest = max(map(len, group))
    first_too_long = min(_with_next_word(line, following) for line, following in pairwise(group))
    shortest = min(map(len, group[:-1]))
    if longest > WIDEST or longest < NARROWEST or shortest < FULL * longest:
        return range(0)
    return range(longest, min(first_too_long, WIDEST + 1))


def _with_next_word(line: str, following: str) -> int:
    """Return the length that `line` would have with the first word of the next one."""
    return len(line) + 1 + len(following.split(None, 1)[0])


def _continues(line: str, following: str, width: int) -> bool:
    """Tell whether `line` was wrapped: it is nearly full, and the next line's first word would not have fitted."""
    if line.startswith(">") or following.startswith(">") or len(line) > width:
        return False
    if len(line) >= FULL * width and _with_next_word(line, following) > width:
        return True
    return len(line) >= HEADLINE and line[-1].isalnum() and following[0].islower()


def _joined(texts: Sequence[str], width: int, continues: Callable[[str, str, int], bool]) -> Iterator[Block]:
    words = words_of(texts)
    block: list[str] = []
    for number, text in enumerate((*texts, ""), 1):
        if block and not (text and continues(block[-1], text, width)):
            yield Block(joined(block, words), number - len(block), number - 1)
            block = []
        if text:
            block.append(text)
