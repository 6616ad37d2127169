"""The tagger of saved pages: what the tagger of dumps thinks of each line, weighed with how the page marks it up.

Small networks of dilated convolutions over the page's lines, in plain numpy, as `network.py` is;
`training/pagetagger.py` is their twin in torch. They give the same three verdicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.markup import MARKUP_NAMES, markup_values
from copydesk.cleaning.tagger.members import Members
from copydesk.cleaning.tagger.network import DIGITS, sigmoid
from copydesk.cleaning.tagger.weights import read_arrays
from copydesk.model import Markup

DILATIONS = (1, 2, 4, 8)
CONTEXT_BEFORE = 2
"""Convolution before which the whole page's summary is mixed in."""

MEMBERS = 3
"""Number of networks that vote."""

OPINIONS = ("article_score", "heading_score", "headline_share", "article")
"""What the tagger of dumps thinks of a line, in the columns behind the markup's."""

INPUTS = len(MARKUP_NAMES) + len(OPINIONS)

LEAST = 1e-4
"""Probability nearest to nought and to one that is told apart."""


@dataclass(frozen=True, slots=True)
class PageTagger:
    """Weights, ready to label the lines of saved pages; its networks differ by their training's chance, and vote."""

    members: Members

    @classmethod
    def load(cls, path: Path) -> PageTagger:
        """Read a weights file."""
        return cls(Members.of(read_arrays(path), DILATIONS, CONTEXT_BEFORE))

    def label(self, texts: Sequence[str], markups: Sequence[Markup], opinions: Floats) -> Floats:
        """Return for each line the probabilities of article and section head, and the share as headline.

        `opinions` are those of the tagger of dumps, in the same three columns.
        """
        scores = self.members.vote(page_inputs(texts, markups, opinions))
        headline = np.exp(scores[:, 2] - scores[:, 2].max())
        columns = (sigmoid(scores[:, 0]), sigmoid(scores[:, 1]), headline / headline.sum())
        out: Floats = np.round(np.stack(columns, axis=1), DIGITS)
        return out


def page_inputs(texts: Sequence[str], markups: Sequence[Markup], opinions: Floats) -> Floats:
    """Return what the network sees of each line."""
    bounded = np.clip(opinions, LEAST, 1 - LEAST)
    scores = np.log(bounded / (1 - bounded)) / 4
    columns = (scores[:, :2], np.sqrt(opinions[:, 2:3]), opinions[:, :1])
    return np.concatenate((markup_values(texts, markups), *columns), axis=1, dtype=np.float32)
