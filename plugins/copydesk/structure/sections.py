"""Put blocks with their roles together to sections of paragraphs, lists, quotes and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.intake.wrap import blocks_of
from copydesk.model import BodyBlock, ItemList, LabelledBlock, Note, Paragraph, Quote, Role, Section
from copydesk.structure.fragments import fragments

_MARK = re.compile(r"(?:[•·▪▫►▸‣●○◦■□✓✔➤◆◇⁃∙]\s*|[-*]\s+|\(?\d{1,3}[.)]\s+)(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s")
_QUOTE_MARK = re.compile(r">[>\s]*")


def sections_of(body: Sequence[LabelledBlock]) -> tuple[Section, ...]:
    """Return the body's sections; the first has no heading where the body does not start with one."""
    parts: list[tuple[str | None, list[LabelledBlock]]] = [(None, [])]
    for labelled in body:
        if labelled.label.role is Role.HEADING:
            parts.append((labelled.block.text, []))
        else:
            parts[-1][1].append(labelled)
    anchors = iter(fragments([heading for heading, _ in parts if heading is not None]))
    return tuple(
        Section(heading, None if heading is None else next(anchors), tuple(_blocks(blocks)))
        for heading, blocks in parts
        if heading is not None or blocks
    )


def _blocks(labelled: Sequence[LabelledBlock]) -> Iterator[BodyBlock]:
    """Yield body blocks; list items in a row are one list, quoted lines without a blank line between one quote."""
    for run in _runs(labelled):
        texts = tuple(member.block.text for member in run)
        role = run[0].label.role
        if role is Role.LIST_ITEM:
            yield from _lists(texts)
        elif role is Role.QUOTE:
            yield Quote(" ".join(_QUOTE_MARK.sub("", text, count=1) for text in texts), texts)
        elif role is Role.NOTE:
            yield Note(texts[0])
        else:
            yield Paragraph(texts[0])


def _runs(labelled: Sequence[LabelledBlock]) -> Iterator[list[LabelledBlock]]:
    """Yield the blocks in the groups that make one block of the body."""
    run: list[LabelledBlock] = []
    for member in labelled:
        if run and not _joins(run[-1], member):
            yield run
            run = []
        run.append(member)
    if run:
        yield run


def _joins(before: LabelledBlock, after: LabelledBlock) -> bool:
    """Tell whether two neighbours are parts of one list or one quote."""
    role = after.label.role
    if before.label.role is not role:
        return False
    if role is Role.LIST_ITEM:
        return is_numbered(before.block.text) == is_numbered(after.block.text)
    return role is Role.QUOTE and after.block.first == before.block.last + 1


def is_numbered(text: str) -> bool:
    """Tell whether a list item has a number for its mark."""
    return _NUMBER.match(text) is not None


def _lists(texts: tuple[str, ...]) -> Iterator[ItemList]:
    """Yield the items as one list; one by one where reading them again would take them for one wrapped paragraph."""
    groups = [texts] if len(blocks_of(texts)) == len(texts) else [(text,) for text in texts]
    for group in groups:
        yield ItemList(tuple(_MARK.sub("", text, count=1) for text in group), is_numbered(group[0]), group)
