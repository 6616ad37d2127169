"""The facts that lines at the top of an article tell: dek, authors, days. Nothing is guessed from other lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from copydesk.cleaning.credits import authors, declared_names, is_login, named, told
from copydesk.cleaning.dates import (
    day_in_address,
    day_of,
    day_told_once,
    days_in,
    days_told,
    only_day,
    parts_of,
    plain_day,
)
from copydesk.cleaning.features import LIST_MARKS
from copydesk.intake.headlines import folded
from copydesk.model import Block, Declared, LabelledBlock, Role, Source

_LIST_MARK = re.compile(rf"^[{LIST_MARKS}]\s*(?=\S)")
_KICKER = re.compile(r"[^|:/–—-]{2,60}?\s+[|:/–—-]\s+(?=\S)")


def headline_of(line: LabelledBlock | None, declared: Declared, behind: Sequence[Block] = ()) -> str | None:
    """Return the headline: the line's text, or the declared one where no line is, or where that tells it in full.

    A declared one with the same letters knows where words end in a line that was put together of several elements. One
    that two places of the page agree on and that ends like the line has the words before it that the page sets apart;
    so has one that the line and the blocks right `behind` it are together. What all of the page's word leaves out at
    the line's beginning, before a sign that parts it, is a kicker.
    """
    if line is None:
        return declared.headline
    if line.label.reason == "override":
        return line.block.text
    text = without_mark(line.block.text)
    letters = folded(text)
    told = {folded(one): one for one in reversed(declared.headlines)}
    same = [one for one in declared.headlines if folded(one) == letters]
    if better := next((one for one in same if len(one.split()) > len(text.split())), None):
        return better
    if same or not told:
        return text
    first = next(reversed(told))
    agreed = len(told) == 1 < len(declared.headlines)
    longer = agreed and len(letters) < len(first) and first.endswith(letters)
    if longer or (len(told) == 1 and _without_kicker(text) == first):
        return told[first]
    return _joined(line.block, behind, told, agreed) or text


def without_mark(text: str) -> str:
    """Return a headline without the mark of a list that a dump has before it."""
    return _LIST_MARK.sub("", text)


def _without_kicker(text: str) -> str:
    """Return the letters of a headline behind what a sign between blanks parts from its beginning."""
    kicker = _KICKER.match(text)
    return folded(text[kicker.end() :]) if kicker else ""


def _joined(line: Block, behind: Iterable[Block], told: Mapping[str, str], agreed: bool) -> str | None:
    """Return the declared headline that a line and those behind it are together, None where there is none.

    All of them are titles (h1), unless two places of the page are `agreed` on it.
    """
    letters, titles = folded(line.text), line.is_title
    for block in behind:
        letters, titles = letters + folded(block.text), titles and block.is_title
        if letters in told and (titles or agreed):
            return told[letters]
    return None


def dek_of(kept: Sequence[LabelledBlock], declared: str | None) -> str | None:
    """Return the dek: the lines that are one, else the declared one, unless a line of the text begins with it."""
    if lines := _texts(kept, Role.DEK):
        return " ".join(lines)
    begins = folded((declared or "").rstrip(".… "))
    return None if any(folded(lb.block.text).startswith(begins) for lb in kept) else declared


def authors_of(kept: Sequence[LabelledBlock], declared: Declared) -> tuple[str, ...]:
    """Return the authors: people that the page declares, else all bylines', else as its markup says.

    What only the editor calls a byline is a name as it stands. A publishing system's own users ("admin") are nobody.
    """
    if people := tuple(name for name in _parted(declared.authors) if not is_login(name)):
        return people
    found: list[str] = []
    for text in _texts(kept, Role.BYLINE):
        names = authors(text)
        found.extend((told(text) or (text,)) if names is None else names)
    marked = next((names for text in declared.credits if (names := named(text))), ())
    return tuple(dict.fromkeys(found)) or marked or _beside_day(declared.days) or declared.publishers


def _beside_day(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the authors that one of the texts names beside a day: "Ann Hale | Senior Writer | 3 March 2021"."""
    for text in texts:
        parts = parts_of(text)
        if any(map(day_of, parts)) and (found := next((names for part in parts if (names := named(part))), ())):
            return found
    return ()


def _parted(declared: Sequence[str]) -> tuple[str, ...]:
    """Return names each by itself, also where the page declares several as one, or a byline."""
    return tuple(dict.fromkeys(name for text in declared for name in declared_names(text)))


@dataclass(frozen=True, slots=True)
class Days:
    """When an article was published and last changed; `note` tells from where one is that is less sure."""

    published: date | datetime | None
    updated: date | datetime | None
    note: str | None = None


def days_of(kept: Sequence[LabelledBlock], source: Source) -> Days:
    """Return the days of publication and of the last change: as the page declares them, else of the first date lines.

    A day that the page marks up near the headline counts as a date line does. Where there is none, one counts that
    lines elsewhere on the page call the day of publication, or that the markup above the headline calls a time, if it
    is one alone; last the one in the page's address. A day of the last change is never taken for that of publication.
    """
    declared = source.declared
    lines = [*_texts(kept, Role.DATELINE), *_texts(kept, Role.BYLINE)]
    groups = [days_in(text) or days_told(text) for text in lines] + [days_in(text) for text in declared.days]
    changes = [day.when for group in groups for day in group if day.updated]
    updated = declared.updated or next(iter(changes), None)
    changed = set(map(plain_day, changes))
    published_then = (
        day.when
        for group in groups
        for day in group
        if not day.updated and (plain_day(day.when) not in changed or any(other.updated for other in group))
    )
    published = declared.published or next(published_then, None)
    if published or not source.is_page:
        return Days(published, updated)
    if away := day_told_once([block.text for block in source.blocks]) or only_day(declared.days_above):
        return Days(away, updated, "The day of publication is told away from the headline")
    found = day_in_address(source.url) if source.url else None
    return Days(found, updated, "The day of publication is from the page's address" if found else None)


def _texts(kept: Sequence[LabelledBlock], role: Role) -> list[str]:
    """Return the texts of the blocks in `role`."""
    return [lb.block.text for lb in kept if lb.label.role is role]
