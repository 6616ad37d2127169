"""Put blocks with their roles together to sections of paragraphs, lists, quotes and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

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
    holder, other = before.block.holder, after.block.holder
    if role in (Role.LIST_ITEM, Role.QUOTE) and holder is not None and (holder == other or role is Role.QUOTE):
        return holder == other
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


def is_numbered_item(block: Block) -> bool:
    """Tell whether a page has a block as a list item with a number."""
    return block.holder is not None and number_of(block.text) is not None


def number_of(text: str) -> int | None:
    """Return the number that a list item has for its mark, None where it has another mark."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def _lists(blocks: Sequence[Block]) -> Iterator[ItemList]:
    """Yield the items as one list; one by one where reading them again would take them for one wrapped paragraph."""
    items = [_item(item) for item in _by_item(blocks)]
    together = len(blocks_of(tuple(line for line, _, _ in items))) == len(items)
    for group in [items] if together else [[item] for item in items]:
        lines, texts = tuple(line for line, _, _ in group), tuple(text for _, text, _ in group)
        spans = tuple(spans for _, _, spans in group)
        number = number_of(lines[0])
        yield ItemList(texts, number is not None, lines, spans if any(spans) else (), 1 if number is None else number)


def _by_item(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each item: those of one element of a page are one."""
    item: list[Block] = []
    for block in blocks:
        if item and (block.holder is None or block.holder != item[-1].holder):
            yield item
            item = []
        item.append(block)
    yield item


def _item(blocks: Sequence[Block]) -> tuple[str, str, tuple[Span, ...]]:
    """Return an item as a line with its mark, as a text of as many lines as it has blocks, and its spans."""
    parts = [_MARK.sub("", block.text, count=1) for block in blocks]
    text, spans = _joined(blocks, parts, ["\n"] * len(blocks))
    return " ".join((blocks[0].text, *parts[1:])), text, spans


def _quote(blocks: Sequence[Block]) -> Quote:
    """Return the lines of a quotation as one; lines and paragraphs of a page's stay apart."""
    parts = [_QUOTE_MARK.sub("", block.text, count=1) for block in blocks]
    text, spans = _joined(blocks, parts, ["", *(_between(*pair) for pair in pairwise(blocks))])
    return Quote(text, tuple(block.text for block in blocks), spans)


def _between(before: Block, after: Block) -> str:
    """Return what parts two lines of a quotation."""
    if before.holder is None or after.holder is None:
        return " "
    return "\n" if _container(before) == _container(after) else "\n\n"


def _joined(blocks: Sequence[Block], parts: Sequence[str], before: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """Return the texts of blocks without their marks as one, with what stands before each but the first; the spans."""
    text = ""
    spans: list[Span] = []
    for block, part, between in zip(blocks, parts, before, strict=True):
        text += between + part if text else part
        spans += _moved(block.spans, len(text) - len(block.text))
    return text, tuple(spans)


def _moved(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    """Return spans of a text before which there are `by` characters more; those that are gone are left out."""
    moved = (span.moved(by) for span in spans)
    return tuple(span for span in moved if span.start < span.end)
