"""Builds one site by several Pythons, in several zones, locales, hash seeds and places, and compares the bytes.

`make identity PYTHONS="python3.11 python3.12 python3.13"` runs it; each needs the packages of requirements.txt.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from campaigns.kill import tree_of  # noqa: E402
from newsite import ROOT, NewSite  # noqa: E402

SURROUNDINGS = (
    ("UTC", "0", "C.UTF-8", "a"),
    ("Asia/Kolkata", "1", "C", "b/much/deeper"),
    ("America/New_York", "2", "POSIX", "c c"),
)


def main() -> int:
    """Build with each Python; return 0 where all sites are the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="*", default=[sys.executable])
    pythons = parser.parse_args().pythons
    with tempfile.TemporaryDirectory() as folder:
        sites = {}
        for number in range(max(len(pythons), len(SURROUNDINGS))):
            python, around = pythons[number % len(pythons)], SURROUNDINGS[number % len(SURROUNDINGS)]
            sites[f"{python}, {', '.join(around)}"] = built(Path(folder) / str(number) / around[3], python, around)
    first = next(iter(sites.values()))
    for name, site in sites.items():
        differing = sorted(path for path in {*site, *first} if site.get(path) != first.get(path))
        print(f"{name}: {len(site)} files, {len(differing)} differ", *differing[:10], sep="\n  ")
    return int(any(site != first for site in sites.values()))


def built(folder: Path, python: str, around: tuple[str, str, str, str]) -> dict[str, str]:
    """Return the digests of the files of a site that is built in `folder`."""
    site = NewSite(folder)
    for name in ("seeds", "content"):
        for origin in (ROOT, ROOT / "tests" / "paper"):
            shutil.copytree(origin / name, folder / name, dirs_exist_ok=True)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (1_750_000_000, 1_750_000_000))
    zone, seed, locale, _ = around
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale}
    environment |= {"SITEURL": "https://news.example.org", "GIT_CEILING_DIRECTORIES": str(folder)}
    command = [python, "-m", "pelican", "-s", "pelican.conf.py"]
    subprocess.run(command, cwd=site.folder, env=environment, check=True, capture_output=True)
    return tree_of(folder / "output")


if __name__ == "__main__":
    sys.exit(main())
