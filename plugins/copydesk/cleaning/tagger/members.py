"""Networks that vote: dilated convolutions over lines, with a summary of all of them, in plain numpy.

All members of a vote are worked out at once: their weights lie one behind the other along the first axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.cleaning.tagger.characters import AnyArray, Floats
from copydesk.cleaning.tagger.network import affine, convolve, relu

Layer = tuple[Floats, Floats]
"""The weights and the biases of a layer, of all members."""


@dataclass(frozen=True, slots=True)
class Members:
    """The networks; before their convolution number `context_before` the summary is mixed in."""

    mean: Floats
    scale: Floats
    entry: Layer
    convolutions: tuple[tuple[Floats, Floats, int], ...]
    gate: Layer
    context: Layer
    exit: Layer
    context_before: int

    @classmethod
    def of(cls, arrays: Mapping[str, AnyArray], dilations: Sequence[int], context_before: int) -> Members:
        """Return the networks of a file of weights, the names of whose arrays begin with their number."""
        numbers = range(sum(name.endswith(".mean") for name in arrays))

        def all_of(name: str) -> Floats:
            return np.stack([np.atleast_2d(np.asarray(arrays[f"{k}.{name}"], np.float32)) for k in numbers])

        def layer(name: str) -> Layer:
            return all_of(f"{name}.weight"), all_of(f"{name}.bias")

        convolutions = tuple((*layer(f"convolution{n}"), dilation) for n, dilation in enumerate(dilations))
        gate, context, out = (layer(name) for name in ("gate", "context", "exit"))
        return cls(all_of("mean"), all_of("scale"), layer("entry"), convolutions, gate, context, out, context_before)

    def vote(self, inputs: Floats) -> Floats:
        """Return the mean of the members' scores of each line."""
        state = relu(affine(np.clip((inputs - self.mean) * self.scale, -5, 5), self.entry))
        for number, (weight, bias, dilation) in enumerate(self.convolutions):
            if number == self.context_before:
                state += affine(_summary(state, self.gate), self.context)
                relu(state)
            state += convolve(state, weight, bias, dilation)
        scores: Floats = affine(state, self.exit).mean(0)
        return scores


def _summary(state: Floats, gate: Layer) -> Floats:
    """Sum all lines up in one row for each member: a weighted mean and the maximum."""
    attention = affine(state, gate)
    attention = np.exp(attention - attention.max(1, keepdims=True))
    attention /= attention.sum(1, keepdims=True)
    parts = (attention.transpose(0, 2, 1) @ state, state.max(1, keepdims=True))
    return np.concatenate(parts, axis=2, dtype=np.float32)
