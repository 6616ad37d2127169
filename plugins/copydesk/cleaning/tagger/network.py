"""The tagger: a small convolutional network over the lines of a dump, in plain numpy.

One pass gives three verdicts on each text line: how probably it is the article's, how probably it is a section head,
and how well it fits as the headline. Dilated convolutions see a line's neighbours (Yu and Koltun, ICLR 2016), summaries
of the whole dump are mixed in, and a line's words are compared with what looks like the article so far. The weights are
a file of arrays without pickles. Probabilities are rounded, so that the last bits of a platform's arithmetic don't
decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import AnyArray, Floats, Ints
from copydesk.cleaning.tagger.features import DumpFeatures, extract
from copydesk.cleaning.tagger.lines import WordedLines
from copydesk.cleaning.tagger.weights import layer_of, layers_of, read_arrays

DIGITS = 4
"""Decimals of a probability that count."""
CONTEXT_BEFORE = (2, 4)
"""Convolutions before which the whole dump's summary is mixed in."""
OVERLAP_BEFORE = 4
"""Convolution before which the lines are compared with what looks like the article so far."""
VERDICTS = 3
"""Scores of each line."""
RARE = 0.45
"""Salience from which a word tells what a text is about."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the model thinks of a dump's text lines."""

    rows: Ints
    """Number in the dump of each text line."""
    article: Floats
    """Probability that the line is the article's."""
    heading: Floats
    """Probability that the line is a section head, if it is the article's."""
    headline: Floats
    """Share of the belief in each line as the headline; sums up to 1."""
    features: DumpFeatures
    sight: Floats
    """What the network saw of each line and made of it: its inputs, the last state, the scores."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights, ready to label dumps."""

    vocabulary: Ints
    salience: Floats
    words: Floats
    mean: Floats
    scale: Floats
    entry: tuple[Floats, Floats]
    convolutions: tuple[tuple[Floats, Floats, int], ...]
    gates: tuple[tuple[Floats, Floats], ...]
    contexts: tuple[tuple[Floats, Floats], ...]
    first_guess: tuple[Floats, Floats]
    overlap: tuple[Floats, Floats]
    exit: tuple[Floats, Floats]

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """Read a weights file."""
        arrays = read_arrays(path)
        pair = partial(layer_of, arrays)

        def single(name: str) -> Floats:
            return np.asarray(arrays[name], np.float32)

        return cls(
            vocabulary=arrays["vocabulary"].astype(np.int64),
            salience=single("salience"),
            words=single("words"),
            mean=single("mean"),
            scale=single("scale"),
            entry=pair("entry"),
            convolutions=layers_of(arrays, "convolution", map(int, arrays["dilations"])),
            gates=tuple(pair(f"gate{k}") for k in range(len(CONTEXT_BEFORE))),
            contexts=tuple(pair(f"context{k}") for k in range(len(CONTEXT_BEFORE))),
            first_guess=pair("first_guess"),
            overlap=pair("overlap"),
            exit=pair("exit"),
        )

    def label(self, text: str) -> Verdicts | None:
        """Judge the text lines of a dump; None where it has none."""
        features = extract(text, self.salience)
        if features is None:
            return None
        sight = self._sight(features)
        scores = sight[:, -VERDICTS:]
        headline = np.exp(scores[:, 2] - scores[:, 2].max())
        return Verdicts(
            features.rows,
            _round(sigmoid(scores[:, 0])),
            _round(sigmoid(scores[:, 1])),
            _round(headline / headline.sum()),
            features,
            sight,
        )

    def _sight(self, features: DumpFeatures) -> Floats:
        """Return inputs, last state, and article, heading and headline score of each text line."""
        inputs = self._inputs(features)
        state = relu(affine(inputs, self.entry))
        for number, (weight, bias, dilation) in enumerate(self.convolutions):
            if number in CONTEXT_BEFORE:
                which = CONTEXT_BEFORE.index(number)
                state = relu(np.add(state, affine(_summary(state, self.gates[which]), self.contexts[which]), out=state))
            if number == OVERLAP_BEFORE:
                guess = sigmoid(affine(state, self.first_guess)[:, 0])
                state += relu(affine(_overlap(guess, features), self.overlap))
            state += convolve(state, weight, bias, dilation)
        return np.concatenate((inputs, state, affine(state, self.exit)), axis=1, dtype=np.float32)

    def _inputs(self, features: DumpFeatures) -> Floats:
        """Normalised features, and what the words of each line tell."""
        n = len(features.rows)
        values = np.clip((features.values - self.mean) * self.scale, -5, 5)
        known = self.words.take(self.vocabulary.take(features.words), axis=0)
        edges = [
            self.words.take(np.where(w >= 0, self.vocabulary[w], 0), axis=0)
            for w in (features.first_words, features.last_words)
        ]
        return np.concatenate((values, _bags(known, features.lines, n), *edges), axis=1, dtype=np.float32)


