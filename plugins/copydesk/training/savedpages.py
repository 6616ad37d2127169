"""Labelled saved pages: their lines with markup, labelled by aligning them with the text nodes that are labelled."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.dump import Dump, dump_of
from copydesk.cleaning.tagger.network import Tagger
from copydesk.cleaning.tagger.pages import page_inputs
from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.model import Source
from copydesk.training.pages import NO_HEADINGS, SOURCE_WEIGHTS, Page, plain

MADE = 2
"""Pages that are made from each for training: else a tagger knows no short ones and goes by text where markup tells."""

DISGUISED = 0.25
"""Share of the furniture outside the article's containers that gets another article's sentence for a text."""

PROSE_SIZE = 60
"""Letters that such a sentence has at least."""

WINDOW, ANCHOR = 400, 6
"""How far ahead the alignment looks for the next common stretch, and how many characters that has."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A saved page, ready to train on: inputs, labels and sizes of its lines."""

    id: str
    source: str
    site: str
    inputs: Floats
    article: Floats
    heading: Floats
    headline: Floats
    words: Floats
    whole: bool
    """Whether it is a page as it was saved, on which figures are measured."""

    @property
    def has_roles(self) -> bool:
        """Whether section heads and headline are known."""
        return self.source not in NO_HEADINGS

    @property
    def weight(self) -> float:
        """How much the page counts."""
        return SOURCE_WEIGHTS[self.source]


def saved_pages(data: Path, page: Page, tagger: Tagger, others: Sequence[Page]) -> list[SavedPage]:
    """Return the saved page of a labelled `nodes` dump, and pages made from it for training alone.

    Those are shorter, and tell sentences of `others` where furniture stands. `tagger` judges dumps and has not seen the
    page's site. There is none where the page can't be read.
    """
    path = data / "html" / f"{page.id}.html.gz"
    if not path.exists():
        return []
    try:
        source = read(path.read_bytes(), path.name)
    except RefusedSeed:
        return []
    truth: Mapping[str, object] = json.loads((data / "truth" / f"{page.id}.json").read_text("utf-8"))
    title, heads = plain(str(truth.get("title") or "")), {line_form(line.text) for line in page.lines if line.heading}
    texts = [block.text for block in source.blocks]
    article = aligned(texts, [line.text for line in page.lines], [line.article for line in page.lines])
    rng = random.Random(page.id)
    out = []
    for made in range(MADE + 1):
        hidden = shortened(article, rng) if made else set[int]()
        told = disguised(source, article, rng, others) if made else source
        seen = [n for n in range(len(texts)) if n not in hidden]
        shown = [told.blocks[n] for n in seen]
        chosen = [block.text for block in shown]
        inputs = page_inputs(chosen, [b.markup for b in shown if b.markup], opinions(dump_of(told, hidden), tagger))
        out.append(
            SavedPage(
                page.id,
                page.source,
                page.site,
                inputs,
                article[seen],
                np.array([line_form(text) in heads for text in chosen], np.float32),
                np.array([bool(title) and plain(text) == title for text in chosen], np.float32),
                np.array([len(text.split()) + len(text) // 20 for text in chosen], np.float32),
                whole=not made,
            )
        )
    return out


def opinions(dump: Dump, tagger: Tagger) -> Floats:
    """Return what a tagger of dumps thinks of each block: article, section head, headline."""
    rows = np.zeros((dump.text.count("\n") + 1, 3), np.float32)
    verdicts = tagger.label(dump.text)
    if verdicts is not None:
        rows[verdicts.rows] = np.stack((verdicts.article, verdicts.heading, verdicts.headline), axis=1)
    return rows[list(dump.places)]


def shortened(article: Floats, rng: random.Random) -> set[int]:
    """Return the lines that a short page lacks: most of the furniture, and the article's end."""
    body = [n for n, share in enumerate(article.tolist()) if share > 0.5]
    kept = set(body[: rng.randint(3, 20)])
    junk = [n for n in range(len(article)) if article[n] <= 0.5]
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(junk)) if junk else 0
        kept |= set(junk[start : start + rng.randint(1, 6)])
    return set(range(len(article))) - kept if kept else set()


def disguised(source: Source, article: Floats, rng: random.Random, others: Sequence[Page]) -> Source:
    """Return a page some of whose furniture tells sentences of other articles: only its markup gives it away."""
    parents = [block.markup.containers[1:2] if block.markup else () for block in source.blocks]
    inside = {parent for parent, share in zip(parents, article, strict=True) if share > 0.5}
    blocks = list(source.blocks)
    for n, block in enumerate(blocks):
        titled = block.is_heading or (block.markup is not None and block.markup.element == "h1")
        apart = article[n] <= 0.5 and parents[n] not in inside and not titled
        if apart and rng.random() < DISGUISED and (text := _sentence(rng, others)):
            blocks[n] = replace(block, text=text)
    return replace(source, blocks=tuple(blocks), lines=tuple(block.text for block in blocks))


def _sentence(rng: random.Random, others: Sequence[Page]) -> str:
    """Return a line of prose of a random page, "" where chance finds none."""
    lines = rng.choice(others).lines
    start = rng.randrange(len(lines))
    return next((x.text for x in lines[start : start + 40] if x.article > 0.5 and len(x.text) >= PROSE_SIZE), "")


def line_form(text: str) -> str:
    """Return a line's words without list or quotation mark."""
    return plain(text.lstrip("•> "))


def aligned(texts: Sequence[str], nodes: Sequence[str], labels: Sequence[float]) -> Floats:
    """Return for each of `texts` the share of its letters that stand in the nodes labelled 1; both in one order."""
    here, lines = _letters(texts)
    there, owners = _letters(nodes)
    found, seen = np.zeros(len(texts), np.float32), np.zeros(len(texts), np.float32)
    at = place = 0
    while at < len(here) and place < len(there):
        if here[at] != there[place]:
            jump = there.find(here[at : at + ANCHOR], place, place + WINDOW)
            if jump < 0:
                at += 1
                continue
            place = jump
        found[lines[at]] += labels[owners[place]]
        seen[lines[at]] += 1
        at, place = at + 1, place + 1
    return np.asarray(found / np.maximum(seen, 1), np.float32)


def _letters(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Return all letters and digits in a row, and the number of the text that each is from."""
    kept = ["".join(filter(str.isalnum, text.casefold())) for text in texts]
    return "".join(kept), [number for number, text in enumerate(kept) for _ in text]
