"""The ledger for people: every line of a seed, and every picture and embed, kept or dropped, as what and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from copydesk.model import DOUBT, Label, LabelledMedia, Ledger, LedgerLine, Role

STYLES = {Role.HEADLINE: "bold", Role.HEADING: "bold", Role.BLANK: "dim"}


def as_record(ledger: Ledger) -> dict[str, object]:
    """Return the ledger for JSON: `label` is "keep" or "drop", `reason` in words, `rule` its stable name."""
    media = {"media": [_media_record(one) for one in ledger.media]} if ledger.media else {}
    return {"source": ledger.source.name, "lines": [_line_record(line) for line in ledger.lines()], **media}


def _line_record(line: LedgerLine) -> dict[str, object]:
    return {
        "number": line.number,
        "text": line.text,
        "label": "keep" if line.label.keep else "drop",
        "role": line.label.role.value,
        "reason": line.label.why,
        "rule": line.label.reason,
        "confidence": round(line.label.confidence, 3),
    }


def _media_record(one: LabelledMedia) -> dict[str, object]:
    return {
        "after": one.media.place,
        "kind": one.media.kind.value,
        "name": one.media.name,
        "words": one.media.words,
        "label": "keep" if one.label.keep else "drop",
        "reason": one.label.why,
        "rule": one.label.reason,
        "confidence": round(one.label.confidence, 3),
        "caption": list(one.caption),
        "elsewhere": one.href,
    }


class Row(NamedTuple):
    """A line, a picture or an embed in the ledger: its number (`7+`: after line 7), label, role, text."""

    number: str
    label: Label
    role: str
    text: str


def _rows(ledger: Ledger) -> Iterator[Row]:
    """Yield the lines with text, and the pictures and embeds where they stand between them."""
    waiting = list(ledger.media)
    for line in ledger.with_text():
        while waiting and waiting[0].media.place < line.number:
            yield _media_row(waiting.pop(0))
        yield Row(str(line.number), line.label, line.label.role.value, line.text)
    yield from map(_media_row, waiting)


def _media_row(one: LabelledMedia) -> Row:
    media = one.media
    text = f"{media.name} ({media.words})" if media.words and media.words != media.name else media.name
    return Row(f"{media.place}+", one.label, media.kind.value, text)


def as_table(ledger: Ledger) -> Table:
    """Return the lines with text as a table for a terminal."""
    kept = f"{ledger.kept} kept, {ledger.dropped} dropped, {ledger.doubtful} doubtful"
    table = Table(title=f"{shown(ledger.source.name)}: {kept}", title_justify="left", box=None, pad_edge=False)
    table.add_column("line", justify="right", style="dim", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("role", no_wrap=True)
    table.add_column("text", ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column("why", ratio=2, style="dim", overflow="fold")
    for row in _rows(ledger):
        mark = Text("keep", style="green") if row.label.keep else Text("drop", style="red")
        style = STYLES.get(row.label.role, "") if row.label.keep else "dim"
        table.add_row(row.number, mark, row.role, Text(shown(row.text), style=style), Text(_why(row.label)))
    return table


def as_lines(ledger: Ledger) -> str:
    """Return the lines with text for a file or a pipe: number, label, role, text and reason, parted by tabs."""
    rows = (
        (row.number, "keep" if row.label.keep else "drop", row.role, shown(row.text), _why(row.label))
        for row in _rows(ledger)
    )
    return "".join("\t".join(row) + "\n" for row in rows)


def _why(label: Label) -> str:
    sure = f" ({label.confidence:.0%} sure)" if label.confidence < DOUBT else ""
    return f"{shown(label.why)} ({label.reason}){sure}"


def shown(text: str) -> str:
    """Return `text` on one line, characters that could steer a terminal shown as escapes."""
    return "".join(_shown(char) for char in text.strip())


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() and char not in "\x1c\x1d\x1e\x1f\x85" else f"\\x{ord(char):02x}"
