"""The tagger as torch trains it; `cleaning/tagger/network.py` is its twin in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from copydesk.cleaning.tagger.characters import Floats, Ints
from copydesk.cleaning.tagger.features import FEATURE_NAMES, DumpFeatures
from copydesk.cleaning.tagger.network import CONTEXT_BEFORE, OVERLAP_BEFORE, RARE

DILATIONS = (1, 2, 4, 8, 16, 1)
WORD_WIDTH = 8
HEADS = 3
"""Article, section head, headline."""


@dataclass(frozen=True, slots=True)
class Example:
    """One dump, ready to train on."""

    features: DumpFeatures
    vocabulary: Ints
    article: Floats
    heading: Floats
    headline: Floats
    has_roles: bool
    """Whether section heads and the headline are known."""
    weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Several examples, padded to one length."""

    values: Tensor
    words: Tensor
    first_words: Tensor
    last_words: Tensor
    word_rows: Tensor
    word_ids: Tensor
    salience: Tensor
    places: Tensor
    mask: Tensor
    dump: Tensor
    article: Tensor
    heading: Tensor
    headline: Tensor
    has_roles: Tensor
    weight: Tensor

    @property
    def size(self) -> int:
        """Number of dumps."""
        return int(self.mask.shape[0])

    def per_dump(self, values: Tensor) -> Tensor:
        """Sum of line values for each dump."""
        return torch.zeros(self.size).index_add_(0, self.dump, values)

    def per_line(self, values: Tensor) -> Tensor:
        """Sum of word values for each line."""
        return torch.zeros(len(self.dump)).index_add_(0, self.word_rows, values)


