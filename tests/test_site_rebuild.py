"""Rebuilds: what has not changed is not made again, and what comes out is what a build from nothing gives."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.site.reading import SETTLED
from newpicture import photograph
from newsite import ROOT, Built, NewSite
from warmpelican import WarmPelican

NOTHING = "nothing has changed since the last build"


def test_nothing_changed_is_nothing_done(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    first = site.build()
    times = {name: (first.output / name).stat().st_mtime_ns for name in first.files()}
    second = site.build()
    assert NOTHING not in first.stdout
    assert NOTHING in second.stdout
    assert "1 seeds: 1 published" in second.stdout
    assert times == {name: (second.output / name).stat().st_mtime_ns for name in second.files()}


def test_what_was_refused_is_told_again(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.write("seeds/empty.txt", "")
    site.build()
    again = site.build()
    assert again.status == 1
    assert NOTHING in again.stdout
    assert "empty.txt" in again.stderr


Change = Callable[[NewSite], object]
CHANGES: dict[str, Change] = {
    "a new seed": lambda site: site.seed("new.txt", "A second story", 30),
    "an edited seed": lambda site: site.seed("a.txt", "Council reopens harbour line", 13),
    "a removed seed": lambda site: (site.folder / "seeds/b.txt").unlink(),
    "an override": lambda site: site.write("content/overrides/a.toml", 'headline = "Another"'),
    "a rule": lambda site: site.write(
        "content/rules/own.toml",
        '[[rule]]\nid = "own"\nwhy = "x"\ndrop = "line"\nstarts = ["Work on the bridge"]\n'
        'drops = ["Work on the bridge goes on."]\nkeeps = ["A bridge."]\n',
    ),
    "a story by hand": lambda site: site.write("content/by-hand.md", "Title: By hand\nDate: 2026-02-03\n\nText.\n"),
    "a setting": lambda site: site.settings('SITENAME = "Another Paper"'),
    "a function of the configuration": lambda site: site.settings("JINJA_FILTERS = {'odd': lambda text: text}"),
    "a page that is gone from the site": lambda site: (site.folder / "output/index.html").unlink(),
    "a page that was changed in the site": lambda site: (site.folder / "output/index.html").write_text("x"),
    "a foreign plugin": lambda site: (
        site.write("own/odd.py", "def register():\n    pass\n"),
        site.settings("PLUGIN_PATHS.append('own')\nPLUGINS.append('odd')"),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_and_gives_what_a_build_from_nothing_gives(
    tmp_path: Path, site: NewSite, change: Change
) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.seed("b.txt", "Fishermen count their nets", 14)
    site.build()
    change(site)
    rebuilt = site.build()
    files = rebuilt.files()
    assert NOTHING not in rebuilt.stdout
    shutil.rmtree(site.folder / ".copydesk")
    shutil.rmtree(site.folder / "output")
    assert rebuilt.status == 0, rebuilt.stderr
    before = rebuilt.report
    again = site.build()
    assert again.report["seeds"] == before["seeds"]
    assert again.files() == files


def test_an_override_of_one_story_leaves_the_others_of_its_file(site: NewSite) -> None:
    lines = [json.dumps({"text": tale(number, 0), "date": f"2026-02-{number + 1:02}"}) for number in range(9)]
    site.write("seeds/crawl.jsonl", "".join(f"{line}\n" for line in lines))
    os.utime(site.folder / "seeds/crawl.jsonl", (1_750_000_000, 1_750_000_000))
    before = site.build()
    times = {name: (before.output / name).stat().st_mtime_ns for name in before.files() if name.startswith("articles/")}
    site.write("content/overrides/crawl.jsonl#4.toml", 'dek = "What the others do not have"')
    after = site.build()
    changed = [name for name, time in times.items() if (after.output / name).stat().st_mtime_ns != time]
    assert 0 < len(changed) < 6
    assert "What the others do not have" in "".join(after.page(name) for name in changed)
    with closing(sqlite3.connect(site.folder / ".copydesk/stories.sqlite")) as database:
        looks = database.execute("SELECT DISTINCT look FROM stories WHERE file = 'crawl.jsonl'").fetchall()
    assert len(looks) == 1
    assert NOTHING in site.build().stdout


def test_a_story_beside_a_refused_one_is_told_by_its_newest_version(site: NewSite) -> None:
    """The store remembers a file as it was when all of it could be read: that may be long ago."""
    path = site.folder / "seeds/crawl.jsonl"

    def write(*numbers: int) -> None:
        lines = [json.dumps({"text": tale(number, 0)} if number else {"nothing": ""}) for number in numbers]
        site.write("seeds/crawl.jsonl", "".join(f"{line}\n" for line in lines))
        os.utime(path, (1_750_000_000 + numbers[0], 1_750_000_000 + numbers[0]))
        time.sleep(SETTLED + 1)

    write(33, 8)
    site.build(SITEURL="https://one.example")
    write(14, 0)
    site.build(SITEURL="https://one.example")
    site.write("seeds/other.txt", tale(9, 0))
    built = site.build(SITEURL="https://one.example")
    told = {name for name in built.files() if name.endswith(".html") and "Story 33" in built.page(name)}
    assert told == set()


def test_an_override_that_is_put_right_brings_a_refused_piece_back(site: NewSite) -> None:
    site.write("seeds/crawl.jsonl", "".join(f"{json.dumps({'text': tale(number, 0)})}\n" for number in range(3)))
    override = "content/overrides/crawl.jsonl#2.toml"
    site.write(override, "tags = 3")
    time.sleep(SETTLED + 1)
    assert "2 published, 1 refused" in site.build().stdout
    site.write(override, 'headline = "Put right"')
    assert "3 published" in site.build().stdout


@pytest.mark.parametrize("status", ["hidden", "withdrawn"])
def test_a_story_that_is_not_listed_stays_so_when_another_changes(site: NewSite, status: str) -> None:
    for number in range(4):
        site.write(f"seeds/{number}.txt", tale(number, 0))
        site.write(f"content/overrides/{number % 3}.toml", f'status = "{status if number % 3 else "published"}"')
    time.sleep(SETTLED + 1)
    before = site.build()
    kept = {name: data for name, data in before.files().items() if "story-1-" in name or "story-2-" in name}
    assert len(kept) >= 2
    site.write("seeds/3.txt", tale(3, 1))
    after = site.build()
    assert after.status == 0, after.stderr + after.stdout
    assert {name: after.files()[name] for name in kept} == kept
    assert "was counted 1 times" in after.page("articles/story-3-school-glacier-violin-bridge.html")


def test_stories_that_no_change_touches_are_taken_over_from_their_records(site: NewSite) -> None:
    for name, number in (("a.txt", 1), ("b.txt", 2)):
        site.write(f"seeds/{name}", tale(number, 0))
    time.sleep(SETTLED + 1)
    site.build(SITEURL="https://one.example")
    with sqlite3.connect(site.folder / ".copydesk/stories.sqlite") as database:
        database.execute("UPDATE stories SET updated = '1999-12-31' WHERE seed = 'b.txt'")
    site.write("seeds/a.txt", tale(3, 0))
    rebuilt = site.build(SITEURL="https://one.example")
    assert "1999-12-31" in rebuilt.page("sitemap-1.xml")
    assert "Story 3" in rebuilt.page("index.html")
    site.settings("SITESUBTITLE = 'All anew'")
    assert "1999-12-31" not in site.build(SITEURL="https://one.example").page("sitemap-1.xml")


def test_a_story_that_is_taken_over_keeps_its_pictures_until_one_of_them_changes(tmp_path: Path, site: NewSite) -> None:
    _write_saved(site, "seeds/saved", tale(1, 0), "A lantern")
    site.write("seeds/saved_files/p.jpg", photograph(500, 300))
    site.write("seeds/b.txt", tale(2, 0))
    time.sleep(SETTLED + 1)
    first = site.build(SITEURL="https://one.example")
    with sqlite3.connect(site.folder / ".copydesk/stories.sqlite") as database:
        page, pictured = database.execute("SELECT slug, pictured FROM stories WHERE seed = 'saved.html'").fetchone()
        database.execute("UPDATE stories SET updated = '1999-12-31' WHERE seed = 'saved.html'")
    assert pictured
    site.write("seeds/b.txt", tale(3, 0))
    taken_over = site.build(SITEURL="https://one.example")
    path = f"articles/{page}.html"
    assert "1999-12-31" in taken_over.page("sitemap-1.xml")
    assert 'width="500"' in taken_over.page(path)
    pictures = _pictures(first)
    assert pictures
    assert _pictures(taken_over) == pictures
    site.write("seeds/saved_files/p.jpg", photograph(560, 300))
    changed = site.build(SITEURL="https://one.example")
    assert 'width="560"' in changed.page(path)
    assert pictures.keys().isdisjoint(_pictures(changed))
    assert changed.files() == site.copy(tmp_path / "fresh").build(SITEURL="https://one.example").files()
    (site.folder / "seeds/saved_files/p.jpg").unlink()
    bare = site.build(SITEURL="https://one.example")
    assert not _pictures(bare)
    assert bare.files() == site.copy(tmp_path / "bare").build(SITEURL="https://one.example").files()


def test_a_scrape_on_anothers_page_gets_none_when_it_is_taken_over(tmp_path: Path, site: NewSite) -> None:
    for name, number in (("a.txt", 1), ("b.txt", 2), ("twin-of-b.txt", 2)):
        site.write(f"seeds/{name}", tale(number, 0))
    time.sleep(SETTLED + 1)
    site.build(SITEURL="https://one.example")
    site.write("seeds/c.txt", tale(3, 0))
    rebuilt = site.build(SITEURL="https://one.example")
    assert rebuilt.status == 0, rebuilt.stdout[-2000:]
    assert rebuilt.seed("twin-of-b.txt")["status"] == "duplicate"
    assert rebuilt.seed("c.txt")["status"] == "published"
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build(SITEURL="https://one.example").files()


def _pictures(built: Built) -> dict[str, bytes]:
    return {name: data for name, data in built.files().items() if name.startswith("pictures/")}


def test_the_environment_counts(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.build(SITEURL="https://one.example")
    assert NOTHING not in site.build(SITEURL="https://two.example").stdout
    assert NOTHING in site.build(SITEURL="https://two.example").stdout


STORIES = (
    "add", "edit", "edit", "remove", "rename", "override", "retag", "hand", "page", "touch", "twin", "several",
    "picture", "repicture", "unpicture", "records", "records", "record override",
)  # fmt: skip
SURROUNDINGS = ("setting", "damage", "forget", "template", "partial", "style", "rule", "output", "foreign", "spare")
RECORDS = (
    "documents.json",
    "templates.json",
    "last-build.json",
    "spare.json",
    "report.json",
    "manifest.json",
)
FOREIGN = "foreign-"
"""Begins the names of files that somebody else puts into the site."""

TEMPLATES = ("article.html", "index.html", "tag.html", "listing.html", "partials/card.html", "partials/footer.html")
SETTINGS = (
    "DEFAULT_PAGINATION = {}",
    "COPYDESK_RELATED = {}",
    "COPYDESK_NAV_SECTIONS = {}",
    "SITESUBTITLE = 'Number {}'",
    "FEED_MAX_ITEMS = {}",
)
GROUPS = (
    'tags = ["Tag {}"]',
    'tags = ["Salt & Sea {}"]',
    'section = "Part {}"',
    'authors = ["Jane O\'Brien", "Ann Hale {}"]',
    'status = "hidden" # {}',
    'status = "withdrawn" # {}',
    'was = ["old-{}"]',
    "date = 2026-02-1{}",
    'dek = "Below the headline {}"',
    'language = "de" # {}',
    'canonical = "noindex" # {}',
    "[[drop]]\nline = 5 # {}",
)


WORDS = (
    "harbour council ferry tide bridge mayor budget school nurse trawler lantern meadow orchard granite railway pilot "
    "museum violin glacier harvest customs judge archive pottery beacon quarry chapel market weaver falcon plough"
).split()


def tale(number: int, version: int) -> str:
    """A story like no other; versions of one differ in a paragraph."""
    rng = random.Random(number)
    headline = f"Story {number}: {' '.join(rng.sample(WORDS, 4))}"
    paragraphs = []
    for place in range(7):
        words = [rng.choice(WORDS) for _ in range(28)]
        more = f" The {WORDS[version % len(WORDS)]} was counted {version} times that week." if place == 3 else ""
        paragraphs.append(f"The {' '.join(words[:14])}, said the {' '.join(words[14:])} on Tuesday.{more}")
    return "\n\n".join(["Menu", headline, *paragraphs, "Share this article"]) + "\n"


def edit(site: NewSite, rng: random.Random, step: int) -> str:
    """Change something at random, and tell what."""
    seeds = sorted(path for path in (site.folder / "seeds").rglob("*.txt"))
    names = [path.relative_to(site.folder / "seeds").as_posix() for path in seeds]
    kind = rng.choice(STORIES if rng.random() < 0.7 else SURROUNDINGS)
    text = tale(rng.randrange(40), rng.randrange(100))
    if kind == "add" or len(seeds) < 3:
        site.write(f"seeds/{rng.choice(['', 'world/', 'local/'])}{step}.txt", text)
    elif kind == "edit":
        site.write(f"seeds/{rng.choice(names)}", text)
    elif kind == "remove":
        rng.choice(seeds).unlink()
    elif kind == "rename":
        rng.choice(seeds).rename(site.folder / "seeds" / f"renamed-{step}.txt")
    elif kind in ("override", "retag"):
        told = f'headline = "Corrected {step}"' if kind == "override" else rng.choice(GROUPS).format(rng.randrange(4))
        site.write(f"content/overrides/{Path(rng.choice(names)).with_suffix('.toml').as_posix()}", told)
    elif kind == "hand":
        told = rng.choice(
            ["", "Status: hidden\n", "Status: draft\n", f"Was: older-{step}\n", f"Seed: {rng.choice(names)}\n"]
        )
        head = f"Title: By hand {step}\nDate: 2026-02-03\n{told}"
        site.write(f"content/hand-{rng.randrange(3)}.md", f"{head}\nText {step}.\n")
    elif kind == "page":
        site.write(f"content/pages/page-{rng.randrange(2)}.md", f"Title: Page {rng.randrange(3)}\n\nText {step}.\n")
    elif kind == "twin":
        told = rng.choice(seeds).read_text("utf-8")
        site.write(f"seeds/twin-{rng.randrange(4)}.txt", told.replace("Tuesday", rng.choice(["Tuesday", "Monday"])))
    elif kind == "several":
        return "+".join(edit(site, rng, 100 * step + number) for number in range(3))
    elif kind in ("picture", "repicture", "unpicture"):
        _edit_picture(site, rng, kind, text)
    elif kind == "records":
        _edit_records(site, rng, text)
    elif kind == "record override":
        told = rng.choice([f'headline = "Corrected {step}"', 'status = "withdrawn"', "tags = 3", ""])
        site.write(f"content/overrides/world/records.jsonl#{rng.randrange(1, 6)}.toml", told)
    elif kind == "touch":
        os.utime(rng.choice(seeds), (1_750_000_000, 1_750_000_000))
    else:
        _edit_surroundings(site, rng, kind, step)
    return kind


def _edit_records(site: NewSite, rng: random.Random, text: str) -> None:
    """Change a file of several stories: one comes, at its end or before the others; one changes; one goes."""
    path = site.folder / "seeds/world/records.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    record = json.dumps({"text": text, "tags": ["a"]} if rng.random() < 0.9 else {"nothing": text})
    place = rng.randrange(len(lines) + 1)
    if place < len(lines) and rng.random() < 0.6:
        lines[place : place + 1] = [record] if rng.random() < 0.7 else []
    elif len(lines) < 6:
        lines.insert(place if rng.random() < 0.3 else len(lines), record)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines) or "{}\n", "utf-8")


def _edit_picture(site: NewSite, rng: random.Random, kind: str, text: str) -> None:
    """Change a saved page with its picture; the picture alone; or take it away, and the page stays."""
    page = f"seeds/saved-{rng.randrange(2)}"
    picture = f"{page}_files/p.jpg"
    if kind == "unpicture":
        (site.folder / picture).unlink(missing_ok=True)
        return
    if kind == "picture" or not (site.folder / f"{page}.html").exists():
        _write_saved(site, page, text, f"Number {rng.randrange(3)}")
    site.write(picture, photograph(500 + 20 * rng.randrange(4), 300))


def _write_saved(site: NewSite, page: str, text: str, shown: str) -> None:
    """Write a saved page that shows a picture, p.jpg in the folder beside it."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    figure = f'<figure><img src="{Path(page).name}_files/p.jpg" alt="{shown}"></figure>'
    site.write(f"{page}.html", f"<html><body><article>{body}{figure}{body}</article></body></html>")


