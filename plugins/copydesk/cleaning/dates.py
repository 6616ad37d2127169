"""Publication dates: the days that a line gives in an unambiguous form, alone or among other facts."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

_DATA = tomllib.loads(Path(__file__).with_name("dates.toml").read_text("utf-8"))
LONGEST = 80
LONGEST_WITH_OTHERS, LONGEST_PART, MOST_PARTS = 160, 60, 6
SHORT_DAY = 4
"""Letters of a weekday's short form at most: many of them are surnames, too ("Do", "Sun")."""

_MONTHS = {name: number for number, names in enumerate(_DATA["months"], start=1) for name in names}
_EARLIEST, _LATEST = 1700, 2199
_HALVES = ("summer", "winter")


class Day(NamedTuple):
    """A day or moment that a line gives; `updated` where the line says that the article was changed then."""

    when: date | datetime
    updated: bool


def any_of(texts: Iterable[str]) -> str:
    """Return a pattern for any of `texts`, the longest first."""
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


_MONTH = any_of(_MONTHS)
_DE = rf"(?:(?:\s+(?:{any_of(_DATA['of'])})|\.|,)?\s+|\s+d['’])"
_WORD_START = r"(?:\b|(?-i:(?<=[a-zà-ÿ\d])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])))"
"""Where a word begins, also one that a scrape put right behind another: "Ann HaleMarch 3, 2021"."""

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]",
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|er|º|°|\.)?{_DE}(?P<name>{_MONTH})\.?{_DE}(?P<year>\d{{4}})(?!\d)",
        rf"{_WORD_START}(?P<name>{_MONTH})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?[.,]?\s+(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)[-/](?P<name>{_MONTH})[-/](?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\.?\s(?P<name>" + _MONTH + r")\.?\s(?P<day>\d\d?)(?:\.|(?!\d))",
        r"(?<![\d.])(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)(?!\d)",
        r"(?<!\d)(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>\d{4})(?!\d)",
    )
)
_IN_ADDRESS = re.compile(r"(?<=/)(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d?)[/-](?P<day>\d\d?)(?=[/-])")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$")
_SEASONS = {name: (season, half) for season in _DATA["seasons"].values() for half in _HALVES for name in season[half]}
_ZONES = _DATA["zones"]["always"] | {name: season[half][name] for name, (season, half) in _SEASONS.items()}
_OFFSET = r"(?-i:GMT|UTC)\s?[+-]\d\d?(?::?\d\d)?|\+\d\d:?\d\d|-\d{4}|(?<=:\d\d:\d\d)-\d\d:\d\d"
"""What a clock is ahead of UTC. "10:00-12:00" is none, but from when to when."""

