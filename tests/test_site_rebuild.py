"""Rebuilds: what has not changed is not made again, and what comes out is what a build from nothing gives."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.site.addresses import slug_of
from copydesk.site.contents import SETTLED
from newpicture import photograph
from newsday import check_out_anew, headline, tale, write_saved
from newsite import Built, NewSite
from test_intake_pictures import archive

NOTHING = "nothing has changed since the last build"


def test_nothing_changed_is_nothing_done(cold_site: NewSite) -> None:
    cold_site.seed("a.txt", "Council reopens harbour line")
    first = cold_site.build()
    times = {name: (first.output / name).stat().st_mtime_ns for name in first.files()}
    second = cold_site.build()
    assert NOTHING not in first.stdout
    assert NOTHING in second.stdout
    assert "1 seed: 1 published" in second.stdout
    assert times == {name: (second.output / name).stat().st_mtime_ns for name in second.files()}


def test_what_was_refused_is_told_again(cold_site: NewSite) -> None:
    cold_site.seed("a.txt", "Council reopens harbour line")
    cold_site.write("seeds/empty.txt", "")
    cold_site.build()
    again = cold_site.build()
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


def letter(number: int) -> str:
    """A story with the headline that many have."""
    _, _, rest = tale(number, 0).split("\n\n", 2)
    return f"Menu\n\nLetters to the editor\n\n{rest}"


def told_at(text: str, address: str) -> str:
    """A record of a story that was scraped from an address."""
    return json.dumps({"text": text, "url": f"https://herald.example/{address}"})


def report(number: int, story: int = 30) -> str:
    """A report of a kind: nothing but a number tells it from others."""
    return tale(story, 0).replace(headline(story), "Tides of the harbour this week") + f"High water came at {number}.\n"


RIVALS: dict[str, Change] = {
    "another story of a headline that is there": lambda site: site.write("seeds/more.txt", letter(18)),
    "a further report of a kind": lambda site: site.write("seeds/report.txt", report(4)),
    "another scrape of a report of a kind": lambda site: site.write("seeds/report.txt", report(3).upper()),
    "a report of a kind gets another number": lambda site: site.write("seeds/report-2.txt", report(3)),
    "another scrape of a story": lambda site: site.write("seeds/twin.txt", tale(5, 0).replace("Menu", "Sections")),
    "a fuller scrape of a story": lambda site: site.write("seeds/twin.txt", tale(5, 0) + tale(5, 0)[60:]),
    "the first of two scrapes goes": lambda site: (site.folder / "seeds/d.txt").unlink(),
    "one of two scrapes is another story": lambda site: site.write("seeds/j.txt", tale(14, 1)),
    "the other of two scrapes goes": lambda site: (site.folder / "seeds/twin.txt").unlink(),
    "another story from an address": lambda site: site.write("seeds/new.json", told_at(tale(19, 0), "one")),
    "a further story from an address": lambda site: site.write("seeds/new.json", told_at(tale(19, 0), "two")),
    "the first story from an address goes": lambda site: (site.folder / "seeds/g.json").unlink(),
    "another file of the same bytes": lambda site: site.write("seeds/same.txt", letter(2)),
    "a title that holds what tells another apart": lambda site: site.write(
        "seeds/0.txt", letter(19).replace("editor", f"editor {_suffix_of_a_letter(site)}")
    ),
    "the first of a headline gets another": lambda site: site.write("seeds/a.txt", tale(1, 1)),
    "the first of a headline goes": lambda site: (site.folder / "seeds/b.txt").unlink(),
}


def _suffix_of_a_letter(site: NewSite) -> str:
    pages = (site.folder / "output/articles").glob("letters-to-the-editor-*.html")
    return sorted(page.stem for page in pages)[0].rpartition("-")[2]


def test_only_rivals_of_a_changed_story_are_made_again(tmp_path: Path, site: NewSite) -> None:
    for name, text in (
        ("a.txt", letter(1)),
        ("b.txt", letter(2)),
        ("c.txt", letter(3)),
        ("d.txt", tale(4, 0)),
        ("e.txt", tale(4, 0).replace("Menu", "Sections")),
        ("f.txt", tale(5, 0)),
        ("g.json", told_at(tale(6, 0), "two")),
        ("h.json", told_at(tale(7, 0), "two")),
        ("i.json", told_at(tale(8, 0), "one")),
        ("j.txt", tale(16, 0)),
        ("k.txt", tale(16, 0).replace("Menu", "Sections")),
        ("untouched.txt", tale(9, 0)),
        *((f"report-{number}.txt", report(number)) for number in range(1, 4)),
    ):
        site.write(f"seeds/{name}", text)
    time.sleep(SETTLED + 1)
    first = site.build(SITEURL="https://one.example")
    assert len([name for name in first.files() if name.startswith("articles/letters-to-the-editor")]) == 3
    with closing(sqlite3.connect(site.folder / ".copydesk/stories.sqlite")) as database, database:
        database.execute("UPDATE stories SET updated = '1999-12-31' WHERE seed = 'untouched.txt'")
    for name, change in RIVALS.items():
        change(site)
        rebuilt = site.build(SITEURL="https://one.example")
        assert "1999-12-31" in rebuilt.page("sitemap-1.xml"), name
        built = site.copy(tmp_path / name).build(SITEURL="https://one.example")
        assert _without_sitemap(built) == _without_sitemap(rebuilt), name
        assert built.report["seeds"] == rebuilt.report["seeds"], name
        told, others = (
            {text for text in report["warnings"] if "another story" in text}
            for report in (rebuilt.report, built.report)
        )
        assert told == others, name


TAKEN_APART = """
from copydesk.site import cleaner
_pieces = cleaner.pieces
def _told(path, name, *more):
    with open(ROOT / "apart", "a") as told:
        print(name, file=told)
    return _pieces(path, name, *more)
