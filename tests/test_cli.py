"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsday import tale
from newsite import STORY, NewSite

TEXT = STORY.format(headline="Council Reopens the Harbour Line", number=12)


def run(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "copydesk", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, timeout=60, env={**os.environ})


def test_one_file_to_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(TEXT)
    done = run("clean", file)
    assert done.returncode == 0, done.stderr
    blocks = done.stdout.decode().rstrip("\n").split("\n\n")
    assert blocks[0].startswith("The council of Harrow Bay")
    assert "A slow start" in blocks
    assert not any(text in blocks for text in ("Menu", "Council Reopens the Harbour Line", "Leave a comment"))


@pytest.mark.parametrize(
    ("kind", "start"), [("markdown", "Title: "), ("html", "<p>The council"), ("json", '{\n "id": "urn:uuid:')]
)
def test_formats(kind: str, start: str) -> None:
    done = run("clean", "-", "--format", kind, stdin=TEXT.encode())
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith(start)


def test_a_folder_at_any_depth_in_several_formats(tmp_path: Path) -> None:
    for name in ("in/a.txt", "in/deep/er/b.txt", "in/deep/c.html.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    for jobs in ("1", "3"):
        done = run("clean", tmp_path / "in", "--format", "text,json", "--output", tmp_path / jobs, "--jobs", jobs)
        assert (done.returncode, done.stderr) == (0, b"")
        names = sorted(path.name for path in (tmp_path / jobs).iterdir())
        assert names == ["a.json", "a.txt", "b.json", "b.txt", "c.json", "c.txt"]
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "3" / path.name).read_bytes()
    assert json.loads((tmp_path / "1" / "a.json").read_text("utf-8"))["headline"] == "Council Reopens the Harbour Line"


def test_what_is_refused_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(TEXT)
    (tmp_path / "in" / "empty.txt").write_text("")
    (tmp_path / "in" / "out.txt").symlink_to("/etc/hostname")
    done = run("clean", tmp_path / "in", "--output", tmp_path / "out")
    assert done.returncode == 1
    told = done.stderr.decode()
    assert f"{tmp_path}/in/empty.txt: is an empty file" in told
    assert told.count("empty.txt") == 1
    assert "out.txt: is a link out of the folder" in told
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.txt"]


def test_namesakes_are_both_written(tmp_path: Path) -> None:
    for name in ("in/one/a.txt", "in/two/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(TEXT)
    done = run("clean", tmp_path / "in", "--output", tmp_path / "out")
    assert done.returncode == 0
    assert "another file is called a too" in done.stderr.decode()
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("clean",),
        ("clean", "no-such-file.txt"),
        ("clean", "-", "--format", "pdf"),
        ("clean", "-", "--format", "text,json"),
        ("clean", "-", "--jobs", "0"),
        ("explain",),
        ("paint", "a.txt"),
    ],
)
def test_wrong_calls_end_with_two(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, stdin=TEXT.encode(), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr


def test_explain(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(TEXT)
    record = json.loads(run("explain", file, "--format", "json").stdout)
    assert [line["text"] for line in record["lines"]] == TEXT.split("\n")
    assert {line["label"] for line in record["lines"]} == {"keep", "drop"}
    table = run("explain", file).stdout.decode()
    assert "1\tdrop\tfurniture\tMenu\t" in table


def test_explain_shows_the_lines_of_what_is_no_article(tmp_path: Path) -> None:
    file = tmp_path / "menu.txt"
    file.write_text("Home\nNews\nSport\n")
    done = run("explain", file)
    assert done.returncode == 1
    assert [line.split("\t")[:4] for line in done.stdout.decode().splitlines()] == [
        [str(number), "drop", "furniture", text] for number, text in enumerate(("Home", "News", "Sport"), 1)
    ]
    assert "no article text found" in done.stderr.decode()
    file.write_text("")
    assert run("explain", file).stdout == b""


def test_a_list_of_one_is_an_article(tmp_path: Path) -> None:
    story = "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years."
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"title": "Council reopens the line", "text": f"{story}\n\n{story[:-1]}, in the end."}))
    for command in ("clean", "explain"):
        done = run(command, file)
        assert done.returncode == 0, done.stderr
        assert "Harrow Bay" in done.stdout.decode()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "none.txt", "is not there"), (tmp_path, "is a folder")):
        done = run("explain", path)
        assert done.returncode == 1
        assert f"copydesk: {path}: {told}. Name" in done.stderr.decode()


