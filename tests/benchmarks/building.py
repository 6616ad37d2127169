"""Measures whole builds of N scraped stories beside Pelican and, where it is installed, Hugo.

    make bench [N=1000]

Copydesk reads and cleans text dumps, and in another site the same stories as clean Markdown, as the peers do. All write
a page for each story, listings of 20 for the front page, sections and authors, and feeds. Copydesk's search index and
link pictures are measured apart: the peers have none.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from corpus import dump, story
from picture import draw

from copydesk.site.contents import SETTLED

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = ("world", "local", "business", "science", "culture", "sports")
AUTHORS = ("Ada Pell", "Jonas Wick", "Mira Holt", "Tom Arden", "Lea Brandt")
WITHOUT = "\nCOPYDESK_SEARCH = False\nCOPYDESK_SOCIAL_CARDS = False\n"
PLAIN = """
SITENAME = "Plain"
SITEURL = "https://news.example"
PATH = "content"
THEME = "simple"
PLUGINS = []
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
DEFAULT_PAGINATION = 20
"""
HUGO = """
baseURL = "https://news.example/"
title = "Plain"
[pagination]
pagerSize = 20
[taxonomies]
category = "categories"
author = "authors"
"""
HUGO_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<nav>{{ range site.Taxonomies.categories.Alphabetical }}
<a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a>{{ end }}</nav>
<main>%s</main></body></html>
"""
HUGO_LIST = """<h1>{{ .Title }}</h1>{{ range .Paginator.Pages }}<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Date.Format "2006-01-02" }} {{ .Summary }}</p>{{ end }}"""
HUGO_STORY = """<h1>{{ .Title }}</h1><p>{{ .Date.Format "2006-01-02" }}</p>{{ .Content }}"""


class Measure(NamedTuple):
    """Processor seconds of a build with all that it starts, seconds by the clock, and megabytes at its peak."""

    cpu: float
    wall: float
    peak: float


class Tool(NamedTuple):
    """A site generator: its name, how it is called, its folder, and how it is given a story."""

    name: str
    command: list[str]
    folder: Path
    write: Callable[[Path, int], Path]


def scraped(folder: Path, number: int) -> Path:
    """Write a story as a text dump."""
    return _written(folder / "seeds" / SECTIONS[number % 6] / f"{number}.txt", dump(number))


def for_pelican(folder: Path, number: int) -> Path:
    """Write a story as Markdown for Pelican."""
    headline, paragraphs = story(number)
    head = f"Title: {headline}\nDate: {_day(number)}\nSlug: story-{number}\nAuthor: {AUTHORS[number % 5]}\n"
    return _written(folder / "content" / SECTIONS[number % 6] / f"{number}.md", f"{head}\n{_text(paragraphs)}\n")


def for_hugo(folder: Path, number: int) -> Path:
    """Write a story as Markdown for Hugo."""
    headline, paragraphs = story(number)
    head = f"---\ntitle: {headline}\ndate: {_day(number)}\ncategories: [{SECTIONS[number % 6]}]\n"
    head += f"authors: [{AUTHORS[number % 5]}]\n---\n"
    return _written(folder / "content" / "posts" / f"{number}.md", f"{head}\n{_text(paragraphs)}\n")


