"""Writes a formula of a page (MathML) as running text, its exponents and indices set higher and lower."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from copydesk.model import Emphasis

HIGHER, LOWER = Emphasis.SUPERSCRIPT, Emphasis.SUBSCRIPT

SCRIPTS: dict[str, tuple[Emphasis, ...]] = {
    "msup": (HIGHER,), "msub": (LOWER,), "msubsup": (LOWER, HIGHER),
    "mover": (HIGHER,), "munder": (LOWER,), "munderover": (LOWER, HIGHER),
}  # fmt: skip
"""How the parts of an element stand that come after its first."""

BETWEEN = {"mfrac": "/", "mroot": "; ", "mtr": " ", "mtable": "; "}
"""What is written between the parts of an element."""

ROOTS = frozenset(("msqrt", "mroot"))

UNREAD = frozenset(
    "annotation annotation-xml script style template noscript iframe svg textarea select option title".split()
)
"""Elements in a formula whose text is none of its letters."""

MOST_LETTERS = 2000
"""Characters of a formula; a longer one is an element that was never closed."""

_INVISIBLE = re.compile("[\u2061-\u2064\u200b]")
_RELATION = re.compile(r"[=≠≈≡<>≤≥→⇒∈]")

Piece = tuple[str, Emphasis | None]
"""A stretch of a formula's text, and how it stands."""


@dataclass(slots=True)
class _Open:
    """An element that is open: how many parts of it have begun, how it stands, what it ends with."""

    tag: str
    stands: Emphasis | None = None
    is_read: bool = True
    parts: int = 0
    closing: str = ""


@dataclass(slots=True)
class Formula:
    """A formula that is being read; `told` is what the page says of it in words, for where it has no letters."""

    told: str = ""
    pieces: list[Piece] = field(default_factory=list)
    open: list[_Open] = field(default_factory=lambda: [_Open("math")])

    @classmethod
    def begun(cls, attributes: Mapping[str, str]) -> Formula:
        """Return a formula at its start."""
        return cls(attributes.get("alttext", "").strip())

    def start(self, tag: str) -> None:
        """Begin an element in it."""
        around = self.open[-1]
        own = _Open(tag, around.stands, around.is_read and tag not in UNREAD)
        if own.is_read:
            if around.parts and around.tag in BETWEEN:
                self._write(BETWEEN[around.tag], around.stands)
            if around.parts and around.tag in SCRIPTS and around.stands is None:
                own.stands = SCRIPTS[around.tag][min(around.parts, len(SCRIPTS[around.tag])) - 1]
            if tag in ROOTS or (tag == "mrow" and around.tag == "mfrac"):
                self._write("√(" if tag in ROOTS else "(", own.stands)
                own.closing = ")"
            around.parts += 1
        self.open.append(own)

    def end(self) -> bool:
        """End the innermost element; tell whether that was the formula itself."""
        closed = self.open.pop()
        if closed.closing:
            self._write(closed.closing, closed.stands)
        return not self.open

    def data(self, text: str) -> None:
        """Take text; white space between elements is none."""
        around = self.open[-1]
        if text.strip() and around.is_read:
            if around.tag == "mtext":
                text = f" {' '.join(text.split())} "
            elif around.tag == "mo" and _RELATION.fullmatch(text.strip()) and around.stands is None:
                text = f" {text.strip()} "
            else:
                text = _INVISIBLE.sub("", text.strip())
            self._write(text, around.stands)
        elif around.tag == "annotation" and not self.told:
            self.told = text.strip()

    def written(self) -> Iterator[Piece]:
        """Yield the formula's text; what the page says of it where it has no letters, nothing where it is endless."""
        pieces: Iterable[Piece] = self.pieces or ([(self.told, None)] if self.told else [])
        if sum(len(text) for text, _ in pieces) <= MOST_LETTERS:
            yield from pieces

    def _write(self, text: str, stands: Emphasis | None) -> None:
        self.pieces.append((text, stands))
