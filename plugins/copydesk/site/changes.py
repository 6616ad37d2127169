"""Which seeds have changed since the last build: by how their files look, by their overrides, by the commits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from copydesk.desk.overrides import file_names
from copydesk.intake.pieces import SEPARATOR
from copydesk.site.days import seconds_of
from copydesk.site.first_seen import FirstSeen
from copydesk.site.found import Found
from copydesk.site.seedfolder import SeedFile
from copydesk.site.seeds import Seed
from copydesk.site.stories import StoryRecord

MOST = 200
"""Changed stories from which a build of all articles is not slower."""


class Unfit(Exception):
    """Something that may touch other stories: all articles have to be built."""


@dataclass(slots=True)
class Changes:
    """Which files are to be read, which are gone, and the records that they had."""

    files: list[SeedFile]
    gone: list[str]
    former: dict[str, StoryRecord]

    def is_recorded(self, first_seen: FirstSeen) -> Callable[[str, Found], bool]:
        """Return a test whether what was found in a file, which is named, is what its record was made from."""

        def test(file: str, found: Found) -> bool:
            was = self.former.get(found.name)
            seconds = seconds_of(first_seen.moment(file))
            return bool(was and _made_from(was) == (file, found.number, found.key, seconds))

        return test

    def leave(self, files: Collection[str]) -> None:
        """Let files of one article be as they were."""
        names = frozenset(files)
        self.files = [file for file in self.files if file.name not in names]
        for name in names:
            del self.former[name]

    def but_for_the_same(self, seeds: Iterable[Seed]) -> list[Seed]:
        """Return the seeds that have changed; those that are as they were, in whatever file, are no longer `former`.

        Raises Unfit where it is too much.
        """
        changed = []
        for seed in seeds:
            was = self.former.get(seed.name) if seed.abstract else None
            if was and _made_from(was) == (seed.file, seed.number, seed.key, seconds_of(seed.first_seen)):
                del self.former[seed.name]
            else:
                changed.append(seed)
        if len(self.former.keys() | {seed.name for seed in changed if seed.abstract}) > MOST:
            raise Unfit
        return changed


def changes_in(
    files: Sequence[SeedFile],
    records: Sequence[StoryRecord],
    overrides: Iterable[str],
    first_seen: FirstSeen | None,
) -> Changes:
    """Return what has changed in the seeds; `overrides` are the names of changed override files.

    `first_seen` is None where no commit has come.
    """
    looks: dict[str, str] = {}
    there = {file.name for file in files}
    wanted = set(overrides)
    moved = set(_files_of_pieces(wanted))  # a piece that was refused has no record that would tell its file
    for record in records:
        looks[record.file] = record.look
        if wanted and not wanted.isdisjoint(file_names(record.seed)):
            moved.add(record.file)
        if first_seen and record.file in there and _first_seen(record, first_seen) != record.own_first_seen:
            moved.add(record.file)
    changed = [file for file in files if file.name in moved or not file.look or looks.get(file.name) != file.look]
    gone = list(looks.keys() - there)
    touched = {*(file.name for file in changed), *gone}
    return Changes(changed, gone, {record.seed: record for record in records if record.file in touched})


def _first_seen(record: StoryRecord, first_seen: FirstSeen) -> int:
    """Return when a story was first seen as the commits tell it now, in seconds since 1970."""
    return int(first_seen.moment(record.file).timestamp()) - record.number


def _made_from(record: StoryRecord) -> tuple[str, int, str, int]:
    return record.file, record.number, record.key, record.own_first_seen


def _files_of_pieces(overrides: Iterable[str]) -> Iterator[str]:
    """Yield the files of several articles of which an override corrects one: `crawl.jsonl` of `crawl.jsonl#2.toml`."""
    for name in overrides:
        file, _, number = name.removesuffix(".toml").rpartition(SEPARATOR)
        if file and number.isdigit():
            yield file
