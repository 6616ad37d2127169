"""Cleans many files for the command line: finds them, cleans each on its own, writes each format atomically."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from copydesk.cleaning.leaning import Leaning
from copydesk.cleaning.siblings import NOTHING_FAMILIAR, STEPS, Familiar, Sketch, familiar_lines, sketch_of
from copydesk.commands.homesite import NOWHERE, HomeSite, home_of
from copydesk.desk.overrides import stem
from copydesk.errors import CopydeskError, RefusedSeed
from copydesk.intake import read
from copydesk.intake.album import Album
from copydesk.intake.folders import Around, around_of, sift
from copydesk.intake.picturefiles import files_of
from copydesk.intake.pieces import SEPARATOR, WHOLE, Piece, form_of, piece, pieces
from copydesk.model import Article
from copydesk.pipeline import clean, collect_less
from copydesk.processes import end_with_parent
from copydesk.render.html import body_html
from copydesk.render.markdown import to_markdown
from copydesk.render.pictures import FOLDER, name_of
from copydesk.render.record import to_record
from copydesk.render.text import body_text
from copydesk.settings import Settings
from copydesk.wholefile import write_whole

ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
STDIN = "-"
CHUNK = 16
"""Files that a process takes at a time."""


class BatchError(CopydeskError):
    """A call that can't be carried out as it is."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to clean and the name, without ending, of what is written for it."""

    path: str
    name: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to do with each file: the formats to write, the folder for them, and the leaning, None for its site's."""

    formats: tuple[str, ...]
    output: Path | None = None
    leaning: Leaning | None = None
    alone: bool = False
    """Whether each file is judged by itself, whatever it shares with the others."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: the texts in the formats' order, and what there is to tell."""

    refused: bool
    messages: tuple[str, ...]
    texts: tuple[str, ...] = ()


def find_all(paths: Iterable[str]) -> tuple[list[Job], list[str]]:
    """Return a job for each file that `paths` name, folders at any depth, and what was left out and why.

    The folders with a saved page's pictures and scripts are passed over, as in a site.

    Two files of one name get two names: the second one's has a suffix from its path, and that is told. Raises
    BatchError for a path that is not there.
    """
    jobs: list[Job] = []
    refused: list[str] = []
    used: set[str] = set()
    for path in paths:
        for file in _files(path, refused):
            jobs.append(_job(file, used))
            used.add(jobs[-1].name.lower())
    return jobs, refused


def _files(path: str, refused: list[str]) -> Iterator[str]:
    if path == STDIN or Path(path).is_file():
        yield path
        return
    if not Path(path).is_dir():
        raise BatchError("is not there", path, remedy="Name a file, a folder or -")
    root = Path(path).resolve()
    for file in map(Path, sorted(_below(str(Path(path)), around_of(root.name)))):
        if file.resolve().is_relative_to(root) and file.is_file():
            yield str(file)
        else:
            refused.append(f"{file}: is a link out of the folder, or no file. Copy the file itself into the folder")


def _below(folder: str, around: Around) -> Iterator[str]:
    """Yield the files below a folder that may be seeds, and links."""
    with os.scandir(folder) as inside:
        paths = {entry.name: (entry.path, entry.is_dir(follow_symlinks=False)) for entry in inside}
    found = sift([name for name in paths if paths[name][1]], [name for name in paths if not paths[name][1]], around)
    yield from (paths[name][0] for name in found.seeds)
    for name, within in found.folders.items():
        yield from _below(paths[name][0], within)


def _job(path: str, used: set[str]) -> Job:
    name = "stdin" if path == STDIN else stem(Path(path).name)
    if name.lower() not in used:
        return Job(path, name)
    longer = f"{name}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:8]}"
    return Job(path, longer, f"{path}: another file is called {name} too; written as {longer}")


def clean_all(jobs: Sequence[Job], order: Order, processes: int) -> Iterator[Result]:
    """Yield the results in the jobs' order, whatever the number of processes; files are written below the output."""
    if order.output:
        order.output.mkdir(parents=True, exist_ok=True)
    work, at_once = partial(_clean_one, order=order), min(processes, len(jobs))
    collect_less()
    if at_once < 2:
        yield from map(work, jobs, _familiar(jobs, map(_sketch, jobs), order))
        return
    with ProcessPoolExecutor(at_once, initializer=_begin) as pool:
        sketches = pool.map(_sketch, jobs, chunksize=CHUNK) if not order.alone else iter(())
        yield from pool.map(work, jobs, _familiar(jobs, sketches, order), chunksize=CHUNK)


def _begin() -> None:
    end_with_parent()
    collect_less()


def _familiar(jobs: Sequence[Job], sketches: Iterable[Sketch | None], order: Order) -> list[Familiar]:
    """Return for each job the lines that other files of its source have, too."""
    out: list[Familiar] = [NOTHING_FAMILIAR] * len(jobs)
    if order.alone or len(jobs) <= STEPS[0]:
        return out
    made = {place: sketch for place, sketch in enumerate(sketches) if sketch}
    for place, familiar in zip(made, familiar_lines(list(made.values())), strict=True):
        out[place] = familiar
    return out


