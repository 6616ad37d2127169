"""Labelled dumps: pages in several flavours, their lines with what is known about them, split by site."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.training.augment import Line

FLAVOURS = ("txt", "mc", "nodes")
"""Folders of a data folder: the whole page as text, roughly cleaned, one line for each text node."""

EXTRA = "extra"
"""Source of pages that are trained on but never measured."""

SOURCE_WEIGHTS = defaultdict(lambda: 1.6, {"wx": 1.0, EXTRA: 0.5})
"""Small sources count as much as large ones in the figures."""

LONGEST_CREDIT = 160
"""Characters of the longest byline or dateline."""

NO_HEADINGS = frozenset({"sh"})
"""Sources whose truth does not tell section heads."""


@dataclass(frozen=True, slots=True)
class Page:
    """One labelled page in one flavour."""

    id: str
    source: str
    site: str
    aliases: frozenset[str]
    flavour: str
    lines: tuple[Line, ...]
    has_roles: bool
    has_byline: bool = False
    has_dateline: bool = False

    @property
    def text(self) -> str:
        """The dump."""
        return "\n".join(line.text for line in self.lines)


def load_pages(data: Path) -> list[Page]:
    """Read a data folder."""
    return [
        page
        for path in sorted((data / "truth").glob("*.json"))
        for page in _pages(data, json.loads(path.read_text("utf-8")))
    ]


def _pages(data: Path, truth: dict[str, Any]) -> Iterator[Page]:
    """One page in its flavours."""
    name, domain, source = str(truth["id"]), str(truth["domain"]), str(truth["source"])
    known: dict[str, Any] = truth.get("soft") or truth["labels"]
    for flavour in FLAVOURS:
        path = data / flavour / f"{name}.txt"
        if flavour not in known or not path.exists():
            continue
        lines = _lines(path.read_text("utf-8").split("\n"), known[flavour], truth)
        aliases = truth.get("aliases")
        yield Page(
            name,
            source,
            domain.split(".")[0],
            frozenset(aliases if isinstance(aliases, list) else ()),
            flavour,
            lines,
            "soft" not in truth,
            bool(_people(truth)),
            bool(_day(truth)),
        )


def _lines(texts: Sequence[str], labels: Sequence[object], truth: dict[str, Any]) -> tuple[Line, ...]:
    """Lines with their labels; section heads, headline, bylines and datelines by their text."""
    headings = truth.get("headings")
    heads = {plain(str(h)) for h in headings} if isinstance(headings, list) else set()
    headline = plain(str(truth.get("title") or ""))
    people, day = _people(truth), _day(truth)
    out = []
    for text, label in zip(texts, labels, strict=True):
        article, form = float(str(label)), plain(text)
        out.append(
            Line(
                text,
                article,
                bool(form) and article == 1 and form in heads,
                bool(form) and form == headline,
                len(text) <= LONGEST_CREDIT and any(f" {name} " in f" {form} " for name in people),
                len(text) <= LONGEST_CREDIT and bool(day) and _tells(form, day),
            )
        )
    return tuple(out)


def _people(truth: dict[str, Any]) -> list[str]:
    """Return the authors with at least two names; others are mostly papers."""
    authors = truth.get("authors") or ()
    names = [plain(str(name)) for name in ([authors] if isinstance(authors, str) else authors)]
    return [name for name in names if " " in name and not any(map(str.isdigit, name))]


def _day(truth: dict[str, Any]) -> str:
    """Day of publication, in its ISO form; empty where it is not known."""
    found = re.match(r"\d{4}-\d\d-\d\d", str(truth.get("date") or ""))
    return found[0] if found else ""


def _tells(form: str, day: str) -> bool:
    """Tell whether a line holds the numbers of a day's year and day (months are names more often than not)."""
    numbers = re.findall(r"\d+", form)
    return day[:4] in numbers and (day[8:] in numbers or day[8:].lstrip("0") in numbers)


def plain(text: str) -> str:
    """Words of a text, lower-cased, for comparison."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def split(pages: Sequence[Page], folds: int) -> dict[str, int]:
    """Fold of each site; the sources are spread evenly."""
    sites: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        sites[page.site].append(page)
    loads: list[dict[str, int]] = [defaultdict(int) for _ in range(folds)]
    out = {}
    for site in sorted(sites, key=lambda s: (-len(sites[s]), s)):
        source = sites[site][0].source
        fold = min(range(folds), key=lambda k: (loads[k][source], sum(loads[k].values()), k))
        out[site] = fold
        loads[fold][source] += len(sites[site])
    return out
