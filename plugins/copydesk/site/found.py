"""What the store remembers of a site's files: what was found in each when it was last read, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from copydesk.packing import Abstract, unpack_abstract, unpack_value
from copydesk.site.cleaner import Desk
from copydesk.site.seeds import Refusal
from copydesk.store import StoredFile, key_of


class Found(NamedTuple):
    """What the store remembers of one scrape in a file."""

    name: str
    number: int
    sha256: str
    beside: str
    key: str
    corrected: bool
    abstract: list[Any]
    reason: str = ""
    passed_over: bool = False
    matched: str = ""

    @property
    def refusal(self) -> Refusal | None:
        """Why the scrape is refused."""
        return Refusal(self.reason, True, self.passed_over) if self.reason else None

    def unpacked(self) -> Abstract | None:
        """Return the abstract, None for a refused scrape. Raises TypeError, KeyError or ValueError if it is damaged."""
        return None if self.reason else unpack_abstract(self.abstract)


def found_in(stored: StoredFile) -> list[Found]:
    """Return what the store remembers of a file. Raises TypeError or ValueError where it is damaged."""
    return [Found(*told) for told in unpack_value(stored.value)]


class Circumstances(NamedTuple):
    """What a site's seeds are read in: digests of the site's own rules, and of the rest.

    `articles` stands for all that articles are made from beside their seeds and overrides.
    """

    articles: str
    rest: str
    rules: str

    @classmethod
    def of(cls, desk: Desk) -> Circumstances:
        """Return those of a desk."""
        cleaning, rules = desk.circumstances_without_rules(), desk.rules_told()
        return cls(key_of(cleaning, rules), key_of(cleaning, repr(desk.fields), str(desk.max_bytes)), rules)

    def look(self, file: str | None) -> str:
        """Return how a file that looks so looks to a reading: what it is and what is made of it.

        None, which no file looks like, is for one whose look does not tell of every change.
        """
        return f"{file or ''} {self.rest} {self.rules}"


class Former(NamedTuple):
    """What was found in a file, by name, digest and what stood beside; whether the rules were the same."""

    found: Mapping[tuple[str, str, str], Found]
    same_rules: bool


NOTHING = Former({}, False)


class Before:
    """What was found in files when they were last read, as far as nothing but rules has changed since."""

    def __init__(self, known: Mapping[str, StoredFile], now: Circumstances) -> None:
        """Take what the store remembers of files, and the circumstances of this reading."""
        self._known = known
        self._now = now
        self._last: tuple[str, Former] = ("", NOTHING)

    def of(self, file: str) -> Former:
        """Return what was found in a file; files are asked for one after the other, and the last one is remembered."""
        if self._last[0] != file:
            self._last = (file, self._read(self._known.get(file)))
        return self._last[1]

    def _read(self, stored: StoredFile | None) -> Former:
        told = stored.look.rsplit(" ", 2)[1:] if stored else []
        if not stored or told[:1] != [self._now.rest]:
            return NOTHING
        try:
            found = {(one.name, one.sha256, one.beside): one for one in found_in(stored)}
        except (TypeError, KeyError, ValueError):
            return NOTHING
        return Former(found, told[1:] == [self._now.rules])
