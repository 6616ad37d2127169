"""A network that judges the lines of a page by what another tagger saw, and files of several that vote.

`cleaning/tagger/members.py` is its twin in numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from copydesk.cleaning.tagger.characters import Floats
from copydesk.training.fitting import arrays_of, write

LAYERS = ("entry", "gate", "context", "exit")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a network is built: values of a line that it sees and verdicts that it gives, its width, its convolutions.

    Before convolution number `context_before` a summary of the page is mixed in. `sparse` is the share of a line's
    values that are left out at random in training.
    """

    inputs: int
    verdicts: int
    width: int
    dilations: tuple[int, ...]
    context_before: int
    sparse: float


class LineNetwork(nn.Module):
    """Dilated convolutions over the lines of a page."""

    def __init__(self, shape: Shape, mean: Floats, deviation: Floats) -> None:
        super().__init__()
        width = shape.width
        self.context_before = shape.context_before
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("deviation", torch.from_numpy(deviation))
        self.entry = nn.Linear(shape.inputs, width)
        self.convolutions = nn.ModuleList([nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in shape.dilations])
        self.gate = nn.Linear(width, 1)
        self.context = nn.Linear(2 * width, width)
        self.exit = nn.Linear(width, shape.verdicts)
        self.sparse, self.dropout = nn.Dropout(shape.sparse), nn.Dropout(0.15)

    def forward(self, values: Tensor, mask: Tensor) -> Tensor:
        """Score the lines of padded pages; `mask` is 1 where there is a line."""
        inputs = ((values - self.mean) / self.deviation).clamp(-5, 5)
        state = torch.relu(self.entry(self.sparse(inputs))) * mask
        for number, convolution in enumerate(self.convolutions):
            if number == self.context_before:
                attention = torch.softmax(self.gate(state) + (mask - 1) * 1e9, 1)
                highest = (state + (mask - 1) * 1e9).max(1).values
                summary = torch.cat([(attention * state).sum(1), highest], -1)
                state = torch.relu(state + self.context(summary)[:, None]) * mask
            seen = torch.relu(convolution(state.transpose(1, 2)).transpose(1, 2))
            state = (state + self.dropout(seen)) * mask
        scores: Tensor = self.exit(state)
        return scores


def measures(values: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return mean and deviation of the lines' values."""
    lines = np.concatenate(values)
    return lines.mean(0), lines.std(0) + np.float32(0.01)


def save(networks: Sequence[LineNetwork], path: Path) -> None:
    """Write networks that vote as `Members.of` reads them."""
    arrays = {
        f"{number}.{name}": value
        for number, network in enumerate(networks)
        for name, value in arrays_of(network, LAYERS).items()
    }
    write(arrays, path)