cleaner.pieces = _told
"""
"""Tells which files are taken apart."""


def test_a_clone_of_the_same_files_costs_what_has_changed(tmp_path: Path, site: NewSite) -> None:
    site.settings(f"from copydesk.site import changes\nchanges.MOST = 3\n{TAKEN_APART}")
    for number in range(6):
        site.write(f"seeds/{number}.txt", tale(number, 0))
    write_saved(site, "seeds/saved", tale(6, 0), "p.jpg")
    site.write("seeds/saved_files/p.jpg", photograph(500, 300))
    site.write("seeds/records.jsonl", "".join(f"{json.dumps({'text': tale(number, 0)})}\n" for number in (7, 8, 9, 10)))
    archive(site.write("seeds/crawl.warc.gz", b""))
    site.write("content/overrides/1.toml", 'headline = "Put right"')
    CHANGES["a rule"](site)
    site.write("content/images/static.png", b"what else belongs to the site")
    time.sleep(SETTLED + 1)
    site.build(SITEURL="https://one.example")
    for changed in (2, 3):
        with closing(sqlite3.connect(site.folder / ".copydesk/stories.sqlite")) as database, database:
            database.execute("UPDATE stories SET updated = '1999-12-31'")
        check_out_anew(site)
        site.write(f"seeds/{changed}.txt", tale(changed, 1))
        cleaned = _articles_in_store(site)
        (site.folder / "apart").unlink()
        rebuilt = site.build(SITEURL="https://one.example")
        assert "1999-12-31" in rebuilt.page("sitemap-1.xml")
        assert _articles_in_store(site) <= cleaned + 1
        apart = (site.folder / "apart").read_text().split()
        assert sorted(apart) == sorted(["1.txt", f"{changed}.txt", "crawl.warc.gz", "records.jsonl"])
        assert NOTHING in site.build(SITEURL="https://one.example").stdout
        assert _without_sitemap(site.copy(tmp_path / str(changed)).build(SITEURL="https://one.example")) == (
            _without_sitemap(rebuilt)
        )
    check_out_anew(site)
    site.write("content/images/static.png", b"something else")
    assert "1999-12-31" not in site.build(SITEURL="https://one.example").page("sitemap-1.xml")


def test_a_rule_costs_the_stories_that_it_has_a_say_in(tmp_path: Path, site: NewSite) -> None:
    for number in range(4):
        site.write(f"seeds/{number}.txt", tale(number, 0))
    gulls = "The gulls of the harbour were counted on Tuesday, and the mayor read out the number in the town hall."
    first, _, rest = tale(4, 0).partition("\n\n")
    site.write("seeds/gull.txt", f"{first}\n\n{rest}\n\n{gulls}\n\n{rest}")
    site.write("seeds/menu.txt", "Home\nNews\nSports\nWeather\n")
    site.write("seeds/empty.txt", "\n")
    site.write("content/overrides/1.toml", 'headline = "Put right"')
    time.sleep(SETTLED + 1)
    assert "gulls of the harbour" in _stories(site.build())
    cleaned = _articles_in_store(site)
    for step, (start, anew) in enumerate((("The gulls", 2), ("The gulls of the harbour", 1), ("The gulls of", 1))):
        site.write("content/rules/own.toml", OWN_RULE.format(start=start))
        rebuilt = site.build()
        assert "gulls of the harbour" not in _stories(rebuilt)
        assert _articles_in_store(site) == cleaned + anew  # the one with an override is always made anew
        assert rebuilt.files() == site.copy(tmp_path / str(step)).build().files()
        assert "5 published, 2 refused" in rebuilt.stdout
        cleaned += anew
    site.write("seeds/3.txt", tale(3, 1))
    assert site.build().files() == site.copy(tmp_path / "edited").build().files()
    assert _articles_in_store(site) == cleaned + 1
    (site.folder / "content/rules/own.toml").unlink()
    assert "gulls of the harbour" in _stories(site.build())


OWN_RULE = """
[[rule]]
id = "own"
why = "Birds are no news"
drop = "line"
starts = ["{start}"]
drops = ["{start} here"]
keeps = ["A bridge."]
"""


def _stories(built: Built) -> str:
    return "".join(path.read_text() for path in (built.output / "articles").glob("*.html"))


def _articles_in_store(site: NewSite) -> int:
    with closing(sqlite3.connect(site.folder / ".copydesk/store.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM articles").fetchone()[0])


def test_a_story_that_is_taken_over_keeps_its_pictures_until_one_of_them_changes(tmp_path: Path, site: NewSite) -> None:
    write_saved(site, "seeds/saved", tale(1, 0), "A lantern")
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


def test_the_links_of_a_story_by_hand_hold_when_another_story_changes(tmp_path: Path, site: NewSite) -> None:
    site.write("seeds/a.txt", tale(1, 0))
    site.write("seeds/b.txt", tale(2, 0))
    site.write("content/images/p.jpg", photograph(400, 300))
    links = "[B]({filename}other.md) ![A lantern]({static}/images/p.jpg)"
    site.write("content/hand.md", f"Title: By hand\nDate: 2026-02-03\nSeed: a.txt\n\nText {links}.\n")
    site.write("content/other.md", "Title: Other\nDate: 2026-02-04\n\nText.\n")
    time.sleep(SETTLED + 1)
    site.build(SITEURL="https://one.example")
    site.write("seeds/b.txt", tale(2, 1))
    rebuilt = site.build(SITEURL="https://one.example")
    assert 'src="https://one.example/images/p.jpg"' in rebuilt.page("articles/by-hand.html")
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build(SITEURL="https://one.example").files()


HAND = "Title: By hand\nDate: 2026-02-03\nTags: lantern, tide\n{}\n\nText by hand.\n"
BY_HAND: dict[str, Change] = {
    "edited": lambda site: site.write("content/hand.md", f"{HAND.format('')}\nMore of it.\n"),
    "about something else": lambda site: site.write("content/hand.md", HAND.replace("tide", "nets").format("")),
    "on another day": lambda site: site.write(
        "content/hand.md", HAND.replace("By hand", "By ear").replace("2026", "2025").format("")
    ),
    "in another section": lambda site: site.write("content/hand.md", HAND.format("Category: World")),
    "hidden": lambda site: site.write("content/hand.md", HAND.format("Status: hidden")),
    "gone": lambda site: (site.folder / "content/hand.md").unlink(),
    "new": lambda site: site.write("content/new.md", HAND.replace("By hand", "Anew").format("")),
    "in the place of a seed": lambda site: site.write("content/hand.md", HAND.format("Seed: a.txt")),
    "on a page": lambda site: site.write("content/pages/about.md", "Title: About\n\nThe keepers.\n"),
}


def _with_a_text_by_hand(site: NewSite) -> None:
    for name, number in (("a.txt", 1), ("b.txt", 2), ("world/c.txt", 3), ("world/d.txt", 4)):
        site.write(f"seeds/{name}", tale(number, 0))
    site.write("content/hand.md", HAND.format(""))
    site.write("content/pages/about.md", "Title: About\n\nThe keeper.\n")
    time.sleep(SETTLED + 1)
    site.build(SITEURL="https://one.example")


def test_where_a_text_by_hand_changes_stories_are_taken_over(tmp_path: Path, site: NewSite) -> None:
    _with_a_text_by_hand(site)
    for name, change in BY_HAND.items():
        with closing(sqlite3.connect(site.folder / ".copydesk/stories.sqlite")) as database, database:
            database.execute("UPDATE stories SET updated = '1999-12-31'")
        change(site)
        rebuilt = site.build(SITEURL="https://one.example")
        assert rebuilt.status == 0, rebuilt.stderr
        assert "1999-12-31" in rebuilt.page("sitemap-1.xml"), name
        fresh = site.copy(tmp_path / name).build(SITEURL="https://one.example")
        assert fresh.report["seeds"] == rebuilt.report["seeds"], name
        assert _without_sitemap(fresh) == _without_sitemap(rebuilt), name


def _without_sitemap(built: Built) -> dict[str, bytes]:
    return {name: data for name, data in built.files().items() if name != "sitemap-1.xml"}


def test_a_text_by_hand_takes_the_address_of_a_story_and_gives_it_back(tmp_path: Path, site: NewSite) -> None:
    _with_a_text_by_hand(site)
    path = next(path.stem for path in (site.folder / "output/articles").glob("story-2-*.html"))
    for step, line in enumerate(("Slug: {}", "Save_as: articles/{}.html")):
        site.write("content/hand.md", HAND.format(line.format(path)))
        taken = site.build(SITEURL="https://one.example")
        assert "Text by hand." in taken.page(f"articles/{path}.html")
        assert taken.seed("b.txt")["url"] not in (f"articles/{path}.html", None)
        assert taken.files() == site.copy(tmp_path / f"taken-{step}").build(SITEURL="https://one.example").files()
    site.write("content/hand.md", HAND.format(""))
    back = site.build(SITEURL="https://one.example")
    assert back.seed("b.txt")["url"] == f"articles/{path}.html"
    assert back.files() == site.copy(tmp_path / "back").build(SITEURL="https://one.example").files()


def test_a_text_by_hand_stands_for_one_record_of_a_file(tmp_path: Path, site: NewSite) -> None:
    site.write("seeds/crawl.jsonl", "".join(f"{json.dumps({'text': tale(number, 0)})}\n" for number in range(4)))
    _with_a_text_by_hand(site)
    site.write("content/hand.md", HAND.format("Seed: crawl.jsonl#2"))
    adopted = site.build(SITEURL="https://one.example")
    assert adopted.seed("crawl.jsonl#2")["url"] == "articles/by-hand.html"
    assert adopted.files() == site.copy(tmp_path / "fresh").build(SITEURL="https://one.example").files()


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


def test_a_rule_that_cannot_be_used_ends_the_build_and_leaves_the_site(site: NewSite) -> None:
    site.write("seeds/a.txt", tale(1, 0))
    before = site.build().files()
    path = site.write("content/rules/own.toml", '[[rule]]\nid = "own"\nwhy = "x"\ndrop = "line"\nstarts = ["B"]\n')
    for _ in range(2):
        stopped = site.build()
        assert stopped.status == 1
        assert 'own.toml: rule "own": starts has a text shorter than 3 characters' in stopped.stdout
        assert stopped.files() == before
    path.unlink()
    assert site.build().status == 0


def test_the_environment_counts(cold_site: NewSite) -> None:
    cold_site.seed("a.txt", "Council reopens harbour line")
    cold_site.build(SITEURL="https://one.example")
    assert NOTHING not in cold_site.build(SITEURL="https://two.example").stdout
    assert NOTHING in cold_site.build(SITEURL="https://two.example").stdout


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


@pytest.mark.parametrize("folder", ["mine", "content/templates"])
def test_files_that_the_configuration_names_elsewhere_are_seen(site: NewSite, folder: str) -> None:
    for number in range(3):
        site.write(f"seeds/{number}.txt", tale(number, 0))
    site.write("own/subtitle.py", "SITESUBTITLE = 'First'\nJINJA_FILTERS = {'odd': lambda text: 'odd'}")
    site.write(f"{folder}/partials/footer.html", "<footer>Set by hand {{ '' | odd }}</footer>")
    site.settings(
        "import sys\nsys.path.insert(0, str(ROOT))\nfrom own.subtitle import *\n"
        f"THEME_TEMPLATES_OVERRIDES = [str(ROOT / {folder!r})]\nARTICLE_EXCLUDES.append('templates')\n"
        "ARTICLE_PATHS.append('../more')\n"
    )
    assert "<footer>Set by hand odd" in site.build().page("index.html")
    assert NOTHING in site.build().stdout
    site.write("own/subtitle.py", "SITESUBTITLE = 'First'\nJINJA_FILTERS = {'odd': lambda text: 'even'}")
    assert "<footer>Set by hand even" in site.build().page(f"articles/{slug_of(headline(0))}.html")
    site.write(f"{folder}/partials/footer.html", "<footer>Printed</footer>")
    assert "<footer>Printed" in site.build().page(f"articles/{slug_of(headline(0))}.html")
    site.write(f"{folder}/partials/card.html", "<p>Another card</p>")
    assert "<p>Another card" in site.build().page("index.html")
    site.write("more/hand.md", "Title: By hand elsewhere\nDate: 2026-02-03\n\nText.\n")
    assert "articles/by-hand-elsewhere.html" in site.build().files()
    assert NOTHING in site.build().stdout


def test_a_page_comes_back_where_a_static_file_had_its_address(tmp_path: Path, site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    names = ("404.html", "index.html")
    site.settings(f"EXTRA_PATH_METADATA = {{f'extra/{{name}}': {{'path': f'./{{name}}'}} for name in {names}}}")
    own = [site.write(f"content/extra/{name}", "<p>Written by hand</p>") for name in names]
    time.sleep(SETTLED + 1)
    site.build()
    site.seed("b.txt", "Fishermen count their nets", 14)
    assert site.build().page("404.html") == "<p>Written by hand</p>"
    for path in own:
        path.unlink()
    rebuilt = site.build()
    assert "Written by hand" not in rebuilt.page("404.html")
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build().files()


def test_a_former_address_comes_back_where_a_page_by_hand_had_it(tmp_path: Path, site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.write("content/overrides/a.toml", 'was = ["old"]')
    page = site.write(
        "content/pages/p.md", "Title: P\nSave_as: articles/old.html\nUrl: articles/old.html\n\nBy hand.\n"
    )
    time.sleep(SETTLED + 1)
    assert "By hand." in site.build(SITEURL="https://one.example").page("articles/old.html")
    page.unlink()
    rebuilt = site.build(SITEURL="https://one.example")
    assert "By hand." not in rebuilt.page("articles/old.html")
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build(SITEURL="https://one.example").files()


def _shows(number: int, address: str) -> str:
    """A saved page that shows a picture."""
    first, *others = tale(number, 0).split("\n\n")[1:]
    figure = f'<figure><img src="{address}" alt="A lantern" width="500" height="300"></figure>'
    return f"<html><body><h1>{first}</h1>{figure}{''.join(f'<p>{text}</p>' for text in others)}</body></html>"


def _markdown(number: int, address: str) -> str:
    first, *others = tale(number, 0).split("\n\n")[1:]
    return "\n\n".join((f"---\ntitle: {first}\n---", f"# {first}", f"![A lantern]({address})", *others))


WRITTEN_OTHERWISE: dict[str, tuple[str, bytes]] = {
    "plain": ("a.html", _shows(1, "img/one.jpg").encode()),
    "by number": ("a.html", _shows(2, "img/t&#119;o&#46;j&#x70;g").encode()),
    "by percent": ("a.html", _shows(3, "img/thr%65e%2Ej%70g").encode()),
    "broken over lines": ("a.html", _shows(4, "img/fo\nur.j\n\tpg").encode()),
    "with a character that nobody sees": ("a.html", _shows(5, "img/fi\u200bve.jpg").encode()),
    "packed": ("a.html.gz", gzip.compress(_shows(6, "img/six.jpg").encode(), mtime=0)),
    "in Markdown": ("a.md", _markdown(7, "img/se\\_ven.jpg").encode()),
    "in a record": ("a.json", json.dumps({"html": _shows(8, "img/eig\u0068t.jpg")}).encode()),
    "in a mirror": ("www.herald.example/a.html", _shows(9, "img/nine&period;jpg").encode()),
    "behind half a character": ("a.html", b"<meta charset=gbk>" + _shows(10, "img/\u4e02ten.jpg").encode("gbk")),
}
"""Pages that show a picture, whose name they write in ways of their own."""

SHOWN = ("one", "two", "three", "four", "five", "six", "se_ven", "eight", "nine", "\u4e02ten")


def test_a_changed_picture_is_seen_however_a_page_writes_its_name(tmp_path: Path, site: NewSite) -> None:
    pictures = []
    for number, ((name, page), shown) in enumerate(zip(WRITTEN_OTHERWISE.values(), SHOWN, strict=True)):
        path = Path(f"seeds/of-{number}") / name
        site.write(str(path), page)
        pictures.append(str(path.parent / f"img/{shown}.jpg"))
    for width, picture in enumerate(pictures, 300):
        site.write(picture, photograph(width, 200))
    time.sleep(SETTLED + 1)
    assert len(_pictures(site.build())) == len(pictures)
    for width, picture in enumerate(pictures, 400):
        site.write(picture, photograph(width, 200))
    rebuilt = site.build()
    assert len(_pictures(rebuilt)) == len(pictures)
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build().files()


def test_a_changed_picture_leaves_the_pages_that_do_not_show_it(site: NewSite) -> None:
    for number, shown in enumerate(("one", "two")):
        site.write(f"seeds/{shown}.html", _shows(number, f"img/{shown}.jpg"))
        site.write(f"seeds/img/{shown}.jpg", photograph(300 + number, 200))
    site.write("seeds/none.txt", tale(3, 0))
    time.sleep(SETTLED + 1)
    site.build()
    cleaned = _articles_in_store(site)
    site.write("seeds/img/one.jpg", photograph(400, 200))
    site.build()
    assert _articles_in_store(site) == cleaned + 2  # the story and its picture


def test_the_sites_own_style_sheet_is_seen_wherever_it_is(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.settings('COPYDESK_CSS = "mine.css"')
    site.write("mine.css", "body { color: red }")
    time.sleep(SETTLED + 1)
    assert "color:red" in site.build().page("theme/css/site.css")
    assert NOTHING in site.build().stdout
    site.write("mine.css", "body { color: tan }")
    assert "color:tan" in site.build().page("theme/css/site.css")


def test_what_is_in_a_folder_that_is_called_as_those_of_python_is_seen(tmp_path: Path, site: NewSite) -> None:
    site.write("seeds/__pycache__/a.txt", tale(1, 0))
    site.write("content/__pycache__/hand.md", "Title: By hand\nDate: 2026-02-03\n\nText.\n")
    time.sleep(SETTLED + 1)
    site.build()
    site.write("seeds/__pycache__/a.txt", tale(1, 1))
    site.write("content/__pycache__/hand.md", "Title: By hand\nDate: 2026-02-03\n\nAnother text.\n")
    rebuilt = site.build()
    assert "Another text." in rebuilt.page("articles/by-hand.html")
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build().files()


def test_the_day_in_a_setting_counts(cold_site: NewSite) -> None:
    cold_site.seed("a.txt", "Council reopens harbour line")
    cold_site.settings(
        "import datetime\nLAUNCH = (datetime.date.fromisoformat(os.environ['LAUNCH']),)\n"
        "THEME_TEMPLATES_OVERRIDES = [str(ROOT / 'mine')]"
    )
    cold_site.write("mine/partials/footer.html", "<footer>Since {{ LAUNCH[0] }}</footer>")
    cold_site.build(LAUNCH="2026-01-01")
    assert NOTHING in cold_site.build(LAUNCH="2026-01-01").stdout
    assert "Since 2027-07-07" in cold_site.build(LAUNCH="2027-07-07").page("index.html")


def test_code_that_the_configuration_has_from_elsewhere_is_seen(tmp_path: Path, site: NewSite) -> None:
    shared = tmp_path / "shared" / "oddfilters.py"
    shared.parent.mkdir()
    shared.write_text("def odd(text):\n    return 'One'\n")
    os.utime(shared, (1_700_000_000, 1_700_000_000))
    site.seed("a.txt", "Council reopens harbour line")
    site.settings(
        f"import sys\nsys.path.insert(0, {str(shared.parent)!r})\nimport oddfilters\n"
        "JINJA_FILTERS = {'odd': oddfilters.odd}\nTHEME_TEMPLATES_OVERRIDES = [str(ROOT / 'mine')]"
    )
    site.write("mine/partials/footer.html", "<footer>{{ '' | odd }}</footer>")
    assert "<footer>One" in site.build().page("index.html")
    assert NOTHING in site.build().stdout
    shared.write_text("def odd(text):\n    return 'Another'\n")
    assert "<footer>Another" in site.build().page("index.html")


def test_a_summary_tells_of_a_file_that_has_come(tmp_path: Path, site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.settings("THEME_TEMPLATES_OVERRIDES = [str(ROOT / 'mine')]")
    site.write("mine/partials/card.html", "<div>{{ story.summary | safe }}</div>")
    summary = "Summary: See [it]({static}/images/p.pdf)"
    site.write("content/hand.md", f"Title: By hand\nDate: 2026-02-03\n{summary}\n\nText.\n")
    time.sleep(SETTLED + 1)
    site.build(SITEURL="https://one.example")
    site.write("content/images/p.pdf", "x")
    rebuilt = site.build(SITEURL="https://one.example")
    assert "https://one.example/images/p.pdf" in rebuilt.page("index.html")
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build(SITEURL="https://one.example").files()


def test_a_refused_file_that_is_named_as_a_piece_goes(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.write("seeds/a.txt#9", "")
    site.write("seeds/crawl.jsonl", f"{json.dumps({'text': tale(1, 0)})}\n{json.dumps({'nothing': ''})}\n")
    time.sleep(SETTLED + 1)
    assert site.build().seed("a.txt#9")["status"] == "refused"
    (site.folder / "seeds/a.txt#9").unlink()
    assert {seed["seed"]: seed["status"] for seed in site.build().report["seeds"]} == {
        "a.txt": "published",
        "crawl.jsonl#1": "published",
        "crawl.jsonl#2": "refused",
    }


def test_a_static_file_becomes_a_folder(tmp_path: Path, site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    path = site.write("content/extra/x", "file")
    site.build()
    for number in (13, 14):
        site.seed("a.txt", "Council reopens harbour line", number)
        site.build()
    path.unlink()
    site.write("content/extra/x/y", "deep")
    rebuilt = site.build()
    assert rebuilt.status == 0, rebuilt.stdout
    assert rebuilt.files() == site.copy(tmp_path / "fresh").build().files()
