"""Edits at random: each rebuild leaves, byte for byte, what a build from nothing of the same files gives."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from newsday import FOREIGN, edit, tale
from newsite import ROOT, NewSite
from warmpelican import WarmPelican, WatchingPelican


def without_foreign(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what somebody else put into a site."""
    return {name: data for name, data in files.items() if not name.startswith(FOREIGN)}


def compare(folder: Path, steps: int, seed: int, more: str) -> None:
    """Edit a site at random, and compare each rebuild with a build from nothing of the same files."""
    with closing(WarmPelican(1, processors=3)) as one, closing(WarmPelican(2)) as other:
        compare_by(one, other, folder, steps, seed, more)


def compare_by(
    one: WarmPelican | WatchingPelican, other: WarmPelican, folder: Path, steps: int, seed: int, more: str
) -> None:
    """Rebuild a site by one process after each edit, and build it from nothing by the other."""
    rng = random.Random(seed)
    site = NewSite(folder / "site", one)
    (site.folder / "theme").unlink()
    shutil.copytree(ROOT / "theme", site.folder / "theme")
    site.settings(f"COPYDESK_SEARCH_VOLUME = 3\nCOPYDESK_NAV_SECTIONS = 3\n{more}")
    for number in range(9):
        site.write(f"seeds/{number}.txt", tale(number, number))
    site.build(SITEURL="https://one.example")
    changes = []
    for step in range(steps):
        changes.append(edit(site, rng, step))
        rebuilt = site.build(SITEURL="https://one.example")
        assert rebuilt.report, f"seed {seed}, step {step}: {changes[-5:]}: {rebuilt.stdout[-3000:]}"
        files, report = without_foreign(rebuilt.files()), rebuilt.report["seeds"]
        built = site.copy(folder / "fresh", other).build(SITEURL="https://one.example")
        assert built.report, f"seed {seed}, step {step}: {changes[-5:]}: {built.stdout[-3000:]}"
        assert isinstance(one, WatchingPelican) or built.status == rebuilt.status, (
            f"seed {seed}, step {step}: {changes[-5:]}: {built.stderr[-3000:]}"
        )
        assert built.report["seeds"] == report, f"seed {seed}, step {step}: {changes[-5:]}"
        found = built.files()
        assert sorted(found) == sorted(files), f"seed {seed}, step {step}: {changes[-5:]}"
        different = [name for name in found if found[name] != files[name]]
        assert not different, f"seed {seed}, step {step}: {changes[-5:]}: {different}"
        shutil.rmtree(folder / "fresh")


SIMPLE = """
THEME = "simple"
RELATIVE_URLS = True
DIRECT_TEMPLATES = ["index", "tags", "categories", "authors", "archives"]
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None}
"""


@pytest.mark.parametrize("more", ["", SIMPLE], ids=["own-theme", "somebodys-theme"])
def test_random_changes_give_what_a_build_from_nothing_gives(tmp_path: Path, more: str) -> None:
    steps, seed = int(os.environ.get("COPYDESK_REBUILDS", "6")), int(os.environ.get("COPYDESK_SEED", "1"))
    compare(tmp_path, steps, seed, more)


def test_random_changes_are_seen_by_a_process_that_watches(tmp_path: Path) -> None:
    steps, seed = int(os.environ.get("COPYDESK_REBUILDS", "6")), int(os.environ.get("COPYDESK_SEED", "2"))
    with closing(WatchingPelican(1)) as one, closing(WarmPelican(2)) as other:
        compare_by(one, other, tmp_path, steps, seed, "")