def _edit_surroundings(site: NewSite, rng: random.Random, kind: str, step: int) -> None:
    if kind == "setting":
        site.settings(rng.choice(SETTINGS).format(rng.randrange(2, 9)))
    elif kind in ("template", "partial"):
        template = site.folder / "theme/templates" / rng.choice(TEMPLATES)
        template.write_text(template.read_text() + f"{{# {step} #}}<!-- {step} {{{{ SITENAME }}}} -->")
    elif kind == "style":
        site.write("theme/static/css/extra.css", f"p {{ margin: {step}px }}")
    elif kind == "rule":
        examples = f'drops = ["Work {step}."]\nkeeps = ["A."]\n'
        site.write(
            "content/rules/own.toml",
            f'[[rule]]\nid = "own"\nwhy = "x"\ndrop = "line"\nstarts = ["Work {step}"]\n{examples}',
        )
    elif kind == "output":
        files = sorted(path for path in (site.folder / "output").rglob("*.html"))
        rng.choice(files).write_text("somebody else was here") if rng.random() < 0.5 else rng.choice(files).unlink()
    elif kind == "foreign":
        (site.folder / "output" / f"{FOREIGN}{rng.randrange(3)}.txt").write_text(f"verification {step}")
    elif kind == "spare":
        files = sorted((site.folder / ".output.spare").rglob("*.html"))
        rng.choice(files).unlink() if files else None
    else:
        name = rng.choice(["store.sqlite", "stories.sqlite"] if kind == "damage" else RECORDS)
        record = site.folder / ".copydesk" / name
        if record.exists():
            record.write_bytes(record.read_bytes()[: rng.randrange(4096)])


