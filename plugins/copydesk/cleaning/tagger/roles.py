"""The tagger of roles: which line names the authors, tells the day of publication, is a section head, the headline.

A small network (or several that vote) over how a line looks, what the tagger of dumps thinks of it, and how it stands
to what that one takes for the article. It was trained after that one, and sees nothing of its inner state, which means
something else in each tagger that is trained. `training/roles.py` is its twin in torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from copydesk.cleaning.tagger.characters import Floats
from copydesk.cleaning.tagger.features import FEATURE_NAMES
from copydesk.cleaning.tagger.members import Members
from copydesk.cleaning.tagger.network import DIGITS, VERDICTS, Verdicts, sigmoid
from copydesk.cleaning.tagger.standing import STANDING_NAMES, standing_values
from copydesk.cleaning.tagger.weights import read_arrays

DILATIONS = (1, 2)
CONTEXT_BEFORE = 1
"""Convolution before which the whole dump's summary is mixed in."""

CREDITS, TITLES = ("byline", "dateline"), ("heading", "headline")
ROLES = CREDITS + TITLES
"""The columns of what it says."""

TRUST, LEAST_SHARE = np.float32(0.5), 1e-3
"""How much the tagger of dumps, which learnt from more text, has a say in the headline, and its least share there."""

INPUTS = len(FEATURE_NAMES) + VERDICTS + len(STANDING_NAMES)


@dataclass(frozen=True, slots=True)
class RoleTagger:
    """Weights, ready to tell the roles of a dump's text lines."""

    members: Members

    @classmethod
    def load(cls, path: Path) -> RoleTagger:
        """Read a weights file."""
        return cls(Members.of(read_arrays(path), DILATIONS, CONTEXT_BEFORE))

    def label(self, verdicts: Verdicts) -> Floats:
        """Return for each text line the probabilities of ROLES; those of the headline sum up to 1."""
        scores = self.members.vote(role_inputs(verdicts))
        belief = scores[:, -1] + TRUST * np.log(verdicts.headline + np.float32(LEAST_SHARE))
        headline = np.exp(belief - belief.max())
        out: Floats = np.round(np.column_stack((sigmoid(scores[:, :-1]), headline / headline.sum())), DIGITS)
        return out


def role_inputs(verdicts: Verdicts) -> Floats:
    """Return what the networks see of each line."""
    standing = standing_values(verdicts.features, verdicts.article, verdicts.heading, verdicts.headline)
    return np.concatenate((verdicts.features.values, verdicts.sight[:, -VERDICTS:], standing), axis=1, dtype=np.float32)
