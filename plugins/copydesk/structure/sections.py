"""Put blocks with their roles together to sections of paragraphs, lists, quotes and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from copydesk.cleaning.features import LIST_MARKS
from copydesk.intake.wrap import blocks_of
from copydesk.model import (
    Block,
    BodyBlock,
    Code,
    Figure,
    ItemList,
    LabelledBlock,
    Note,
    Paragraph,
    Quote,
    Role,
    Section,
    Span,
)
from copydesk.structure.fragments import fragments
from copydesk.structure.tables import in_tables, same_table, table_of

_MARK = re.compile(rf"(?:[{LIST_MARKS}]\s*|[-*]\s+|\(?\d{{1,3}}[.)]\s+)(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s")
_QUOTE_MARK = re.compile(r">[>\s]*")


Member = LabelledBlock | Figure
"""What a section is put together from."""


def sections_of(body: Sequence[LabelledBlock], figures: Iterable[tuple[int, Figure]] = ()) -> tuple[Section, ...]:
    """Return the body's sections; the first has no heading where the body does not start with one.

    `figures` come with the number of lines before them, in order.
    """
    parts: list[tuple[Block | None, list[Member]]] = [(None, [])]
    for member in _with_figures(body, figures):
        if isinstance(member, LabelledBlock) and member.label.role is Role.HEADING:
            parts.append((member.block, []))
        else:
            parts[-1][1].append(member)
    anchors = iter(fragments([head.text for head, _ in parts if head is not None]))
    levels = _levels([head for head, _ in parts if head is not None])
    return tuple(
        Section(head.text, next(anchors), tuple(_blocks(blocks)), next(levels))
        if head
        else Section(None, None, tuple(_blocks(blocks)))
        for head, blocks in parts
        if head is not None or blocks
    )


def _with_figures(body: Sequence[LabelledBlock], figures: Iterable[tuple[int, Figure]]) -> Iterator[Member]:
    """Yield the blocks, and each figure before the first block that stands after it; one in a table comes after it."""
    waiting = list(figures)
    tabled = in_tables([labelled.block for labelled in body])
    for n, labelled in enumerate(body):
        inside = n in tabled and n - 1 in tabled and same_table(body[n - 1].block, labelled.block)
        while waiting and waiting[0][0] < labelled.block.first and not inside:
            yield waiting.pop(0)[1]
        yield labelled
    yield from (figure for _, figure in waiting)


def _levels(heads: Sequence[Block]) -> Iterator[int]:
    """Yield the level of each section head as the page has it, the highest moved to 2, none more than one below."""
    marked = [int(head.markup.element[1]) if head.markup and head.is_heading else 0 for head in heads]
    top = min(filter(None, marked), default=2)
    level = 1
    for own in marked:
        level = min(level + 1, max(2, own - top + 2))
        yield level


def _blocks(members: Sequence[Member]) -> Iterator[BodyBlock]:
    """Yield body blocks; list items in a row are one list, quoted lines without a blank line between one quote."""
    for run in _runs(members):
        if isinstance(run, Figure):
            yield run
            continue
        role = run[0].label.role
        if role is Role.LIST_ITEM:
            yield from _lists([member.block for member in run])
        elif role is Role.QUOTE:
            yield _quote([member.block for member in run])
        elif table := table_of([member.block for member in run]):
            yield table
        elif run[0].block.code is not None:
            yield Code("\n".join(member.block.code or "" for member in run))
        else:
            kind = Note if role is Role.NOTE else Paragraph
            yield from (kind(member.block.text, member.block.spans) for member in run)


def _runs(members: Sequence[Member]) -> Iterator[list[LabelledBlock] | Figure]:
    """Yield the blocks in the groups that make one block of the body, figures by themselves."""
    run: list[LabelledBlock] = []
    for member in members:
        if run and (isinstance(member, Figure) or not _joins(run[-1], member)):
            yield run
            run = []
        if isinstance(member, Figure):
            yield member
        else:
            run.append(member)
    if run:
        yield run


def _joins(before: LabelledBlock, after: LabelledBlock) -> bool:
    """Tell whether two neighbours are parts of one list or one quote."""
    role = after.label.role
    if before.label.role is not role:
        return False
    if role is Role.LIST_ITEM:
        number, following = number_of(before.block.text), number_of(after.block.text)
        return number is following is None or (number is not None and following == number + 1)
    if role is Role.QUOTE:
        return after.block.first == before.block.last + 1
    if role is not Role.PARAGRAPH:
        return False
    if before.block.code is not None and after.block.code is not None:
        return _container(before.block) == _container(after.block)
    return before.block.code is after.block.code is None and same_table(before.block, after.block)


def _container(block: Block) -> int | None:
    """Return the number of the element that holds a block."""
    return block.markup.containers[0] if block.markup else None


def number_of(text: str) -> int | None:
    """Return the number that a list item has for its mark, None where it has another mark."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def _lists(blocks: Sequence[Block]) -> Iterator[ItemList]:
    """Yield the items as one list; one by one where reading them again would take them for one wrapped paragraph."""
    together = len(blocks_of(tuple(block.text for block in blocks))) == len(blocks)
    for group in [blocks] if together else [[block] for block in blocks]:
        lines = tuple(block.text for block in group)
        items = tuple(_MARK.sub("", text, count=1) for text in lines)
        spans = tuple(
            _moved(block.spans, len(item) - len(block.text)) for block, item in zip(group, items, strict=True)
        )
        number = number_of(lines[0])
        yield ItemList(items, number is not None, lines, spans if any(spans) else (), 1 if number is None else number)


def _quote(blocks: Sequence[Block]) -> Quote:
    """Return the lines of a quotation as one."""
    text = ""
    spans: list[Span] = []
    for block in blocks:
        line = _QUOTE_MARK.sub("", block.text, count=1)
        text = f"{text} {line}" if text else line
        spans += _moved(block.spans, len(text) - len(block.text))
    return Quote(text, tuple(block.text for block in blocks), tuple(spans))


def _moved(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    """Return spans of a text before which there are `by` characters more; those that are gone are left out."""
    moved = (span.moved(by) for span in spans)
    return tuple(span for span in moved if span.start < span.end)
