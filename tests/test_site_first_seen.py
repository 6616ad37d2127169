"""First-seen moments: the same in every clone, from git, SOURCE_DATE_EPOCH or the file's day."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.site.first_seen import FirstSeen


def git(folder: Path, *arguments: str, when: int = 1_500_000_000) -> None:
    stamp = f"{when} +0000"
    environment = {**os.environ, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    seeds = tmp_path / "origin" / "seeds"
    (seeds / "world").mkdir(parents=True)
    git(tmp_path, "init", "-q", "origin")
    (seeds / "a.txt").write_text("a")
    git(seeds, "add", ".", when=1_700_000_000)
    git(seeds, "commit", "-qm", "one", when=1_700_000_000)
    (seeds / "a.txt").write_text("a, corrected")
    (seeds / "world" / "ümlaut b.txt").write_text("b")
    git(seeds, "add", ".", when=1_710_000_000)
    git(seeds, "commit", "-qm", "two", when=1_710_000_000)
    return tmp_path / "origin"


def test_the_commit_that_added_the_file(repository: Path) -> None:
    seen = FirstSeen(repository / "seeds", repository)
    assert seen.moment("a.txt") == datetime.fromtimestamp(1_700_000_000, UTC)
    assert seen.moment("world/ümlaut b.txt") == datetime.fromtimestamp(1_710_000_000, UTC)


def test_files_of_one_commit_keep_their_order(repository: Path) -> None:
    for name in ("d.txt", "c.txt", "e.txt"):
        (repository / "seeds" / name).write_text(name)
    git(repository, "add", ".", when=1_715_000_000)
    git(repository, "commit", "-qm", "three", when=1_715_000_000)
    seen = FirstSeen(repository / "seeds", repository)
    assert [int(seen.moment(name).timestamp()) - 1_715_000_000 for name in ("c.txt", "d.txt", "e.txt")] == [0, -1, -2]


def test_a_name_cannot_tell_when_others_came(repository: Path) -> None:
    seeds = repository / "seeds"
    for name in ("\x01abc", "b\n\x01100", "b\n", "c"):
        (seeds / name).write_text("c")
    (seeds / "\n").mkdir()
    (seeds / "\n" / "0").write_text("c")
    git(seeds, "add", ".", when=1_720_000_000)
    git(seeds, "commit", "-qm", "three", when=1_720_000_000)
    seen = FirstSeen(seeds, repository)
    moments = [seen.moment(name).timestamp() for name in ("\x01abc", "\n/0", "b\n", "b\n\x01100", "c")]
    assert moments == [1_720_000_000 - place for place in range(5)]


def test_what_a_merge_itself_has_added(repository: Path) -> None:
    seeds = repository / "seeds"
    git(seeds, "checkout", "-qb", "other")
    (seeds / "b.txt").write_text("b")
    git(seeds, "add", ".", when=1_720_000_000)
    git(seeds, "commit", "-qm", "three", when=1_720_000_000)
    git(seeds, "checkout", "-q", "-")
    git(seeds, "merge", "-q", "--no-ff", "--no-commit", "other", when=1_730_000_000)
    (seeds / "c.txt").write_text("c")
    git(seeds, "add", ".", when=1_730_000_000)
    git(seeds, "commit", "-qm", "merged", when=1_730_000_000)
    seen = FirstSeen(seeds, repository)
    assert [seen.moment(f"{name}.txt").timestamp() for name in "bc"] == [1_720_000_000, 1_730_000_000]


def test_a_clone_sees_the_same(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(repository), str(tmp_path / "clone"))
    clone, origin = (
        FirstSeen(tmp_path / "clone" / "seeds", tmp_path / "clone"),
        FirstSeen(repository / "seeds", repository),
    )
    for name in ("a.txt", "world/ümlaut b.txt"):
        assert clone.moment(name) == origin.moment(name)


def test_a_shallow_clone_does_not_pretend(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(tmp_path / "shallow"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert FirstSeen(tmp_path / "shallow" / "seeds", tmp_path).moment("a.txt") == datetime.fromtimestamp(
        1_600_000_000, UTC
    )


def test_uncommitted_files_take_the_epoch_or_their_day(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = repository / "seeds" / "new.txt"
    new.write_text("new")
    os.utime(new, (1_720_000_123, 1_720_000_123))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert FirstSeen(new.parent, repository).moment("new.txt") == datetime(2024, 7, 3, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert FirstSeen(new.parent, repository).moment("new.txt") == datetime.fromtimestamp(1_600_000_000, UTC)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "a.txt").write_text("a")
    os.utime(tmp_path / "a.txt", (86_400 * 3 + 5, 86_400 * 3 + 5))
    assert FirstSeen(tmp_path, tmp_path).moment("a.txt") == datetime(1970, 1, 4, tzinfo=UTC)


def test_a_file_that_a_merge_itself_has_added(repository: Path) -> None:
    main = subprocess.run(["git", "-C", str(repository), "branch", "--show-current"], capture_output=True, text=True)
    for branch, name, when in (("side", "c.txt", 1_720_000_000), (main.stdout.strip(), "d.txt", 1_721_000_000)):
        git(repository, "checkout", "-q", *(["-b"] if branch == "side" else []), branch)
        (repository / "seeds" / name).write_text(name)
        git(repository, "add", ".", when=when)
        git(repository, "commit", "-qm", name, when=when)
    git(repository, "merge", "--no-commit", "--no-ff", "side")
    (repository / "seeds" / "world" / "e.txt").write_text("e")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "merge", when=1_730_000_000)
    seen = FirstSeen(repository / "seeds", repository)
    moments = {name: int(seen.moment(name).timestamp()) for name in ("a.txt", "c.txt", "d.txt", "world/e.txt")}
    assert moments == {
        "a.txt": 1_700_000_000,
        "c.txt": 1_720_000_000,
        "d.txt": 1_721_000_000,
        "world/e.txt": 1_730_000_000,
    }