def collate(examples: Sequence[Example]) -> Batch:
    """Put examples together."""
    sizes = [len(e.article) for e in examples]
    longest, offsets = max(sizes), np.cumsum([0, *sizes])
    ids = [np.unique(e.features.words, return_inverse=True) for e in examples]
    id_offsets = np.cumsum([0, *(len(unique) for unique, _ in ids)])
    mask = np.zeros((len(examples), longest), np.float32)
    for number, size in enumerate(sizes):
        mask[number, :size] = 1

    def joined(arrays: Sequence[np.typing.NDArray[np.generic]]) -> Tensor:
        return torch.from_numpy(np.concatenate(arrays))

    def known(example: Example, words: Ints) -> Ints:
        return np.where(words >= 0, example.vocabulary[words], 0)

    return Batch(
        values=joined([e.features.values for e in examples]),
        words=joined([e.vocabulary[e.features.words] for e in examples]),
        first_words=joined([known(e, e.features.first_words) for e in examples]),
        last_words=joined([known(e, e.features.last_words) for e in examples]),
        word_rows=joined([e.features.word_rows + o for e, o in zip(examples, offsets[:-1], strict=True)]),
        word_ids=joined([inverse + o for (_, inverse), o in zip(ids, id_offsets[:-1], strict=True)]),
        salience=joined([e.features.salience for e in examples]),
        places=torch.from_numpy(np.flatnonzero(mask.ravel())),
        mask=torch.from_numpy(mask),
        dump=torch.from_numpy(np.repeat(np.arange(len(examples)), sizes)),
        article=joined([e.article for e in examples]),
        heading=joined([e.heading for e in examples]),
        headline=joined([e.headline for e in examples]),
        has_roles=torch.tensor([float(e.has_roles) for e in examples]),
        weight=torch.tensor([e.weight for e in examples]),
    )


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of each line."""

    first_guess: Tensor
    article: Tensor
    heading: Tensor
    headline: Tensor


class Network(nn.Module):
    """Dilated convolutions over lines, with a summary of the dump and the overlap of words mixed in."""

    def __init__(self, vocabulary_size: int, width: int, mean: Floats, deviation: Floats) -> None:
        super().__init__()
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("deviation", torch.from_numpy(deviation))
        self.words = nn.Embedding(vocabulary_size, WORD_WIDTH)
        nn.init.normal_(self.words.weight, std=0.05)
        self.entry = nn.Linear(len(FEATURE_NAMES) + 3 * WORD_WIDTH, width)
        self.convolutions = nn.ModuleList([nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in DILATIONS])
        self.gates = nn.ModuleList([nn.Linear(width, 2) for _ in CONTEXT_BEFORE])
        self.contexts = nn.ModuleList([nn.Linear(4 * width, width) for _ in CONTEXT_BEFORE])
        self.first_guess = nn.Linear(width, 1)
        self.overlap = nn.Linear(4, width)
        self.exit = nn.Linear(width, HEADS)
        self.dropout = nn.Dropout(0.15)

    def forward(self, batch: Batch) -> Scores:
        """Score the lines of a batch."""
        state = self._padded(torch.relu(self.entry(self._inputs(batch))), batch)
        mask, guess = batch.mask[:, :, None], torch.zeros(0)
        for number, convolution in enumerate(self.convolutions):
            if number in CONTEXT_BEFORE:
                summary = self._summary(state, mask, CONTEXT_BEFORE.index(number))
                state = torch.relu(state + summary[:, None, :]) * mask
            if number == OVERLAP_BEFORE:
                guess = self._lines(self.first_guess(state), batch)[:, 0]
                overlap = self.overlap(overlaps(torch.sigmoid(guess).detach(), batch))
                state = state + self._padded(torch.relu(overlap), batch)
            state = (state + torch.relu(convolution(self.dropout(state).transpose(1, 2)).transpose(1, 2))) * mask
        out = self._lines(self.exit(self.dropout(state)), batch)
        return Scores(guess, out[:, 0], out[:, 1], out[:, 2])

    def _inputs(self, batch: Batch) -> Tensor:
        values = ((batch.values - self.mean) / self.deviation).clamp(-5, 5)
        words, first, last = self.words(batch.words), self.words(batch.first_words), self.words(batch.last_words)
        if self.training:
            values = values * (torch.rand(1, values.shape[1]) > 0.05)
            words, first, last = (
                v * (torch.rand(len(v), 1) > share) for v, share in ((words, 0.25), (first, 0.2), (last, 0.2))
            )
        numbers = batch.per_line(torch.ones(len(batch.word_rows))).clamp(min=1)
        bags = torch.zeros(len(values), WORD_WIDTH).index_add_(0, batch.word_rows, words) / numbers.sqrt()[:, None]
        return torch.cat([values, bags, first, last], 1)

    def _summary(self, state: Tensor, mask: Tensor, which: int) -> Tensor:
        attention = self.gates[which](state).masked_fill(mask == 0, -1e4).softmax(1)
        pooled = torch.einsum("blk,blh->bkh", attention, state).flatten(1)
        mean = (state * mask).sum(1) / mask.sum(1)
        highest = state.masked_fill(mask == 0, -1e4).max(1)[0]
        out: Tensor = self.contexts[which](torch.cat([pooled, mean, highest], 1))
        return out

    @staticmethod
    def _padded(lines: Tensor, batch: Batch) -> Tensor:
        size, longest = batch.mask.shape
        return torch.zeros(size * longest, lines.shape[1]).index_copy_(0, batch.places, lines).view(size, longest, -1)

    @staticmethod
    def _lines(padded: Tensor, batch: Batch) -> Tensor:
        return padded.flatten(0, 1)[batch.places]


def overlaps(guess: Tensor, batch: Batch) -> Tensor:
    """How far the words of each line stand in other lines that look like the article, and in others."""
    own = guess[batch.word_rows]
    number = int(batch.word_ids.max()) + 1 if len(batch.word_ids) else 0

    def elsewhere(weights: Tensor) -> Tensor:
        told = torch.zeros(number).index_add_(0, batch.word_ids, weights)[batch.word_ids] - weights
        return told.clamp(min=0) / (told.clamp(min=0) + 0.5)

    inside, outside = elsewhere(own), elsewhere(1 - own)
    rare = batch.salience * (batch.salience > RARE)
    all_rare = batch.per_line(rare).clamp(min=0.5)
    return torch.stack(
        [
            batch.per_line(rare * inside) / all_rare,
            batch.per_line(rare * outside) / all_rare,
            batch.per_line(batch.salience * inside) / batch.per_line(batch.salience).clamp(min=0.3),
            batch.per_line((1 - batch.salience) * inside) / batch.per_line(torch.ones_like(rare)).clamp(min=1),
        ],
        1,
    )


def line_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Errors in the article's lines, weighted by the words that they cost."""
    errors = functional.binary_cross_entropy_with_logits(scores, batch.article, reduction="none")
    words = batch.per_line(torch.ones(len(batch.word_rows)))
    body = batch.per_dump(words * batch.article).clamp(min=60)[batch.dump]
    lines = batch.mask.sum(1)[batch.dump]
    weights = ((words + 2) / body).clamp(max=0.5) + 0.5 / lines
    weights = weights / (batch.per_dump(weights) / 3).clamp(min=1)[batch.dump]
    return (batch.per_dump(weights * errors) * batch.weight).sum() / batch.weight.sum()


