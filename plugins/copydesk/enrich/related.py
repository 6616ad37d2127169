"""Finds the stories that are about the same: those that share rare keywords, in one language.

Keywords are weighed by how few stories have them (inverse document frequency; Spaerck Jones, 1972), a word of a
keyword or of the headline at half the weight of a whole keyword.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

COMMON = 200
"""A keyword that more stories have than this tells little, and would cost their number's square."""

SHARE = 0.34
"""Nor does one that more than this share of all stories has, be they few."""

PART = 0.5
"""Weight of a word of a keyword or headline, against a whole keyword's."""

WORD = re.compile(r"\w{4,}")

LEAST = 0.85
"""Least shared weight of related stories, as a part of the weight of a keyword that just two stories have."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a story is about: permanent id, language, headline, keywords, and when it appeared."""

    id: str
    language: str | None
    headline: str
    keywords: tuple[str, ...]
    appeared: datetime


def related(subjects: Sequence[Subject], most: int) -> dict[str, list[str]]:
    """Return, by id, the ids of up to `most` related stories, the nearest first; then the nearer in time."""
    features = [_features(subject) for subject in subjects]
    stories: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for number, own in enumerate(features):
        for feature in own:
            stories[(subjects[number].language, feature)].append(number)
    least = LEAST * _rarity(2, len(subjects))
    weights = {
        feature: _rarity(len(group), len(subjects))
        for feature, group in stories.items()
        if 1 < len(group) <= min(COMMON, max(2, SHARE * len(subjects)))
    }
    found = {}
    for number, subject in enumerate(subjects):
        shared: Counter[int] = Counter()
        for feature, part in features[number].items():
            key = (subject.language, feature)
            for other in stories[key] if key in weights else ():
                shared[other] += weights[key] * min(part, features[other][feature])  # type: ignore[assignment]
        del shared[number]
        near = [(other, round(weight, 6)) for other, weight in shared.items() if weight >= least]
        near.sort(key=lambda pair: (-pair[1], abs(subjects[pair[0]].appeared - subject.appeared), subjects[pair[0]].id))
        found[subject.id] = [subjects[other].id for other, _ in near[:most]]
    return found


def _rarity(having: int, stories: int) -> float:
    return math.log((stories + 1) / having)


def _features(subject: Subject) -> dict[str, float]:
    """Return the keywords and their words and the headline's, folded, with the weight of each."""
    whole = [keyword.casefold() for keyword in subject.keywords]
    parts = {word: PART for text in (*whole, subject.headline.casefold()) for word in WORD.findall(text)}
    return parts | dict.fromkeys(whole, 1.0)
