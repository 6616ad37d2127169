"""What surrounds a build goes wrong: disk, clock, locale, names, links; nothing is lost, and it is told."""

from __future__ import annotations

import copy
import errno
import os
import re
import resource
import subprocess
import sys
import threading
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from copydesk.cleaning.leaning import Leaning
from copydesk.site import cleaner
from copydesk.site.settingstold import settings_told
from newsite import WIDE, NewSite


@pytest.fixture
def site(cold_site: NewSite) -> NewSite:
    cold_site.seed("world/a.txt", "Council reopens harbour line")
    cold_site.seed("world/b.txt", "Ferry sails again", 3)
    return cold_site


@pytest.mark.parametrize(
    ("most", "words", "stream", "told"),
    [(9_000, 1, "stdout", "misses a file"), (100_000, 30_000, "stderr", "no room left")],
    ids=["for the theme", "for a page"],
)
def test_a_full_disk_leaves_the_old_site(site: NewSite, most: int, words: int, stream: str, told: str) -> None:
    old = site.build().files()
    site.seed("world/c.txt", "A third story is told", 4)
    site.write("content/pages/long.md", "Title: Long\n\n" + "word " * words)
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(site.folder), "COLUMNS": WIDE}
    command = [sys.executable, "-m", "pelican", "-s", "pelican.conf.py"]
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: E731
    done = subprocess.run(command, cwd=site.folder, env=environment, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode != 0
    assert told in getattr(done, stream)
    assert {p.relative_to(site.folder / "output").as_posix() for p in (site.folder / "output").rglob("*.html")} == {
        name for name in old if name.endswith(".html")
    }
    built = site.build()
    assert built.status == 0
    assert "articles/a-third-story-is-told.html" in built.files()


def test_an_output_that_is_a_file_is_told_and_left_alone(site: NewSite) -> None:
    (site.folder / "output").write_text("not a folder")
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(site.folder)}
    command = [sys.executable, "-m", "pelican", "-s", "pelican.conf.py"]
    done = subprocess.run(command, cwd=site.folder, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "is a file, not a folder" in " ".join((done.stdout + done.stderr).split())
    assert (site.folder / "output").read_text() == "not a folder"


@pytest.mark.parametrize(("number", "refused"), [(errno.EACCES, True), (errno.ENOSPC, False), (errno.EMFILE, False)])
def test_what_can_not_be_read_is_refused_unless_the_machine_is_at_its_end(
    site: NewSite, monkeypatch: pytest.MonkeyPatch, number: int, refused: bool
) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(cleaner, "pieces", fails)
    desk = cleaner.Desk(site.folder / "seeds", site.folder, (), (), 1000, Leaning.BALANCED)
    if not refused:
        with pytest.raises(OSError, match=os.strerror(number)):
            list(desk.pieces("world/a.txt"))
        return
    (piece,) = desk.pieces("world/a.txt")
    assert "world/a.txt: can't be read (Permission denied)" in str(piece.refusal)


def test_two_builds_at_once_wait_for_each_other(site: NewSite) -> None:
    alone = site.build().files()
    for name in ("documents.json", "last-build.json"):
        (site.folder / ".copydesk" / name).unlink()
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(site.folder)}
    command = [sys.executable, "-m", "pelican", "-s", "pelican.conf.py"]
    quiet = subprocess.DEVNULL
    running = [
        subprocess.Popen(command, cwd=site.folder, env=environment, stdout=quiet, stderr=quiet) for _ in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert site.build().files() == alone


def test_a_clock_that_was_set_back_changes_nothing(site: NewSite) -> None:
    built = site.build().files()
    for path in (site.folder / "output").rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    for path in (site.folder / ".copydesk").iterdir():
        os.utime(path, (4_000_000_000, 4_000_000_000))
    assert site.build().files() == built


def test_a_locale_of_ascii_alone(site: NewSite) -> None:
    site.seed("world/übersee.txt", "Der Rat eröffnet die Linie für Züge")
    first = site.build().files()
    (site.folder / ".copydesk" / "last-build.json").unlink()
    second = site.build(LC_ALL="C", LANG="C")
    assert second.status == 0, second.stderr
    assert second.files() == first


@pytest.mark.parametrize("place", ["seeds/world/{}.txt", "seeds/{}/c.txt", "content/{}.md", "content/images/{}.png"])
def test_names_that_are_no_utf8(site: NewSite, place: str) -> None:
    path = Path(os.fsdecode(os.fsencode(site.folder / place).replace(b"{}", b"gr\xfc\xdfe")))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")
    story = (site.folder / "seeds" / "world" / "a.txt").read_text().replace("Council", "Board")
    path.write_text(f"Title: Board\nDate: 2026-03-01\n\n{story}" if place.endswith(".md") else story)
    os.utime(path, (1_750_000_000, 1_750_000_000))
    built = site.build()
    assert built.status == 0, built.stderr
    published = len([seed for seed in built.report["seeds"] if seed["status"] == "published"])
    assert (published == 3) is place.startswith("seeds")
    assert (site.folder / ".copydesk" / "report.json").read_text("utf-8")
    site.seed("world/z.txt", "Lantern fair of the bay", 15)
    assert site.build().files() == site.copy(site.folder.parent / "anew").build().files()


def test_a_name_that_is_no_utf8_is_no_other_files(site: NewSite) -> None:
    story = (site.folder / "seeds" / "world" / "a.txt").read_text()
    path = site.write("seeds/world/x.txt", story.replace("Council", "Board"))
    try:
        path.rename(path.with_name(os.fsdecode(b"gr\xfc\xdfe.txt")))
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")
    site.write(r"seeds/world/gr\xfc\xdfe.txt", story.replace("Council", "Ward"))
    published = [seed["seed"] for seed in site.build().report["seeds"] if seed["status"] == "published"]
    assert {r"world/gr\xfc\xdfe.txt", r"world/gr\x5cxfc\x5cxdfe.txt"} < {*published}
    assert len(published) == 4


def test_an_override_whose_name_is_no_utf8_corrects_nothing(site: NewSite) -> None:
    path = site.write("content/overrides/a.toml", "")
    try:
        path.rename(path.with_name(os.fsdecode(b"gr\xfc\xdfe.toml")))
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")
    built = site.build()
    assert built.status == 0, built.stderr
    assert "no seed has this name" in built.stderr


def test_a_seed_that_goes_while_they_are_read_costs_itself_alone(site: NewSite) -> None:
    site.settings(
        "from pathlib import Path\nfrom copydesk.site import reading\nread = reading.Desk.pieces\n"
        "def pieces(desk, file):\n    yield from read(desk, file)\n"
        "    if file == 'world/a.txt':\n        (Path(__file__).with_name('seeds') / file).unlink(missing_ok=True)\n"
        "reading.Desk.pieces = pieces\n"
    )
    site.seed("world/z.txt", "Lantern fair of the bay", 15)
    built = site.build()
    assert "articles/lantern-fair-of-the-bay.html" in built.files()
    assert "world/a.txt" in built.stderr


def test_links_in_circles_and_out_of_the_folder(site: NewSite) -> None:
    seeds = site.folder / "seeds"
    (seeds / "circle").symlink_to("..")
    (seeds / "self").symlink_to("self")
    (seeds / "passwd.txt").symlink_to("/etc/passwd")
    (seeds / "nowhere.txt").symlink_to("nothing-here")
    (seeds / "folder").symlink_to(".")
    built = site.build()
    refused = {seed["seed"]: seed["reason"] for seed in built.report["seeds"] if seed["status"] == "refused"}
    assert "link out of the seeds folder" in str(refused["passwd.txt"])
    assert "is a link to a folder" in str(refused["folder"])
    assert "nowhere.txt" in refused
    assert len([seed for seed in built.report["seeds"] if seed["status"] == "published"]) == 2
    assert not any("root:x:0" in text.decode("utf-8", "replace") for text in built.files().values())


class Odd:
    """An object of the configuration."""

    def __init__(self, value: object) -> None:
        self.value = value


def _of(value: object) -> object:
    return lambda: value


VALUES = {
    "a day": (date(2026, 1, 1), date(2027, 1, 1)),
    "a moment": (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Berlin"))),
    "bytes": (b"one", b"two"),
    "a number": (Decimal(1), Decimal(2)),
    "a path": (Path("one"), Path("two")),
    "some of each": ((frozenset((date(2026, 1, 1),)), {"a": b"one"}), (frozenset((date(2027, 1, 1),)), {"a": b"one"})),
    "a pattern": (re.compile("x" * 300 + "a"), re.compile("x" * 300 + "b")),
    "an object": (Odd([1]), Odd([2])),
    "a function that keeps a value": (_of(1), _of(2)),
    "a function with a value": (partial(int, 1), partial(int, 2)),
    "a method of an object": (Odd("one").__eq__, Odd("two").__eq__),
    "a dictionary of a kind": (defaultdict(list, a=1), defaultdict(list, a=2)),
}


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_settings_count_by_their_values(values: tuple[object, object]) -> None:
    one, other = values
    assert settings_told({"A": one}) == settings_told({"A": copy.deepcopy(one)})
    assert settings_told({"A": one}) != settings_told({"A": other})


def test_a_setting_that_nothing_tells_is_never_the_same() -> None:
    odd = {"A": threading.Lock()}
    assert settings_told(odd) != settings_told(odd)


def test_a_setting_that_holds_itself_is_told() -> None:
    odd: dict[str, object] = {"one": 1}
    odd["itself"] = odd
    assert settings_told({"A": odd}) == settings_told({"A": odd})
