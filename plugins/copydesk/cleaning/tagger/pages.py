"""The tagger of saved pages: what the tagger of dumps thinks of each line, weighed with how the page marks it up.

Small networks of dilated convolutions over the page's lines, in plain numpy, as `network.py` is;
`training/pagetagger.py` is their twin in torch. They give the same three verdicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.markup import MARKUP_NAMES, markup_values
from copydesk.cleaning.tagger.network import DIGITS, affine, convolve, relu, sigmoid
from copydesk.cleaning.tagger.weights import layer_of, layers_of, read_arrays
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
class Member:
    """One network of the tagger."""

    mean: Floats
    scale: Floats
    entry: tuple[Floats, Floats]
    convolutions: tuple[tuple[Floats, Floats, int], ...]
    gate: tuple[Floats, Floats]
    context: tuple[Floats, Floats]
    exit: tuple[Floats, Floats]

    def scores(self, inputs: Floats) -> Floats:
        """Return article, heading and headline score of each line."""
        values = np.clip((inputs - self.mean) * self.scale, -5, 5)
        state = relu(affine(values, self.entry))
        for number, (weight, bias, dilation) in enumerate(self.convolutions):
            if number == CONTEXT_BEFORE:
                state = relu(state + affine(_summary(state, self.gate), self.context))
            state += convolve(state, weight, bias, dilation)
        return affine(state, self.exit)


@dataclass(frozen=True, slots=True)
class PageTagger:
    """Weights, ready to label the lines of saved pages; its networks differ by their training's chance, and vote."""

    members: tuple[Member, ...]

    @classmethod
    def load(cls, path: Path) -> PageTagger:
        """Read a weights file."""
        arrays = read_arrays(path)
        return cls(tuple(_member(arrays, f"{number}.") for number in range(MEMBERS)))

    def label(self, texts: Sequence[str], markups: Sequence[Markup], opinions: Floats) -> Floats:
        """Return for each line the probabilities of article and section head, and the share as headline.

        `opinions` are those of the tagger of dumps, in the same three columns.
        """
        inputs = page_inputs(texts, markups, opinions)
        scores: Floats = np.stack([member.scores(inputs) for member in self.members]).mean(0)
        headline = np.exp(scores[:, 2] - scores[:, 2].max())
        columns = (sigmoid(scores[:, 0]), sigmoid(scores[:, 1]), headline / headline.sum())
        out: Floats = np.round(np.stack(columns, axis=1), DIGITS)
        return out


def _member(arrays: Mapping[str, Floats], prefix: str) -> Member:
    """Return the network whose arrays' names begin with `prefix`."""
    return Member(
        arrays[prefix + "mean"],
        arrays[prefix + "scale"],
        layer_of(arrays, f"{prefix}entry"),
        layers_of(arrays, f"{prefix}convolution", DILATIONS),
        layer_of(arrays, f"{prefix}gate"),
        layer_of(arrays, f"{prefix}context"),
        layer_of(arrays, f"{prefix}exit"),
    )


def page_inputs(texts: Sequence[str], markups: Sequence[Markup], opinions: Floats) -> Floats:
    """Return what the network sees of each line."""
    bounded = np.clip(opinions, LEAST, 1 - LEAST)
    scores = np.log(bounded / (1 - bounded)) / 4
    columns = (scores[:, :2], np.sqrt(opinions[:, 2:3]), opinions[:, :1])
    return np.concatenate((markup_values(texts, markups), *columns), axis=1, dtype=np.float32)


def _summary(state: Floats, gate: tuple[Floats, Floats]) -> Floats:
    """Sum the page up in one row: a weighted mean and the maximum."""
    attention = affine(state, gate)
    attention = np.exp(attention - attention.max(0))
    attention /= attention.sum(0)
    return np.concatenate((attention.T @ state, state.max(0)[None]), axis=1, dtype=np.float32)
