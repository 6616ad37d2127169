"""Notes of the editors on their own article: corrections, "this story was updated". They stand before or behind it.

The words that they open with are `notes.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from copydesk.cleaning.features import look
from copydesk.model import Label, Role

REACH = 6
"""Lines between a correction and the article that it is on, at most."""

LEAST_SIZE = 40
"""Letters of a sentence that tells a correction."""

_DATA = tomllib.loads(Path(__file__).with_name("notes.toml").read_text("utf-8"))
_NOTES, _CORRECTIONS = tuple(_DATA["starts"]), tuple(_DATA["corrections"])
_MARKS = "*[(（【_ "
_OPENING = 60
_WHY = "tells of a mistake in the article that was put right"
_KEPT = Label(True, Role.PARAGRAPH, "evidence:correction", _WHY, 0.7)


def is_note(text: str) -> bool:
    """Tell whether a text opens as notes of the editors do."""
    return _opens_with(text, _NOTES)


def is_correction(note: str) -> bool:
    """Tell whether a note of the editors tells of a mistake that was put right."""
    return _opens_with(note, _CORRECTIONS)


def with_corrections(labels: MutableMapping[int, Label], texts: Sequence[str]) -> None:
    """Keep the corrections near the article's lines that the evidence has taken for furniture."""
    kept = [n for n, label in labels.items() if label.keep]
    for n, label in labels.items():
        if label.keep or not label.reason.startswith("evidence:") or not is_correction(texts[n]):
            continue
        line = look(texts[n])
        if line.ends and line.size >= LEAST_SIZE and any(abs(n - other) <= REACH for other in kept):
            labels[n] = _KEPT


def _opens_with(text: str, starts: tuple[str, ...]) -> bool:
    return text[:_OPENING].lstrip(_MARKS).casefold().startswith(starts)
