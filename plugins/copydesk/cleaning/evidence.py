"""What the trained taggers think of a document's lines; the one place that loads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.dump import Dump
from copydesk.cleaning.tagger.network import Tagger
from copydesk.cleaning.tagger.pages import PageTagger
from copydesk.cleaning.tagger.roles import CREDITS, ROLES, RoleTagger
from copydesk.model import Block


class Credits(NamedTuple):
    """For each line the probabilities that it names the authors and that it tells the day of publication."""

    byline: Sequence[float]
    dateline: Sequence[float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each line: the probability that it is the article's, that it is a section head, and its share as headline.

    `credits` are worked out when they are asked for: often nobody needs them. `certain` is the place of a line that is
    the headline whatever it looks like.
    """

    article: Sequence[float]
    heading: Sequence[float]
    headline: Sequence[float]
    credits: Callable[[], Credits]
    certain: int | None = None

    def as_story(self) -> Evidence:
        """Return the evidence on a text that is known to be a story: all lines are its own but for the headline."""
        return replace(self, article=[float(share < 1) for share in self.headline])

    def part(self, positions: Sequence[int]) -> Evidence:
        """Return the evidence on the lines at `positions`."""
        return Evidence(
            [self.article[n] for n in positions],
            [self.heading[n] for n in positions],
            [self.headline[n] for n in positions],
            lambda: Credits(*([column[n] for n in positions] for column in self.credits())),
        )


class Taggers:
    """A tagger of dumps, one of saved pages, one of roles; their weights are read when they are needed first."""

    def __init__(self, dumps: Traversable, pages: Traversable, roles: Traversable) -> None:
        """Take the files of weights."""
        self._dumps, self._pages, self._roles = dumps, pages, roles

    @cached_property
    def dumps(self) -> Tagger:
        """The tagger of dumps. Its matrices are small: more threads than one cost processor time and win none."""
        threadpool_limits(limits=1)
        with as_file(self._dumps) as path:
            return Tagger.load(path)

    @cached_property
    def pages(self) -> PageTagger:
        """The tagger of saved pages."""
        with as_file(self._pages) as path:
            return PageTagger.load(path)

    @cached_property
    def roles(self) -> RoleTagger:
        """The tagger of roles, trained on what the tagger of dumps sees."""
        with as_file(self._roles) as path:
            return RoleTagger.load(path)


_HERE = files("copydesk.cleaning.tagger")

SHIPPED = Taggers(*(_HERE.joinpath(f"{name}.npz") for name in ("weights", "pages", "roles")))
"""The taggers that come along; `card.json` and `pagecard.json` say where they come from."""


def evidence_of(dump: Dump, blocks: Sequence[Block] = (), taggers: Taggers = SHIPPED) -> Evidence:
    """Return what the taggers think of each block of a dump; `blocks` are a saved page's, with their markup."""
    places = list(dump.places)
    verdicts = taggers.dumps.label(dump.text)
    rows = np.zeros((dump.text.count("\n") + 1, 3), np.float32)
    if verdicts is not None:
        rows[verdicts.rows] = np.column_stack((verdicts.article, verdicts.heading, verdicts.headline))

    @cache
    def roles() -> Floats:
        told = np.zeros((len(rows), len(ROLES)), np.float32)
        if verdicts is not None:
            told[verdicts.rows] = taggers.roles.label(verdicts)
        return told[places]

    def credits() -> Credits:
        return Credits(*roles()[:, : len(CREDITS)].T.tolist())

    opinions = rows[places]
    markups = [block.markup for block in blocks if block.markup]
    if markups:
        opinions = taggers.pages.label([block.text for block in blocks], markups, opinions)
    else:
        opinions = np.column_stack((opinions[:, 0], roles()[:, len(CREDITS) :]))
    article, heading, headline = opinions.T.tolist()
    return Evidence(article, heading, headline, credits)