def test_the_command_line_obeys_the_sites_overrides_and_rules(site: NewSite) -> None:
    site.seed("world/story.txt", "Council Reopens the Harbour Line")
    site.write("content/overrides/world/story.toml", '[[drop]]\ntext = "A slow start"\n')
    site.write(
        "content/rules/own.toml",
        '[[rule]]\nid = "own"\nwhy = "ours"\ndrop = "line"\nstarts = ["Work on the bridge"]\nmax_chars = 300\n',
    )
    text = run("clean", site.folder / "seeds" / "world" / "story.txt").stdout.decode()
    assert "A slow start" not in text
    assert "Work on the bridge" not in text
    assert "Members of both parties" in text


def test_adopt(site: NewSite) -> None:
    site.seed("world/story.txt", "Council Reopens the Harbour Line")
    done = run("adopt", site.folder / "seeds" / "world" / "story.txt")
    assert done.returncode == 0, done.stderr
    assert (site.folder / "content" / "world" / "story.md").is_file()
    assert run("adopt", site.folder / "seeds" / "world" / "story.txt").returncode == 1


def test_an_adopted_story_stays_what_readers_and_search_engines_know(site: NewSite) -> None:
    correction = "Correction: An earlier version of this article misstated the year of the last flood. It was 1998."
    for number, name in enumerate("abcd"):
        record = {
            "url": f"https://{name}.example/story",
            "date": "2026-03-02",
            "topics": ["Cafés", f"Only {name}"],
            "text": f"{tale(number, 0).partition(chr(10))[2].strip()}\n\n{correction}",
        }
        site.write(f"seeds/{name}.json", json.dumps(record))
    site.write("content/overrides/b.toml", 'canonical = "noindex"\nwas = ["old-address"]\n')
    before = site.build(SITEURL="https://paper.example")
    assert before.status == 0, before.stderr
    known = {seed["seed"]: seed["url"] for seed in before.report["seeds"]}
    page = before.page(known["b.json"])
    done = run("adopt", site.folder / "seeds" / "b.json")
    assert done.returncode == 0, done.stderr
    after = site.build(SITEURL="https://paper.example")
    assert {seed["seed"]: seed["url"] for seed in after.report["seeds"]} == known
    assert after.stderr.strip() == ""
    for path in ("articles/old-address.html", "topics/cafes.html", "corrections.html", "feeds/all.rss.xml"):
        assert known["b.json"].rpartition("/")[2] in after.page(path), path
    assert "topics/only-b.html" not in after.files()
    again = after.page(known["b.json"])
    for told in ('name="robots" content="noindex', '"datePublished":"2026-03-02"', "CorrectionComment"):
        assert told in page.replace('": ', '":'), told
        assert told in again.replace('": ', '":'), told
    file = site.folder / "content" / "b.md"
    file.write_text(file.read_text("utf-8").replace("Slug: ", "Slug: new-"), "utf-8")
    assert "Was: " in site.build(SITEURL="https://paper.example").stderr


def test_help_and_version() -> None:
    assert b"exit status" in run("--help").stdout
    assert run("--version").stdout.startswith(b"copydesk ")


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(TEXT * 2000)
    command = f"{sys.executable} -m copydesk explain {file} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_what_a_build_tells_a_file_is_not_broken_into_the_lines_of_a_terminal(site: NewSite) -> None:
    name = f"content/{'a-style-sheet-with-a-long-name-' * 4}.css"
    site.settings(f'COPYDESK_CSS = "{name}"')
    done = run("build", "-s", "pelican.conf.py", cwd=site.folder)
    assert done.returncode == 1
    assert name in done.stdout.decode()
    assert done.stdout.startswith(b"CRITICAL: SettingError: COPYDESK_CSS")
    assert b"Traceback" not in done.stdout + done.stderr
