"""The tagger of roles: which line names the authors, and which tells the day of publication.

A small network over what the tagger of dumps saw of each line and made of it. It was trained after that one and changes
nothing of what is the article's; `training/roles.py` is its twin in torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.network import DIGITS, Verdicts, affine, convolve, relu, sigmoid
from copydesk.cleaning.tagger.weights import layer_of, layers_of, read_arrays

DILATIONS = (1, 2)

ROLES = ("byline", "dateline")
"""The columns of what it says."""


@dataclass(frozen=True, slots=True)
class RoleTagger:
    """Weights, ready to tell the roles of a dump's text lines."""

    mean: Floats
    scale: Floats
    entry: tuple[Floats, Floats]
    convolutions: tuple[tuple[Floats, Floats, int], ...]
    exit: tuple[Floats, Floats]

    @classmethod
    def load(cls, path: Path) -> RoleTagger:
        """Read a weights file."""
        arrays = read_arrays(path)
        return cls(
            arrays["mean"],
            arrays["scale"],
            layer_of(arrays, "entry"),
            layers_of(arrays, "convolution", DILATIONS),
            layer_of(arrays, "exit"),
        )

    def label(self, verdicts: Verdicts) -> Floats:
        """Return for each text line the probabilities of ROLES."""
        state = relu(affine(np.clip((verdicts.sight - self.mean) * self.scale, -5, 5), self.entry))
        for weight, bias, dilation in self.convolutions:
            state += convolve(state, weight, bias, dilation)
        out: Floats = np.round(sigmoid(affine(state, self.exit)), DIGITS)
        return out
