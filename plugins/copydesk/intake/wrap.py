"""Lines to blocks: nearly always a line is a block; in hard-wrapped dumps wrapped lines are joined again.

A dump is hard-wrapped where its paragraphs are filled as a typewriter fills them: within a paragraph, the first word of
a line would not have fitted on the line before. Lists, verses and menus don't look like that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.model import Block

WIDEST = 100
"""Characters in the widest line of a hard-wrapped dump."""

NARROWEST = 40
"""Characters in the widest line below which filled lines are chance."""

FULL = 0.6
"""Share of the width that a line has at least if it is wrapped into the next."""

PARAGRAPH = 3
"""Lines from which a paragraph is evidence for wrapping."""

EVIDENCE = 0.5
"""Share of a dump's text that such paragraphs make up in a hard-wrapped one."""

WORDS = 4
"""Words on a line on average: text without spaces between words is not judged."""


def blocks_of(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of a dump: each line with text in exactly one, in order."""
    texts = [line.strip() for line in lines]
    width = _wrapped_at(texts)
    if width is None:
        return tuple(Block(text, number, number) for number, text in enumerate(texts, 1) if text)
    return tuple(_joined(texts, width))


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
    """Return the width at which a dump is hard-wrapped, None where it is not."""
    paragraphs = [g for g in _groups(texts) if len(g) >= PARAGRAPH and max(map(len, g)) <= WIDEST]
    lines = [line for paragraph in paragraphs for line in paragraph]
    if not lines or sum(len(line.split()) for line in lines) < WORDS * len(lines):
        return None
    width = max(map(len, lines))
    filled = sum(sum(map(len, p)) for p in paragraphs if all(_continues(a, b, width) for a, b in pairwise(p)))
    enough = filled >= EVIDENCE * sum(map(len, texts))
    return width if width >= NARROWEST and enough else None


def _continues(line: str, following: str, width: int) -> bool:
    """Tell whether `line` was wrapped: it is nearly full, and the next line's first word would not have fitted."""
    return len(line) >= FULL * width and len(line) + 1 + len(following.split(None, 1)[0]) > width


def _joined(texts: Sequence[str], width: int) -> Iterator[Block]:
    block: list[str] = []
    for number, text in enumerate((*texts, ""), 1):
        if block and not (text and _continues(block[-1], text, width)):
            yield Block(" ".join(block), number - len(block), number - 1)
            block = []
        if text:
            block.append(text)
