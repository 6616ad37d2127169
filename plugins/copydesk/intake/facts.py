"""Texts of a page that its markup calls the author's or a time's: by element, rel, itemprop or class."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

BEFORE_TITLE, AFTER_TITLE = 12, 25
"""Lines around the title in which a page's authors and days stand; elsewhere they are other articles'."""

LONGEST = 120
"""Characters of a text that can be a name or a day."""

MOST_LINES = 4
"""Lines of an element that are looked at."""

MOST_OPEN = 20
"""Such elements in each other that are followed."""

PUBLISHED, AUTHOR = ("datepublished", "published-date", "pubdate", "dc:date", "dc:created"), "author"
_HINTED: dict[tuple[bool, bool], tuple[str, ...]] = {
    (True, True): (AUTHOR, "day"), (True, False): (AUTHOR,), (False, True): ("day",), (False, False): (),
}  # fmt: skip
TELLING = frozenset(("itemprop", "property", "rel"))
TELLING_HINTS = frozenset((AUTHOR, "time"))
"""Attributes, and hints of names, that can say what an element's text is."""

_NOT_A_CREDIT = frozenset("html head body script style meta link input".split())


@dataclass(frozen=True, slots=True)
class Fact:
    """A text that is an author's or a time's, and the number of lines before it."""

    kind: str
    text: str
    line: int


@dataclass(slots=True)
class _Open:
    """An element whose text may be a fact."""

    kinds: tuple[str, ...]
    depth: int
    line: int
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Facts:
    """Gathers such texts while the page is read."""

    found: list[Fact] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str], hints: frozenset[str], depth: int, line: int) -> None:
        """Begin an element at `depth`; `hints` are those of its names, `line` the number of lines before it."""
        kinds = _kinds(tag, attributes, hints)
        if "day" in kinds:
            self._keep("day", attributes.get("datetime") or attributes.get("content") or "", line)
        if kinds and tag not in _NOT_A_CREDIT and len(self.open) < MOST_OPEN:
            self.open.append(_Open(kinds, depth, line))

    def end(self, depth: int, lines: Sequence[str]) -> None:
        """End the element at `depth`, `lines` being those before its end.

        Each of its own is a fact, or its text within one.
        """
        if self.open and self.open[-1].depth == depth:
            done = self.open.pop()
            own = lines[done.line : done.line + MOST_LINES] or [" ".join("".join(done.parts).split())]
            for number, text in enumerate(own):
                for kind in done.kinds:
                    self._keep(kind, text, done.line + number)

    def data(self, text: str) -> None:
        """Take text."""
        for element in self.open:
            if len(element.parts) <= LONGEST:
                element.parts.append(text[: LONGEST + 1])

    def near(self, kind: str, title: int, foreign: Container[int] = ()) -> tuple[str, ...]:
        """Return the texts of a kind that stand near the title's line and in no `foreign` one, each once, in order."""
        near = range(title - BEFORE_TITLE, title + AFTER_TITLE + 1)
        found = (fact for fact in self.found if fact.kind == kind and fact.line in near and fact.line not in foreign)
        return tuple(dict.fromkeys(fact.text for fact in found))

    def above(self, kind: str, title: int) -> tuple[str, ...]:
        """Return the texts of a kind before the title's line, each once; what comes after is other stories'."""
        return tuple(dict.fromkeys(fact.text for fact in self.found if fact.kind == kind and fact.line < title))

    def _keep(self, kind: str, text: str, line: int) -> None:
        if 1 < len(text) <= LONGEST:
            self.found.append(Fact(kind, text, line))


def _kinds(tag: str, attributes: Mapping[str, str], hints: frozenset[str]) -> tuple[str, ...]:
    """Return what an element says that its text is: "author", "day", both or neither."""
    if tag == "time":
        return ("day",)
    if "itemprop" in attributes or "property" in attributes:
        named = f"{attributes.get('itemprop', '')} {attributes.get('property', '')}".lower().split()
        if any(name in PUBLISHED for name in named):
            return ("day",)
        if AUTHOR in named:
            return (AUTHOR,)
    if "rel" in attributes and AUTHOR in attributes["rel"].lower().split():
        return (AUTHOR,)
    return _HINTED[AUTHOR in hints, "time" in hints] if hints else ()
