"""Folders of seeds are sifted in one way, by a site and by the command line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.commands.batch import find_all
from copydesk.intake.folders import Around, Sifted, around_of, sift
from copydesk.site.seedfolder import seed_files

FOLDERS = st.sampled_from(["world", "www.herald.example", "story_files", "page.files", "hts-cache", ".git", "2026"])
FILES = st.sampled_from(
    ["story.html", "page.htm", "note.txt", "harbour.jpg", "site.css", "robots.txt", "hts-log.txt", "index.html", ".env"]
)
TREES = st.sets(st.tuples(st.lists(FOLDERS, max_size=3).map(tuple), FILES), max_size=12)


def test_each_name_goes_to_one_place() -> None:
    found = sift(
        ["story_files", "world", ".git", "www.herald.example"],
        ["story.html", "note.txt", "harbour.jpg", "site.css", ".env"],
        Around(),
    )
    assert found == Sifted(
        ("note.txt", "story.html"),
        ("harbour.jpg",),
        {"world": Around(pages=True), "www.herald.example": Around(pages=True, mirror=True)},
        {"story.html": ("story_files",)},
    )


@pytest.mark.parametrize(
    ("around", "seeds"),
    [
        (Around(), ("harbour.jpg", "note.txt", "robots.txt")),
        (Around(pages=True), ("note.txt", "robots.txt")),
        (Around(pages=True, mirror=True), ("note.txt",)),
    ],
)
def test_what_belongs_to_pages_depends_on_what_is_around(around: Around, seeds: tuple[str, ...]) -> None:
    assert sift([], ["note.txt", "harbour.jpg", "robots.txt"], around).seeds == seeds


def test_the_folder_of_a_program_that_copies_sites_has_no_seeds_of_its_own() -> None:
    found = sift(["hts-cache", "www.herald.example"], ["index.html", "fade.gif", "hts-log.txt"], Around())
    assert (found.seeds, found.pictures, list(found.folders)) == ((), (), ["www.herald.example"])


def test_a_folder_s_own_name_tells_a_mirror() -> None:
    assert around_of("www.herald.example") == Around(pages=True, mirror=True)
    assert around_of("seeds") == Around()


@given(TREES)
def test_a_site_and_the_command_line_find_the_same(tree: set[tuple[tuple[str, ...], str]]) -> None:
    with TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for folders, file in tree:
            path = seeds.joinpath(*folders, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("Read.")
        jobs, refused = find_all([str(seeds)])
        assert not refused
        told = sorted(Path(job.path).relative_to(seeds).as_posix() for job in jobs)
        assert told == [file.name for file in seed_files(seeds)]
