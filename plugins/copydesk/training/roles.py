"""Train the tagger of roles and measure it by cross-validation, after `train.py` has trained the tagger of dumps.

    python -m copydesk.training.roles DATA FOLDS --weights FILE

FOLDS holds `{number}.npz`, the taggers of dumps that `train.py --fold-weights` wrote: a page is only shown what the one
made of it that saw no page of its site. `roles-{number}.npz` is written beside each.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.network import Tagger
from copydesk.cleaning.tagger.roles import DILATIONS, ROLES
from copydesk.training.fitting import Plan, arrays_of, fit, padded, write
from copydesk.training.pages import SOURCE_WEIGHTS, Page, load_pages, split

WIDTH = 32
PLAN = Plan(epochs=12, rate=3e-3, batch=16, decay=0.02, averaged=0.5)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as the tagger of dumps saw it, with what is known of its lines' roles, in the order of ROLES."""

    sight: Floats
    roles: Floats
    known: tuple[bool, bool]
    weight: float


def seen_page(page: Page, tagger: Tagger) -> SeenPage | None:
    """Return a page as `tagger` sees it, None where it has no text."""
    verdicts = tagger.label(page.text)
    if verdicts is None:
        return None
    lines = [page.lines[row] for row in verdicts.rows]
    roles = np.array([[line.byline, line.dateline] for line in lines], np.float32)
    return SeenPage(verdicts.sight, roles, (page.has_byline, page.has_dateline), SOURCE_WEIGHTS[page.source])


class RoleNetwork(nn.Module):
    """The twin in torch of `cleaning/tagger/roles.py`."""

    def __init__(self, pages: Sequence[SeenPage]) -> None:
        super().__init__()
        values = np.concatenate([page.sight for page in pages])
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.from_numpy(values.mean(0)))
        self.register_buffer("deviation", torch.from_numpy(values.std(0) + np.float32(0.01)))
        self.entry = nn.Linear(values.shape[1], WIDTH)
        self.convolutions = nn.ModuleList([nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in DILATIONS])
        self.exit = nn.Linear(WIDTH, len(ROLES))
        self.sparse, self.dropout = nn.Dropout(0.1), nn.Dropout(0.15)

    def forward(self, sight: Tensor, mask: Tensor) -> Tensor:
        """Score the lines of padded pages; `mask` is 1 where there is a line."""
        inputs = ((sight - self.mean) / self.deviation).clamp(-5, 5)
        state = torch.relu(self.entry(self.sparse(inputs))) * mask
        for convolution in self.convolutions:
            seen = torch.relu(convolution(state.transpose(1, 2)).transpose(1, 2))
            state = (state + self.dropout(seen)) * mask
        scores: Tensor = self.exit(state)
        return scores


def loss(network: RoleNetwork, pages: Sequence[SeenPage]) -> Tensor:
    """Return what training makes small: errors in each role where it is known."""
    mask = padded([np.ones((len(page.roles), 1), np.float32) for page in pages])
    weight = torch.tensor([page.known for page in pages]) * torch.tensor([[page.weight] for page in pages])
    scores, roles = network(padded([page.sight for page in pages]), mask), padded([page.roles for page in pages])
    errors = functional.binary_cross_entropy_with_logits(scores, roles, reduction="none") * mask
    return ((errors.sum(1) * weight).sum(0) / weight.sum(0).clamp(min=1)).sum()


def train(pages: Sequence[SeenPage], seed: int) -> RoleNetwork:
    """Return a network trained on the pages."""
    return fit(lambda: RoleNetwork(pages), pages, lambda page: len(page.roles), loss, PLAN, seed)


def save(network: RoleNetwork, path: Path) -> None:
    """Write the weights as `RoleTagger.load` reads them."""
    write(arrays_of(network, ("entry", "exit")), path)


def main() -> None:
    """Train for each fold of the cross-validation, then on everything with the tagger that is shipped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--tagger", type=Path, required=True, help="the tagger of dumps that is shipped")
    parser.add_argument("--weights", type=Path, required=True)
    asked = parser.parse_args()
    taggers = {int(path.stem): Tagger.load(path) for path in asked.folds.glob("[0-9]*.npz")}
    pages = load_pages(asked.data)
    fold_of = split(pages, len(taggers))
    seen = [(fold_of[page.site], found) for page in pages if (found := seen_page(page, taggers[fold_of[page.site]]))]
    for fold in sorted(taggers):
        save(train([page for number, page in seen if number != fold], fold), asked.folds / f"roles-{fold}.npz")
        print(f"fold {fold}", flush=True)
    shipped = Tagger.load(asked.tagger)
    save(train([found for page in pages if (found := seen_page(page, shipped))], 0), asked.weights)


if __name__ == "__main__":
    main()