def _day(number: int) -> str:
    return f"{2000 + number // 336 % 26}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def _text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def tools(folder: Path) -> list[Tool]:
    """Return the site generators that are there, each with the frame of a site."""
    python = [sys.executable, "-m"]
    own = folder / "copydesk"
    full = folder / "copydesk-full"
    by_hand = folder / "copydesk-by-hand"
    for place, more in ((own, WITHOUT), (by_hand, WITHOUT), (full, "")):
        (place / "content").mkdir(parents=True)
        (place / "seeds").mkdir()
        _written(place / "pelican.conf.py", (ROOT / "pelican.conf.py").read_text() + more)
        for name in ("plugins", "theme"):
            (place / name).symlink_to(ROOT / name)
    build = [*python, "copydesk", "build", "-s", "pelican.conf.py", "-q"]
    found = [
        Tool("Copydesk", build, own, scraped),
        Tool("Copydesk, search and pictures", build, full, scraped),
        Tool("Copydesk, stories by hand", build, by_hand, for_pelican),
    ]
    _written(folder / "pelican" / "pelican.conf.py", PLAIN)
    pelican = [*python, "pelican", "-s", "pelican.conf.py", "-q"]
    found.append(Tool("Pelican", pelican, folder / "pelican", for_pelican))
    if hugo := shutil.which("hugo"):
        _written(folder / "hugo" / "hugo.toml", HUGO)
        _written(folder / "hugo" / "layouts" / "_default" / "single.html", HUGO_PAGE % HUGO_STORY)
        _written(folder / "hugo" / "layouts" / "_default" / "list.html", HUGO_PAGE % HUGO_LIST)
        found.append(Tool("Hugo", [hugo, "--quiet", "-d", "output"], folder / "hugo", for_hugo))
    return found


def measure(tool: Tool) -> Measure:
    """Build a site once."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1750000000", "SITEURL": "https://news.example"}
    started = os.times().elapsed
    silent = subprocess.DEVNULL
    process = subprocess.Popen(tool.command, cwd=tool.folder, env=environment, stdout=silent, stderr=silent)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{tool.name}: the build ended with status {status}")
    return Measure(used.ru_utime + used.ru_stime, os.times().elapsed - started, used.ru_maxrss / 1024)


def edit(path: Path, number: int) -> None:
    """Add a sentence to the longest paragraph of a story."""
    lines = path.read_text().split("\n")
    longest = max(range(len(lines)), key=lambda place: len(lines[place]))
    lines[longest] += f" One more sentence was added by the editor, the harbour council's number {number}."
    path.write_text("\n".join(lines))


def scenarios(tool: Tool, number: int) -> dict[str, Measure]:
    """Build a site from nothing, after an edit, after a story more, and after nothing."""
    for name in ("output", ".copydesk", "resources", ".hugo_build.lock"):
        path = tool.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for story_number in range(number):
        tool.write(tool.folder, story_number)
    time.sleep(SETTLED + 1)  # of a file that was just written, its times do not tell of every change
    found = {"from nothing": measure(tool)}
    edit(tool.write(tool.folder, number // 2), number)
    found["one story edited"] = measure(tool)
    added = tool.write(tool.folder, number)
    found["one story added"] = measure(tool)
    found["nothing changed"] = measure(tool)
    added.unlink()
    return found


def table(number: int, results: dict[str, dict[str, Measure]]) -> None:
    """Print the processor seconds of all tools, and Pelican's as a multiple of ours."""
    print(f"\n{number:,} stories: processor seconds (seconds by the clock, megabytes at the peak)")
    for name, found in results.items():
        print(f"  {name}")
        for what, measured in found.items():
            share = measured.cpu / results["Pelican"][what].cpu
            told = f"{measured.cpu:8.2f} ({measured.wall:.2f} s, {measured.peak:.0f} MB)"
            print(f"    {what:<18}{told:<34} {share:5.2f} of Pelican's")


def main() -> None:
    """Build sites of N stories, and of a tenth and a third of them, and print what it took; draw it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--picture", type=Path, help="file without ending: the cost against the number, SVG and PNG")
    call = parser.parse_args()
    numbers = [call.documents // 10, call.documents // 3, call.documents]
    costs: dict[int, dict[str, dict[str, Measure]]] = {}
    for number in numbers:
        with tempfile.TemporaryDirectory() as scratch:
            costs[number] = {tool.name: scenarios(tool, number) for tool in tools(Path(scratch))}
        table(number, costs[number])
    if call.picture:
        draw(call.picture, {n: {k: {w: m.cpu for w, m in f.items()} for k, f in c.items()} for n, c in costs.items()})
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nThe largest process took {largest:.0f} MB.")


if __name__ == "__main__":
    main()
