"""Read rule files: TOML in, checked rules out; every mistake is told with its file and rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import re2

from copydesk.errors import RuleError

REACHES = ("line", "line and teaser")
"""What a rule drops: the line that matches, or with it the headline of another article in the next line."""

KINDS = ("equals", "starts", "contains", "regex")
_KEYS = frozenset(("id", "why", "drop", "max_chars", "drops", "keeps", *KINDS))
DEFAULT_MAX_CHARS = 120
MAX_CHARS = 1000
"""No rule looks at longer lines: furniture is short, and matching has to stay cheap."""

HEAD = 3
"""Beginnings are looked up by so many characters; a `starts` text has at least as many."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a line that matches any of `phrases` in the way of `kind` is furniture.

    `where` is the file that it stands in. `drops` and `keeps` are examples that the rule has to match and to leave.
    With `with_teaser` the next line, if a headline could look like it, is furniture, too.
    """

    id: str
    why: str
    kind: str
    phrases: tuple[str, ...]
    max_chars: int
    drops: tuple[str, ...]
    keeps: tuple[str, ...]
    where: str
    with_teaser: bool = False


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules of one file in order; raises RuleError where the file or a rule can't be used."""
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise RuleError(
            f"the rule file can't be read ({error})", str(path), remedy="Write it as TOML in UTF-8"
        ) from error
    entries = table.pop("rule", [])
    if table or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        keys = ", ".join(sorted(table)) or "rule"
        raise RuleError(f"unexpected key: {keys}", str(path), remedy="A rule file holds [[rule]] tables only")
    return tuple(_rule(entry, position, str(path)) for position, entry in enumerate(entries, start=1))


def _rule(entry: dict[str, object], position: int, where: str) -> Rule:
    """Return the rule that `entry` describes."""
    name = entry.get("id")
    if not isinstance(name, str) or not name.strip():
        raise RuleError(f"rule number {position} has no id", where, remedy='Give it one: id = "newsletter-prompt"')
    problem = next(_problems(entry), None)
    if problem:
        raise RuleError(f'rule "{name}": {problem[0]}', where, remedy=problem[1])
    kind = next(k for k in KINDS if k in entry)
    limit = int(str(entry.get("max_chars", MAX_CHARS if kind == "equals" else DEFAULT_MAX_CHARS)))
    return Rule(
        id=name,
        why=str(entry["why"]),
        kind=kind,
        phrases=_texts(entry, kind),
        max_chars=limit,
        drops=_texts(entry, "drops"),
        keeps=_texts(entry, "keeps"),
        where=where,
        with_teaser=entry["drop"] == "line and teaser",
    )


def _problems(entry: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a rule, and what to do about it."""
    if unknown := sorted(set(entry) - _KEYS):
        yield f"unknown key {', '.join(unknown)}", f"Known keys: {', '.join(sorted(_KEYS))}"
    if not isinstance(why := entry.get("why"), str) or not why.strip():
        yield "no reason given", 'Say why such lines go: why = "Sign-up prompt"'
    if entry.get("drop") not in REACHES:
        yield f"drop can't be {entry.get('drop')!r}", 'Write drop = "line" or drop = "line and teaser"'
    if len(kinds := [k for k in KINDS if k in entry]) != 1:
        yield f"{len(kinds)} ways to match", f"Give exactly one of {', '.join(KINDS)}"
        return
    for key in (kinds[0], "drops", "keeps"):
        texts = entry.get(key, [])
        if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
            yield f"{key} is no list of texts", f'Write {key} = ["..."]'
    if not entry.get(kinds[0]):
        yield f"{kinds[0]} is empty", "Give at least one text"
    if kinds[0] == "starts" and any(len(" ".join(text.split())) < HEAD for text in _texts(entry, "starts")):
        yield f"starts has a text shorter than {HEAD} characters", "Write it as equals, or longer"
    limit = entry.get("max_chars", 1)
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MAX_CHARS:
        yield "max_chars is no number of characters", f"Give a whole number from 1 to {MAX_CHARS}"
    if kinds[0] == "regex":
        yield from _pattern_problems(_texts(entry, "regex"))


def _pattern_problems(patterns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield patterns that RE2, which matches in linear time, can't take."""
    for pattern in patterns:
        try:
            compiled = re2.compile(pattern, _quiet())
        except re2.error as error:
            yield (
                f"unsafe or broken regex {pattern!r} ({_said(error)})",
                "Use RE2's syntax (no look-around, no back-references): https://github.com/google/re2/wiki/Syntax",
            )
            continue
        if compiled.search("") is not None:
            yield f"regex {pattern!r} matches every line", "Let it match some text"
        if "\\A" in pattern or "\\z" in pattern:
            yield f"regex {pattern!r} uses \\A or \\z", "Write ^ and $, they stand for the line's ends"


def _quiet() -> re2.Options:
    """Return options that keep RE2 from writing errors to standard error."""
    options = re2.Options()
    options.log_errors = False
    return options


def _said(error: Exception) -> str:
    """Return RE2's message as text."""
    message = error.args[0] if error.args else error
    return message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)


def _texts(entry: dict[str, object], key: str) -> tuple[str, ...]:
    """Return a list of texts of a checked rule."""
    value = entry.get(key, [])
    return tuple(value) if isinstance(value, list) else ()
