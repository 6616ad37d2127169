"""Measures how well dumps are cleaned, cross-validated by site: a page is judged by a tagger that saw none of its site.

    make score DATA=folder [LEANINGS=careful,balanced,strict] [WORST=20]

DATA holds labelled dumps as docs/cleaning.md describes them. Each is judged by itself; those of sites with ten pages or
more once again together, with what they share. The taggers are those of the cross-validation that
`make train` leaves in `.copydesk/folds`; never the one that comes along, which was trained on these pages.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from labelled import known, taggers_of, true_facts
from measures import Facts, Known, Row, Summary, plain, row, summary

from copydesk.cleaning.evidence import Taggers
from copydesk.cleaning.label import label
from copydesk.cleaning.leaning import Leaning
from copydesk.cleaning.rulebook import load_rules
from copydesk.cleaning.siblings import NOTHING_FAMILIAR, Familiar, familiar_lines, sketch_of
from copydesk.enrich.language import language_of
from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.model import Article
from copydesk.render.text import body_text
from copydesk.structure.article import structure
from copydesk.training.pages import FLAVOURS, load_pages, split

RULES = load_rules()

DATE_LINE = 80
"""Characters of the longest line that is looked at for a day."""

MANY = 10
"""Pages from which on those of a site are judged together as well."""

LANGUAGE_LEAST = 10
"""Documents from which on a language has a line of its own in the table."""


@dataclass(frozen=True, slots=True)
class Document:
    """One dump of a labelled page, and which tagger may judge it."""

    id: str
    flavour: str
    source: str
    data: Path
    fold: int
    folds: Path
    site: str
    familiar: Familiar = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Judged:
    """One dump's figures: its text, what is known of it, whether its headline is a line, processor seconds."""

    document: Document
    row: Row
    found: Known
    true: Known
    has_headline: bool
    language: str
    seconds: float


@dataclass(slots=True)
class Group:
    """The figures of some documents together."""

    rows: list[Row] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    headline_lines: tuple[int, int] = (0, 0)

    def add(self, judged: Judged) -> None:
        """Count one document."""
        self.rows.append(judged.row)
        self.facts.add(judged.found, judged.true)
        if judged.has_headline:
            right = plain(judged.found.headline or "") == plain(judged.true.headline or "")
            self.headline_lines = (self.headline_lines[0] + right, self.headline_lines[1] + 1)


def truth_of(document: Document) -> dict[str, Any]:
    """Return what is known of a page."""
    truth: dict[str, Any] = json.loads((document.data / "truth" / f"{document.id}.json").read_text("utf-8"))
    return truth


def judge(document: Document, leaning: Leaning) -> Judged:
    """Clean a dump and compare it with what people marked."""
    path = document.data / document.flavour / f"{document.id}.txt"
    data, truth = path.read_bytes(), truth_of(document)
    judging = taggers_of(document.folds, document.fold)
    _ = judging.dumps
    started = time.process_time()
    article = cleaned(data, f"{document.id}.txt", leaning, judging, document.familiar)
    seconds = time.process_time() - started
    text = body_text(article) if article else ""
    dump = data.decode("utf-8")
    title = str(truth.get("title") or "")
    figures = row(document.id, text, truth["body"], title, dump, truth["labels"][document.flavour])
    tongue = str(truth.get("lang") or language_of(truth["body"]) or "?")
    has_headline = bool(plain(title)) and plain(title) in {plain(line) for line in dump.split("\n")}
    return Judged(document, figures, known(article), told_by(dump, true_facts(truth)), has_headline, tongue, seconds)


def cleaned(
    data: bytes, name: str, leaning: Leaning, judging: Taggers, familiar: Familiar = NOTHING_FAMILIAR
) -> Article | None:
    """Return the article of a dump, None where it is refused."""
    try:
        source = read(data, name)
        return structure(source, label(source, RULES, leaning, judging, familiar))
    except RefusedSeed:
        return None


def told_by(dump: str, true: Known) -> Known:
    """Return what people noted; authors and day only where the dump tells them."""
    said, day = plain(dump), true.day or ""
    told = all(plain(str(name)) in said for name in true.authors or ())
    return replace(true, authors=true.authors if told else None, day=day if _tells_day(dump, day) else None)


def _tells_day(dump: str, day: str) -> bool:
    """Tell whether a short line of a dump holds a day's year and number, or its ISO form."""
    year, number = day[:4], day[8:10]
    for line in dump.split("\n"):
        if len(line) <= DATE_LINE and year in line:
            words = re.findall(r"\d+", line)
            if year in words and (number in words or number.lstrip("0") in words):
                return bool(year)
    return False


def documents(data: Path, flavours: Sequence[str], folds: Path) -> Iterator[Document]:
    """Yield the labelled dumps, each with the fold that its site is in."""
    pages = load_pages(data)
    fold_of = split(pages, len(list(folds.glob("[0-9]*.npz"))))
    for page in pages:
        if page.flavour in flavours:
            yield Document(page.id, page.flavour, page.source, data, fold_of[page.site], folds, page.site)


