"""Which mistake of cleaning weighs more: the probabilities from which lines stay, for each choice of an editor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Least:
    """From which probability on a line stays: a long sentence, any other line, a section `heading` (above 1: none).

    Parts far from the rest that hold less than `stray` of the belief go, unless they are sure.

    A document of up to `brief` lines gives the evidence too little: from its first sentence to its last it is kept.
    """

    prose: float
    other: float
    brief: int = 10
    stray: float = 0.0
    heading: float = 2.0


class Leaning(Enum):
    """Which mistake weighs more, in text dumps and in saved pages. Losing text is the worse one."""

    CAREFUL = (Least(0.04, 0.1, 16, heading=0.3), Least(0.1, 0.15))
    BALANCED = (Least(0.1, 0.25, 16, heading=0.4), Least(0.2, 0.35, stray=0.25))
    STRICT = (Least(0.25, 0.5, 16, 0.15, 0.5), Least(0.5, 0.5, stray=0.15))

    @property
    def dumps(self) -> Least:
        """Where lines of text dumps stay."""
        return self.value[0]

    @property
    def pages(self) -> Least:
        """Where lines of saved pages stay."""
        return self.value[1]

    @classmethod
    def named(cls, name: str) -> Leaning:
        """Return the leaning that the setting `cleaning` names."""
        return cls[name.upper()]
