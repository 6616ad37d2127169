"""Days and moments as ISO 8601, one way for every format that tells them."""

from __future__ import annotations

from datetime import date, datetime


def iso(when: date | None) -> str:
    """Return a day, or a moment to the second with its zone, as ISO 8601; "" where there is none."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="seconds")
    return when.isoformat() if when else ""
