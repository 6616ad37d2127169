"""Train the tagger of saved pages and measure it by cross-validation, after `train.py` has trained the tagger of dumps.

DATA holds `html/{id}.html.gz` beside what `train.py` reads. FOLDS holds `{number}.npz`, the taggers of dumps that
`train.py --fold-weights` wrote: a page is only shown opinions of the one that saw no page of its site.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from copydesk.cleaning.tagger.network import VERDICTS, Tagger
from copydesk.cleaning.tagger.pages import CONTEXT_BEFORE, DILATIONS, INPUTS, MEMBERS
from copydesk.training.fitting import Plan, fit, padded
from copydesk.training.members import LineNetwork, Shape, measures, save
from copydesk.training.pages import load_pages, split
from copydesk.training.savedpages import SavedPage, saved_pages

WIDTH = 32
PLAN = Plan(epochs=16, rate=3e-3, batch=16, decay=0.02, averaged=0.6)

SHAPE = Shape(INPUTS, VERDICTS, WIDTH, DILATIONS, CONTEXT_BEFORE, sparse=0.05)

THRESHOLDS = (0.1, 0.25, 0.5)
"""Probabilities for which the card gives figures."""


@dataclass(frozen=True, slots=True)
class PageBatch:
    """Several pages, padded to one length."""

    values: Tensor
    mask: Tensor
    article: Tensor
    heading: Tensor
    headline: Tensor
    weights: Tensor
    has_roles: Tensor


def collate(pages: Sequence[SavedPage]) -> PageBatch:
    """Put pages together."""
    costs = [np.sqrt(1 + page.words) for page in pages]
    return PageBatch(
        padded([page.inputs for page in pages]),
        padded([np.ones((len(page.article), 1), np.float32) for page in pages]),
        padded([page.article for page in pages]),
        padded([page.heading for page in pages]),
        padded([page.headline for page in pages]),
        padded([(cost / cost.sum() * page.weight).astype(np.float32) for cost, page in zip(costs, pages, strict=True)]),
        torch.tensor([float(page.has_roles) for page in pages]),
    )


def loss(scores: Tensor, batch: PageBatch) -> Tensor:
    """Return what training makes small: errors in the article's lines, in section heads, in the headline."""
    errors = functional.binary_cross_entropy_with_logits(scores[..., 0], batch.article, reduction="none")
    total = (errors * batch.weights).sum() / len(batch.mask)
    known = batch.mask[..., 0] * (batch.article > 0.5) * batch.has_roles[:, None]
    heads = functional.binary_cross_entropy_with_logits(scores[..., 1], batch.heading, reduction="none")
    total = total + 0.5 * (heads * known).sum() / (known.sum() + 1)
    belief = torch.log_softmax(scores[..., 2] + (batch.mask[..., 0] - 1) * 1e9, 1)
    named = batch.headline.sum(1)
    right = (belief * batch.headline).sum(1) / named.clamp(min=1)
    return total - 0.1 * right.sum() / (named > 0).sum().clamp(min=1)


def train(pages: Sequence[SavedPage], seed: int) -> LineNetwork:
    """Return a network trained on the pages."""
    return fit(
        lambda: LineNetwork(SHAPE, *measures([page.inputs for page in pages])),
        pages,
        lambda page: len(page.article),
        _loss,
        PLAN,
        seed,
    )


def _loss(network: LineNetwork, pages: Sequence[SavedPage]) -> Tensor:
    batch = collate(pages)
    return loss(network(batch.values, batch.mask), batch)


@torch.no_grad()
def count(networks: Sequence[LineNetwork], page: SavedPage, sums: dict[float, list[float]]) -> None:
    """Add a page's words: found, kept wrongly, lost."""
    batch = collate([page])
    scores = torch.stack([network(batch.values, batch.mask)[0, :, 0] for network in networks]).mean(0)
    probability = torch.sigmoid(scores).numpy()
    article = page.article > 0.5
    for threshold, found in sums.items():
        kept = probability >= threshold
        for column, chosen in enumerate((kept & article, kept & ~article, ~kept & article)):
            found[column] += float(page.words[chosen].sum())


def main() -> None:
    """Cross-validate, then train on everything and write weights and card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--fold-weights", type=Path, help="folder for the cross-validation's taggers of pages")
    asked = parser.parse_args()
    taggers = {int(path.stem): Tagger.load(path) for path in asked.folds.glob("[0-9]*.npz")}
    pages = load_pages(asked.data)
    fold_of = split(pages, len(taggers))
    nodes = [page for page in pages if page.flavour == "nodes"]
    saved = [found for page in nodes for found in saved_pages(asked.data, page, taggers[fold_of[page.site]], nodes)]
    sums = {threshold: [0.0, 0.0, 0.0] for threshold in THRESHOLDS}
    for fold in sorted(taggers):
        seen = [page for page in saved if fold_of[page.site] != fold]
        networks = [train(seen, seed) for seed in range(MEMBERS)]
        if asked.fold_weights:
            save(networks, asked.fold_weights / f"pages-{fold}.npz")
        for page in saved:
            if page.whole and fold_of[page.site] == fold:
                count(networks, page, sums)
        print(f"fold {fold}: {sums}", flush=True)
    save([train(saved, seed) for seed in range(MEMBERS)], asked.weights)
    card = {
        "trained": datetime.now(UTC).date().isoformat(),
        "pages": sum(page.whole for page in saved),
        "sites": len({page.site for page in saved}),
        "networks": MEMBERS,
        "width": WIDTH,
        "epochs": PLAN.epochs,
        "inputs": INPUTS,
        "cross-validated by site, words": {
            str(threshold): {"precision": round(found / (found + wrong), 4), "recall": round(found / (found + lost), 4)}
            for threshold, (found, wrong, lost) in sums.items()
        },
    }
    asked.weights.with_name("pagecard.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
