"""Tells languages by py3langid's model, its automaton walked from all places of a text at once.

The library reads byte after byte. Its automaton looks for short runs of bytes (Aho & Corasick 1975), so that the state
at a place depends on the few bytes before it alone: numpy walks those few steps for all places together. Scores and
probabilities are the library's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import LanguageIdentifier

LONGEST = 6
"""Bytes of the longest run that the model's automaton looks for."""


class Identifier:
    """The model, for some languages."""

    def __init__(self, classes: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the languages, and the model's arrays by the library's names (see languagemodel)."""
        self._classes = list(classes)
        self._weights, self._priors, self._moves = (np.asarray(arrays[name]) for name in ("ptc", "pc", "nextmove"))
        self._rows = arrays["row"].astype(np.intp) << 8
        self._features = arrays["output"].astype(np.intp)
        firsts = [self._classes.index(code) for code in self._classes]
        self._twins = [(first, n) for n, first in enumerate(firsts) if first != n]

    def classify(self, text: str) -> tuple[str, float]:
        """Return the language that a text is most probably in, and how probably."""
        data = LanguageIdentifier._encode(text)
        scores = self._scores(data) / math.sqrt(len(data) or 1)
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        for first, other in self._twins:  # one language in two scripts
            likely[first] += likely[other]
            likely[other] = 0
        best = int(likely.argmax())
        return self._classes[best], float(likely[best])

    def _scores(self, data: bytes) -> NDArray[Any]:
        found = self._features[self._states(np.frombuffer(data, np.uint8))]
        known, times = np.unique(found[found >= 0], return_counts=True)
        if not len(known):
            return np.zeros(len(self._classes), np.float32)
        scores: NDArray[Any] = np.log1p(times.astype(np.float32)) @ self._weights.take(known, axis=0)
        scores += self._priors
        return scores

    def _states(self, data: NDArray[Any]) -> NDArray[Any]:
        """Return the automaton's state at each byte."""
        states = np.zeros(len(data), np.intp)
        for back in range(min(LONGEST, len(data)) - 1, -1, -1):
            states[back:] = self._moves[self._rows[states[back:]] + data[: len(data) - back]]
        return states
