"""Train the tagger and measure it by cross-validation: `make train DATA=folder`.

DATA holds `txt/`, `mc/`, `nodes/` with one `{id}.txt` a page and `truth/{id}.json` (`domain`, `source`, `title`,
`headings`, and `labels`: for each flavour one 0 or 1 a line, 1 for the article's). A folder given as `--extra` is only
trained on; its truth may have `soft` labels, a probability a line, in the place of `labels`. A page of DATA is judged
by a tagger that saw no page of its site.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from copydesk.cleaning.tagger.characters import BUCKETS, Floats, Ints
from copydesk.cleaning.tagger.features import FEATURE_NAMES, extract
from copydesk.cleaning.tagger.network import DIGITS
from copydesk.training.augment import Line, Surroundings, vary
from copydesk.training.network import Example, Network, collate, save, total_loss
from copydesk.training.pages import EXTRA, FLAVOURS, NO_HEADINGS, SOURCE_WEIGHTS, Page, load_pages, split

WIDTH, EPOCHS, RATE, BATCH_LINES = 48, 16, 2e-3, 4000
EXTRA_SHARE, VARIED_SHARE = 0.5, 0.7
"""Share of the extra pages that an epoch draws, and of all pages that it varies."""

MIN_DOMAINS = 4
"""A word has a vector of its own if it stands on so many sites."""

THRESHOLDS = (0.05, 0.1, 0.25, 0.5)
"""Probabilities for which the card gives figures."""


def learn_words(pages: Sequence[Page]) -> tuple[Ints, Floats]:
    """Return the number of each word's vector (0: unknown) and salience of each word."""
    flat = np.ones(BUCKETS, np.float32)
    seen: dict[str, npt.NDArray[np.bool_]] = defaultdict(lambda: np.zeros(BUCKETS, bool))
    for page in pages:
        if page.flavour == "txt" and (features := extract(page.text, flat)):
            seen[page.site][features.words] = True
    frequency = np.sum(list(seen.values()), axis=0).astype(np.float32)
    vocabulary = np.zeros(BUCKETS, np.int64)
    known = frequency >= MIN_DOMAINS
    vocabulary[known] = 1 + np.arange(int(known.sum()))
    salience = np.clip(np.log((len(seen) + 1) / (1 + frequency)) / math.log(len(seen) + 1), 0, 1)
    return vocabulary, salience.astype(np.float16).astype(np.float32)


def example(page: Page, lines: Sequence[Line], vocabulary: Ints, salience: Floats) -> Example | None:
    """Return a page as the network takes it."""
    features = extract("\n".join(line.text for line in lines), salience)
    if features is None:
        return None
    chosen = [lines[row] for row in features.rows]
    return Example(
        features,
        vocabulary,
        np.array([x.article for x in chosen], np.float32),
        np.array([x.heading for x in chosen], np.float32),
        np.array([x.headline for x in chosen], np.float32),
        page.has_roles and page.source not in NO_HEADINGS,
        SOURCE_WEIGHTS[page.source],
    )


def surroundings(pages: Sequence[Page]) -> dict[str, list[Surroundings]]:
    """Junk around each article, by flavour."""
    out: dict[str, list[Surroundings]] = defaultdict(list)
    for page in pages:
        body = [n for n, line in enumerate(page.lines) if line.article > 0.5]
        if body:
            junk = [replace(line, article=0.0, heading=False, headline=False) for line in page.lines]
            out[page.flavour].append(Surroundings(tuple(junk[: body[0]]), tuple(junk[body[-1] + 1 :])))
    return out


