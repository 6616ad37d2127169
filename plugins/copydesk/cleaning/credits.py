"""Bylines: the authors that a line names, where it is nothing but a byline or the evidence takes it for one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from copydesk.cleaning.dates import any_of, around_day, is_of_a_day, without_dates, without_day_words

_DATA = tomllib.loads(Path(__file__).with_name("credits.toml").read_text("utf-8"))
LONGEST, MOST_BESIDE = 120, 5
"""Characters of a byline; words of a name and what stands beside it without a sign between them."""

_MARKERS = tuple(sorted([*_DATA["markers"], *_DATA["openers"]], key=len, reverse=True))
_PARTICLES = frozenset(_DATA["particles"])
_ELIDED = re.compile(rf"(?:{any_of(_DATA['elided'])})(?=[^\W\d_])", re.IGNORECASE)
_ROLES = frozenset(_DATA["roles"])
_LOGINS = frozenset(_DATA["logins"])
_NOBODY = frozenset(_DATA["nobody"]) | _LOGINS
_JOINTS = any_of(_DATA["joints"])
_BETWEEN = re.compile(rf"\s*(?:,|;|、|，|&|/|\||·|•|\s(?:{_JOINTS})\s)\s*", re.IGNORECASE)
_DAY_BETWEEN = re.compile(rf"{_BETWEEN.pattern}|\s+[–—-]\s+|\s+[–—-]+$", re.IGNORECASE)
_MENU = frozenset(_DATA["menu"].split())
_WORDS = frozenset(_DATA["words"])
_BESIDE_NAMES = _WORDS | _PARTICLES
_PARTS = re.compile(
    rf"\s*(?:[,;、，&/|·•>()\n—]\s*(?:(?:{_JOINTS})\s)?|\s[–-]\s|\s(?:{_JOINTS})\s|\s(?=\d))\s*", re.IGNORECASE
)
_MARKED = re.compile(
    rf"(?:^(?:{any_of(_MARKERS)})|[\s|·•,–—(-](?:{any_of(_DATA['markers'])}))(?:\s+|(?<=[:：/／]))", re.IGNORECASE
)
_BESIDE = re.compile(rf"^(?:(?:{any_of(_DATA['before'])})\s+)+|(?:\s+(?:{any_of(_DATA['behind'])}))+$", re.IGNORECASE)
_ALIAS = re.compile(r"[^\W\d_][\w.'’-]{1,29}$")
_PLACE = re.compile(r",\s*[^\W\d_][^\W\d_A-Z]{3,}$")
_WHERE = re.compile(r"(?<=\w)\s+in\s+[A-ZÀ-Þ][\w'’.-]*(?:[ -][A-ZÀ-Þ][\w'’.-]*){0,3}(?:,\s[A-Z]{2}\b)?")
_EDGES = " \t\u00a0.:*@"
_NAME_PART = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f'’.\-])*$")
_UNCASED = re.compile("^[\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・ ]+$")
_BEFORE_NAME = re.compile(r"[\s:：/／・]")


def authors(text: str) -> tuple[str, ...] | None:
    """Return the authors that a byline names, in order, none where it names the paper; None where it is no byline.

    A day may stand behind them, and beside it a place or what papers set there: only bylines have those behind names.
    """
    if len(text) > LONGEST:
        return None
    names = _after_marker(text)
    if not names:
        return None
    if (around := around_day(names)) is None:
        parts = [part for part in _BETWEEN.split(names) if part]
    else:
        parts = _beside_day(around[0])
        if not parts or not all(map(_is_set_there, _beside_day(around[1]))):
            return None
    found = _without_roles(parts)
    if not all(_is_name(part) or is_nobody(part) for part in found):
        return None
    return tuple(dict.fromkeys(part for part in found if not is_nobody(part)))


def named(text: str) -> tuple[str, ...]:
    """Return the authors that a text names which is known to name authors, with a byline's marker or without."""
    text = _WHERE.sub("", text)
    found = authors(text)
    if found is not None:
        return found
    if around := around_day(text):
        parts = [part for side in around for part in _beside_day(side) if not _is_set_there(part)]
        people = [_person(part) for part in parts]
        return tuple(dict.fromkeys(people)) if len(text) <= LONGEST and all(people) else ()
    parts = [part for part in _BETWEEN.split(text) if part and part.casefold() not in _ROLES]
    return tuple(dict.fromkeys(parts)) if len(text) <= LONGEST and all(map(_is_unmarked_name, parts)) else ()


def told(text: str) -> tuple[str, ...]:
    """Return the authors that a line tells which the evidence takes for a byline, whatever else stands there.

    They are the names after a byline's marker, else the parts of the line that are names and nothing else.
    """
    found = authors(text)
    if found is not None:
        return found
    rest = without_dates(text)
    after = _MARKED.search(rest)
    parts = [part.strip(_EDGES) for part in _PARTS.split(rest[after.end() :] if after else rest)]
    people = [name for part in parts if (name := _person(part))]
    if not people and after and not after.start() and parts and _is_alias(parts[0]):
        people = [parts[0]]
    return tuple(dict.fromkeys(people))


