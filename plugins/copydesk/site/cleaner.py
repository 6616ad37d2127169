"""Cleans the seeds of a site, in this process or in several.

Each seed is on its own: what is wrong with one never harms another.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from multiprocessing import get_start_method
from pathlib import Path
from typing import NamedTuple, TypeVar

from copydesk.cleaning.leaning import Leaning
from copydesk.cleaning.rulebook import Overheard, RuleBook, load_rules
from copydesk.desk.overrides import load_override
from copydesk.errors import CopydeskError, NoArticle, RefusedSeed
from copydesk.intake.album import Album
from copydesk.intake.mirrors import in_mirror
from copydesk.intake.picturefiles import files_of
from copydesk.intake.pieces import WHOLE, Piece, file_of, form_of, pieces, place_like
from copydesk.packing import Packed, pack
from copydesk.processes import end_with_parent, processors
from copydesk.site.code import code_digest
from copydesk.site.filenames import path_of
from copydesk.site.seeds import Refusal
from copydesk.store import files_digest, key_of

FEW = 48
"""Seeds that one process has cleaned before others would have begun."""

CHUNK = 8
"""Seeds that a process takes at a time."""

EXHAUSTED = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE}
)

LIBRARIES = (
    "chardet", "ftfy", "google-re2", "lxml", "markdown-it-py", "numpy", "pillow", "py3langid", "pyyaml", "rensa",
    "sentencex", "stopwordsiso", "webencodings",
)  # fmt: skip
"""Libraries that have a say in what an article is; another version of one makes all articles anew."""

LATER_ROOMS = (
    "site",
    "feeds",
    "commands",
    "training",
    "cli.py",
    "store.py",
    "processes.py",
    "wholefile.py",
    "enrich/related.py",
)
"""Parts of the package that see an article when it is cleaned."""


Result = TypeVar("Result")


class Cleaned(NamedTuple):
    """A cleaned article as the store keeps it, with its abstract, and the files of its pictures by their digests.

    `matched` stands for the rules that had a say in it.
    """

    packed: Packed
    pictures: Mapping[str, bytes] = {}
    matched: str = ""


@dataclass(frozen=True)
class Desk:
    """All that cleaning a seed needs: folders, a site's own fields, leaning, and the largest seed (bytes).

    `links` tells whether pictures that are on other sites become links.
    """

    folder: Path
    overrides: Path
    rule_folders: tuple[Path, ...]
    fields: tuple[tuple[str, str], ...]
    max_bytes: int
    leaning: Leaning
    links: bool = True

    @cached_property
    def rules(self) -> RuleBook:
        """The rules, loaded when a seed needs them."""
        return load_rules(self.rule_folders)

    def pieces(self, file: str) -> Iterator[Piece]:
        """Yield the seeds that a file below the folder holds; raises OSError where the machine has no room left."""
        path = path_of(self.folder, file)
        try:
            if not path.resolve().is_relative_to(self.folder.resolve()):
                remedy = "Copy the file itself into the folder"
                yield Piece(file, b"", RefusedSeed("is a link out of the seeds folder", file, remedy=remedy))
                return
            if clash := self._clash(file):
                yield Piece(f"./{file}", b"", clash)
                return
            yield from pieces(path, file, self.max_bytes, dict(self.fields))
        except RuntimeError:  # what Python before 3.13 says of links in a circle
            remedy = "Take the link away"
            yield Piece(file, b"", RefusedSeed("is a link that leads to itself", file, remedy=remedy))
        except IsADirectoryError:
            remedy = "Copy the folder itself into its place"
            yield Piece(file, b"", RefusedSeed("is a link to a folder", file, remedy=remedy))
        except OSError as error:
            if exhausted(error):
                raise
            yield Piece(file, b"", RefusedSeed(f"can't be read ({error.strerror})", file, remedy="See its permissions"))

    def _clash(self, file: str) -> RefusedSeed | None:
        """Return why a file has the name of an article in another file; None where it has not."""
        whole, number = place_like(file)
        path = path_of(self.folder, whole) if whole else self.folder
        if not path.is_file() or form_of(path) == WHOLE:
            return None
        return RefusedSeed(f"is called like article {number} of {whole}", f"./{file}", remedy="Rename the file")

    def clean(self, piece: Piece) -> Cleaned | Refusal:
        """Return a seed cleaned and packed, or why it is refused.

        Raises OSError where the machine has no room left: that is no seed's fault, and none may be left out for it.
        """
        # The taggers take long to load: where nothing is cleaned, nobody waits for them.
        from copydesk.pipeline import clean

        rules = Overheard(self.rules)
        try:
            override = load_override(self.overrides, piece.name)
            album = Album(files_of(piece, path_of(self.folder, file_of(piece))), self.links)
            article = clean(piece.data, piece.name, rules, override, self.leaning, album)
            return Cleaned(pack(article), album.taken, key_of(rules.told))
        except (CopydeskError, OSError) as error:
            if isinstance(error, OSError) and exhausted(error):
                raise
            return refusal_of(error, piece)._replace(matched=key_of(rules.told))
        except Exception as error:  # a seed may find a fault of ours; the others are published all the same
            fault = f"a fault in Copydesk stopped this seed ({type(error).__name__}: {error}). Please report it"
            return Refusal(f"{piece.name}: {fault}")

    def matched(self, piece: Piece) -> str:
        """Return what stands for the rules that have a say in a seed's article; empty where that can't be told."""
        from copydesk.pipeline import ask

        rules = Overheard(self.rules)
        try:
            ask(rules, piece.data, piece.name)
        except CopydeskError:  # refused before rules are asked
            pass
        except Exception:  # it is cleaned anew, and what is wrong with it is told then
            return ""
        return key_of(rules.told)

    def circumstances_without_rules(self) -> str:
        """Return a digest of what cleaned articles depend on beside their seeds, overrides and the site's own rules."""
        return key_of(code_digest(LIBRARIES, LATER_ROOMS), self.leaning.name, str(self.links))

    def rules_told(self) -> str:
        """Return a digest of the site's own rules."""
        own = (path for folder in self.rule_folders if folder.is_dir() for path in folder.rglob("*.toml"))
        return files_digest(own)


