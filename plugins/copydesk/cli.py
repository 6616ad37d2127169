"""The command line: `copydesk clean`, `explain` and `adopt`. It parses, calls, prints; the work is done elsewhere."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from copydesk import __version__
from copydesk.errors import CopydeskError, NoArticle
from copydesk.settings import CHOICES

if TYPE_CHECKING:
    from copydesk.cleaning.leaning import Leaning
    from copydesk.desk.adopt import Published
    from copydesk.intake.album import Album
    from copydesk.model import Article
    from copydesk.site.stories import StoryBook

FORMATS = ("text", "markdown", "html", "json")
REFUSED, WRONG_CALL = 1, 2

EXAMPLES = """examples:
  copydesk clean story.txt                           the article's text on standard output
  copydesk clean dumps --format text,json --output out  every file of a folder, two files each
  curl ... | copydesk clean - --format markdown      from standard input
  copydesk explain seeds/story.txt                   every line: kept or dropped, and why
  copydesk adopt seeds/story.txt                     go on by hand, in content/

exit status: 0 all well, 1 something was refused (the rest is done), 2 the call is wrong"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="copydesk",
        description="Cleans scraped news articles.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"copydesk {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("build", help="build the site; takes what the command pelican takes")
    clean = commands.add_parser("clean", help="write cleaned articles")
    clean.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder (all files in it, at any depth) or -")
    clean.add_argument(
        "--format", type=_formats, default=("text",), metavar="FORMAT", help="of text,markdown,html,json"
    )
    clean.add_argument("--output", type=Path, metavar="DIR", help="folder for DIR/{name}.{txt,md,html,json}")
    _add_cleaning(clean)
    clean.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes (default: 1)")
    clean.add_argument("--alone", action="store_true", help="judge each file without what it shares with the others")
    explain = commands.add_parser("explain", help="tell why each line of a seed is kept or dropped")
    explain.add_argument("file", type=Path, metavar="FILE")
    explain.add_argument("--format", choices=("text", "json"), default="text")
    _add_cleaning(explain)
    survey = commands.add_parser("import", help="list what would be read, and why anything is left out")
    survey.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder (all files in it, at any depth)")
    learn = commands.add_parser("learn", help="write what the sources of a site's seeds repeat into content/rules/")
    learn.add_argument("folder", type=Path, nargs="?", default=Path("seeds"), metavar="SEEDS")
    adopt = commands.add_parser("adopt", help="write a seed's article as Markdown into content/, to go on by hand")
    adopt.add_argument("file", type=Path, metavar="SEED")
    return top


def _add_cleaning(command: argparse.ArgumentParser) -> None:
    words = "where unsure lines go (default: the site's setting, else balanced)"
    command.add_argument("--cleaning", choices=CHOICES["cleaning"], help=words)


def _formats(value: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    unknown = [part for part in formats if part not in FORMATS]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    return formats


def _count(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 1")
    return int(value)


def run() -> NoReturn:
    """Run the command line as a process of its own.

    What it holds is left to the system, which frees it at once: Python would take apart ten thousand articles first.
    """
    try:
        main()
        status = 0
    except SystemExit as left:
        if not isinstance(left.code, int | None):
            raise
        status = left.code or 0
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["build"]:
        sys.exit(_build(given[1:]))
    call = parser().parse_args(given)
    commands = {"clean": _clean, "explain": _explain, "import": _import, "learn": _learn, "adopt": _adopt}
    try:
        status = commands[call.command](call)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except CopydeskError as error:
        _tell(str(error))
        status = REFUSED
    except OSError as error:
        _tell(_failed(error))
        status = REFUSED
    sys.exit(status)


def _build(arguments: Sequence[str]) -> int:
    from copydesk.site.call import build

    return build(arguments)


def _failed(error: OSError) -> str:
    """Return what to tell of a file that could not be read or written."""
    if error.filename is None:
        return str(error)
    match error:
        case FileNotFoundError():
            return f"{error.filename}: is not there. Name a file"
        case IsADirectoryError():
            return f"{error.filename}: is a folder. Name one of its files"
    return f"{error.filename}: {error.strerror}"


def _tell(message: str) -> None:
    from copydesk.desk.explain import shown

    print(f"copydesk: {shown(message)}", file=sys.stderr)


def _clean(call: argparse.Namespace) -> int:
    from copydesk.commands.batch import BatchError, Order, clean_all, find_all, holds_several

    try:
        jobs, refused = find_all(call.paths)
        to_stdout = call.output is None
        if to_stdout and (len(jobs) + len(refused) != 1 or len(call.format) != 1):
            raise BatchError("several files or formats need a folder: add --output DIR")
        if to_stdout and jobs and holds_several(jobs[0].path):
            raise BatchError("holds several articles, which need a folder: add --output DIR", jobs[0].path)
    except BatchError as error:
        _tell(str(error))
        return WRONG_CALL
    for message in refused:
        _tell(message)
    failed = bool(refused)
    for result in clean_all(jobs, Order(call.format, call.output, _leaning(call), call.alone), call.jobs):
        for message in result.messages:
            _tell(message)
        failed |= result.refused
        if to_stdout and not result.refused:
            sys.stdout.buffer.write(result.texts[0].encode("utf-8"))
    return REFUSED if failed else 0


def _explain(call: argparse.Namespace) -> int:
    import json

    from rich.console import Console

    from copydesk.desk.explain import as_lines, as_record, as_table
    from copydesk.model import Ledger

    refusal = None
    try:
        article, _ = _article(call.file, _leaning(call))
        ledger, told = article.ledger, (*article.provenance.notes, *article.warnings)
    except NoArticle as error:
        if not isinstance(error.ledger, Ledger):
            raise
        refusal, ledger, told = error, error.ledger, error.ledger.source.notes
    for warning in told:
        _tell(f"{call.file}: {warning}")
    if call.format == "json":
        print(json.dumps(as_record(ledger), ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        Console().print(as_table(ledger))
    else:
        sys.stdout.write(as_lines(ledger))
    if refusal:
        sys.stdout.flush()
        _tell(str(refusal))
    return REFUSED if refusal else 0


def _import(call: argparse.Namespace) -> int:
    from copydesk.commands.batch import find_all
    from copydesk.commands.survey import survey
    from copydesk.desk.explain import shown

    jobs, refused = find_all(call.paths)
    for message in refused:
        _tell(message)
    articles = 0
    for job in jobs:
        found = survey(job.path)
        articles += found.articles
        print(f"{shown(job.path)}\t{found.form}\t{found.articles} article{'' if found.articles == 1 else 's'}")
        for message in found.left_out:
            _tell(message)
        refused.extend(found.left_out)
    some, files = (f"{n} {what}{'' if n == 1 else 's'}" for n, what in ((articles, "article"), (len(jobs), "file")))
    print(f"{some} in {files}; {len(refused)} left out")
    return REFUSED if refused else 0


def _learn(call: argparse.Namespace) -> int:
    from copydesk.commands.batch import find_all
    from copydesk.commands.homesite import home_of
    from copydesk.commands.learn import learn

    jobs, _ = find_all([str(call.folder)])
    path, found = learn(home_of(call.folder), [Path(job.path) for job in jobs])
    sources = len({line.host for line in found})
    print(f"{path}: {len(found)} lines that stand on several pages of {sources} source{'' if sources == 1 else 's'}")
    return 0


def _adopt(call: argparse.Namespace) -> int:
    from copydesk.commands.batch import write_pictures
    from copydesk.commands.homesite import home_of
    from copydesk.desk.adopt import IMAGES, adopt
    from copydesk.site.stories import STORIES, StoryBook

    site = home_of(call.file)
    if site.content is None:
        remedy = "Put it into the folder that COPYDESK_SEEDS names, beside pelican.conf.py"
        raise CopydeskError("lies in no site's seeds folder", str(call.file), remedy=remedy)
    article, album = _article(call.file, None)
    stories = StoryBook(site.content.parent / site.settings.state / STORIES)
    path = adopt(article, site.content, _published(stories, article))
    write_pictures(article, album, site.content / IMAGES)
    print(f"{path}: from now on this file is published in place of {call.file}")
    return 0


def _published(stories: StoryBook, article: Article) -> Published | None:
    """Return how the last build published an article; None where it did not. Raises CopydeskError."""
    from copydesk.desk.adopt import Published
    from copydesk.site.stories import list_of

    seed = article.provenance.seed
    record, alike = stories.story_of(seed) or (None, [])
    if record is None:
        return None
    if record.duplicate_of:
        raise CopydeskError(f"shares the page of {record.duplicate_of}", seed, remedy="Adopt that one")
    return Published(record.slug, article.tags or list_of(record.tags), tuple(alike), list_of(record.others))


def _leaning(call: argparse.Namespace) -> Leaning | None:
    from copydesk.cleaning.leaning import Leaning

    return Leaning.named(call.cleaning) if call.cleaning else None


def _article(path: Path, leaning: Leaning | None) -> tuple[Article, Album]:
    from copydesk.commands.batch import clean_file
    from copydesk.commands.homesite import home_of

    return clean_file(path, home_of(path), leaning)