def without_foreign(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what somebody else put into a site."""
    return {name: data for name, data in files.items() if not name.startswith(FOREIGN)}


def compare(folder: Path, steps: int, seed: int, more: str) -> None:
    """Edit a site at random, and compare each rebuild with a build from nothing of the same files."""
    with closing(WarmPelican(1, processors=3)) as one, closing(WarmPelican(2)) as other:
        compare_by(one, other, folder, steps, seed, more)


def compare_by(one: WarmPelican, other: WarmPelican, folder: Path, steps: int, seed: int, more: str) -> None:
    """Rebuild a site in one process after each edit, and build it from nothing in the other."""
    rng = random.Random(seed)
    site = NewSite(folder / "site", one)
    (site.folder / "theme").unlink()
    shutil.copytree(ROOT / "theme", site.folder / "theme")
    site.settings(f"COPYDESK_SEARCH_VOLUME = 3\nCOPYDESK_NAV_SECTIONS = 3\n{more}")
    for number in range(9):
        site.write(f"seeds/{number}.txt", tale(number, number))
    site.build(SITEURL="https://one.example")
    changes = []
    for step in range(steps):
        changes.append(edit(site, rng, step))
        rebuilt = site.build(SITEURL="https://one.example")
        assert rebuilt.report, f"seed {seed}, step {step}: {changes[-5:]}: {rebuilt.stdout[-3000:]}"
        files, report = without_foreign(rebuilt.files()), rebuilt.report["seeds"]
        built = site.copy(folder / "fresh", other).build(SITEURL="https://one.example")
        assert built.report, f"seed {seed}, step {step}: {changes[-5:]}: {built.stdout[-3000:]}"
        assert built.status == rebuilt.status, f"seed {seed}, step {step}: {changes[-5:]}: {built.stderr[-3000:]}"
        assert built.report["seeds"] == report, f"seed {seed}, step {step}: {changes[-5:]}"
        found = built.files()
        assert sorted(found) == sorted(files), f"seed {seed}, step {step}: {changes[-5:]}"
        different = [name for name in found if found[name] != files[name]]
        assert not different, f"seed {seed}, step {step}: {changes[-5:]}: {different}"
        shutil.rmtree(folder / "fresh")


SIMPLE = """
THEME = "simple"
RELATIVE_URLS = True
DIRECT_TEMPLATES = ["index", "tags", "categories", "authors", "archives"]
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None}
"""


@pytest.mark.parametrize("more", ["", SIMPLE], ids=["own-theme", "somebodys-theme"])
def test_random_changes_give_what_a_build_from_nothing_gives(tmp_path: Path, more: str) -> None:
    steps, seed = int(os.environ.get("COPYDESK_REBUILDS", "6")), int(os.environ.get("COPYDESK_SEED", "1"))
    compare(tmp_path, steps, seed, more)


def test_pages_of_seeds_that_are_gone_go_when_the_list_of_files_is_lost(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    gone = site.seed("b.txt", "Ferry crews vote to strike", 14)
    first = site.build()
    assert any(name.startswith("articles/ferry-crews") for name in first.files())
    (first.output / "foreign.txt").write_text("verification")
    site.build()
    (site.folder / ".copydesk" / "manifest.json").write_text("{")
    gone.unlink()
    found = site.build().files()
    assert "foreign.txt" in found
    assert not any(name.startswith("articles/ferry-crews") for name in found)


def test_the_lists_of_files_may_be_lost_one_after_the_other(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    gone = site.seed("b.txt", "Ferry crews vote to strike", 14)
    site.build()
    (site.folder / ".copydesk" / "documents.json").write_text("{")
    assert NOTHING not in site.build().stdout
    assert NOTHING in site.build().stdout
    (site.folder / ".copydesk" / "manifest.json").write_text("{")
    gone.unlink()
    assert not any(name.startswith("articles/ferry-crews") for name in site.build().files())
