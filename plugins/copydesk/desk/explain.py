"""The ledger for people: every line of a seed, kept or dropped, as what and why."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from copydesk.model import DOUBT, Ledger, LedgerLine, Role

STYLES = {Role.HEADLINE: "bold", Role.HEADING: "bold", Role.BLANK: "dim"}


def as_record(ledger: Ledger) -> dict[str, object]:
    """Return the ledger for JSON: `label` is "keep" or "drop", `reason` in words, `rule` its stable name."""
    return {"source": ledger.source.name, "lines": [_line_record(line) for line in ledger.lines()]}


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


def as_table(ledger: Ledger) -> Table:
    """Return the lines with text as a table for a terminal."""
    kept = f"{ledger.kept} kept, {ledger.dropped} dropped, {ledger.doubtful} doubtful"
    table = Table(title=f"{shown(ledger.source.name)}: {kept}", title_justify="left", box=None, pad_edge=False)
    table.add_column("line", justify="right", style="dim", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("role", no_wrap=True)
    table.add_column("text", ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column("why", ratio=2, style="dim", overflow="fold")
    for line in ledger.with_text():
        mark = Text("keep", style="green") if line.label.keep else Text("drop", style="red")
        style = STYLES.get(line.label.role, "") if line.label.keep else "dim"
        table.add_row(
            str(line.number), mark, line.label.role.value, Text(shown(line.text), style=style), Text(_why(line))
        )
    return table


def as_lines(ledger: Ledger) -> str:
    """Return the lines with text for a file or a pipe: number, label, role, text and reason, parted by tabs."""
    rows = (
        (str(line.number), "keep" if line.label.keep else "drop", line.label.role.value, shown(line.text), _why(line))
        for line in ledger.with_text()
    )
    return "".join("\t".join(row) + "\n" for row in rows)


def _why(line: LedgerLine) -> str:
    sure = f" ({line.label.confidence:.0%} sure)" if line.label.confidence < DOUBT else ""
    return f"{shown(line.label.why)} ({line.label.reason}){sure}"


def shown(text: str) -> str:
    """Return `text` on one line, characters that could steer a terminal shown as escapes."""
    return "".join(_shown(char) for char in text.strip())


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() and char not in "\x1c\x1d\x1e\x1f\x85" else f"\\x{ord(char):02x}"