def begins_as_byline(text: str) -> bool:
    """Tell whether a line begins with a byline's marker and what can be a name, a function or a paper beside it."""
    words = next(iter(_PARTS.split(_after_marker(text))), "").split()
    folded = [word.casefold() for word in words]
    return (
        0 < len(words) <= MOST_BESIDE
        and _MENU.isdisjoint(folded)
        and all(_is_capital(word) or other in _BESIDE_NAMES for word, other in zip(words, folded, strict=True))
    )


def is_login(name: str) -> bool:
    """Tell whether a name is that of a publishing system's own user."""
    return name.casefold() in _LOGINS


def is_nobody(name: str) -> bool:
    """Tell whether a name is no author's: the paper's staff, or a publishing system's own user."""
    return name.casefold() in _NOBODY


def _person(part: str) -> str:
    """Return the name that a part of a byline is, without a marker before it, empty where it is none."""
    found = (_without_company(text) for text in (_after_marker(part), part) if text)
    return next((name for name in found if _is_person(name)), "")


def _is_person(name: str) -> bool:
    """Tell whether a text is a name and neither a function nor an entry of a menu."""
    folded = name.casefold()
    known = folded in _ROLES or is_nobody(name) or not _WORDS.isdisjoint(folded.split())
    return not known and _is_unmarked_name(name)


def _without_company(name: str) -> str:
    """Return a name without the words that pages put beside it, and once where it stands there twice."""
    name = _BESIDE.sub("", name).strip(_EDGES)
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _is_alias(text: str) -> bool:
    """Tell whether what follows a byline's marker can be one word by which an author goes."""
    folded = text.casefold()
    return _ALIAS.match(text) is not None and folded not in _NOBODY | _ROLES | _WORDS


def declared_names(text: str) -> tuple[str, ...]:
    """Return the names that a declared author is: of a byline those it names, of several each, else the text as it is.

    The place or the paper behind a comma at its end is none of them, nor is a place behind a name: "Ann Hale and Tom
    Brandt, Nairobi", "Ann Hale in London and Tom Brandt".
    """
    text = _WHERE.sub("", text)
    found = authors(text)
    if found is not None:
        return found
    parts = [part for part in _BETWEEN.split(text) if part]
    people = _without_roles(parts[:-1] if _PLACE.search(text) else parts)
    several = len(people) > 1 or (len(parts) > 1 and "," in text)
    return tuple(people) if several and all(map(_is_name, people)) else (text,)


def _beside_day(text: str) -> list[str]:
    """Return what stands side by side before or behind a day, without the words that belong to the day."""
    parts = (without_day_words(part.strip()).strip(_EDGES) for part in _DAY_BETWEEN.split(_WHERE.sub("", text)))
    return [part for part in parts if part and not is_of_a_day(part)]


def _is_set_there(part: str) -> bool:
    """Tell whether what stands beside a day is a function or a few words that papers set there: "4 min read"."""
    words = part.casefold().split()
    return part.casefold() in _ROLES or (len(words) <= MOST_BESIDE and not _WORDS.isdisjoint(words))


def _without_roles(parts: Sequence[str]) -> list[str]:
    """Return the parts of a byline that are no functions: "Ann Hale, AP Sports Writer"."""
    left = [part for part in parts if part.casefold() not in _ROLES]
    return [part for n, part in enumerate(left) if not n or _WORDS.isdisjoint(part.casefold().split())]


def _after_marker(text: str) -> str:
    """Return what follows the marker that a byline starts with, "" where there is none."""
    if not text.casefold().startswith(_MARKERS):
        return ""
    for marker in _MARKERS:
        if text[: len(marker)].casefold() == marker:
            rest = text[len(marker) :]
            if marker[-1] in ":：/／・" or _BEFORE_NAME.match(rest):
                return rest.strip(" \t\u00a0:：")
    return ""


def _is_unmarked_name(text: str) -> bool:
    """Tell whether `text` is a person's name and no entry of a menu, which may be two capitalised words as well."""
    return _is_name(text) and _MENU.isdisjoint(text.casefold().split())


def _is_name(text: str) -> bool:
    """Tell whether `text` can only be a person's name: two to five capitalised words, or a short name without case."""
    if _UNCASED.match(text):
        return 2 <= len(text) <= 30
    words = text.replace("’", "'").split()
    if not 2 <= len(words) <= 5:
        return False
    named = [_is_capital(word) and _NAME_PART.match(word) is not None for word in words]
    return (
        all(is_named or word.casefold() in _PARTICLES for word, is_named in zip(words, named, strict=True))
        and words[0][0].isupper()
        and named[-1]
    )


def _is_capital(word: str) -> bool:
    """Tell whether a word begins with a capital, if need be behind what is joined to it: "d'Ormesson", "al-Masri"."""
    joined = _ELIDED.match(word)
    return word[joined.end() if joined else 0].isupper() or word[0].isupper()