class Cleaners:
    """Cleans seeds for a desk; other processes are started when there are seeds enough for them."""

    def __init__(self, desk: Desk) -> None:
        """Begin with no process but this one."""
        self._desk = desk
        self._pool: ProcessPoolExecutor | None = None

    def clean(self, found: Sequence[Piece]) -> Iterator[Cleaned | Refusal]:
        """Yield seeds cleaned, or why they are refused, in order, by several processes if that pays.

        Raises RuleError where a rule can't be used: that is no seed's fault, and the site stays as it is.
        """
        return self._each(Desk.clean, found)

    def matched(self, found: Sequence[Piece]) -> Iterator[str]:
        """Yield what stands for the rules that have a say in each seed, as `clean` does. Raises RuleError."""
        return self._each(Desk.matched, found)

    def _each(self, work: Callable[[Desk, Piece], Result], found: Sequence[Piece]) -> Iterator[Result]:
        _ = self._desk.rules
        if self._pool is None and (len(found) < FEW or processors() < 2):
            return (work(self._desk, piece) for piece in found)
        return self._by_several(work, found)

    def _by_several(self, work: Callable[[Desk, Piece], Result], found: Sequence[Piece]) -> Iterator[Result]:
        if self._pool is None:
            forks = get_start_method() == "fork"
            if forks:  # what the first seed needs to be loaded, all processes have
                yield work(self._desk, found[0])
                found = found[1:]
            desk = self._desk if forks else replace(self._desk)  # rules can't be sent
            self._pool = ProcessPoolExecutor(processors(), initializer=_begin, initargs=(desk,))
        yield from self._pool.map(partial(_done, work), found, chunksize=CHUNK)

    def close(self) -> None:
        """End the other processes."""
        if self._pool:
            self._pool.shutdown()


def exhausted(error: OSError) -> bool:
    """Tell whether an error says that the machine has no room left, on the disk, in memory or for open files."""
    return error.errno in EXHAUSTED


_DESK: list[Desk] = []
"""The desk of a process that cleans."""


def _begin(desk: Desk) -> None:
    from copydesk.pipeline import collect_less

    end_with_parent()
    collect_less()
    _DESK[:] = [desk]


def _done(work: Callable[[Desk, Piece], Result], piece: Piece) -> Result:
    return work(_DESK[0], piece)


def refusal_of(error: Exception, piece: Piece) -> Refusal:
    """Return why there is no article of a scrape; what a mirror or a crawl holds beside stories is no mistake."""
    refused = isinstance(error, RefusedSeed)
    passed_over = refused and (in_mirror(piece.name) or (piece.archive and isinstance(error, NoArticle)))
    return Refusal(words(error, piece.name), refused and not piece.refusal, passed_over)


def words(error: Exception, name: str) -> str:
    """Return what an error says, its seed named once."""
    text = str(error)
    return text if name in text else f"{name}: {text}"
