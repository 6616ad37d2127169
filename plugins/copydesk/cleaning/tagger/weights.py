"""Reads files of weights: arrays without pickles, so that nothing in them is code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import AnyArray, Floats


def read_arrays(path: Path) -> dict[str, AnyArray]:
    """Return the arrays of a weights file by their names."""
    with np.load(path, allow_pickle=False) as data:
        return {name: data[name] for name in data.files}


def layer_of(arrays: Mapping[str, AnyArray], name: str) -> tuple[Floats, Floats]:
    """Return the weights and the bias of the layer `name`."""
    return np.asarray(arrays[name + ".weight"], np.float32), np.asarray(arrays[name + ".bias"], np.float32)


def layers_of(
    arrays: Mapping[str, AnyArray], prefix: str, dilations: Iterable[int]
) -> tuple[tuple[Floats, Floats, int], ...]:
    """Return the convolutions whose names are `prefix` and a number, each with its dilation."""
    return tuple((*layer_of(arrays, f"{prefix}{k}"), dilation) for k, dilation in enumerate(dilations))