def _sketch(job: Job) -> Sketch | None:
    """Return the sketch of a file that is one article, None where it is refused or of a site, which learns rules."""
    try:
        if job.path == STDIN or holds_several(job.path):
            return None
        found, site = next(_pieces(job.path), (None, NOWHERE))
        ready = found and not found.refusal and site.root is None
        return sketch_of(read(found.data, found.name)) if found and ready else None
    except (CopydeskError, OSError):
        return None


def _clean_one(job: Job, familiar: Familiar, order: Order) -> Result:
    told = [job.message] if job.message else []
    texts: list[str] = []
    refused = False
    try:
        for found, site in _pieces(job.path):
            refused |= _clean_piece(found, site, job, order, familiar, told, texts)
    except (CopydeskError, OSError) as error:
        told.append(_words(error, job.path))
        refused = True
    return Result(refused, tuple(told), tuple(texts))


def _clean_piece(
    found: Piece, site: HomeSite, job: Job, order: Order, familiar: Familiar, told: list[str], texts: list[str]
) -> bool:
    """Clean one article and write it; tell whether it was refused."""
    where = f"{job.path}{SEPARATOR}{found.number}" if found.number else job.path
    try:
        if found.refusal:
            raise found.refusal
        override = site.override_named(found.name)
        album = _album(found, Path(job.path), site)
        leaning = order.leaning or site.leaning
        article = clean(found.data, found.name, site.rules, override, leaning, album, familiar=familiar)
        written = tuple(_text(article, kind) for kind in order.formats)
        name = f"{job.name}-{found.number}" if found.number else job.name
        for kind, text in zip(order.formats, written, strict=True):
            if order.output:
                write_whole(order.output / f"{name}.{ENDINGS[kind]}", text)
        if order.output and set(order.formats) != {"text"}:
            write_pictures(article, album, order.output / FOLDER)
    except RefusedSeed as error:
        error.where = where
        told.append(str(error))
        return True
    except (CopydeskError, OSError) as error:
        told.append(_words(error, where))
        return True
    except Exception as error:  # one article's fault must not cost the others
        told.append(f"{where}: a fault in Copydesk ({type(error).__name__}: {error}). Report it")
        return True
    told.extend(f"{where}: {warning}" for warning in article.warnings)
    if not order.output:
        texts.extend(written)
    return False


def _album(found: Piece, path: Path, site: HomeSite) -> Album:
    """Return the album that takes the pictures of an article in the file at `path`."""
    files = () if str(path) == STDIN else files_of(found, path)
    return Album(files, site.settings.remote_pictures == "link")


def write_pictures(article: Article, album: Album, folder: Path) -> None:
    """Write the pictures that an article shows into a folder, those that are not there."""
    for picture in (figure.picture for figure in article.figures):
        if picture and not (folder / name_of(picture)).exists():
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name_of(picture), album.taken[picture.digest])


def _words(error: Exception, where: str) -> str:
    text = str(error)
    return text if where in text else f"{where}: {text}"


def _pieces(path: str) -> Iterator[tuple[Piece, HomeSite]]:
    """Yield the articles in a file, each with the site that it belongs to."""
    if path == STDIN:
        yield Piece(STDIN, sys.stdin.buffer.read()), NOWHERE
        return
    site, file = _home(str(Path(path).resolve().parent)), Path(path)
    for found in pieces(file, site.name_of(file), site.settings.max_bytes, dict(site.settings.field_names())):
        yield found, site


def holds_several(path: str) -> bool:
    """Tell whether a file holds several articles. Raises OSError."""
    if path == STDIN or form_of(Path(path)) == WHOLE:
        return False
    return len([*islice(pieces(Path(path), path, Settings().max_bytes), 2)]) > 1


def clean_file(path: Path, site: HomeSite, leaning: Leaning | None = None) -> tuple[Article, Album]:
    """Return the article of one file, or of a place in one (`crawl.warc.gz#3`), as its site cleans it; its pictures."""
    file, _, number = str(path).rpartition(SEPARATOR)
    whole = path if path.exists() or not number.isdigit() else Path(file)
    name = site.name_of(whole) if whole == path else f"{site.name_of(whole)}{SEPARATOR}{number}"
    found = piece(whole, name, site.settings.max_bytes, dict(site.settings.field_names()))
    if found.refusal:
        raise found.refusal
    album = _album(found, whole, site)
    override = site.override_named(found.name)
    return clean(found.data, found.name, site.rules, override, leaning or site.leaning, album), album


@lru_cache(maxsize=64)
def _home(folder: str) -> HomeSite:
    site = home_of(Path(folder))
    return site if site.root else NOWHERE


def _text(article: Article, kind: str) -> str:
    if kind == "text":
        return body_text(article)
    if kind == "markdown":
        return to_markdown(article)
    if kind == "html":
        return body_html(article) + "\n"
    return json.dumps(to_record(article), ensure_ascii=False, indent=1) + "\n"
