"""Scores saved pages beside other extractors, all on the same pages in one run: text, metadata, pages a second.

What is timed is what all of them do: text, structure and metadata of a page; Copydesk's decoding counts, too.

    make score-html DATA=folder [TAGGERS=folder] [EVERY=N]

DATA holds `html/{id}.html.gz` and `truth/{id}.json`, as docs/cleaning.md describes them. The taggers that come along
saw these pages in training if they were trained on them; TAGGERS names the folder of a cross-validation's, `{fold}.npz`
for dumps and `pages-{fold}.npz`, and each page is judged by those that saw none of its site.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labelled import known, taggers_of, true_facts
from measures import Counts, Facts, Known, Row, row, summary

from copydesk.cleaning.evidence import SHIPPED, Taggers
from copydesk.cleaning.leaning import Leaning
from copydesk.cleaning.rulebook import load_rules
from copydesk.enrich.article import enrich
from copydesk.errors import RefusedSeed
from copydesk.intake.decode import decode
from copydesk.pipeline import collect_less, extract
from copydesk.render.text import body_text
from copydesk.training.pages import load_pages, split

COPYDESK = "Copydesk"
KINDS = ("headline", "authors", "day", "headings")


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extractor found in one page, and how many seconds of processor time that took.

    `enriching` are the seconds that Copydesk takes beside for what no other tool tells: summary, keywords, language.
    """

    tool: str
    id: str
    text: str
    known: Known
    seconds: float
    enriching: float = 0.0


@dataclass(slots=True)
class Group:
    """The figures of one tool on the pages of one source."""

    rows: list[Row] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    told: set[str] = field(default_factory=set)
    """What the tool tells at all of a page, beside the text."""


def truths(data: Path, every: int) -> list[dict[str, Any]]:
    """Return what is known of every n-th page that is there."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted((data / "truth").glob("*.json"))]
    return [truth for truth in found if page_of(data, truth).exists()][::every]


def page_of(data: Path, truth: dict[str, Any]) -> Path:
    """Return the file of a saved page."""
    return data / "html" / f"{truth['id']}.html.gz"


def judges(data: Path, folder: Path | None) -> dict[str, Taggers]:
    """Return the taggers that may judge each page, those that come along for all others."""
    if folder is None:
        return {}
    folds = sorted(int(path.stem) for path in folder.glob("[0-9]*.npz"))
    taggers = {fold: taggers_of(folder, fold) for fold in folds}
    pages = load_pages(data)
    fold_of = split(pages, len(folds))
    return {page.id: taggers[fold_of[page.site]] for page in pages}


def own(
    data: Path, found: Iterable[dict[str, Any]], leaning: Leaning, taggers: dict[str, Taggers]
) -> Iterator[Extract]:
    """Yield what Copydesk makes of the pages, from their bytes to the article."""
    rules = load_rules()
    collect_less()
    for truth in found:
        path, judge = page_of(data, truth), taggers.get(truth["id"], SHIPPED)
        page = gzip.decompress(path.read_bytes())
        _ = judge.dumps, judge.pages, judge.roles
        started = time.process_time()
        try:
            article = extract(page, path.stem, rules, leaning=leaning, taggers=judge)
        except RefusedSeed:
            article = None
        done = time.process_time()
        if article:
            enrich(article)
        enriching = time.process_time() - done
        text = body_text(article) if article else ""
        yield Extract(COPYDESK, truth["id"], text, known(article), done - started, enriching)


def others(data: Path, found: Iterable[dict[str, Any]], python: Path) -> Iterator[Extract]:
    """Yield what the peers find, run by `python`, the interpreter of the environment that holds them."""
    with tempfile.TemporaryDirectory() as folder:
        for truth in found:
            text = decode(gzip.decompress(page_of(data, truth).read_bytes())).text
            (Path(folder) / f"{truth['id']}.html").write_text(text, "utf-8")
        command = [str(python), str(Path(__file__).with_name("peers.py")), folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    for line in done.stdout.splitlines():
        told = json.loads(line)
        facts = Known(told.get("headline"), told.get("authors"), told.get("day"), told.get("headings"))
        yield Extract(told["peer"], told["id"], told.get("text") or "", facts, told["seconds"])


def grouped(extracts: Iterable[Extract], found: Sequence[dict[str, Any]]) -> dict[str, dict[str, Group]]:
    """Return the figures by source and tool."""
    by_id = {truth["id"]: truth for truth in found}
    groups: dict[str, dict[str, Group]] = defaultdict(lambda: defaultdict(Group))
    for one in extracts:
        truth = by_id[one.id]
        group = groups[truth["source"]][one.tool]
        group.rows.append(row(one.id, one.text, truth["body"], truth.get("title") or ""))
        group.facts.add(one.known, true_facts(truth))
        group.told |= {name for name in KINDS if getattr(one.known, name) is not None}
    return groups


def show(source: str, tool: str, group: Group) -> None:
    """Print a row of the table."""
    sums, facts = summary(group.rows), group.facts
    cells = [f"{sums.f1:.3f}", f"{sums.precision:.3f}", f"{sums.recall:.3f}", f"{100 * sums.lost:.1f} %"]
    figures = (_share(facts.headline), _share(facts.authors), _share(facts.day), _both(facts.headings))
    cells += [figure if kind in group.told else "-" for kind, figure in zip(KINDS, figures, strict=True)]
    print(f"{source:8} {tool:18} {sums.documents:5}  " + "  ".join(f"{cell:>11}" for cell in cells))


def _share(counted: tuple[int, int]) -> str:
    return f"{counted[0] / counted[1]:.3f}" if counted[1] else "-"


def _both(heads: Counts) -> str:
    return f"{heads.precision:.2f} / {heads.recall:.2f}" if heads.right + heads.missed else "-"


def main() -> None:
    """Print the figures of each source, then pages a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--peers", type=Path, help="the Python that has the peers installed")
    parser.add_argument("--taggers", type=Path, help="folder of a cross-validation's taggers")
    parser.add_argument("--leaning", choices=[one.name.lower() for one in Leaning], default="balanced")
    parser.add_argument("--every", type=int, default=1, help="score every n-th page")
    asked = parser.parse_args()
    found = truths(asked.data, asked.every)
    extracts = list(own(asked.data, found, Leaning.named(asked.leaning), judges(asked.data, asked.taggers)))
    if asked.peers:
        extracts += others(asked.data, found, asked.peers)
    names = ("F1", "precision", "recall", "lost", "headline", "authors", "day", "heads P / R")
    print(f"{'source':8} {'tool':18} {'pages':>5}  " + "  ".join(f"{name:>11}" for name in names))
    for source, tools in sorted(grouped(extracts, found).items()):
        for tool, group in tools.items():
            show(source, tool, group)
    seconds: dict[str, float] = defaultdict(float)
    for one in extracts:
        seconds[one.tool] += one.seconds
    print("Pages a second on one core:", ", ".join(f"{tool} {len(found) / s:.0f}" for tool, s in seconds.items()))
    whole = seconds[COPYDESK] + sum(one.enriching for one in extracts)
    print(f"With summary, keywords and language, which no other tool tells: {COPYDESK} {len(found) / whole:.0f}")
    if not asked.taggers:
        print(
            "Judged by the taggers that come along: no honest figures on pages that they were trained on (--taggers)."
        )


if __name__ == "__main__":
    main()
