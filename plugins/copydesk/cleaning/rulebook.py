"""The rule book: all rules together, ready to be asked about the lines of a document.

Matching ignores case, runs of white space and a list mark in front of the line. Equal lines are found in a dictionary,
beginnings by their first three characters, all `contains` and `regex` texts by one automaton over the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import re2

from copydesk.cleaning.rulefile import HEAD, MAX_CHARS, Rule, read_rules
from copydesk.errors import RuleError

KNOWN, KNOWN_LENGTH = 1 << 16, 60
"""How many lines are remembered with the rule that matches them, and the characters of the longest."""

_BUILT_IN = Path(__file__).parent / "rules"
_LIST_MARK = re.compile(r"(?:[•·*▪▸►●○‣◦–—-]|\d{1,2}\.)\s+(?=\S)")
_LIST_STARTS = frozenset("•·*▪▸►●○‣◦–—-0123456789")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")


def normalise(line: str) -> str:
    """Return a line in the form that rules compare: lower case, single spaces, no list mark in front."""
    key = " ".join(line.split()).casefold()
    if key[:1] in _LIST_STARTS and (mark := _LIST_MARK.match(key)):
        return key[mark.end() :]
    return key


class Rules(Protocol):
    """What cleaning may ask of rules: an article stays what it is as long as the answer does."""

    def match_all(self, lines: Sequence[str]) -> list[Rule | None]:
        """Return for each line of a document the rule that matches it, None where none does."""


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules in force; make one with `load_rules` or `rule_book`."""

    rules: tuple[Rule, ...]
    _equal: dict[str, Rule]
    _starts: dict[str, list[tuple[str, Rule]]]
    _scan: re2.Set | None
    _patterns: tuple[tuple[re2._Regexp, Rule], ...]
    _scan_chars: int
    _known: dict[str, Rule | None] = field(default_factory=dict, repr=False, compare=False)

    def match(self, line: str) -> Rule | None:
        """Return the rule that calls `line` furniture, None where no rule does."""
        return self.match_all([line])[0]

    def match_all(self, lines: Sequence[str]) -> list[Rule | None]:
        """Return for each line of a document the rule that matches it; short lines are remembered."""
        fresh = [line for line in dict.fromkeys(lines) if line not in self._known]
        found = dict(zip(fresh, self._match_fresh(fresh), strict=True))
        out = [found[line] if line in found else self._known[line] for line in lines]
        if len(self._known) > KNOWN:
            self._known.clear()
        self._known.update((line, rule) for line, rule in found.items() if len(line) <= KNOWN_LENGTH)
        return out

    def _match_fresh(self, lines: Sequence[str]) -> list[Rule | None]:
        keys = [normalise(line) if len(line) <= MAX_CHARS else "" for line in lines]
        equal, starts = self._equal, self._starts
        found = [equal.get(key) or (self._beginning(key) if key[:HEAD] in starts else None) for key in keys]
        for position, rule in self._scanned(keys):
            found[position] = found[position] or rule
        return found

    def _beginning(self, key: str) -> Rule | None:
        """Return the rule that `key` starts with."""
        for phrase, rule in self._starts[key[:HEAD]]:
            if key.startswith(phrase) and len(key) <= rule.max_chars and _ends_word(phrase, key[len(phrase) :]):
                return rule
        return None

    def _scanned(self, keys: Sequence[str]) -> Iterator[tuple[int, Rule]]:
        """Yield the lines that a pattern matches; most documents match none, and cost one pass of the automaton."""
        if self._scan is None:
            return
        positions = [n for n, key in enumerate(keys) if key and len(key) <= self._scan_chars]
        document = "\n".join([keys[n] for n in positions]).encode("utf-8", "surrogatepass")
        for number in sorted(self._scan.Match(document) or ()):
            pattern, rule = self._patterns[number]
            for line in _lines_found(pattern, document):
                key = keys[positions[line]]
                if len(key) <= rule.max_chars and pattern.search(key.encode("utf-8", "surrogatepass")):
                    yield positions[line], rule


class Overheard:
    """Rules that remember what they told of the last document: all that they do to its article."""

    def __init__(self, rules: Rules) -> None:
        """Take the rules."""
        self._rules = rules
        self.told = ""

    def match_all(self, lines: Sequence[str]) -> list[Rule | None]:
        """Return for each line of a document the rule that matches it."""
        found = self._rules.match_all(lines)
        self.told = repr([(place, rule.id, rule.why, rule.with_teaser) for place, rule in enumerate(found) if rule])
        return found


