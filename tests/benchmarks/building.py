"""Measures a whole build of N scraped stories beside plain Pelican building the same stories from clean Markdown.

    make bench [N=1000]

Plain Pelican has its built-in "simple" theme, no plugin, and needs no cleaning; Copydesk reads the dumps.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import dump, story

ROOT = Path(__file__).resolve().parents[2]
PLAIN = """
SITENAME = "Plain"
PATH = "content"
THEME = "simple"
PLUGINS = []
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
DEFAULT_PAGINATION = 20
"""
SECTIONS = ("world", "local", "business", "science", "culture", "sports")


def scraped(folder: Path, number: int) -> None:
    """Write a Copydesk site with `number` dumps."""
    shutil.copy(ROOT / "pelican.conf.py", folder)
    for name in ("plugins", "theme"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "content").mkdir()
    for n in range(number):
        path = folder / "seeds" / SECTIONS[n % 6] / f"{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(n))


def written(folder: Path, number: int) -> None:
    """Write a plain Pelican site with the same stories as Markdown."""
    (folder / "pelican.conf.py").write_text(PLAIN)
    for n in range(number):
        headline, paragraphs = story(n)
        path = folder / "content" / SECTIONS[n % 6] / f"{n}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n\n".join(paragraphs)
        path.write_text(f"Title: {headline}\nDate: 2026-01-{n % 28 + 1:02}\nSlug: story-{n}\n\n{text}\n")


def seconds(folder: Path) -> float:
    """Return the processor seconds of a build, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pelican", "-s", "pelican.conf.py", "-q"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1750000000"}
    subprocess.run(
        command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def clear(folder: Path) -> None:
    """Take everything away that builds have left."""
    for name in ("output", ".copydesk"):
        shutil.rmtree(folder / name, ignore_errors=True)


def edit(folder: Path) -> None:
    """Change one story a little."""
    path = next(iter(sorted(path for path in folder.rglob("0.*") if path.suffix in (".txt", ".md"))))
    path.write_text(
        path.read_text() + "\nOne more sentence stands at the end of this story, as the editor wanted it.\n"
    )


def rounds(folder: Path) -> tuple[float, float, float]:
    """Return the seconds of a build from nothing, of one after an edit, and of one after nothing has changed."""
    clear(folder)
    full = seconds(folder)
    edit(folder)
    return full, seconds(folder), seconds(folder)


def main() -> None:
    """Build each site three times, in turns, and print the best figures and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    number = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as scratch:
        ours, plain = Path(scratch, "copydesk"), Path(scratch, "pelican")
        for folder, write in ((ours, scraped), (plain, written)):
            folder.mkdir()
            write(folder, number)
        times = [(rounds(ours), rounds(plain)) for _ in range(3)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{number} stories, processor seconds; the largest process took {peak:.0f} MB")
    print("                          Copydesk, dumps   Pelican, Markdown   ratio")
    for place, what in enumerate(("from nothing", "one story edited", "nothing changed")):
        mine, theirs = min(t[0][place] for t in times), min(t[1][place] for t in times)
        print(f"  {what:<22}  {mine:15.2f}   {theirs:17.2f}   {mine / theirs:5.2f}")


if __name__ == "__main__":
    main()