_CLOCK = (
    r"(?P<hour>\d\d?)(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:\.\d+)?)?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    rf"\s?[(]?(?:(?P<offset>{_OFFSET})|(?-i:(?P<zone>{any_of(_ZONES)})))(?![\w:]|\s?[+-]\d)[)]?"
)
_TO_CLOCK = rf"(?:[\s,|·•@–—-]|(?<!\w)(?:{any_of(_DATA['to_clock'])})(?!\w)\.?){{1,6}}"
_CLOCK_BEHIND = re.compile(rf"(?:T|{_TO_CLOCK}){_CLOCK}", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(rf"(?<![\d.:/-]){_CLOCK}{_TO_CLOCK}$", re.IGNORECASE)
_FURTHEST = timedelta(hours=14)

_UPDATED = re.compile(rf"(?:{any_of(_DATA['updated'])})\b", re.IGNORECASE)
_UPDATED_THERE = re.compile(rf"{_WORD_START}(?:{any_of(_DATA['updated'])})(?!\w)", re.IGNORECASE)
_TIME = re.compile(r"\d\d?[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4}\b)?")
_PUBLISHED = re.compile(rf"(?:{any_of(_DATA['published'])})(?!\w)[\s:：]*", re.IGNORECASE)
_PARTS = re.compile(
    r"\s*[|·•・]\s*|\s+[–—-]\s+"
    rf"|\s+(?=(?:{any_of([*_DATA['published'], *_DATA['updated']])})[\s:：]\D{{0,20}}\d)"
    rf"|\s+(?:{any_of(_DATA['apart'])})\s+(?=\D{{0,24}}\d)|(?<=\d)\s+(?:{any_of(_DATA['apart'])})\s+(?=\D)",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    rf"(?<!\w)(?:{any_of([*_DATA['published'], *_DATA['updated'], *_DATA['weekdays'], *_DATA['filler']])})(?!\w)"
    r"|\d\d?[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
    r"|\d\d?\s?(?:[ap]\.?m\.?|h(?!\w))|[+-]\d\d:?\d\d|[(（]?[月火水木金土日一二三四五六월화수목금토일](?:曜日?|요일)?[)）]|[\s,.;:：|/·•@–—()（）-]+",
    re.IGNORECASE,
)

_DAY_WORDS = re.compile(
    rf"(?:(?:^|\s+|(?-i:(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])))(?:(?-i:{any_of([*_DATA['filler'], *_DATA['apart']])})"
    rf"|{any_of([*_DATA['published'], *_DATA['updated'], *(day for day in _DATA['weekdays'] if len(day) > SHORT_DAY)])}"
    r")[.:]?)+$",
    re.IGNORECASE,
)


def day_of(text: str) -> Day | None:
    """Return the day that the line `text` gives; None where it is no date line, or one that can be read in two ways."""
    if len(text) > LONGEST or not any(map(str.isdigit, text)):
        return None
    if _MOMENT.match(text):
        return _moment(text)
    found = list(_dates(text))
    if len(found) != 1:
        return None
    when, start, end = found[0]
    if _LEFT_OVER.sub("", f"{text[:start]} {text[end:]}"):
        return None
    return Day(when, _UPDATED.match(text) is not None)


def days_told(text: str) -> list[Day]:
    """Return the days that a line tells which the evidence takes for a dateline, whatever else stands there.

    A day belongs to the words of the line between it and the day before it: they say whether the article was changed
    then. Days that can be read in two ways are left out.
    """
    out, end = [], 0
    for when, start, stop in sorted(_dates(text), key=lambda found: found[1]):
        out.append(Day(when, _UPDATED_THERE.search(text, end, start) is not None))
        end = stop
    return out


def without_dates(text: str) -> str:
    """Return a line without its dates and times, each replaced by a bar."""
    for _, start, stop in sorted(_dates(text), key=lambda found: -found[1]):
        text = f"{text[:start]} | {text[stop:]}"
    return _TIME.sub(" | ", text)


def around_day(text: str) -> tuple[str, str] | None:
    """Return what a line has before and behind the first day that it tells, without days and times; else None."""
    if not any(map(str.isdigit, text)):
        return None
    first = min(((start, stop) for _, start, stop in _dates(text)), default=None)
    return (without_dates(text[: first[0]]), without_dates(text[first[1] :])) if first else None


def without_day_words(part: str) -> str:
    """Return what stands beside a day without the words at its end that belong to the day: "Ann Hale on"."""
    return _DAY_WORDS.sub("", part)


def is_of_a_day(part: str) -> bool:
    """Tell whether what stands beside a day holds only words that belong to it: "Thursday", "Updated at"."""
    return not _LEFT_OVER.sub("", part)


def begins_with_day(text: str) -> bool:
    """Tell whether nothing stands before the first day that a line tells, but words such as "Published on"."""
    start = min((start for _, start, _ in _dates(text)), default=None)
    return start is not None and not _LEFT_OVER.sub("", text[:start])


def days_in(text: str) -> list[Day]:
    """Return the days that a line gives, alone or among other short facts: "Ann Hale | 3 March 2021 | 4 min read"."""
    if day := day_of(text):
        return [day]
    return [found for part in parts_of(text) if (found := day_of(part))]


def parts_of(text: str) -> list[str]:
    """Return the short facts that a line puts side by side, none where it is no such line."""
    if len(text) > LONGEST_WITH_OTHERS or not any(map(str.isdigit, text)):
        return []
    parts = _PARTS.split(text)
    return parts if len(parts) <= MOST_PARTS and max(map(len, parts)) <= LONGEST_PART else []


def day_told_once(lines: Sequence[str]) -> date | datetime | None:
    """Return the day of publication that lines anywhere on a page name as such, None where they name several.

    The words before the day ("Published on") may stand in a line of their own.
    """
    told = []
    for number, text in enumerate(lines):
        word = _PUBLISHED.match(text) if len(text) <= LONGEST else None
        if word:
            told.append(lines[number + 1] if word.end() == len(text) and number + 1 < len(lines) else text)
    return only_day(told)


def only_day(texts: Sequence[str]) -> date | datetime | None:
    """Return the day that the texts give as one of publication, None where they give none or several."""
    found = [day.when for text in texts for day in days_in(text) if not day.updated]
    return found[0] if len(set(map(plain_day, found))) == 1 else None


def plain_day(when: date | datetime) -> date:
    """Return the day of a day or moment."""
    return when.date() if isinstance(when, datetime) else when


def day_in_address(url: str) -> date | None:
    """Return the day that a page's address has as folders of its path ("/2021/03/03/"), None where it has none."""
    match = _IN_ADDRESS.search(url)
    return _date(match.groupdict()) if match else None


def _moment(text: str) -> Day | None:
    """Return a moment in the form of RFC 3339."""
    try:
        return Day(datetime.fromisoformat(text), False)
    except ValueError:
        return None


def _dates(text: str) -> Iterator[tuple[date | datetime, int, int]]:
    """Yield the dates in `text` with their places, moments where a time stands there; the first form to match wins."""
    for form in _FORMS:
        matches, since = list(form.finditer(text)), 0
        for match in matches:
            if day := _date(match.groupdict()):
                when, start, stop = _with_clock(day, text, since, match.start(), match.end())
                yield when, start, stop
                since = stop
        if matches:
            return


def _with_clock(day: date, text: str, since: int, start: int, end: int) -> tuple[date | datetime, int, int]:
    """Return the moment that a day from `start` to `end` and a time of a certain zone beside it are, else the day.

    The time stands behind the day, or before it and behind the day before, which ends at `since`; not on both sides.
    """
    behind, before = _CLOCK_BEHIND.match(text, end), _CLOCK_BEFORE.search(text[since:start])
    if behind and not before and (when := _at(day, behind)):
        return when, start, behind.end()
    if before and not behind and (when := _at(day, before)):
        return when, since + before.start(), end
    return day, start, end


def _at(day: date, clock: re.Match[str]) -> datetime | None:
    """Return the moment of a day that a match of a time names, None where there is no such time, or it is doubtful."""
    hour, half, name = int(clock["hour"]), (clock["half"] or "").lower(), clock["zone"]
    if not (clock["minute"] or half) or (half and not 1 <= hour <= 12):
        return None
    if name in _SEASONS and not _in_season(day, *_SEASONS[name]):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    ahead = timedelta(hours=_ZONES[name]) if name else _ahead(clock["offset"])
    if ahead is None:
        return None
    try:
        clock_time = time(hour, int(clock["minute"] or 0), int(clock["second"] or 0), tzinfo=timezone(ahead))
    except ValueError:
        return None
    return datetime.combine(day, clock_time)


def _in_season(day: date, season: dict[str, Any], half: str) -> bool:
    """Tell whether clocks show the hours of a half of the year on a day; on the days of change they show both."""
    begins, ends = (_sunday(day.year, *season[change]) for change in ("begins", "ends"))
    return begins <= day <= ends if half == _HALVES[0] else not begins < day < ends


def _sunday(year: int, month: int, number: int) -> date:
    """Return a Sunday of a month by its number, -1 for the last."""
    last = monthrange(year, month)[1]
    sundays = [date(year, month, day) for day in range(1, last + 1) if date(year, month, day).isoweekday() == 7]
    return sundays[number if number < 0 else number - 1]


def _ahead(offset: str) -> timedelta | None:
    """Return what "+01:00", "-0500" or "GMT+1" is ahead of UTC, None where no clock on earth is."""
    digits = re.sub(r"\D", "", offset)
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    ahead = timedelta(hours=hours, minutes=minutes)
    return None if ahead > _FURTHEST or minutes > 59 else -ahead if "-" in offset else ahead


def _date(parts: dict[str, str | None]) -> date | None:
    """Return the day that the parts of a match name, None where there is no such day or more than one reading."""
    year, name = int(parts["year"] or 0), parts.get("name")
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (second, first) if second > 12 else (first, second)
    else:
        day = int(parts["day"] or 0)
        month = _MONTHS.get(name.casefold(), 0) if name else int(parts["month"] or 0)
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
