"""A small site in a temporary folder, built by the real `pelican` command in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmpelican import WIDE, WarmPelican, WatchingPelican

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample"
"""The site that comes along, as it is shipped: who publishes a paper has seeds and a configuration of their own."""

STORY = """Menu
Log in

{headline}

The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute that lasted nine years.

Members of both parties said that the trains, which last ran in 1987, would carry some four thousand passengers a day.

A slow start

The first of the {number} new stations will open in spring, the mayor told reporters after the vote in the town hall.

Work on the bridge, which was closed after the flood, will take until the end of next year, engineers said.

Share this article
Leave a comment
"""


SEVERAL = """
from copydesk.site import ahead, cleaner
ahead.FEW, ahead.AT_ONCE, ahead.processors, cleaner.FEW = 1, 2, lambda: 3, 2
"""
"""Settings that let builds start further processes for few pages and seeds, as they do for many."""

MADE = (".copydesk", "output", ".output.*")
"""What builds make in a site's folder."""


@dataclass(frozen=True)
class Built:
    """What a build left: exit status, what it printed, and the folder of the site."""

    status: int
    stdout: str
    stderr: str
    output: Path
    report: dict[str, Any]

    def page(self, path: str) -> str:
        return (self.output / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        return {p.relative_to(self.output).as_posix(): p.read_bytes() for p in self.output.rglob("*") if p.is_file()}

    def seed(self, name: str) -> dict[str, Any]:
        return next(seed for seed in self.report["seeds"] if seed["seed"] == name)


class NewSite:
    """A site's folder: the configuration and theme that come along, with seeds and content of the test's.

    It is built by the process `warm`, its copies by another, where they are given: starting Pelican takes longer than
    building such a site.
    """

    def __init__(
        self, folder: Path, warm: WarmPelican | WatchingPelican | None = None, copies: WarmPelican | None = None
    ) -> None:
        self.folder = folder
        self._warm = warm
        self._copies = copies
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLE / "pelican.conf.py", folder)
        (folder / "content" / "pages").mkdir(parents=True)
        (folder / "seeds").mkdir()
        for name in ("plugins", "theme"):
            (folder / name).symlink_to(ROOT / name)

    def copy(self, folder: Path, warm: WarmPelican | None = None) -> NewSite:
        """Return the same site's files in another folder, without what builds have made of them."""
        shutil.copytree(self.folder, folder, symlinks=True, ignore=shutil.ignore_patterns(*MADE))
        copied = NewSite.__new__(NewSite)
        copied.folder, copied._warm, copied._copies = folder, warm or self._copies, None
        return copied

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(target, (1_750_000_000, 1_750_000_000))
        return target

    def seed(self, name: str, headline: str, number: int = 12) -> Path:
        return self.write(f"seeds/{name}", STORY.format(headline=headline, number=number))

    def settings(self, text: str) -> None:
        with (self.folder / "pelican.conf.py").open("a") as file:
            file.write(f"\n{text}\n")

    def build(self, *arguments: str, **environment: str) -> Built:
        clean = {k: v for k, v in os.environ.items() if k not in ("SITEURL", "CNAME", "SOURCE_DATE_EPOCH")}
        told = ["-s", "pelican.conf.py", *arguments]
        env = {**clean, "COLUMNS": WIDE, "GIT_CEILING_DIRECTORIES": str(self.folder.parent), **environment}
        status, out, err = self._warm.run(told, self.folder, env) if self._warm else self._run(told, env)
        report = self.folder / ".copydesk" / "report.json"
        found = json.loads(report.read_text("utf-8")) if report.exists() else {}
        return Built(status, out, err, self.folder / "output", found)

    def _run(self, arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
        call = [sys.executable, "-m", "pelican", *arguments]
        done = subprocess.run(call, cwd=self.folder, capture_output=True, text=True, env=dict(environment), timeout=120)
        return done.returncode, done.stdout, done.stderr
