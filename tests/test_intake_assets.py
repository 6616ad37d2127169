"""Folders beside saved pages: what is in them is no seed, and every other folder is."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.commands.batch import find_all
from copydesk.intake.assets import page_of
from copydesk.site.seedfolder import seed_files
from newsite import NewSite


@pytest.mark.parametrize("folder", ["story_files", "story-Dateien", "story_fichiers", "story_archivos", "story.files"])
@pytest.mark.parametrize("page", ["story.html", "story.htm", "story.xhtml"])
def test_a_folder_of_a_page_is_known_by_both_names(folder: str, page: str) -> None:
    assert page_of(folder, ["other.html", page]) == page


@pytest.mark.parametrize("beside", [["story.txt"], ["other.html"], [], ["story_files"]])
def test_without_its_page_a_folder_is_one_like_others(beside: list[str]) -> None:
    assert page_of("story_files", beside) is None
    assert page_of("world", ["world.html"]) is None


def test_what_belongs_to_a_page_is_no_seed(tmp_path: Path) -> None:
    site = NewSite(tmp_path)
    for name in ("world/a.html", "world/a_files/ad.html", "world/a_files/p.png", "b_files/c.txt", ".hidden/d.txt"):
        site.write(f"seeds/{name}", "x")
    for name in ("Thumbs.db", "world/desktop.ini", "~$story.txt", "__MACOSX/story.txt", "world/.DS_Store"):
        site.write(f"seeds/{name}", "x")
    assert [file.name for file in seed_files(tmp_path / "seeds")] == ["b_files/c.txt", "world/a.html"]
    jobs, refused = find_all([str(tmp_path / "seeds")])
    assert [Path(job.path).name for job in jobs] == ["c.txt", "a.html"]
    assert refused == []