def affine(inputs: Floats, layer: tuple[Floats, Floats]) -> Floats:
    """Apply a linear layer."""
    out: Floats = inputs @ layer[0]
    out += layer[1]
    return out


def relu(values: Floats) -> Floats:
    """Set negative values to nought, in place."""
    return np.maximum(values, np.float32(0), out=values)


def sigmoid(values: Floats) -> Floats:
    """Turn scores into probabilities."""
    one = np.float32(1)
    with np.errstate(over="ignore"):  # where it overflows, the probability is nought
        return one / (one + np.exp(-values))


def _round(values: Floats) -> Floats:
    out: Floats = np.round(values, DIGITS)
    return out


def _bags(vectors: Floats, lines: WordedLines, n: int) -> Floats:
    """Sum of each line's word vectors over the root of their number."""
    out: Floats = np.zeros((n, vectors.shape[1]), np.float32)
    if len(vectors):
        roots = np.sqrt(lines.counts, dtype=np.float32)
        out[lines.rows] = np.add.reduceat(vectors, lines.starts, axis=0) / roots[:, None]
    return out


def convolve(state: Floats, weight: Floats, bias: Floats, dilation: int) -> Floats:
    """Each line's view of itself and of the lines ``dilation`` before and after it; lines are the last axis but one."""
    width = state.shape[-1]
    seen = state @ weight
    out = seen[..., width : 2 * width] + bias
    if state.shape[-2] > dilation:
        out[..., dilation:, :] += seen[..., :-dilation, :width]
        out[..., :-dilation, :] += seen[..., dilation:, 2 * width :]
    return relu(out)


def _summary(state: Floats, gate: tuple[Floats, Floats]) -> Floats:
    """Sum the whole dump up in one row: two weighted means, the mean and the maximum."""
    attention = affine(state, gate)
    attention = np.exp(attention - attention.max(0))
    attention /= attention.sum(0)
    return np.concatenate(((attention.T @ state).ravel(), state.mean(0), state.max(0)), dtype=np.float32)[None]


def _overlap(guess: Floats, features: DumpFeatures) -> Floats:
    """How far the words of each line stand in other lines that look like the article, and in others."""
    rows, salience, n = features.word_rows, features.salience, len(guess)
    own = guess[rows]
    told = np.bincount(features.codes, own, minlength=1).take(features.codes)
    inside, outside = np.maximum(told - own, 0), np.maximum(features.word_counts - told - (1 - own), 0)
    inside, outside = inside / (inside + 0.5), outside / (outside + 0.5)
    rare = salience * (salience > RARE)

    def per_line(weights: AnyArray | None) -> AnyArray:
        return np.bincount(rows, weights, minlength=n)

    all_rare = np.maximum(per_line(rare), 0.5)
    columns = (
        per_line(rare * inside) / all_rare,
        per_line(rare * outside) / all_rare,
        per_line(salience * inside) / np.maximum(per_line(salience), 0.3),
        per_line((1 - salience) * inside) / np.maximum(per_line(None), 1),
    )
    return np.stack(columns, axis=1).astype(np.float32)
