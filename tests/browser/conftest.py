"""A browser and the sample site, built once, served as GitHub Pages serves it: under a path."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from newsite import ROOT, SAMPLE, NewSite

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW = "needs Chromium: `apt-get install chromium`, or `.venv/bin/playwright install chromium`"

expect.set_options(timeout=20_000)  # a machine that does much else loads the search slowly


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without telling."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Write nothing."""


class Server(ThreadingHTTPServer):
    """Passes over browsers that hang up."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Write nothing."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; without it tests are left out and say how to get it, in CI they fail."""
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, NAMES)), None) or playwright.chromium.executable_path
        if not Path(found).exists():
            (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW)
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder's content below /news/ while it lasts; yield the address."""
    root = folder.parent / "served"
    root.mkdir()
    (root / "news").symlink_to(folder)
    server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/news"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """Return the address of the sample site: the seeds and the content that come along."""
    site = NewSite(tmp_path_factory.mktemp("sample") / "site")
    for name in ("seeds", "content"):
        shutil.rmtree(site.folder / name)
        shutil.copytree(SAMPLE / name, site.folder / name)
    built = site.build()
    assert built.status == 0, built.stderr
    yield from serve(built.output)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """Return the address of a paper of some sixty stories in nine languages, with pictures."""
    site = NewSite(tmp_path_factory.mktemp("paper") / "site")
    for name in ("seeds", "content"):
        for origin in (SAMPLE, ROOT / "tests" / "paper"):
            shutil.copytree(origin / name, site.folder / name, dirs_exist_ok=True)
    site.settings("COPYDESK_SEARCH_VOLUME = 8  # as a site of thousands: several")
    built = site.build(SITEURL="")
    assert built.status == 0, built.stderr
    yield from serve(built.output)


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """Return the address of a site of saved pages: their pictures beside them, in them, on other sites."""
    site = NewSite(tmp_path_factory.mktemp("saved") / "site")
    shutil.copytree(ROOT / "tests" / "pages", site.folder / "seeds" / "saved")
    for name in ("single-file.html.json", "lighthouse.html.json", "chromium.mhtml.json"):
        (site.folder / "seeds" / "saved" / name).unlink()
    built = site.build()
    assert built.status == 0, built.stderr
    yield from serve(built.output)


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """Return the address of a site of twenty sections, more than its masthead names."""
    site = NewSite(tmp_path_factory.mktemp("crowded") / "site")
    for number in range(20):
        site.seed(f"section-{number:02}/story.txt", f"Station {number} of the line is open", number=number)
    site.settings("COPYDESK_SAME_STORY = 100")
    built = site.build()
    assert built.status == 0, built.stderr
    yield from serve(built.output)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """Return the address of a site whose seeds try to run scripts, in the headline, in a head and in the text."""
    site = NewSite(tmp_path_factory.mktemp("hostile") / "site")
    site.settings("COPYDESK_SAME_STORY = 100  # each vector has a page of its own")
    vectors = (Path(__file__).parent / "vectors.txt").read_text("utf-8").splitlines()
    for number, vector in enumerate(vectors):
        text = f"{vector}\n\n{STORY}\n\n{vector}\n\n{STORY} {vector}\n\n{STORY.replace('bridge', 'ferry')}\n"
        site.write(f"seeds/vectors/{number}.txt", text)
        marked = f"[words]({vector}) ![words]({vector}) [words]: {vector}"
        site.write(
            f"seeds/vectors/{number}.md",
            f"# {number} {vector}\n\nThis is bridge {number}. {STORY}\n\n## {vector}\n\n{STORY} {marked}\n",
        )
    built = site.build()
    assert built.status == 0, built.stderr
    yield from serve(built.output)


STORY = "The council of Harrow Bay voted on Tuesday to close the old bridge, which was damaged in the flood of 2019."
