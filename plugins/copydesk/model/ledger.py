"""What became of each line and each picture of a seed: kept or dropped, as what, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from copydesk.model.source import Block, Media, Picture, Source


class Role(StrEnum):
    """What a line is in its article, or that it is none of it."""

    BLANK = "blank"
    FURNITURE = "furniture"
    HEADLINE = "headline"
    DEK = "dek"
    BYLINE = "byline"
    DATELINE = "dateline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list item"
    CAPTION = "caption"
    FIGURE = "figure"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """The verdict on a block: keep or drop, as what, by which reason, and how sure.

    `reason` is a stable name: `rule:ID`, `evidence:NAME`, `structure:NAME`, `form:NAME` or `override`. `why` says it in
    words.
    `confidence` runs from 0.5 (a coin's toss) to 1. `heading` is the probability that a kept line is a section head,
    None where nobody has judged that. `settled` tells that an editor has said the role.
    """

    keep: bool
    role: Role
    reason: str
    why: str
    confidence: float = 1.0
    heading: float | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class LabelledBlock:
    """A block and its verdict."""

    block: Block
    label: Label


@dataclass(frozen=True, slots=True)
class LabelledMedia:
    """A picture or an embed and its verdict; `caption` are the lines that belong to it, `picture` its file.

    `href` is where it can be seen instead, if its file is not here.
    """

    media: Media
    label: Label
    caption: tuple[int, ...] = ()
    picture: Picture | None = None
    href: str | None = None


BLANK_LINE = Label(True, Role.BLANK, "structure:blank", "blank line")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One input line in the ledger."""

    number: int
    text: str
    label: Label


DOUBT = 0.75
"""Verdicts less sure than this are listed as doubtful."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every input line of a seed exactly once, kept or dropped, with the reason; so are its pictures and embeds."""

    source: Source
    labelled: tuple[LabelledBlock, ...]
    media: tuple[LabelledMedia, ...] = ()

    def lines(self) -> Iterator[LedgerLine]:
        """Yield all input lines in order; lines without text are kept as blank."""
        labels = {n: lb.label for lb in self.labelled for n in range(lb.block.first, lb.block.last + 1)}
        for number, text in enumerate(self.source.lines, start=1):
            yield LedgerLine(number, text, labels.get(number, BLANK_LINE))

    def with_text(self) -> list[LedgerLine]:
        """Return the input lines that have text."""
        return [line for line in self.lines() if line.label.role is not Role.BLANK]

    @property
    def kept(self) -> int:
        """Number of lines with text that are kept."""
        return sum(line.label.keep for line in self.with_text())

    @property
    def dropped(self) -> int:
        """Number of lines with text that are dropped."""
        return sum(not line.label.keep for line in self.with_text())

    @property
    def doubtful(self) -> int:
        """Number of lines with text whose verdict is less sure than `DOUBT`."""
        return sum(line.label.confidence < DOUBT for line in self.with_text())
