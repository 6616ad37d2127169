"""The build's report: what became of each seed, for people at the end of a build and as JSON for programs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from pathlib import Path, PurePosixPath

import msgspec

from copydesk.site.jsonlines import all_items, lines_of
from copydesk.wholefile import write_whole

NOTHING_CHANGED = "Copydesk: nothing has changed since the last build"
PASSED_OVER = "passed over"
"""What becomes of a page of a crawl or a mirror that is no article: a front page, a list of stories, an error."""

ADOPTED = "adopted: an article by hand stands in its place"
"""What there is to tell of a seed that an editor goes on with."""

MOST_DOUBTFUL, MOST_PASSED_OVER = 10, 5
"""Seeds with doubtful lines that the summary names, the most doubtful first; pages that it names."""


STATUSES = ("published", "hidden", "withdrawn", "refused", PASSED_OVER, "duplicate")
TOLD = ("hidden", "withdrawn", "duplicate", PASSED_OVER, "refused")
"""What the summary tells of beside what is published."""


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What became of one seed; `url` is its address in the site, `duplicate_of` the seed on whose page it stands.

    `status` is "published", "hidden", "withdrawn", "refused", "passed over" or "duplicate". Counts are lines with text,
    None where the seed was not cleaned.
    """

    seed: str
    sha256: str
    status: str
    url: str | None = None
    reason: str | None = None
    duplicate_of: str | None = None
    kept: int | None = None
    dropped: int | None = None
    doubtful: int | None = None

    @property
    def is_adopted(self) -> bool:
        """Whether a text by hand stands in its place."""
        return self.reason == ADOPTED


def _written(seeds: Sequence[SeedReport]) -> object:
    """Return what became of seeds, as JSON where that can be had at once."""
    try:
        return all_items(seeds)
    except UnicodeEncodeError:
        return [{field.name: getattr(seed, field.name) for field in fields(seed)} for seed in seeds]


class _Record(msgspec.Struct):
    """A report as it stands in its file."""

    seeds: tuple[SeedReport, ...]
    refused_content: tuple[str, ...]
    warnings: tuple[str, ...]
    totals: dict[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole build: seeds in order of their names, refused hand-written files, warnings for the editor, seconds."""

    seeds: tuple[SeedReport, ...]
    refused_content: tuple[str, ...]
    warnings: tuple[str, ...]
    handwritten: int
    seconds: dict[str, float]

    @property
    def refused(self) -> list[str]:
        """Everything that was refused, a line each."""
        seeds = [seed.reason or f"{seed.seed}: refused" for seed in self.seeds if seed.status == "refused"]
        return [*seeds, *self.refused_content]

    def compared_with(self, last: Report | None, former: Mapping[str, Sequence[str]]) -> Report:
        """Return the report with a warning for each article whose address has changed since the `last` build.

        `former` are the slugs that the editor has declared already, by seed.
        """
        addresses = {seed.seed: seed.url for seed in last.seeds if seed.url} if last else {}
        warnings = []
        for seed in self.seeds:
            old = addresses.get(seed.seed)
            if not old or not seed.url or old == seed.url:
                continue
            slug = PurePosixPath(old).stem
            if slug not in former.get(seed.seed, ()):
                by_hand, by_override = f"Was: {slug} in its text by hand", f'was = ["{slug}"] in its override'
                remedy = f"{by_hand if seed.is_adopted else by_override} keeps links alive"
                warnings.append(f"{seed.seed}: its address was {old} and is {seed.url}; {remedy}")
        return replace(self, warnings=(*self.warnings, *warnings))

    @classmethod
    def read(cls, path: Path, seconds: float) -> Report | None:
        """Return the report of an earlier build as that of one that took `seconds`; None where there is none."""
        try:
            record = msgspec.json.decode(path.read_bytes(), type=_Record)
        except (OSError, ValueError):
            return None
        by_hand = record.totals.get("handwritten", 0)
        return cls(record.seeds, record.refused_content, record.warnings, by_hand, {"total": seconds})

    def totals(self) -> dict[str, int]:
        """Count seeds by status, and lines."""
        found = Counter(seed.status for seed in self.seeds)
        counts = {status: found[status] for status in STATUSES}
        names = ("kept", "dropped", "doubtful")
        lines = {name: sum(filter(None, map(attrgetter(name), self.seeds))) for name in names}
        return {"seeds": len(self.seeds), **counts, "handwritten": self.handwritten, **lines}

    def write(self, path: Path) -> None:
        """Write the report as JSON."""
        record = {
            "seeds": _written(self.seeds),
            "refused_content": list(self.refused_content),
            "warnings": list(self.warnings),
            "totals": self.totals(),
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, lines_of(record).encode(errors="backslashreplace"))

    def tell(self) -> None:
        """Print the summary on standard output, warnings and refusals on standard error."""
        for warning in self.warnings:
            _print(f"warning: {warning}", sys.stderr)
        for refusal in self.refused:
            _print(f"refused: {refusal}", sys.stderr)
        _tell_some(
            PASSED_OVER,
            [seed.reason or seed.seed for seed in self.seeds if seed.status == PASSED_OVER],
            MOST_PASSED_OVER,
        )
        doubtful = [seed for seed in self.seeds if seed.doubtful and seed.status in ("published", "hidden")]
        doubtful.sort(key=lambda seed: -(seed.doubtful or 0))
        lines = [f"{seed.seed}: {_count(seed.doubtful or 0, 'line')}" for seed in doubtful]
        _tell_some("doubtful", [f"{line}; see copydesk explain" for line in lines], MOST_DOUBTFUL)
        _print(self._summary(), sys.stdout)

    def _summary(self) -> str:
        total = self.totals()
        shared = sum(seed.status == "published" and seed.duplicate_of is not None for seed in self.seeds)
        pages = f" on {_count(total['published'] - shared, 'page')}" if shared else ""
        parts = [f"{_count(total['seeds'], 'seed')}: {total['published']:,} published{pages}"]
        parts += [f"{total[name]:,} {name}" for name in TOLD if total[name]]
        lines = f"{_count(total['kept'], 'line')} kept, {total['dropped']:,} dropped, {total['doubtful']:,} doubtful"
        by_hand = f"{_count(total['handwritten'], 'article')} by hand"
        return f"Copydesk: {', '.join(parts)}; {lines}; {by_hand}; {self.seconds.get('total', 0):.1f} s"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _tell_some(what: str, told: Sequence[str], most: int) -> None:
    """Print what there is to tell of the first seeds, and how many others there are."""
    for one in told[:most]:
        _print(f"{what}: {one}", sys.stdout)
    if more := len(told[most:]):
        _print(f"{what}: and {_count(more, 'other')}; see .copydesk/report.json", sys.stdout)


def _print(text: str, stream: object) -> None:
    """Print `text` with control characters shown as escapes: names of files are as hostile as their contents."""
    safe = "".join(c if c.isprintable() or c == " " else f"\\x{ord(c):02x}" for c in text)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(safe.encode(encoding, "backslashreplace").decode(encoding), file=stream)  # type: ignore[call-overload]
