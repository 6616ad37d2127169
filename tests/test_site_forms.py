"""A site whose seeds stand several in a file: each is an article with a name, an override and a report of its own."""

from __future__ import annotations

import gzip
import json

from newpicture import photograph
from newsite import ROOT, STORY, NewSite


def export(*headlines: str) -> bytes:
    records = [
        {"title": headline, "text": STORY.format(headline=headline, number=number + 20), "date": "2026-03-02"}
        for number, headline in enumerate(headlines)
    ]
    return gzip.compress("".join(f"{json.dumps(record)}\n" for record in records).encode(), mtime=0)


def test_an_export_becomes_articles(site: NewSite) -> None:
    site.write("seeds/world/export.jsonl.gz", export("Line reopens", "Nets are counted", "A mill turns"))
    site.write("content/overrides/world/export.jsonl.gz#2.toml", 'headline = "Nets are counted again"')
    built = site.build()
    assert built.status == 0, built.stderr
    names = [seed["seed"] for seed in built.report["seeds"]]
    assert names == [f"world/export.jsonl.gz#{number}" for number in (1, 2, 3)]
    assert "Line reopens" in built.page("articles/line-reopens.html")
    assert "Nets are counted again" in built.page("articles/nets-are-counted-again.html")
    assert "World" in built.page("sections/world.html")


def test_pages_in_markdown_become_articles(site: NewSite) -> None:
    for name in ("reader.md", "clipper.md"):
        text = (ROOT / "tests" / "forms" / name).read_text("utf-8").replace("opens again", f"opens for {name[:-3]}s")
        site.write(f"seeds/world/{name}", text)
    site.settings("COPYDESK_SAME_STORY = 100")
    built = site.build()
    assert built.status == 0, built.stderr
    for name in ("readers", "clippers"):
        page = built.page(f"articles/the-harbour-line-opens-for-{name}.html")
        assert 'id="a-slow-start"' in page
        assert "<strong>Harrow Bay</strong>" in page
        assert "news.example" in page


def test_one_bad_record_harms_no_other(site: NewSite) -> None:
    data = gzip.decompress(export("Line reopens", "A mill turns"))
    site.write("seeds/export.jsonl", data + b'{"title": "no text"}\n' + gzip.decompress(export("Nets are counted")))
    built = site.build()
    assert built.status == 1
    assert "export.jsonl#3: has no text in any field that is known (title)" in built.stderr
    assert [seed["status"] for seed in built.report["seeds"]] == ["published", "published", "refused", "published"]


def test_own_fields_by_a_setting(site: NewSite) -> None:
    records = [{"hed": f"Story {n}", "story_body": STORY.format(headline=f"Story {n}", number=n)} for n in (1, 2)]
    site.write("seeds/export.jsonl", "".join(f"{json.dumps(record)}\n" for record in records))
    site.settings('COPYDESK_FIELDS = ["text=story_body", "title=hed"]')
    built = site.build()
    assert built.status == 0, built.stderr
    assert "Story 2" in built.page("articles/story-2.html")
    site.settings('COPYDESK_FIELDS = ["words=story_body"]')
    wrong = site.build()
    assert wrong.status != 0
    assert "COPYDESK_FIELDS" in wrong.stdout


def test_an_export_with_its_pictures_and_tags(site: NewSite) -> None:
    text = (ROOT / "tests" / "forms" / "wordpress.xml").read_text("utf-8")
    second = '<category domain="post_tag" nicename="tram">Tram</category><wp:status>publish</wp:status>'
    head, _, last = text.rpartition("<wp:status>publish</wp:status>")
    site.write("seeds/bay.xml", f"{head}{second}{last}".replace("example/a-300.jpg", "example/up/2004/a-300x200.jpg"))
    picture = site.folder / "seeds" / "bay_files" / "up" / "2004" / "a.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(photograph(500, 300))
    built = site.build()
    assert "2 published" in built.stdout
    assert "tram.html" in [path.name for path in (built.output / "topics").iterdir()]
    assert len(list((built.output / "pictures").glob("*.jpg"))) == 1
    picture.write_bytes(photograph(520, 300))
    assert len(list((site.build().output / "pictures").glob("*.jpg"))) == 1


def test_a_file_that_is_called_like_a_record_of_another_is_refused(site: NewSite) -> None:
    site.write("seeds/world/export.jsonl#2", STORY.format(headline="A storm", number=7))
    site.write("seeds/world/export.jsonl#x", STORY.format(headline="A calm", number=8))
    assert site.build().seed("world/export.jsonl#2")["status"] == "published"
    site.write("seeds/world/export.jsonl", gzip.decompress(export("Line reopens", "Nets are counted")))
    built = site.build()
    reason = "./world/export.jsonl#2: is called like article 2 of world/export.jsonl. Rename the file"
    assert (built.seed("./world/export.jsonl#2")["reason"], built.status) == (reason, 1)
    assert built.seed("world/export.jsonl#2")["url"] == "articles/nets-are-counted.html"
    assert built.files() == site.copy(site.folder.parent / "copy").build().files()
    (site.folder / "seeds/world/export.jsonl").unlink()
    built = site.build()
    assert built.seed("world/export.jsonl#2")["url"] == "articles/a-storm.html"
    assert built.status == 0, built.stderr


def test_a_refused_file_that_is_gone_is_told_no_more(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.write("seeds/a.txt#9", "")
    assert site.build().seed("a.txt#9")["status"] == "refused"
    (site.folder / "seeds/a.txt#9").unlink()
    built = site.build()
    assert (built.status, [seed["seed"] for seed in built.report["seeds"]]) == (0, ["a.txt"])


def test_a_day_to_come_makes_a_draft_where_pelican_waits_for_it(site: NewSite) -> None:
    site.settings("WITH_FUTURE_DATES = False")
    site.seed("a.txt", "Council reopens harbour line")
    text = STORY.format(headline="A storm", number=7)
    for name in ("f", "g"):
        site.write(f"seeds/{name}.json", json.dumps({"title": "A storm", "text": text, "date": "2099-03-02"}))
    site.write("content/overrides/h.txt.toml", "date = 2099-03-02\nstatus = 'withdrawn'")
    site.seed("h.txt", "A calm", 8)
    built = site.build()
    assert built.status == 0, built.stderr
    story, same, withdrawn = (built.seed(name) for name in ("f.json", "g.json", "h.txt"))
    assert (story["status"], story["url"]) == ("hidden", "drafts/a-storm.html")
    assert "its day, 2099-03-02, is yet to come (WITH_FUTURE_DATES)" in story["reason"]
    assert (same["status"], same["url"]) == ("duplicate", "drafts/a-storm.html")
    assert (withdrawn["status"], withdrawn["url"]) == ("withdrawn", "articles/a-calm.html")
    assert {"drafts/a-storm.html", "articles/a-calm.html"} <= built.files().keys()
    assert "A storm" not in built.page("index.html")
