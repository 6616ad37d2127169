"""`make regenerate` and `make devserver`: a change is seen, its page comes first and the search index after it."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsite import NewSite
from warmpelican import WatchingPelican

PATIENCE = 60


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[NewSite]:
    """A site that is rebuilt whenever something changes."""
    site = NewSite(tmp_path / "site")
    site.seed("a.txt", "Council reopens harbour line")
    site.seed("b.txt", "Fishermen count their nets", 14)
    site.settings("COPYDESK_SEARCH_VOLUME = 1  # each story in a volume of its own")
    site.settings("THEME_TEMPLATES_OVERRIDES = [str(ROOT / 'mine')]")
    (site.folder / "mine").mkdir()
    command = [sys.executable, "-m", "copydesk", "build", "-r", "-s", "pelican.conf.py"]
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(site.folder), "PYTHONUNBUFFERED": "1"}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=site.folder, stdout=log, stderr=log, env=environment)
        try:
            yield site
        finally:
            process.terminate()
            process.wait(10)


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("nothing happened")


def text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


def searched(folder: Path) -> str:
    """What the search index holds of all stories."""
    try:
        return " ".join(gzip.decompress(path.read_bytes()).decode() for path in folder.glob("*/fragment/*.pf_fragment"))
    except OSError:
        return ""


def test_an_edit_is_shown_and_then_found(watched: NewSite) -> None:
    page = watched.folder / "output" / "articles" / "council-reopens-harbour-line.html"
    index = watched.folder / "output" / "search"
    wait_for(lambda: "12 new stations" in text(page) and "12 new stations" in searched(index))
    files = sorted(path.name for path in (watched.folder / "output").iterdir())
    for number in range(70, 78):  # Pelican begins to watch some time after the first build
        watched.seed("a.txt", "Council reopens harbour line", number)
        time.sleep(0.5)
    wait_for(lambda: "77 new stations" in text(page))
    wait_for(lambda: "77 new stations" in searched(index) and "12 new" not in searched(index))
    assert "14 new stations" in searched(index)
    assert len(list(index.glob("*/pagefind-entry.json"))) == 2
    assert sorted(path.name for path in (watched.folder / "output").iterdir()) == files
    watched.write("mine/partials/footer.html", "<footer>Another footer</footer>")
    wait_for(lambda: "Another footer" in text(page))
    watched.write("mine/partials/footer.html", "<footer>A third footer</footer>")
    wait_for(lambda: "A third footer" in text(page))
    watched.write("seeds/broken.txt", "")
    watched.seed("c.txt", "A third story")
    wait_for((watched.folder / "output" / "articles" / "a-third-story.html").is_file)


def test_a_module_that_changes_while_it_is_in_use_is_told_and_not_believed(tmp_path: Path) -> None:
    site = NewSite(tmp_path / "site")
    site.seed("a.txt", "Council reopens harbour line")
    site.write("odd.py", "def odd(text):\n    return 'odd'\n")
    site.settings("sys.path.insert(0, str(ROOT))\nfrom odd import odd\nJINJA_FILTERS = {'odd': odd}")
    site.settings("THEME_TEMPLATES_OVERRIDES = [str(ROOT / 'mine')]")
    site.write("mine/partials/footer.html", "<footer>{{ '' | odd }}</footer>")
    with closing(WatchingPelican(1)) as watching:
        watched = NewSite.__new__(NewSite)
        watched.folder, watched._warm = site.folder, watching
        assert "<footer>odd" in watched.build().page("index.html")
        site.write("odd.py", "def odd(text):\n    return 'even'\n")
        site.seed("a.txt", "Council reopens harbour line", 13)
        built = watched.build()
        assert "<footer>odd" in built.page("index.html")
        assert built.report["warnings"] == ["odd.py: has changed since it was loaded; start again to see it"]
    built = site.build()
    assert "<footer>even" in built.page("index.html")
    assert built.report["warnings"] == []
