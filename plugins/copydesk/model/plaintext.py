"""Writes in plain characters what is marked up in a text and changes what it says: exponents, indices, deletions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.model.source import Emphasis, Span

_FIGURES = "0123456789+-−"
SCRIPTS = {
    Emphasis.SUPERSCRIPT: dict(zip(map(ord, _FIGURES), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", strict=True)),
    Emphasis.SUBSCRIPT: dict(zip(map(ord, _FIGURES), "₀₁₂₃₄₅₆₇₈₉₊₋₋", strict=True)),
}
"""Characters that Unicode has set higher and lower."""

_NUMBER = re.compile(r"[0-9.,/+−-]*[0-9][0-9.,/+−-]*")
_MARK_AFTER = re.compile(r"[,.;:!?]")


def in_plain_characters(text: str, spans: Sequence[Span], *, deleted: bool = True) -> str:
    """Return a text with its numbers set higher and lower as they are marked up; `deleted` text stays or is left out.

    What is set higher at the beginning is a mark of a note, and stays. A number that Unicode can't set higher stands
    behind a circumflex; other marked up text stays as it is ("1st").
    """
    out = ""
    done = 0
    for start, end, kind, _ in sorted(spans, key=lambda span: (span.start, -span.end)):
        if start < done or (kind not in SCRIPTS and (deleted or kind is not Emphasis.DELETED)):
            continue
        out += text[done:start]
        done = end
        if kind in SCRIPTS:
            out += _script(text[start:end], kind) if start else text[:end]
        elif _MARK_AFTER.match(text, end):
            out = out.rstrip()
        elif not out or out[-1].isspace():
            done = len(text) - len(text[end:].lstrip())
    return out + text[done:]


def _script(text: str, kind: Emphasis) -> str:
    """Return a stretch that is set higher or lower."""
    if all(char in _FIGURES for char in text):
        return text.translate(SCRIPTS[kind])
    return f"^{text}" if kind is Emphasis.SUPERSCRIPT and _NUMBER.fullmatch(text) else text
