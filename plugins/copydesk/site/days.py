"""Days and moments: the site orders both, and needs a zone for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def moment(value: date | datetime | None) -> datetime | None:
    """Return `value` as a moment with a zone; a day becomes its midnight in UTC."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def microseconds(when: datetime) -> int:
    """Return a moment as microseconds since 1970."""
    return int((when - EPOCH) // MICROSECOND)


def seconds_of(when: datetime) -> int:
    """Return a moment as seconds since 1970."""
    return int(when.timestamp())
