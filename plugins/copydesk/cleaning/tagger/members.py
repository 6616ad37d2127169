"""Networks that vote: dilated convolutions over lines, with a summary of all of them, in plain numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.network import affine, convolve, relu
from copydesk.cleaning.tagger.weights import layer_of, layers_of


@dataclass(frozen=True, slots=True)
class Member:
    """One network; before its convolution number `context_before` the summary is mixed in."""

    mean: Floats
    scale: Floats
    entry: tuple[Floats, Floats]
    convolutions: tuple[tuple[Floats, Floats, int], ...]
    gate: tuple[Floats, Floats]
    context: tuple[Floats, Floats]
    exit: tuple[Floats, Floats]
    context_before: int

    def scores(self, inputs: Floats) -> Floats:
        """Return the scores of each line."""
        values = np.clip((inputs - self.mean) * self.scale, -5, 5)
        state = relu(affine(values, self.entry))
        for number, (weight, bias, dilation) in enumerate(self.convolutions):
            if number == self.context_before:
                state = relu(state + affine(_summary(state, self.gate), self.context))
            state += convolve(state, weight, bias, dilation)
        return affine(state, self.exit)


def members_of(arrays: Mapping[str, Floats], dilations: Sequence[int], context_before: int) -> tuple[Member, ...]:
    """Return the networks of a file of weights, the names of whose arrays begin with their number."""
    return tuple(
        Member(
            arrays[f"{k}.mean"],
            arrays[f"{k}.scale"],
            layer_of(arrays, f"{k}.entry"),
            layers_of(arrays, f"{k}.convolution", dilations),
            layer_of(arrays, f"{k}.gate"),
            layer_of(arrays, f"{k}.context"),
            layer_of(arrays, f"{k}.exit"),
            context_before,
        )
        for k in range(sum(name.endswith(".mean") for name in arrays))
    )


def vote(members: Sequence[Member], inputs: Floats) -> Floats:
    """Return the mean of the members' scores of each line."""
    scores: Floats = np.stack([member.scores(inputs) for member in members]).mean(0)
    return scores


def _summary(state: Floats, gate: tuple[Floats, Floats]) -> Floats:
    """Sum all lines up in one row: a weighted mean and the maximum."""
    attention = affine(state, gate)
    attention = np.exp(attention - attention.max(0))
    attention /= attention.sum(0)
    return np.concatenate((attention.T @ state, state.max(0)[None]), axis=1, dtype=np.float32)
