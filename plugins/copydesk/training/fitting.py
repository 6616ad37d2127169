"""Trains the small networks that weigh what another tagger saw, and packs their weights.

AdamW with a rate that rises shortly and falls as a cosine; the weights are a moving average of the last part's.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

Net = TypeVar("Net", bound=nn.Module)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is trained; from the part `averaged` of the training on its weights are averaged."""

    epochs: int
    rate: float
    batch: int
    decay: float
    averaged: float


def fit(
    make: Callable[[], Net],
    items: Sequence[Item],
    size: Callable[[Item], int],
    loss: Callable[[Net, Sequence[Item]], Tensor],
    plan: Plan,
    seed: int,
) -> Net:
    """Return a network trained on `items`, those of about the same `size` together."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    network = make()
    optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=plan.decay)
    average: dict[str, Tensor] = {}
    for epoch in range(plan.epochs):
        groups = _groups(items, size, plan.batch, rng)
        for number, group in enumerate(groups):
            done = (epoch + number / len(groups)) / plan.epochs
            for settings in optimiser.param_groups:
                settings["lr"] = plan.rate * min(1, done * 20 + 0.05) * (0.5 * (1 + math.cos(math.pi * done)) + 0.01)
            optimiser.zero_grad()
            loss(network, group).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            if epoch >= plan.averaged * plan.epochs:
                for name, value in network.state_dict().items():
                    average[name] = average[name] * 0.98 + value * 0.02 if name in average else value.clone()
    network.load_state_dict(average or network.state_dict())
    return network.eval()


def _groups(items: Sequence[Item], size: Callable[[Item], int], batch: int, rng: random.Random) -> list[Sequence[Item]]:
    order = sorted(items, key=lambda item: size(item) * (1 + 0.2 * rng.random()))
    groups: list[Sequence[Item]] = [order[start : start + batch] for start in range(0, len(order), batch)]
    rng.shuffle(groups)
    return groups


def padded(rows: Sequence[np.typing.NDArray[np.float32]]) -> Tensor:
    """Return arrays of several lengths as one, filled up with noughts."""
    out = np.zeros((len(rows), max(map(len, rows)), *rows[0].shape[1:]), np.float32)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return torch.from_numpy(out)


def arrays_of(network: Any, layers: Sequence[str]) -> dict[str, Tensor]:
    """Return the weights of the named layers and of all convolutions, by their names in a weights file."""
    arrays: dict[str, Tensor] = {"mean": network.mean, "scale": 1 / network.deviation}
    for name in layers:
        layer = getattr(network, name)
        arrays |= {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}
    for number, layer in enumerate(network.convolutions):
        arrays[f"convolution{number}.weight"] = torch.cat([layer.weight[:, :, k].T for k in range(3)], 1)
        arrays[f"convolution{number}.bias"] = layer.bias
    return arrays


def write(arrays: Mapping[str, Tensor], path: Path) -> None:
    """Write a weights file."""
    plain = {name: value.detach().numpy().astype(np.float32) for name, value in arrays.items()}
    with path.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **plain)
