"""What a page's elements tell of the text in them: which landmarks stand around it, and what their names hint at."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from copydesk.model import Markup

LANDMARKS = frozenset(
    "article main aside nav header footer form figure figcaption table blockquote li dl details dialog button".split()
)
"""Elements that tell what stands in them."""

LANDMARK_ROLES = {
    "navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "search": "form",
    "main": "main", "article": "article", "dialog": "dialog",
}  # fmt: skip
"""Elements that an element stands for by its role attribute (WAI-ARIA 1.2, section 5.3.4)."""

NEAREST = 3
"""Number of enclosing elements that are told apart."""

HINTS: dict[str, frozenset[str]] = {
    group: frozenset(words)
    for group, words in tomllib.loads(Path(__file__).with_name("hints.toml").read_text("utf-8")).items()
}
"""Words of names by what they hint at."""

LONGEST_NAME = 400
"""Characters of a class or id attribute that are read."""

HIDDEN = "hidden"

_GROUP_OF = {word: group for group, words in HINTS.items() for word in words}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
NOTHING: frozenset[str] = frozenset()
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True)
class Around:
    """An open element, and what is around text in it. Not frozen: a page makes thousands, and none is changed.

    `number` tells it from all others, `began` is the number of lines before it, `parent` the element around it.
    """

    element: str = "body"
    landmarks: frozenset[str] = NOTHING
    hints: frozenset[str] = NOTHING
    own: frozenset[str] = NOTHING
    number: int = 0
    began: int = 0
    depth: int = 0
    parent: Around | None = None

    def inner(self, tag: str, attributes: Mapping[str, str], own: frozenset[str], number: int, began: int) -> Around:
        """Return what is around text in the element `tag` inside this one; `own` are the hints of its names."""
        landmark = tag
        if attributes:
            if "role" in attributes:
                landmark = LANDMARK_ROLES.get(attributes["role"], tag)
            if "hidden" in attributes or ("style" in attributes and _UNSEEN_STYLE.search(attributes["style"])):
                own |= {HIDDEN}
        landmarks, hints = self.landmarks, self.hints
        if landmark in LANDMARKS and landmark not in landmarks:
            landmarks |= {landmark}
        if own and tag != "body" and not own <= hints:
            hints |= own
        return Around(tag, landmarks, hints, own, number, began, self.depth + 1, self)

    def markup(self, linked: float) -> Markup:
        """Return how a text in it is marked up; `linked` is the share of its letters in links."""
        return Markup(self.element, self.landmarks, self.hints, self.own, linked, self._containers(), self.depth)

    def _containers(self) -> tuple[int, ...]:
        """Return the numbers of the nearest elements, its own first."""
        numbers: list[int] = []
        around: Around | None = self
        while around is not None and len(numbers) < NEAREST:
            numbers.append(around.number)
            around = around.parent
        return tuple(numbers)


@lru_cache(maxsize=16384)
def hints_of(classes: str, name: str) -> frozenset[str]:
    """Return what an element's names hint at."""
    names = f"{classes[:LONGEST_NAME]} {name[:LONGEST_NAME]}".split()
    hints = [found for one in names if (found := _hints_of_one(one))]
    return NOTHING.union(*hints) if hints else NOTHING


@lru_cache(maxsize=16384)
def _hints_of_one(name: str) -> frozenset[str]:
    """Return what one name hints at: the same names come again, in ever other company."""
    known = _GROUP_OF.keys() & map(str.lower, _WORD.findall(name))
    return frozenset(map(_GROUP_OF.__getitem__, known)) if known else NOTHING