def role_loss(scores: Scores, batch: Batch) -> Tensor:
    """Errors in section heads and headlines, where they are known."""
    known = batch.weight * batch.has_roles
    share = batch.article + 0.1
    errors = functional.binary_cross_entropy_with_logits(scores.heading, batch.heading, reduction="none") * share
    heading = (batch.per_dump(errors) * known).sum() / (batch.per_dump(share) * known).sum().clamp(min=1e-3)
    highest = torch.full((batch.size,), -1e9).scatter_reduce(0, batch.dump, scores.headline.detach(), "amax")
    belief = torch.exp(scores.headline - highest[batch.dump])
    has = (batch.per_dump(batch.headline) > 0) * batch.weight
    right = (batch.per_dump(belief * batch.headline) + 1e-6) / (batch.per_dump(belief) + 1e-6)
    headline = (-right.clamp(min=1e-6).log() * has).sum() / has.sum().clamp(min=1e-3)
    return heading + 0.5 * headline


def total_loss(scores: Scores, batch: Batch) -> Tensor:
    """Return what training makes small."""
    return (
        line_loss(scores.article, batch) + 0.3 * line_loss(scores.first_guess, batch) + 0.25 * role_loss(scores, batch)
    )


def save(network: Network, vocabulary: Ints, salience: Floats, path: Path) -> None:
    """Write the weights as `Tagger.load` reads them."""
    arrays: dict[str, np.typing.NDArray[np.generic]] = {
        "vocabulary": vocabulary.astype(np.uint16),
        "salience": salience.astype(np.float16),
        "dilations": np.array(DILATIONS),
        "words": _array(network.words.weight).astype(np.float16),
        "mean": _array(network.mean),
        "scale": 1 / _array(network.deviation),
    }
    layers: dict[str, nn.Module] = {
        "entry": network.entry,
        "first_guess": network.first_guess,
        "overlap": network.overlap,
        "exit": network.exit,
    }
    layers |= {f"gate{k}": layer for k, layer in enumerate(network.gates)} | {
        f"context{k}": layer for k, layer in enumerate(network.contexts)
    }
    for name, layer in layers.items():
        arrays[name + ".weight"], arrays[name + ".bias"] = _array(layer.weight).T.copy(), _array(layer.bias)
    for number, layer in enumerate(network.convolutions):
        kernel = _array(layer.weight)
        arrays[f"convolution{number}.weight"] = np.concatenate([kernel[:, :, k].T for k in range(3)], axis=1)
        arrays[f"convolution{number}.bias"] = _array(layer.bias)
    with path.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **arrays)


def _array(tensor: object) -> Floats:
    return torch.as_tensor(tensor).detach().numpy().astype(np.float32)