def together(found: Sequence[Document]) -> Iterator[Document]:
    """Yield the dumps of sites with many pages, each with the lines that others of its site have, too."""
    by_site: dict[str, list[Document]] = defaultdict(list)
    for document in found:
        by_site[document.site].append(document)
    for site, pages in by_site.items():
        if len(pages) < MANY:
            continue
        sketches, there = [], []
        for page in pages:
            with suppress(RefusedSeed):
                dump = (page.data / page.flavour / f"{page.id}.txt").read_bytes()
                sketches.append(replace(sketch_of(read(dump, page.id)), host=site))
                there.append(page)
        for page, familiar in zip(there, familiar_lines(sketches), strict=True):
            yield replace(page, familiar=familiar)


def show(name: str, found: Group) -> None:
    """Print the figures of a group of documents as one line of the table."""
    sums: Summary = summary(found.rows)
    cells = [f"{sums.documents:5}", f"{sums.f1:.3f}", f"{sums.precision:.3f}", f"{sums.recall:.3f}"]
    cells += [f"{100 * sums.lost:5.1f} %", f"{100 * sums.junk:5.1f} %"]
    facts = found.facts
    cells += [_share(found.headline_lines), _share(facts.authors), _share(facts.day)]
    heads = facts.headings
    cells.append(f"{heads.precision:.2f} / {heads.recall:.2f}" if heads.right + heads.missed else "-")
    print("  ".join([f"{name:28}", *(f"{cell:>8}" for cell in cells)]))


def _share(counted: tuple[int, int]) -> str:
    return f"{counted[0] / counted[1]:.3f}" if counted[1] else "-"


def show_mean(name: str, groups: Mapping[str, Group]) -> None:
    """Print the mean over the sources, in which each counts the same."""
    sums = [summary(group.rows) for group in groups.values()]
    p, r = (sum(getattr(s, key) for s in sums) / len(sums) for key in ("precision", "recall"))
    f1, lost = (sum(getattr(s, key) for s in sums) / len(sums) for key in ("f1", "lost"))
    print(f"{name:28}  {sum(s.documents for s in sums):8}  {f1:8.3f}  {p:8.3f}  {r:8.3f}  {100 * lost:6.1f} %")


def measure(found: Sequence[Document], leaning: Leaning) -> list[Judged]:
    """Judge all documents, by several processes."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(judge, found, [leaning] * len(found), chunksize=16))


def grouped(judged: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Group]:
    """Return the figures by what `key` says of a document, the largest group first."""
    groups: dict[str, Group] = defaultdict(Group)
    for one in judged:
        groups[key(one)].add(one)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1].rows), item[0])))


def report(judged: Sequence[Judged], title: str, worst: int) -> None:
    """Print the table of one flavour and leaning: by source, by language, and the worst documents."""
    sources = grouped(judged, lambda one: one.document.source)
    for source, group in sorted(sources.items()):
        show(f"{title} {source}", group)
    show_mean(f"{title} mean", sources)
    for language, group in grouped(judged, lambda one: one.language).items():
        if len(group.rows) >= LANGUAGE_LEAST:
            show(f"{title} [{language}]", group)
    seconds = sum(one.seconds for one in judged)
    print(f"{title}: {len(judged) / seconds:.0f} dumps a second of processor time")
    for one in sorted(judged, key=lambda one: one.row.text.f1)[:worst]:
        print(f"  worst {one.row.id}: F1 {one.row.text.f1:.3f}, lost {one.row.lost:.2f}, {one.row.text}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=Path, default=Path(".copydesk/folds"))
    parser.add_argument("--flavours", default=",".join(FLAVOURS))
    parser.add_argument("--leanings", default="balanced")
    parser.add_argument("--worst", type=int, default=0)
    asked = parser.parse_args()
    if not any(asked.folds.glob("[0-9]*.npz")):
        parser.error(f"no taggers of a cross-validation in {asked.folds}: run `make train DATA={asked.data}` first")
    found = list(documents(asked.data, asked.flavours.split(","), asked.folds))
    heads = ("n", "F1", "P", "R", "lost5", "junk5", "headline", "authors", "day", "heads P/R")
    print("  ".join([f"{'':28}", *(f"{head:>8}" for head in heads)]))
    for leaning in asked.leanings.split(","):
        for flavour in asked.flavours.split(","):
            some = [document for document in found if document.flavour == flavour]
            report(measure(some, Leaning.named(leaning)), f"{leaning} {flavour}", asked.worst)
            sites = measure(list(together(some)), Leaning.named(leaning))
            for site, group in grouped(sites, lambda one: one.document.source).items():
                if len(group.rows) >= MANY:
                    show(f"{leaning} {flavour} {site}, together", group)


if __name__ == "__main__":
    main()
