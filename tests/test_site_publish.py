"""The old site or the new one, whole; unchanged files keep their times; strangers' files stay."""

import json
import os
from pathlib import Path

import pytest

from copydesk.errors import PublishError
from copydesk.site import publish
from copydesk.site.publish import Staging


def build(staging: Staging, files: dict[str, str]) -> None:
    staging.begin()
    for name, text in files.items():
        path = staging.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    staging.publish()


def files_of(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return Staging(tmp_path / "output", tmp_path / "state")


def test_first_build_makes_the_site(staging: Staging) -> None:
    build(staging, {"index.html": "one", "a/b.html": "two"})
    assert files_of(staging.output) == {"index.html": "one", "a/b.html": "two"}
    assert not staging.path.exists()


def test_pages_that_are_gone_go(staging: Staging) -> None:
    build(staging, {"index.html": "one", "old.html": "old"})
    build(staging, {"index.html": "two"})
    assert files_of(staging.output) == {"index.html": "two"}


def test_unchanged_files_keep_their_times(staging: Staging) -> None:
    build(staging, {"same.html": "same", "other.html": "before"})
    os.utime(staging.output / "same.html", (1_000_000, 1_000_000))
    os.utime(staging.output / "other.html", (1_000_000, 1_000_000))
    build(staging, {"same.html": "same", "other.html": "after"})
    assert (staging.output / "same.html").stat().st_mtime == 1_000_000
    assert (staging.output / "other.html").stat().st_mtime > 1_000_000


def test_files_that_no_build_wrote_stay(staging: Staging) -> None:
    build(staging, {"index.html": "one"})
    (staging.output / "google123.html").write_text("verification")
    build(staging, {"index.html": "two"})
    build(staging, {"index.html": "three"})
    assert files_of(staging.output) == {"index.html": "three", "google123.html": "verification"}


def test_without_renameat2_the_folders_change_places_by_renames(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    build(staging, {"index.html": "one"})
    build(staging, {"index.html": "two"})
    assert files_of(staging.output) == {"index.html": "two"}


def test_a_kill_between_the_renames_is_mended_by_the_next_build(staging: Staging) -> None:
    build(staging, {"index.html": "one"})
    staging.output.rename(staging.output.parent / ".output.previous")
    staging.begin()
    assert files_of(staging.output) == {"index.html": "one"}


def test_an_unfinished_build_leaves_the_old_site(staging: Staging) -> None:
    build(staging, {"index.html": "one"})
    staging.begin()
    (staging.path / "index.html").write_text("half")
    assert files_of(staging.output) == {"index.html": "one"}
    build(staging, {"index.html": "two"})
    assert files_of(staging.output) == {"index.html": "two"}


def test_a_foreign_manifest_is_not_trusted(staging: Staging, tmp_path: Path) -> None:
    build(staging, {"index.html": "one"})
    (tmp_path / "state" / "manifest.json").write_text(json.dumps({str(staging.output): {"not": "a list"}}))
    build(staging, {"index.html": "two"})
    assert files_of(staging.output) == {"index.html": "two"}


def test_an_error_of_the_file_system_names_the_folder(staging: Staging, monkeypatch: pytest.MonkeyPatch) -> None:
    build(staging, {"index.html": "one"})

    def full(one: Path, other: Path) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "_exchange", full)
    with pytest.raises(PublishError, match="No space left"):
        build(staging, {"index.html": "two"})
    assert files_of(staging.output) == {"index.html": "one"}


def test_the_folder_that_was_replaced_is_used_again(staging: Staging) -> None:
    build(staging, {"index.html": "one", "a/b.html": "two", "c.html": "three"})
    build(staging, {"index.html": "two", "a/b.html": "two", "d/e.html": "new"})
    spare = staging.output.parent / ".output.spare"
    before = spare.stat().st_ino
    for files in ({"index.html": "three", "a/b.html": "two"}, {"index.html": "four", "a/b.html": "b", "c.html": "c"}):
        build(staging, files)
        assert files_of(staging.output) == files
    assert before in (spare.stat().st_ino, staging.output.stat().st_ino)


TOUCHED = [
    "output/mine.txt",
    "output/a/mine.txt",
    "output/d/e/mine.txt",
    ".output.spare/mine.txt",
    ".output.spare/a/mine.txt",
    ".output.spare/index.html",
]


@pytest.mark.parametrize("touch", TOUCHED)
def test_a_folder_that_somebody_has_touched_is_not_used_again(staging: Staging, touch: str) -> None:
    build(staging, {"index.html": "one", "a/b.html": "two"})
    build(staging, {"index.html": "two", "a/b.html": "two"})
    build(staging, {"index.html": "two", "a/b.html": "two", "d/e/f.html": "new"})
    place = staging.output.parent / touch
    place.unlink() if place.exists() else place.write_text("mine")
    spare = staging.output.parent / ".output.spare"
    before = spare.stat().st_ino
    last = {"index.html": "three", "a/b.html": "two", "d/e/f.html": "new"}
    build(staging, last)
    assert before not in (spare.stat().st_ino, staging.output.stat().st_ino)
    mine = {touch.removeprefix("output/"): "mine"} if touch.startswith("output") else {}
    assert files_of(staging.output) == last | mine


def test_a_build_that_was_killed_while_it_filled_the_folder(staging: Staging) -> None:
    build(staging, {"index.html": "one", "a.html": "two"})
    build(staging, {"index.html": "two", "a.html": "two"})
    (staging.output.parent / "state" / "spare.json").unlink()
    (staging.output.parent / ".output.spare" / "a.html").unlink()
    build(staging, {"index.html": "three", "a.html": "two"})
    assert files_of(staging.output) == {"index.html": "three", "a.html": "two"}


def test_a_file_becomes_a_folder_and_a_folder_a_file(staging: Staging) -> None:
    one = {"index.html": "1", "x": "file", "y/deep/z": "deep"}
    other = {"index.html": "2", "x/deep/z": "deep", "y": "file"}
    for files in (one, one, other, other, one, other, one, one | {"w": ""}):
        build(staging, files)
        assert files_of(staging.output) == files
