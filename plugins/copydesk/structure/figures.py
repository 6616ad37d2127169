"""Pictures and embeds with their captions and credits, as blocks of the body."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from copydesk.model import Block, Figure, Label, LabelledBlock, LabelledMedia, Role, Span

_CREDITS = tomllib.loads(Path(__file__).with_name("credits.toml").read_text("utf-8"))
_STARTS, _WITHIN = tuple(_CREDITS["starts"]), re.compile("|".join(map(re.escape, _CREDITS["within"])))
LONGEST_CREDIT = 120
"""Characters of a line that is a credit alone."""


BY_PICTURE = "structure:caption"
"""Why a line is kept that the evidence would have dropped."""


def with_captions(labelled: tuple[LabelledBlock, ...], media: Sequence[LabelledMedia]) -> tuple[LabelledBlock, ...]:
    """Return the blocks with those kept that are captions of pictures that are kept.

    What an editor said of a line stays, and so do what a rule knows to be furniture and the lines at the top.
    """
    captions = {line for one in media if one.label.keep for line in one.caption}
    return tuple(_captioned(lb) if lb.block.first in captions else lb for lb in labelled)


def _captioned(labelled: LabelledBlock) -> LabelledBlock:
    label = labelled.label
    if label.keep and label.role is Role.PARAGRAPH:
        return replace(labelled, label=replace(label, role=Role.CAPTION))
    if label.keep or label.reason == "override" or label.reason.startswith("rule:"):
        return labelled
    why = "who made a picture that is kept" if is_credit(labelled.block.text) else "caption of a picture that is kept"
    return replace(labelled, label=Label(True, Role.CAPTION, BY_PICTURE, why))


def is_credit(text: str) -> bool:
    """Tell a line that says who made a picture, and nothing else."""
    folded = text.casefold().lstrip("([ ")
    return len(text) <= LONGEST_CREDIT and (folded.startswith(_STARTS) or _WITHIN.search(folded) is not None)


def figures_of(
    media: Sequence[LabelledMedia], labelled: Sequence[LabelledBlock]
) -> tuple[list[tuple[int, Figure]], frozenset[int]]:
    """Return the figures with the number of lines before each, and the lines that are captions in them."""
    blocks = {lb.block.first: lb for lb in labelled}
    figures, taken = [], set[int]()
    for one in media:
        if one.label.keep:
            lines = [blocks[n] for n in one.caption if n in blocks and _is_caption(blocks[n])]
            taken.update(lb.block.first for lb in lines)
            figures.append((one.media.place, _figure(one, lines)))
    return figures, frozenset(taken)


def _is_caption(labelled: LabelledBlock) -> bool:
    return labelled.label.keep and labelled.label.role is Role.CAPTION


def _figure(one: LabelledMedia, lines: Sequence[LabelledBlock]) -> Figure:
    credits = [lb.block for n, lb in enumerate(lines) if _is_credit_at(lines, n)]
    captions = [lb.block for lb in lines if lb.block not in credits]
    told = [lb for lb in lines if one.picture or lb.label.reason != BY_PICTURE]
    return Figure(
        picture=one.picture,
        alt=one.media.words,
        caption=" ".join(block.text for block in captions),
        credit=" ".join(block.text for block in credits),
        lines=tuple(lb.block.text for lb in told),
        spans=tuple(_spans(captions)),
        href=None if one.picture else one.href,
        kind=one.media.kind,
    )


def _is_credit_at(lines: Sequence[LabelledBlock], n: int) -> bool:
    """Tell a credit, or what stands on the line after "Credit:"."""
    text = lines[n].block.text
    return is_credit(text) or (n > 0 and lines[n - 1].block.text.endswith(":") and is_credit(lines[n - 1].block.text))


def _spans(blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield what is marked up in texts that are joined by spaces."""
    before = 0
    for block in blocks:
        yield from (span.moved(before) for span in block.spans)
        before += len(block.text) + 1