def batches(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Examples of like length together, in random order."""
    out: list[list[Example]] = [[]]
    for item in sorted(examples, key=lambda e: len(e.article) * (1 + 0.15 * rng.random())):
        longest = max([len(item.article), *(len(e.article) for e in out[-1])])
        if out[-1] and (len(out[-1]) + 1) * longest > BATCH_LINES:
            out.append([])
        out[-1].append(item)
    rng.shuffle(out)
    return out


@dataclass(slots=True)
class Trainer:
    """One training run."""

    pages: Sequence[Page]
    seed: int
    epochs: int

    def run(self) -> tuple[Network, Ints, Floats]:
        """Train; the weights are a moving average of the last two fifths."""
        rng = random.Random(self.seed)
        torch.manual_seed(self.seed)
        vocabulary, salience = learn_words(self.pages)
        usable = [p for p in self.pages if p.flavour == "mc" or any(line.article > 0.5 for line in p.lines)]
        clean = [(page, item) for page in usable if (item := example(page, page.lines, vocabulary, salience))]
        values = np.concatenate([item.features.values for _, item in clean])
        network = Network(int(vocabulary.max()) + 1, WIDTH, values.mean(0), values.std(0) + np.float32(1e-3))
        optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
        average: dict[str, torch.Tensor] = {}
        others = surroundings(self.pages)
        for epoch in range(self.epochs):
            drawn = self._draw(clean, others, vocabulary, salience, rng, varied=epoch < self.epochs - 1)
            groups = batches(drawn, rng)
            for number, group in enumerate(groups):
                self._step(network, optimiser, group, (epoch + number / len(groups)) / self.epochs)
                if epoch >= 0.6 * self.epochs:
                    _blend(average, network)
            print(f"seed {self.seed}, epoch {epoch + 1} of {self.epochs}", flush=True)
        network.load_state_dict(average or network.state_dict())
        return network.eval(), vocabulary, salience

    @staticmethod
    def _draw(
        clean: Sequence[tuple[Page, Example]],
        others: dict[str, list[Surroundings]],
        vocabulary: Ints,
        salience: Floats,
        rng: random.Random,
        varied: bool,
    ) -> list[Example]:
        """Return an epoch's examples."""
        out = []
        for page, item in clean:
            if page.source == EXTRA and rng.random() > EXTRA_SHARE:
                continue
            if varied and rng.random() < VARIED_SHARE:
                lines = vary(
                    page.lines,
                    rng,
                    others[page.flavour],
                    page.flavour == "mc" or (page.flavour == "txt" and rng.random() < 0.4),
                )
                new = example(page, lines, vocabulary, salience)
                item = new if new and len(new.article) > 1 else item
            out.append(item)
        return out

    @staticmethod
    def _step(network: Network, optimiser: torch.optim.Optimizer, group: Sequence[Example], done: float) -> None:
        """Learn from one batch."""
        rate = RATE * min(1.0, done * 24 + 0.05) * (0.5 * (1 + math.cos(math.pi * done)) + 0.01)
        for settings in optimiser.param_groups:
            settings["lr"] = rate
        network.train()
        batch = collate(group)
        optimiser.zero_grad()
        total_loss(network(batch), batch).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()


def _blend(average: dict[str, torch.Tensor], network: Network) -> None:
    """Move the average of the weights on."""
    for name, value in network.state_dict().items():
        if name not in average:
            average[name] = value.clone()
        else:
            average[name].mul_(0.99).add_(value, alpha=0.01)


@torch.no_grad()
def judge(network: Network, page: Page, vocabulary: Ints, salience: Floats) -> Floats:
    """Probability of each line of a page."""
    out = np.zeros(len(page.lines), np.float32)
    item = example(page, page.lines, vocabulary, salience)
    if item is not None:
        out[item.features.rows] = np.round(torch.sigmoid(network(collate([item])).article).numpy(), DIGITS)
    return out


def cross_validate(
    pages: Sequence[Page], extra: Sequence[Page], folds: int, epochs: int, fold_weights: Path | None
) -> dict[str, dict[str, float]]:
    """Return precision and recall of the article's words, for each flavour and threshold, on sites not seen before."""
    fold_of = split(pages, folds)
    counts: dict[tuple[str, float], Floats] = defaultdict(lambda: np.zeros(3, np.float32))
    for fold in range(folds):
        unseen = {site for site, number in fold_of.items() if number == fold}
        seen = [page for page in [*pages, *extra] if page.site not in unseen and not page.aliases & unseen]
        network, vocabulary, salience = Trainer(seen, fold, epochs).run()
        if fold_weights:
            save(network, vocabulary, salience, fold_weights / f"{fold}.npz")
        for page in pages:
            if page.site in unseen:
                _count(page, judge(network, page, vocabulary, salience), counts)
    return {
        f"{flavour} at {threshold}": {"precision": _share(found, found + extra_), "recall": _share(found, found + lost)}
        for (flavour, threshold), (found, extra_, lost) in sorted(counts.items())
    }


def _count(page: Page, probabilities: Floats, counts: dict[tuple[str, float], Floats]) -> None:
    """Add a page's words: found, kept wrongly, lost."""
    words = np.array([len(line.text.split()) for line in page.lines], np.float32)
    article = np.array([line.article > 0.5 for line in page.lines])
    for threshold in THRESHOLDS:
        kept = probabilities >= threshold
        sums = [words[kept & article].sum(), words[kept & ~article].sum(), words[~kept & article].sum()]
        counts[page.flavour, threshold] += np.array(sums, np.float32)


def _share(part: float, whole: float) -> float:
    return round(float(part / whole), 4) if whole else 0.0


def write_card(path: Path, pages: Sequence[Page], extra: Sequence[Page], figures: dict[str, dict[str, float]]) -> None:
    """Write what the weights are and where they come from."""
    card = {
        "trained": datetime.now(UTC).date().isoformat(),
        "pages": len({page.id for page in pages}),
        "sites": len({page.site for page in pages}),
        "extra pages": len({page.id for page in extra}),
        "flavours": list(FLAVOURS),
        "width": WIDTH,
        "epochs": EPOCHS,
        "features": len(FEATURE_NAMES),
        "cross-validated by site, words": figures,
    }
    path.write_text(json.dumps(card, indent=2) + "\n", "utf-8")


def main() -> None:
    """Cross-validate, then train on everything and write weights and card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--folds", type=int, default=5, help="0 leaves the cross-validation out")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--fold-weights", type=Path, help="folder for the cross-validation's taggers")
    asked = parser.parse_args()
    pages = load_pages(asked.data)
    extra = [replace(page, source=EXTRA) for page in load_pages(asked.extra)] if asked.extra else []
    figures = cross_validate(pages, extra, asked.folds, asked.epochs, asked.fold_weights) if asked.folds else {}
    network, vocabulary, salience = Trainer([*pages, *extra], 0, asked.epochs).run()
    save(network, vocabulary, salience, asked.weights)
    write_card(asked.weights.with_name("card.json"), pages, extra, figures)


if __name__ == "__main__":
    main()
