"""What the trained taggers think of a document's lines; the one place that loads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from threadpoolctl import threadpool_limits

from copydesk.cleaning.tagger.dump import Dump
from copydesk.cleaning.tagger.network import Tagger
from copydesk.cleaning.tagger.pages import PageTagger
from copydesk.model import Block

WEIGHTS, PAGE_WEIGHTS = "weights.npz", "pages.npz"


@dataclass(frozen=True, slots=True)
class Least:
    """From which probability on a line stays: a long sentence, any other line.

    A document of up to `brief` lines gives the evidence too little: from its first sentence to its last it is kept.
    """

    prose: float
    other: float
    brief: int = 10


class Leaning(Enum):
    """Which mistake weighs more, in text dumps and in saved pages. Losing text is the worse one."""

    CAREFUL = (Least(0.04, 0.1, 16), Least(0.1, 0.15))
    BALANCED = (Least(0.1, 0.25, 16), Least(0.2, 0.35))
    STRICT = (Least(0.25, 0.5, 16), Least(0.5, 0.5))

    @property
    def dumps(self) -> Least:
        """Where lines of text dumps stay."""
        return self.value[0]

    @property
    def pages(self) -> Least:
        """Where lines of saved pages stay."""
        return self.value[1]

    @classmethod
    def named(cls, name: str) -> Leaning:
        """Return the leaning that the setting `cleaning` names."""
        return cls[name.upper()]


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each line: the probability that it is the article's, that it is a section head, and its share as headline."""

    article: Sequence[float]
    heading: Sequence[float]
    headline: Sequence[float]


@cache
def tagger() -> Tagger:
    """Load the tagger that is shipped; its card (`card.json`) says where it comes from.

    Its matrices are small: more threads than one cost processor time and win none.
    """
    threadpool_limits(limits=1)
    with as_file(files("copydesk.cleaning.tagger").joinpath(WEIGHTS)) as path:
        return Tagger.load(path)


@cache
def page_tagger() -> PageTagger:
    """Load the tagger of saved pages; its card is `pagecard.json`."""
    with as_file(files("copydesk.cleaning.tagger").joinpath(PAGE_WEIGHTS)) as path:
        return PageTagger.load(path)


def evidence_of(dump: Dump, blocks: Sequence[Block] = ()) -> Evidence:
    """Return what the tagger thinks of each block of a dump; with `blocks`, what the tagger of pages thinks of them."""
    rows = np.zeros((dump.text.count("\n") + 1, 3), np.float32)
    verdicts = tagger().label(dump.text)
    if verdicts is not None:
        rows[verdicts.rows] = np.stack((verdicts.article, verdicts.heading, verdicts.headline), axis=1)
    opinions = rows[list(dump.places)]
    markups = [block.markup for block in blocks if block.markup]
    if markups:
        opinions = page_tagger().label([block.text for block in blocks], markups, opinions)
    article, heading, headline = opinions.T.tolist()
    return Evidence(article, heading, headline)
