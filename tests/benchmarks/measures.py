"""How well cleaned articles match what people marked as the article: text, lines, and what is known of it.

The text is compared by scrapinghub's method (article-extraction-benchmark): runs of four words, mean precision and mean
recall over the documents, F1 of the two. Chinese, Japanese, Korean and Thai are compared by characters. Beside it
stands what those means hide: the share of documents that lose more than a twentieth of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

RUN = 4
"""Words in a run that is compared."""

LOST = 0.05
"""Share of an article that may be missing before the document counts as one that loses text; same for foreign text."""

GOOD = 0.95
"""F1 from which on a document counts as right."""

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BY = re.compile(r"(?i)^\s*(by|von|par|por)\s+")
_BETWEEN_NAMES = re.compile(r"[;,|/•·]|\band\b|\bund\b|\bet\b|\by\b|&")
_TITLE_WITHIN, _TITLE_LEAST, _TITLE_LONGER = 6, 12, 1.5


def tokens(text: str) -> list[str]:
    """Return the words of a text; characters where a script writes no spaces."""
    out: list[str] = []
    for word in _WORD.findall(text):
        out.extend(word if _UNSPACED.search(word) else (word,))
    return out


def shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Return the runs of RUN words, with how often each stands there; a shorter text is one run."""
    if not words:
        return Counter()
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))


def plain(text: str) -> str:
    """Return the words of a text in lower case, for comparison."""
    return " ".join(tokens(text)).lower()


def strip_title(text: str, title: str) -> str:
    """Return `text` without its first line where that is the headline: no body holds it."""
    wanted, lines = plain(title), text.split("\n")
    for number, line in enumerate(lines[:_TITLE_WITHIN]):
        if not line.strip():
            continue
        found = plain(line)
        near = len(found) > _TITLE_LEAST and (found in wanted or wanted in found)
        if wanted and found and (found == wanted or (near and len(found) < _TITLE_LONGER * len(wanted))):
            del lines[number]
        break
    return "\n".join(lines)


def days(value: object) -> set[str]:
    """Return the calendar days that a moment may stand for: in its own zone and in UTC."""
    text = str(value or "").strip()
    if not _DAY.match(text):
        return set()
    found = {text[:10]}
    try:
        when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return found
    return found | {when.astimezone(UTC).date().isoformat()} if when.tzinfo else found


def names(value: object) -> set[str]:
    """Return the names of authors, given as a text or a list."""
    text = ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
    return {name for part in _BETWEEN_NAMES.split(_BY.sub("", text)) if (name := plain(part))}


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the right that was found; 1 where there was nothing to find."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def counts(found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> Counts:
    """Compare two multisets."""
    right = (found & wanted).total()
    return Counts(right, found.total() - right, wanted.total() - right)


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its text's counts, the share of what was offered that is lost, its lines' counts where asked."""

    id: str
    text: Counts
    lost: float
    lines: Counts | None = None


def row(name: str, output: str, body: str, title: str, dump: str | None = None, labels: str = "") -> Row:
    """Return the figures of one document.

    `output` is the cleaned text, `body` the article without its headline. Of a text `dump` with a label a line (0 or 1)
    only what the dump offers can be lost, and its lines are counted as well.
    """
    wanted, found = shingles(tokens(body)), shingles(tokens(strip_title(output, title)))
    text = counts(found, wanted)
    offered = wanted.total()
    if dump is not None:
        offered = (wanted & shingles(tokens(dump))).total()
    lost = max(0.0, (offered - text.right) / offered) if offered else 0.0
    return Row(name, text, lost, None if dump is None else line_counts(output, dump.split("\n"), labels))


def line_counts(output: str, lines: Sequence[str], labels: str) -> Counts:
    """Compare the lines that are left of a dump with its labels; each line of the output stands for one of the dump."""
    left = Counter(plain(line) for line in output.split("\n"))
    total = Counts()
    for line, label in zip(lines, labels, strict=True):
        if not (form := plain(line)):
            continue
        kept = left[form] > 0
        left[form] -= kept
        article = label == "1"
        total += Counts(kept and article, kept and not article, article and not kept)
    return total


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a set of documents, all of them shares."""

    documents: int
    precision: float
    recall: float
    lost: float
    junk: float
    good: float
    lines: Counts | None

    @property
    def f1(self) -> float:
        """Return F1 of the mean precision and the mean recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def summary(rows: Sequence[Row]) -> Summary:
    """Sum the documents up. Those without any output have no precision; they count in the recall."""
    lines = [found.lines for found in rows if found.lines is not None]
    return Summary(
        len(rows),
        _mean(r.text.precision for r in rows if r.text.right + r.text.wrong),
        _mean(r.text.recall for r in rows if r.text.right + r.text.missed),
        _mean(r.lost > LOST for r in rows),
        _mean(r.text.wrong > LOST * max(1, r.text.right + r.text.wrong) for r in rows),
        _mean(r.text.f1 >= GOOD for r in rows),
        sum(lines, Counts()) if lines else None,
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one document beside its text; None where nothing is. So of the truth, and so of an output."""

    headline: str | None = None
    authors: Sequence[str] | None = None
    day: str | None = None
    headings: Sequence[str] | None = None


@dataclass(slots=True)
class Facts:
    """How often headline, authors and day were right, of how many that are known; counts of section heads."""

    headline: tuple[int, int] = (0, 0)
    authors: tuple[int, int] = (0, 0)
    day: tuple[int, int] = (0, 0)
    headings: Counts = Counts()

    def add(self, found: Known, true: Known) -> None:
        """Count one document."""
        if true.headline:
            self.headline = _counted(self.headline, plain(true.headline) == plain(found.headline or ""))
        if true.authors:
            self.authors = _counted(self.authors, names(true.authors) == names(found.authors or []))
        if days(true.day):
            self.day = _counted(self.day, bool(days(true.day) & days(found.day)))
        if true.headings is not None:
            wanted, heads = (Counter((plain(h),) for h in x or () if plain(h)) for x in (true.headings, found.headings))
            self.headings += counts(heads, wanted)


def _counted(tally: tuple[int, int], right: bool) -> tuple[int, int]:
    return tally[0] + right, tally[1] + 1
