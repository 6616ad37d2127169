"""What each file of the site was made from: one that would come out the same is taken over from the published site."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from copydesk.site.tree import look, looks_below
from copydesk.wholefile import write_whole


class Listing(msgspec.Struct, frozen=True, array_like=True):
    """What the pages of a listing were made from together, and their paths."""

    made_from: str
    pages: list[str]


class Record(msgspec.Struct, frozen=True):
    """What is remembered of a build: of each file what it was made from, and how it looked; and its listings."""

    files: dict[str, tuple[str, str]]
    listings: dict[str, Listing]


class Told(NamedTuple):
    """What a file of this build was made from, None where that is not known, and whether it was taken over."""

    made_from: str | None
    kept: bool


class Documents:
    """Remembers what each file was made from, and takes it over if it is still as it was written.

    A file counts by its size and the time at which it was written, as in make.
    """

    def __init__(self, record: Path, published: Path, staging: Path) -> None:
        """Read the `record` of the last build of the site at `published`; the next one is written to `staging`."""
        self._record = record
        self._folder = published
        self._staging = staging
        self._made: dict[str, str] = {}
        self.kept: set[str] = set()
        self._known, self._listings = _read(record)
        self._written_listings: dict[str, Listing] = {}
        self._folders: set[str] = set()

    @cached_property
    def published(self) -> dict[str, str]:
        """The files of the old site, and how they look."""
        return looks_below(self._folder)

    def keeps(self, name: str, made_from: str) -> bool:
        """Tell whether the file `name` is there, made from the same, and take it over."""
        known = self._known.get(name)
        if known is None or known[0] != made_from or known[1] != self.published.get(name):
            return False
        self._made[name] = made_from
        self.kept.add(name)
        return True

    def left(self) -> list[str]:
        """Return the files that are there as the last build left them."""
        return [name for name in self._known if self.is_there(name)]

    def is_there(self, name: str) -> bool:
        """Tell whether the file `name` is there as the last build left it."""
        known = self._known.get(name)
        return known is not None and known[1] == self.published.get(name)

    def keep_again(self, names: Iterable[str]) -> set[str]:
        """Take files over from the last build, which would make them from the same; return those that are there."""
        known, published, made = self._known, self.published, self._made
        kept = set[str]()
        for name in names:
            told = known.get(name)
            if told is not None and told[1] == published.get(name):
                made[name] = told[0]
                kept.add(name)
        self.kept |= kept
        return kept

    def wrote(self, name: str, made_from: str | None) -> None:
        """Note what a file of this build was made from, None where that can't be told; it may have been taken over."""
        self.kept.discard(name)
        self._made.pop(name, None)
        if made_from is not None:
            self._made[name] = made_from

    def told(self, names: Iterable[str]) -> dict[str, Told]:
        """Return what some files of this build were made from, as far as that is known, and which were taken over."""
        return {name: Told(self._made.get(name), name in self.kept) for name in names}

    def note(self, told: Mapping[str, Told]) -> None:
        """Note what another process tells of the files that it has seen to."""
        self._made.update((name, one.made_from) for name, one in told.items() if one.made_from is not None)
        self.kept.update(name for name, one in told.items() if one.kept)

    def pages_of(self, listing: str, made_from: str) -> list[str]:
        """Return the pages of a listing that would come out as they are; none where it is made from something else."""
        known = self._listings.get(listing)
        return known.pages if known and known.made_from == made_from else []

    def wrote_pages(self, listing: str, made_from: str, pages: list[str]) -> None:
        """Note what the pages of a listing were made from together."""
        self._written_listings[listing] = Listing(made_from, pages)

    def put(self, name: str, made_from: str, make: Callable[[], bytes]) -> None:
        """See to the file `name`: taken over, or made anew and written."""
        if not self.keeps(name, made_from):
            self.write(name, make())
            self.wrote(name, made_from)

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the next site, in few calls of the system: a large site has a hundred thousand."""
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            (self._staging / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        file = os.open(f"{self._staging}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            while data:
                data = data[os.write(file, data) :]
        finally:
            os.close(file)

    def keeps_folder(self, name: str, made_from: str) -> bool:
        """Tell whether the folder `name` is there with all its files, made from the same, and take it over."""
        known = _inside(name, self._known)
        if known and known == _inside(name, self.published):
            if all(self.keeps(path, made_from) for path in known):
                return True
            self.kept.difference_update(known)
        return False

    def clear_folder(self, name: str, but: Collection[str] = ()) -> None:
        """Take away what earlier builds wrote to the folder `name`, where the site is written over the old one.

        Folders in it that are named in `but` stay.
        """
        for path in _inside(name, self._known):
            if not any(path.startswith(f"{folder}/") for folder in but):
                (self._staging / path).unlink(missing_ok=True)

    def leave_folder(self, name: str) -> None:
        """Take the folder `name` over as it is, whatever it was made from."""
        for path in _inside(name, self._known) & self.published.keys():
            self._made[path] = self._known[path][0]
            self.kept.add(path)

    def drop_folder(self, name: str) -> None:
        """Take back that the folder `name` was taken over."""
        for path in _inside(name, self._made):
            del self._made[path]
            self.kept.discard(path)

    def wrote_folder(self, name: str, made_from: str) -> None:
        """Note what the files of a folder of this build were made from."""
        self.drop_folder(name)
        for path in looks_below(self._staging / name):
            self.wrote(f"{name}/{path}", made_from)

    def staged(self, name: str) -> Path:
        """Return where a file or folder of the next site is to be written."""
        return self._staging / name

    def remember(self, others: Iterable[str] = ()) -> None:
        """Record what the files of the site that is now published were made from.

        Over `others` somebody else has written: what we have made there is gone.
        """
        gone = set(map(posixpath.normpath, others))
        own = ((name, made_from) for name, made_from in self._made.items() if name not in gone)
        made = {name: (made_from, self._look_now(name)) for name, made_from in own}
        self._record.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._record, msgspec.json.encode(Record(made, self._written_listings)))

    def _look_now(self, name: str) -> str:
        """Return how a file of the new site looks; one that was taken over looks as it did."""
        return self._known[name][1] if name in self.kept else look(self._folder / name)


def _inside(folder: str, paths: Iterable[str]) -> set[str]:
    """Return the paths that lie in a folder."""
    return {path for path in paths if path.startswith(f"{folder}/")}


def _read(record: Path) -> tuple[dict[str, tuple[str, str]], dict[str, Listing]]:
    try:
        known = msgspec.json.decode(record.read_bytes(), type=Record)
    except (OSError, ValueError):
        return {}, {}
    return known.files, known.listings
