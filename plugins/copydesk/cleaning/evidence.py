"""What the trained tagger thinks of a document's lines; the one place that loads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from copydesk.cleaning.tagger.dump import Dump
from copydesk.cleaning.tagger.network import Tagger

WEIGHTS = "weights.npz"


class Leaning(Enum):
    """From which probability on a line stays: a long sentence, any other line. Losing text is the worse mistake."""

    CAREFUL = (0.04, 0.1)
    BALANCED = (0.1, 0.25)
    STRICT = (0.25, 0.5)

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
    """Load the tagger that is shipped; its card (`card.json`) says where it comes from."""
    with as_file(files("copydesk.cleaning.tagger").joinpath(WEIGHTS)) as path:
        return Tagger.load(path)


def evidence_of(dump: Dump) -> Evidence:
    """Return what the tagger thinks of each block of a dump."""
    columns = np.zeros((3, dump.text.count("\n") + 1), np.float32)
    verdicts = tagger().label(dump.text)
    if verdicts is not None:
        columns[:, verdicts.rows] = verdicts.article, verdicts.heading, verdicts.headline
    article, heading, headline = columns[:, list(dump.places)].tolist()
    return Evidence(article, heading, headline)
