"""Train the tagger of roles and measure it by cross-validation, after `train.py` has trained the tagger of dumps.

    python -m copydesk.training.roles DATA FOLDS --weights FILE [--extra DATA]

FOLDS holds `{number}.npz`, the taggers of dumps that `train.py --fold-weights` wrote: a page is only shown what the one
made of it that saw no page of its site. `roles-{number}.npz` is written beside each. Of the extra pages only the
headlines are learnt; those of sites that are measured are left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.features import FEATURE_NAMES
from copydesk.cleaning.tagger.network import VERDICTS, Tagger
from copydesk.cleaning.tagger.roles import CONTEXT_BEFORE, DILATIONS, INPUTS, ROLES, role_inputs
from copydesk.cleaning.tagger.standing import STANDING_NAMES
from copydesk.training.fitting import Plan, fit, padded
from copydesk.training.members import LineNetwork, Shape, measures, save
from copydesk.training.pages import EXTRA, NO_HEADINGS, SOURCE_WEIGHTS, Page, load_pages, split

WIDTH, MEMBERS = 32, 1
"""Size of a network, and number of networks that vote."""

PLAN = Plan(epochs=7, rate=3e-3, batch=16, decay=0.02, averaged=0.5)

SHAPE = Shape(INPUTS, len(ROLES), WIDTH, DILATIONS, CONTEXT_BEFORE, sparse=0.1)

LONGEST = 300
"""Lines of a page that is learnt from; of longer ones those around the headline, or around the article's beginning."""

MOST_LINES = 2500
"""Lines of the longest extra page that is learnt from."""

LEAST_SHARE, LEAST_SHARED = 0.3, 0.4
"""Share of the tagger's belief, or of its rare words that the text holds, from which an extra page's headline counts:
what pages declare is often the name of a site or section."""

LEAST_DEVIATION = 0.4
"""Deviation that what the tagger of dumps thinks of a line has at least, so that its rare values stay apart."""

_SHARED = STANDING_NAMES.index("rare words shared with the article")
_OWN = len(FEATURE_NAMES)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as the tagger of dumps saw it, with what is known of its lines' roles, in the order of ROLES.

    `weights` are those of the roles, nought where a role's lines are not known.
    """

    inputs: Floats
    roles: Floats
    weights: Floats


def seen_page(page: Page, tagger: Tagger) -> SeenPage | None:
    """Return a page as `tagger` sees it, None where it has no text."""
    verdicts = tagger.label(page.text)
    if verdicts is None:
        return None
    lines = [page.lines[row] for row in verdicts.rows]
    roles = np.array([[line.byline, line.dateline, line.heading, line.headline] for line in lines], np.float32)
    has_headings = page.has_roles and page.source not in NO_HEADINGS
    known = (page.has_byline, page.has_dateline, has_headings, any(line.headline for line in lines))
    weights = np.array(known, np.float32) * np.float32(SOURCE_WEIGHTS[page.source])
    inputs = role_inputs(verdicts)
    if page.source == EXTRA and not _speaks_for(inputs[roles[:, -1] > 0], verdicts.headline[roles[:, -1] > 0]):
        return None
    part = _part(verdicts.article if not known[-1] else roles[:, -1])
    return SeenPage(inputs[part], roles[part], weights)


def _speaks_for(lines: Floats, shares: Floats) -> bool:
    """Tell whether the tagger or the text speaks for one of the lines where a declared headline stands."""
    return bool(shares.max() > LEAST_SHARE or lines[:, _OWN + VERDICTS + _SHARED].max() > LEAST_SHARED)


def _part(told: Floats) -> slice:
    """Return the lines of a page that are learnt from: around the first one that `told` speaks for."""
    first = int(np.argmax(told > 0.5))
    start = max(0, min(first - LONGEST // 3, len(told) - LONGEST))
    return slice(start, start + LONGEST)


def untrained(pages: Sequence[SeenPage]) -> LineNetwork:
    """Return a network that has seen no more of the pages than how far their values reach."""
    mean, deviation = measures([page.inputs for page in pages])
    deviation[_OWN:] = np.maximum(deviation[_OWN:], np.float32(LEAST_DEVIATION))
    return LineNetwork(SHAPE, mean, deviation)


def loss(network: LineNetwork, pages: Sequence[SeenPage]) -> Tensor:
    """Return what training makes small: errors in each role where it is known."""
    mask = padded([np.ones((len(page.roles), 1), np.float32) for page in pages])
    weights = torch.from_numpy(np.stack([page.weights for page in pages]))
    scores, roles = network(padded([page.inputs for page in pages]), mask), padded([page.roles for page in pages])
    lines = functional.binary_cross_entropy_with_logits(scores[..., :-1], roles[..., :-1], reduction="none") * mask
    belief = torch.log_softmax(scores[..., -1] + (mask[..., 0] - 1) * 1e9, 1)
    right = torch.logsumexp(belief + (roles[..., -1] - 1) * 1e9, 1)
    headline = -torch.where(weights[:, -1] > 0, right, torch.zeros_like(right))
    errors = torch.cat([lines.sum(1), headline[:, None]], 1)
    return ((errors * weights).sum(0) / weights.sum(0).clamp(min=1)).sum()


def train(pages: Sequence[SeenPage], seed: int) -> LineNetwork:
    """Return a network trained on the pages."""
    return fit(lambda: untrained(pages), pages, lambda page: len(page.roles), loss, PLAN, seed)


def extra_pages(data: Path, measured: Sequence[Page]) -> list[Page]:
    """Return the pages of a folder that tell their headlines, without those of sites that are measured."""
    sites = {page.site for page in measured}
    return [
        replace(page, source=EXTRA)
        for page in load_pages(data)
        if any(line.headline for line in page.lines)
        and len(page.lines) <= MOST_LINES
        and page.flavour != "nodes"
        and page.site not in sites
        and not page.aliases & sites
    ]


def main() -> None:
    """Train for each fold of the cross-validation, then on everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    asked = parser.parse_args()
    taggers = {int(path.stem): Tagger.load(path) for path in asked.folds.glob("[0-9]*.npz")}
    pages = load_pages(asked.data)
    extra = extra_pages(asked.extra, pages) if asked.extra else []
    fold_of = split(pages, len(taggers))
    seen = [(fold_of[page.site], found) for page in pages if (found := seen_page(page, taggers[fold_of[page.site]]))]
    for number, page in enumerate(extra):
        if found := seen_page(page, taggers[number % len(taggers)]):
            seen.append((-1, found))
    for fold in sorted(taggers):
        others = [page for number, page in seen if number != fold]
        save([train(others, seed) for seed in range(MEMBERS)], asked.folds / f"roles-{fold}.npz")
        print(f"fold {fold}", flush=True)
    everything = [page for _, page in seen]
    save([train(everything, seed) for seed in range(MEMBERS)], asked.weights)


if __name__ == "__main__":
    main()
