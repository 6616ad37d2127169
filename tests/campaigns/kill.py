"""Kills builds at random moments; the site that is there must be the old one or the new one, whole.

`make kill N=200` runs it.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from newsite import SEVERAL, NewSite  # noqa: E402

STORIES = 30


def kill(folder: Path, times: int, seed: int) -> list[str]:
    """Kill `times` builds of a site in `folder`; return what was wrong."""
    chance, faults, killed = random.Random(seed), [], 0
    site = NewSite(folder / "site")
    site.settings(SEVERAL)
    for number in range(STORIES):
        site.seed(f"{number}.txt", f"Story number {number} of the bay", number)
    started = time.perf_counter()
    site.build()
    usual = time.perf_counter() - started
    good = tree(site)
    for turn in range(times):
        for number in chance.sample(range(STORIES), chance.choice((1, 10))):
            site.seed(f"{number}.txt", f"Story number {number} of the bay", chance.randrange(10_000))
        killed += interrupted(site, chance.uniform(0.1, usual), whole=chance.random() < 0.5)
        after = tree(site)
        built = site.build()
        new = tree(site)
        if after not in (good, new):
            faults.append(
                f"kill {turn}: half a site of {len(after)} files, neither the old {len(good)} nor the new {len(new)}"
            )
        if built.status:
            faults.append(f"kill {turn}: the next build failed: {built.stderr[-300:]}")
        good = new
    fresh = site.copy(folder / "fresh")
    if tree_of(fresh.build().output) != good:
        faults.append("the site is not what a build from nothing gives")
    print(f"{killed} of {times} builds killed, {len(faults)} faults")
    return faults


def interrupted(site: NewSite, seconds: float, whole: bool) -> bool:
    """Begin a build and kill it after some seconds, the `whole` of it with its children; tell whether it still ran."""
    command = [sys.executable, "-m", "pelican", "-s", "pelican.conf.py"]
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(site.folder)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=site.folder, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    )
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if whole else os.kill)(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def tree(site: NewSite) -> dict[str, str]:
    """Return the digests of the published site's files by their paths."""
    return tree_of(site.folder / "output")


def tree_of(output: Path) -> dict[str, str]:
    """Return the digests of the files below `output` by their paths."""
    paths = [path for path in output.rglob("*") if path.is_file()]
    return {path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def main() -> int:
    """Run the campaign; return 0 where nothing was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = kill(Path(folder), options.times, options.seed)
    print(*faults, sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
