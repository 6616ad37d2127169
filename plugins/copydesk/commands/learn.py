"""Learns from a site's seeds what their sources repeat, and writes it as rules that an editor can read and change.

A line that stands on two or more other pages of one source, and that the evidence does not keep on most of them, is
furniture. The rules are a file beside the editor's own: a build depends on it as on any rule, and nothing is learned
behind anybody's back.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copydesk.cleaning.label import label
from copydesk.cleaning.rulebook import RuleBook, normalise, rule_book
from copydesk.cleaning.rulefile import MAX_CHARS
from copydesk.cleaning.siblings import Familiar, Sketch, familiar_lines, key_of_line, sketch_of
from copydesk.commands.homesite import HomeSite
from copydesk.errors import CopydeskError, RefusedSeed
from copydesk.intake import read
from copydesk.intake.pieces import Piece, pieces
from copydesk.model import Role, Source
from copydesk.wholefile import write_whole

FILE = "learned.toml"
PREFIX = "learned-"
"""What the ids of learned rules begin with."""

UNKNOWN = "unknown source"

_HEAD = """\
# What the sources of the seeds repeat from page to page. Written by `copydesk learn`, which writes it anew; a line that
# you want back goes with its text from here into the list `keeps` of a rule of your own, or into an override.
"""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line that stands on at least `pages` other pages of the source `host`."""

    host: str
    text: str
    pages: int


def learn(site: HomeSite, names: Sequence[Path]) -> tuple[Path, list[Repeated]]:
    """Write what the seeds at `names` repeat into the site's first folder of rules; return the file and the lines.

    Raises CopydeskError where the site has no folder for rules.
    """
    if site.root is None or not site.settings.rules:
        raise CopydeskError("is no site with a folder for rules", str(site.root), remedy="Set COPYDESK_RULES")
    known = rule_book(rule for rule in site.rules.rules if not rule.id.startswith(PREFIX))
    sketches = [sketch_of(source) for source in _sources(site, names)]
    found = _repeated(_sources(site, names), sketches, familiar_lines(sketches), site, known)
    path = site.root / site.settings.rules[0] / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, as_rules(found))
    return path, found


def _sources(site: HomeSite, files: Sequence[Path]) -> Iterator[Source]:
    """Yield the articles in files as they are read; what is refused is left out, a build tells why."""
    for file in files:
        for piece in pieces(file, site.name_of(file), site.settings.max_bytes, dict(site.settings.field_names())):
            if source := _source(piece):
                yield source


def _source(piece: Piece) -> Source | None:
    try:
        return None if piece.refusal else read(piece.data, piece.name)
    except RefusedSeed:
        return None


def _repeated(
    sources: Iterable[Source], sketches: Sequence[Sketch], familiar: Sequence[Familiar], site: HomeSite, known: RuleBook
) -> list[Repeated]:
    """Return the lines that are familiar and not kept on most of the pages that have them, the most repeated first.

    A line that is the headline of one page stands on others because they lead to it; one that would be that of several
    is a name of the paper.
    """
    kept: Counter[tuple[str, str]] = Counter()
    heads: Counter[tuple[str, str]] = Counter()
    stands: Counter[tuple[str, str]] = Counter()
    pages: dict[tuple[str, str], int] = {}
    for source, sketch, lines in zip(sources, sketches, familiar, strict=True):
        if not lines:
            continue
        for labelled in label(source, known, site.leaning):
            text, verdict = labelled.block.text, labelled.label
            count = lines.get(key_of_line(text))
            if count is None or verdict.reason.startswith("rule:") or len(text) > MAX_CHARS:
                continue
            line = (sketch.host, normalise(text))
            stands[line] += 1
            heads[line] += verdict.role is Role.HEADLINE
            kept[line] += verdict.keep and verdict.role is not Role.HEADLINE
            pages[line] = max(count, pages.get(line, 0))
    furniture = [line for line in pages if line[1] and heads[line] != 1 and 2 * kept[line] < stands[line]]
    return sorted(
        (Repeated(*line, pages[line]) for line in furniture), key=lambda line: (line.host, -line.pages, line.text)
    )


def as_rules(found: Iterable[Repeated]) -> str:
    """Return the lines as a rule file, one rule for each source and number of pages."""
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for line in found:
        groups[line.host, line.pages].append(line.text)
    rules = [_rule(host, count, texts) for (host, count), texts in groups.items()]
    return "\n".join([_HEAD, *rules])


def _rule(host: str, pages: int, texts: Sequence[str]) -> str:
    name = f"{PREFIX}{host or UNKNOWN.replace(' ', '-')}-{pages}"
    lines = "".join(f"    {_quoted(text)},\n" for text in texts)
    why = f"stands on at least {pages} other pages of {host or 'its source'}"
    return f'[[rule]]\nid = {_quoted(name)}\nwhy = {_quoted(why)}\ndrop = "line"\nequals = [\n{lines}]\n'


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML, which JSON's strings are but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