def _lines_found(pattern: re2._Regexp, document: bytes) -> Iterator[int]:
    """Yield the numbers (from 0) of the lines in which a match of `pattern` starts."""
    line = start = 0
    while start <= len(document) and (match := pattern.search(document, start)):
        line += document.count(b"\n", start, match.start())
        yield line
        end = document.find(b"\n", match.start())
        if end < 0:
            return
        line, start = line + 1, end + 1


def load_rules(folders: Sequence[Path] = ()) -> RuleBook:
    """Return the built-in rules and those of the users' `folders` (all `*.toml`, whatever their depth).

    A later folder's rule replaces an earlier one of the same id. Raises RuleError for a rule that can't be used.
    """
    rules: dict[str, Rule] = {}
    for folder in (_BUILT_IN, *folders):
        own: dict[str, Rule] = {}
        for path in sorted(folder.rglob("*.toml"), key=lambda p: p.as_posix()):
            for rule in read_rules(path):
                if rule.id in own:
                    raise RuleError(
                        f'rule "{rule.id}" is there twice', rule.where, remedy=f"The other is in {own[rule.id].where}"
                    )
                own[rule.id] = rule
        rules |= own
    return rule_book(rules.values())


def rule_book(rules: Iterable[Rule]) -> RuleBook:
    """Return the rules as a book; raises RuleError where a rule's own example fails."""
    rules = tuple(rules)
    for rule in rules:
        _prove(rule)
    return _bind(rules)


def _bind(rules: tuple[Rule, ...]) -> RuleBook:
    """Return the rules with their look-up tables; where several match, the first rule wins."""
    equal: dict[str, Rule] = {}
    starts: dict[str, list[tuple[str, Rule]]] = {}
    patterns: list[tuple[str, Rule]] = []
    for rule in rules:
        if rule.kind == "equals":
            for phrase in rule.phrases:
                equal.setdefault(normalise(phrase), rule)
        elif rule.kind == "starts":
            for phrase in rule.phrases:
                starts.setdefault(normalise(phrase)[:HEAD], []).append((normalise(phrase), rule))
        else:
            patterns += [(_pattern(rule.kind, phrase), rule) for phrase in rule.phrases]
    compiled = tuple((re2.compile(pattern), rule) for pattern, rule in patterns)
    longest = max((rule.max_chars for _, rule in patterns), default=0)
    return RuleBook(rules, equal, starts, _automaton([pattern for pattern, _ in patterns]), compiled, longest)


def _automaton(patterns: list[str]) -> re2.Set | None:
    """Return one automaton that finds all patterns at once."""
    if not patterns:
        return None
    automaton = re2.Set.SearchSet()
    for pattern in patterns:
        automaton.Add(pattern)
    automaton.Compile()
    return automaton


def _pattern(kind: str, phrase: str) -> str:
    """Return the RE2 pattern of a `contains` or `regex` text; ^ and $ stand for the line's ends."""
    if kind == "regex":
        return f"(?im:{phrase})"
    text = normalise(phrase)
    before = r"(?:^|[^\pL\pN\n])" if _word_like(text[0]) else ""
    after = r"(?:$|[^\pL\pN\n])" if _word_like(text[-1]) else ""
    return f"(?m:{before}{re2.escape(text)}{after})"


def _word_like(character: str) -> bool:
    """Tell whether a word can go on beyond `character`, in a script that has spaces between words."""
    return character.isalnum() and not _UNSPACED.match(character)


def _ends_word(phrase: str, rest: str) -> bool:
    """Tell whether `phrase` ends where a word ends, `rest` being what follows it."""
    return not (rest and _word_like(phrase[-1]) and rest[0].isalnum())


def _prove(rule: Rule) -> None:
    """Run a rule's examples; raises RuleError for the first that fails."""
    book = _bind((rule,))
    for line in rule.drops:
        if book.match(line) is None:
            raise RuleError(
                f'rule "{rule.id}" should drop {line!r} and does not',
                rule.where,
                remedy="Correct the rule or the example",
            )
    for line in rule.keeps:
        if book.match(line) is not None:
            raise RuleError(
                f'rule "{rule.id}" should keep {line!r} and does not', rule.where, remedy="Make the rule narrower"
            )
