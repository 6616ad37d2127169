"""The tagger: a small convolutional network over the lines of a dump, in plain numpy.

One pass gives five verdicts on each text line: how probably it is the article's, a section head, a byline or a
dateline, and how well it fits as the headline. Dilated convolutions see a line's neighbours (Yu and Koltun, ICLR
2016), summaries of the whole dump are mixed in, and a line's words are compared with what looks like the article so
far. The weights are a file of arrays without pickles. Probabilities are rounded, so that the last bits of a platform's
arithmetic don't decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import BUCKETS, AnyArray, Floats, Ints
from copydesk.cleaning.tagger.features import DumpFeatures, extract

DIGITS = 4
"""Decimals of a probability that count."""
CONTEXT_BEFORE = (2, 4)
"""Convolutions before which the whole dump's summary is mixed in."""
OVERLAP_BEFORE = 4
"""Convolution before which the lines are compared with what looks like the article so far."""
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
    byline: Floats
    """Probability that the line names the authors."""
    dateline: Floats
    """Probability that the line tells the day of publication."""
    features: DumpFeatures


Layer = tuple[Floats, Floats]
"""Weights and bias of a linear layer, of each member one."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights, ready to label dumps: those of several networks, which differ by their training's chance, and vote."""

    vocabulary: Ints
    salience: Floats
    words: Floats
    mean: Floats
    scale: Floats
    entry: Layer
    convolutions: tuple[tuple[Floats, Floats, int], ...]
    gates: tuple[Layer, ...]
    contexts: tuple[Layer, ...]
    first_guess: Layer
    overlap: Layer
    exit: Layer
    roles: Layer
    role_exit: Layer

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """Read a weights file; every array of weights has a row for each member."""
        with np.load(path, allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}

        def single(name: str) -> Floats:
            return np.asarray(arrays[name], np.float32)

        def layer(name: str) -> Layer:
            return single(name + ".weight"), single(name + ".bias")[:, None]

        dilations = [int(d) for d in arrays["dilations"]]
        return cls(
            vocabulary=arrays["vocabulary"].astype(np.int64),
            salience=single("salience"),
            words=single("words"),
            mean=single("mean"),
            scale=single("scale"),
            entry=layer("entry"),
            convolutions=tuple((*layer(f"convolution{k}"), d) for k, d in enumerate(dilations)),
            gates=tuple(layer(f"gate{k}") for k in range(len(CONTEXT_BEFORE))),
            contexts=tuple(layer(f"context{k}") for k in range(len(CONTEXT_BEFORE))),
            first_guess=layer("first_guess"),
            overlap=layer("overlap"),
            exit=layer("exit"),
            roles=layer("roles"),
            role_exit=layer("role_exit"),
        )

    def label(self, text: str) -> Verdicts | None:
        """Judge the text lines of a dump; None where it has none."""
        features = extract(text, self.salience)
        if features is None:
            return None
        scores = self._scores(features)
        headline = np.exp(scores[:, 2] - scores[:, 2].max())
        chances = _round(sigmoid(scores[:, [0, 1, 3, 4]]))
        return Verdicts(
            features.rows,
            chances[:, 0],
            chances[:, 1],
            _round(headline / headline.sum()),
            chances[:, 2],
            chances[:, 3],
            features,
        )

    def _scores(self, features: DumpFeatures) -> Floats:
        """Article, heading, headline, byline and dateline score of each text line."""
        state = relu(affine(self._inputs(features), self.entry))
        for number, (weight, bias, dilation) in enumerate(self.convolutions):
            if number in CONTEXT_BEFORE:
                which = CONTEXT_BEFORE.index(number)
                state = relu(np.add(state, affine(_summary(state, self.gates[which]), self.contexts[which]), out=state))
            if number == OVERLAP_BEFORE:
                guess = sigmoid(affine(state, self.first_guess)[:, :, 0].mean(0))
                state += relu(affine(_overlap(guess, features), self.overlap))
            state += convolve(state, weight, bias, dilation)
        article = affine(state, self.exit)
        roles = affine(relu(affine(state, self.roles)), self.role_exit)
        out: Floats = np.concatenate((article, roles), axis=2).mean(0)
        return out

    def _inputs(self, features: DumpFeatures) -> Floats:
        """Normalised features, and what the words of each line tell; the same for all members but the vectors."""
        n = len(features.rows)
        values = np.clip((features.values - self.mean) * self.scale, -5, 5)
        known = self.vocabulary[features.words]
        edges = np.where(features.edges >= 0, self.vocabulary[features.edges], 0)
        told = [
            np.concatenate((values, _bags(words[known], features.word_rows, n), words[edges].reshape(n, -1)), axis=1)
            for words in self.words
        ]
        return np.stack(told).astype(np.float32)


def affine(inputs: Floats, layer: Layer) -> Floats:
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


def _bags(vectors: Floats, word_rows: Ints, n: int) -> Floats:
    """Sum of each line's word vectors over the root of their number."""
    out: Floats = np.zeros((n, vectors.shape[1]), np.float32)
    if len(vectors):
        starts = np.flatnonzero(np.diff(word_rows, prepend=-1))
        numbers = np.diff(np.append(starts, len(word_rows)))
        out[word_rows[starts]] = np.add.reduceat(vectors, starts, axis=0) / np.sqrt(numbers, dtype=np.float32)[:, None]
    return out


def convolve(state: Floats, weight: Floats, bias: Floats, dilation: int) -> Floats:
    """Each line's view of itself and of the lines ``dilation`` before and after it."""
    width = state.shape[-1]
    seen = state @ weight
    out = seen[..., width : 2 * width] + bias
    if state.shape[-2] > dilation:
        out[..., dilation:, :] += seen[..., :-dilation, :width]
        out[..., :-dilation, :] += seen[..., dilation:, 2 * width :]
    return relu(out)


def _summary(state: Floats, gate: Layer) -> Floats:
    """Sum the whole dump up in one row for each member: two weighted means, the mean and the maximum."""
    attention = affine(state, gate)
    attention = np.exp(attention - attention.max(1, keepdims=True))
    attention /= attention.sum(1, keepdims=True)
    pooled = (attention.transpose(0, 2, 1) @ state).reshape(len(state), -1)
    return np.concatenate((pooled, state.mean(1), state.max(1)), axis=1, dtype=np.float32)[:, None]


def _overlap(guess: Floats, features: DumpFeatures) -> Floats:
    """How far the words of each line stand in other lines that look like the article, and in others."""
    rows, salience, n = features.word_rows, features.salience, len(guess)
    own = guess[rows]
    told = np.bincount(features.words, own, minlength=BUCKETS)[features.words]
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
