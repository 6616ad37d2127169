"""Tell what each block of the body is: section head, paragraph, list item, quote or note.

Only the blocks' texts and their order count, never blank lines: a text keeps its structure when it is read again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.cleaning.features import LIST_MARKS, SENTENCE_END, last_mark, look
from copydesk.cleaning.headline import headline_like
from copydesk.cleaning.notes import is_note
from copydesk.model import Role

HEADING_SIZE = 110.0
"""Longest section head, in Latin letters."""

UNLIKELY, LIKELY = 0.1, 0.6
"""Probabilities below which no block is a section head, and from which one is even where its place does not tell."""

_QUOTE = re.compile(r">+\s*\S")
_BULLET = re.compile(rf"[{LIST_MARKS}]\s*\S")
_DASH = re.compile(r"[-*]\s+\S")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+\S")
_QUOTED = frozenset("\"'“„«‘「『»”")


def body_roles(texts: Sequence[str], headings: Sequence[float | None]) -> list[Role]:
    """Return the role of each block of a body, given all of them in order.

    `headings` are the probabilities that the blocks are section heads, None where nobody has judged that.
    """
    roles = [_own_role(text) for text in texts]
    _mark_runs(texts, roles)
    for n, text in enumerate(texts):
        if roles[n] is Role.PARAGRAPH and _is_heading(texts, roles, n, text, headings[n]):
            roles[n] = Role.HEADING
    return roles


def _own_role(text: str) -> Role:
    """Return the role that a block has by its own looks."""
    if _QUOTE.match(text):
        return Role.QUOTE
    if _BULLET.match(text):
        return Role.LIST_ITEM
    if is_note(text):
        return Role.NOTE
    return Role.PARAGRAPH


def _mark_runs(texts: Sequence[str], roles: list[Role]) -> None:
    """Mark as list items what is a list only in company: lines with dashes, and numbers that count up."""
    marked = [text[:1] in _RUN_MARKS or text[:1].isdecimal() for text in texts]
    for n in range(1, len(texts)):
        if not (marked[n - 1] and marked[n]):
            continue
        pair = (roles[n - 1] in _LISTABLE, roles[n] in _LISTABLE)
        if all(pair) and (_counts_up(texts[n - 1], texts[n]) or (_DASH.match(texts[n - 1]) and _DASH.match(texts[n]))):
            roles[n - 1] = roles[n] = Role.LIST_ITEM


_RUN_MARKS = ("(", "-", "*")
"""What lines in such a run begin with, if not with a number."""

_LISTABLE = (Role.PARAGRAPH, Role.LIST_ITEM)


def _counts_up(first: str, second: str) -> bool:
    """Tell whether two lines carry a number and the next one."""
    one, two = _NUMBER.match(first), _NUMBER.match(second)
    return one is not None and two is not None and int(two[1]) == int(one[1]) + 1


def _is_heading(texts: Sequence[str], roles: Sequence[Role], n: int, text: str, probability: float | None) -> bool:
    """Tell whether block `n` is a section head: something follows, and its looks or the evidence say so."""
    if n + 1 >= len(texts) or (probability is not None and probability < UNLIKELY):
        return False
    if probability is not None and probability >= LIKELY:
        return look(text).size <= HEADING_SIZE
    return _stands_like_heading(texts, roles, n, text)


def _stands_like_heading(texts: Sequence[str], roles: Sequence[Role], n: int, text: str) -> bool:
    """Tell whether block `n` is headline-like, after a finished text, right before running text."""
    if not looks_like_heading(text):
        return False
    if roles[n + 1] is Role.PARAGRAPH and headline_like(texts[n + 1], look(texts[n + 1])):
        return False
    return n == 0 or roles[n - 1] is not Role.PARAGRAPH or last_mark(texts[n - 1]) in SENTENCE_END


def looks_like_heading(text: str) -> bool:
    """Tell whether a text by itself could be a section head."""
    line = look(text)
    if line.size > HEADING_SIZE or line.size < 3 or line.continues or line.separated or not headline_like(text, line):
        return False
    return not (text[0] in _QUOTED and line.ends)
