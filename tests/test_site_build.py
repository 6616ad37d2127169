"""Whole builds through the `pelican` command: what is published, refused, corrected, and in which bytes."""

import json
import os
import re
import shutil
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup

from newpicture import photograph
from newsday import tale
from newsite import SAMPLE, NewSite

SEED = "000_3532161375008661.txt"
HEADLINE = "Belarus Extends Olive Branch to Trump Administration, Signaling Potential Diplomatic Shift"
PAGE = "articles/belarus-extends-olive-branch-to-trump-administration-signaling-potential.html"


def ids(output: Path) -> set[str]:
    """Return the ids of all entries in all feeds."""
    feeds = [feedparser.parse(p.read_bytes()) for p in (output / "feeds").rglob("*.xml")]
    return {entry.id for feed in feeds for entry in feed.entries}


def test_the_first_seed_becomes_a_page(site: NewSite) -> None:
    shutil.copy(SAMPLE / "seeds" / SEED, site.folder / "seeds")
    built = site.build()
    assert built.status == 0, built.stderr
    page = BeautifulSoup(built.page(PAGE), "html.parser")
    assert page.h1.get_text(strip=True) == HEADLINE
    lines = [line.strip() for line in (SAMPLE / "seeds" / SEED).read_text("utf-8").split("\n") if line.strip()]
    body = page.select("article p, article h2")
    texts = [re.sub(r"\s*#?\s*$", "", element.get_text().strip()) for element in body]
    assert [text for text in texts if text in lines] == lines[3:-2]
    assert all(element.get("id") for element in body if element.name == "h2" and element.get_text().strip() in lines)
    for furniture in ("Smiley face", "Live Markets", "Share.", "Leave A Reply"):
        assert furniture not in page.get_text()
    seed = built.seed(SEED)
    assert (seed["status"], seed["url"], seed["kept"], seed["dropped"]) == ("published", PAGE, 17, 4)


def test_the_same_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    trees = []
    for number, environment in enumerate(
        ({"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}, {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C"})
    ):
        site = NewSite(tmp_path / f"copy {number}")
        for name in ("b.txt", "world/a.txt", "c.txt"):
            site.seed(name, f"Council reopens harbour line {name}", number=len(name))
        site.write("content/by-hand.md", "Title: By hand\nDate: 2026-02-03\n\nText.\n\n## A head\n\nMore.\n")
        trees.append(site.build(SITEURL="https://example.org", **environment).files())
    assert trees[0] == trees[1]
    assert len(trees[0]) > 20


def test_a_bad_seed_is_named_and_the_rest_is_built(site: NewSite) -> None:
    site.seed("good.txt", "Council reopens harbour line")
    site.write("seeds/empty.txt", "")
    site.write("seeds/picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (site.folder / "seeds" / "outside.txt").symlink_to("/etc/hostname")
    built = site.build()
    assert built.status == 1
    assert built.seed("good.txt")["status"] == "published"
    assert "Council reopens harbour line" in built.page("index.html")
    for name in ("empty.txt", "picture.txt", "outside.txt"):
        assert built.seed(name)["status"] == "refused"
        assert name in built.stderr
        assert name in built.seed(name)["reason"]


def test_refused_seeds_may_be_let_pass(site: NewSite) -> None:
    site.write("seeds/empty.txt", "")
    site.settings("COPYDESK_FAIL_ON_REFUSED = False")
    built = site.build()
    assert built.status == 0
    assert "empty.txt" in built.stderr


@pytest.mark.parametrize(
    "line",
    [
        "Status: draft",
        "Template: missing",
        "Save_as: ../../outside.html",
        "Date: 1999-01-01",
        "{{ 1/0 }} {% include 'x' %}",
        "See {filename}/../pelican.conf.py and |filename|x| here in this text, he said.",
        "A bell \x07, an escape \x1b[31m and a ]]> are in this paragraph, the police said on Monday.",
        "<script>document.title = 'owned'</script> was what the attackers wrote, the police said.",
    ],
)
def test_scraped_text_gives_no_orders(site: NewSite, line: str) -> None:
    story = site.seed("story.txt", "Council reopens harbour line").read_text()
    site.write("seeds/story.txt", f"{line}\n{story}".replace("A slow start", f"A slow start\n\n{line}"))
    built = site.build()
    assert built.status == 0, built.stderr
    page = built.page("articles/council-reopens-harbour-line.html")
    assert "The first of the 12 new stations" in page
    assert "<script>document" not in page
    assert built.seed("story.txt")["status"] == "published"
    assert "feeds/all.rss.xml" in built.files()


def test_the_same_story_twice_is_published_once(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.write("seeds/b.txt", (site.folder / "seeds/a.txt").read_text().replace("Log in", "Sign in"))
    built = site.build()
    assert built.seed("a.txt")["status"] == "published"
    assert built.seed("b.txt")["duplicate_of"] == "a.txt"
    assert built.seed("b.txt")["url"] == built.seed("a.txt")["url"]
    assert len([name for name in built.files() if name.startswith("articles/")]) == 1


def test_the_same_file_twice_is_a_duplicate(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.seed("b.txt", "Council reopens harbour line")
    assert site.build().seed("b.txt")["status"] == "duplicate"


def test_the_same_text_under_another_headline_is_another_story(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.seed("b.txt", "Nine years of dispute are over")
    assert [site.build().seed(name)["duplicate_of"] for name in ("a.txt", "b.txt")] == [None, None]


def test_namesakes_are_both_published(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line", number=3)
    site.seed("b.txt", "Council Reopens Harbour Line", number=4)
    built = site.build()
    urls = {built.seed(name)["url"] for name in ("a.txt", "b.txt")}
    assert len(urls) == 2
    assert "articles/council-reopens-harbour-line.html" in urls


def test_the_editor_has_the_last_word(site: NewSite) -> None:
    site.seed("world/story.txt", "Council reopens harbour line")
    site.write(
        "content/overrides/world/story.toml",
        """
        headline = "Trains return to Harrow Bay"
        authors = ["Ada Marsh"]
        date = 2026-03-04
        section = "Transport"
        tags = ["Railways"]
        [[drop]]
        text = "A slow start"
        [[keep]]
        line = 2
        text = "Log in"
        [[drop]]
        text = "This line stands nowhere."
        """,
    )
    site.write("content/overrides/nowhere.toml", 'headline = "x"\n')
    built = site.build()
    assert built.status == 0, built.stderr
    page = built.page("articles/trains-return-to-harrow-bay.html")
    assert "Ada Marsh" in page
    assert "2026-03-04" in page
    assert "A slow start" not in page
    assert "Railways" in built.page("topics/railways.html")
    assert "Trains return" in built.page("sections/transport.html")
    assert "Trains return" in built.page("authors/ada-marsh.html")
    assert "This line stands nowhere." in built.stderr
    assert "nowhere.toml" in built.stderr


def test_names_are_escaped_once(site: NewSite) -> None:
    site.seed("story.txt", 'Smith & Sons reopen the "harbour line"')
    site.write(
        "content/overrides/story.toml",
        """
        authors = ["Jane O'Brien", "Bell & Howell"]
        section = "Health & Fitness"
        tags = ["R&D"]
        """,
    )
    built = site.build(SITEURL="https://example.org")
    assert built.status == 0, built.stderr
    for path in built.output.rglob("*.html"):
        assert "&amp;#39;" not in (text := path.read_text("utf-8")), path
        assert "&amp;amp;" not in text, path
    for path, name in (
        ("authors/jane-obrien.html", "Jane O'Brien"),
        ("authors/bell-howell.html", "Bell & Howell"),
        ("sections/health-fitness.html", "Health & Fitness"),
        ("topics/rd.html", "R&D"),
    ):
        page = BeautifulSoup(built.page(path), "html.parser")
        assert page.h1 is not None
        assert page.h1.get_text(strip=True) == name
        data = [json.loads(script.get_text()) for script in page.find_all("script", type="application/ld+json")]
        assert any(f'"name": {json.dumps(name)}' in json.dumps(found) for found in data), data


def test_a_change_on_the_day_of_publication_is_not_told_to_readers(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line", number=3)
    site.seed("b.txt", "Bakers open at night", number=4)
    site.write("content/overrides/a.toml", "date = 2026-03-04T08:00:00Z\nupdated = 2026-03-04T17:30:00Z\n")
    site.write("content/overrides/b.toml", "date = 2026-03-04T08:00:00Z\nupdated = 2026-03-05T17:30:00Z\n")
    built = site.build()
    assert built.status == 0, built.stderr
    for slug, told in (("council-reopens-harbour-line", False), ("bakers-open-at-night", True)):
        dateline = BeautifulSoup(built.page(f"articles/{slug}.html"), "html.parser").select_one("article .dateline")
        assert dateline is not None
        assert ("Updated" in dateline.get_text()) is told


def test_a_site_of_many_sections_names_the_largest(site: NewSite) -> None:
    for section, stories in {"arts": 1, "business": 5, "local": 1, "world": 4}.items():
        for n in range(stories):
            site.seed(f"{section}/{n}.txt", f"Number {n} of {section} is out", number=100 * len(section) + n)
    site.settings("COPYDESK_NAV_SECTIONS = 2")
    built = site.build()
    assert built.status == 0, built.stderr
    front = BeautifulSoup(built.page("index.html"), "html.parser")
    named = [link.get_text(strip=True) for link in front.select("nav.sections a")]
    assert named == ["Business", "World", "All sections", "Archive"]
    assert {head.get_text(strip=True) for head in front.select(".block-head")} <= {"Business", "World"}
    listed = BeautifulSoup(built.page("sections.html"), "html.parser")
    assert [name.get_text() for name in listed.select(".directory bdi")] == ["Arts", "Business", "Local", "World"]


@pytest.mark.parametrize(("status", "listed", "body"), [("hidden", False, True), ("withdrawn", False, False)])
def test_status(site: NewSite, status: str, listed: bool, body: bool) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    site.seed("other.txt", "Another story altogether", number=99)
    site.write("content/overrides/story.toml", f'status = "{status}"\n')
    built = site.build()
    page = built.page("articles/council-reopens-harbour-line.html")
    assert ("ending a dispute" in page) is body
    assert "noindex" in page
    assert ("Council reopens" in built.page("index.html")) is listed
    assert "Council reopens" not in built.page("feeds/all.rss.xml")
    assert built.seed("story.txt")["status"] == status


def test_nothing_is_invented(site: NewSite) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    built = site.build(SITEURL="https://example.org")
    page = built.page("articles/council-reopens-harbour-line.html")
    assert "datePublished" not in page
    assert '"author"' not in page
    assert "article:published_time" not in page
    article = BeautifulSoup(page, "html.parser").article
    assert article is not None
    assert article.find("time") is None
    assert "<published>" not in built.page("feeds/all.atom.xml")


def test_feed_ids_survive_every_correction(site: NewSite) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    site.write("content/by-hand.md", "Title: By hand\nDate: 2026-02-03\n\nText.\n")
    before = ids(site.build(SITEURL="https://example.org").output)
    assert len(before) == 2
    site.write("content/overrides/story.toml", 'headline = "New"\ndate = 2020-01-01\nsection = "World"\n')
    site.write("content/by-hand.md", "Title: Other\nDate: 2025-02-03\nSlug: third\nCategory: Culture\n\nText.\n")
    assert ids(site.build(SITEURL="https://news.example.com/paper").output) == before


def test_an_adopted_seed_is_published_by_hand(site: NewSite) -> None:
    site.seed("world/story.txt", "Council reopens harbour line")
    before = ids(site.build().output)
    text = "Title: Trains return\nDate: 2026-01-01\nSeed: world/story.txt\nSeed_sha256: ab\nId: {}\n\nBy hand.\n"
    site.write("content/story.md", text.format(*before))
    built = site.build()
    assert built.seed("world/story.txt")["url"] == "articles/trains-return.html"
    assert "By hand." in built.page("articles/trains-return.html")
    assert "ending a dispute" not in built.page("articles/trains-return.html")
    assert ids(built.output) == before


def test_articles_by_hand_get_anchors_and_order_without_dates(site: NewSite) -> None:
    site.write("content/a.md", "Title: Undated\n\nText.\n\n## Größe & *Form*\n\nMore.\n\n## Größe & *Form*\n\nEnd.\n")
    site.write("content/pages/about.md", "Title: About\n\nWho we are.\n\n## Contact\n\nHere.\n")
    built = site.build()
    assert built.status == 0, built.stderr
    page = BeautifulSoup(built.page("articles/undated.html"), "html.parser")
    heads = [head["id"] for head in page.select("article h2[id]") if head.get_text().startswith("Größe")]
    assert len(set(heads)) == 2
    for fragment in heads:
        assert page.select(f'a[href="#{fragment}"]')
    assert BeautifulSoup(built.page("about.html"), "html.parser").select("#contact")


def test_articles_by_hand_and_seeds_share_sections(site: NewSite) -> None:
    """The newest article of a section gives it its name: whichever it is, it is the same."""
    site.write("content/foreign_affairs/new.md", "Title: New\nDate: 2030-01-01\n\nText.\n")
    site.write("content/2024-10/old.md", "Title: Old\nDate: 2024-10-01\n\nText.\n")
    site.write("content/local/own.md", "Title: Own\nDate: 2030-01-01\nCategory: Beyond the bay\n\nText.\n")
    site.seed("foreign_affairs/a.txt", "Council reopens harbour line")
    built = site.build()
    names = {path.stem: built.page(f"sections/{path.name}") for path in (built.output / "sections").glob("*.html")}
    assert sorted(names) == ["2024-10", "beyond-the-bay", "foreign-affairs"]
    assert "<h1>Foreign affairs" in names["foreign-affairs"]
    assert "<h1>2024-10" in names["2024-10"]
    assert "Council reopens harbour line" in names["foreign-affairs"]
    assert ">New</a>" in names["foreign-affairs"]


def test_two_articles_by_hand_at_one_address(site: NewSite) -> None:
    site.write("content/a.md", "Title: Same\nDate: 2026-01-01\n\nOne.\n")
    site.write("content/b/b.md", "Title: Same!\nDate: 2026-01-02\nSlug: same\n\nTwo.\n")
    site.write("content/c.md", "Title: Third\nDate: not a date\n\nThree.\n")
    built = site.build()
    assert built.status == 1
    assert "same address" in built.stderr
    assert "c.md" in built.stderr
    assert "articles/same.html" in built.files()


def test_pages_by_hand_at_an_address_that_is_taken(site: NewSite) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    site.write("content/pages/a.md", "Title: Same\n\nOne.\n")
    site.write("content/pages/b.md", "Title: Same\n\nTwo.\n")
    site.write("content/pages/c.md", "Title: Archives\n\nThree.\n")
    site.write("content/pages/d.md", "Title: Own\nsave_as: feeds.html\n\nThe site's feeds, in our words.\n")
    built = site.build()
    assert built.status == 1
    assert "pages/b.md: has the same address as pages/a.md" in built.stderr
    assert "pages/c.md: has the same address as the site's own archives.html" in built.stderr
    assert "One." in built.page("same.html")
    assert "in our words" in built.page("feeds.html")


def test_a_broken_setting_is_an_error_at_start(site: NewSite) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    site.settings("COPYDESK_SEED = 'seeds'")
    built = site.build()
    assert built.status != 0
    assert "COPYDESK_SEEDS" in built.stdout + built.stderr
    assert not built.output.exists()


def test_a_build_that_breaks_leaves_the_old_site(site: NewSite) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    before = site.build().files()
    site.write("templates/article.html", "{{ 1/0 }}")
    site.settings("THEME_TEMPLATES_OVERRIDES = [str(ROOT / 'templates')]")
    broken = site.build()
    assert broken.status != 0
    assert broken.files() == before


@pytest.mark.parametrize("siteurl", ["https://news.example.org", "https://example.org/news"])
def test_published_addresses(site: NewSite, siteurl: str) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    built = site.build(SITEURL=siteurl, CNAME="news.example.org")
    address = f"{siteurl}/articles/council-reopens-harbour-line.html"
    assert f"<loc>{siteurl}/sitemap-1.xml</loc>" in built.page("sitemap.xml")
    assert f"<loc>{address}</loc>" in built.page("sitemap-1.xml")
    assert f"Sitemap: {siteurl}/sitemap.xml" in built.page("robots.txt")
    assert built.page("CNAME") == "news.example.org\n"
    page = BeautifulSoup(built.page("articles/council-reopens-harbour-line.html"), "html.parser")
    assert page.select_one("link[rel=canonical]")["href"] == address
    feed = feedparser.parse(built.page("feeds/all.atom.xml"))
    assert feed.entries[0].link == address
    assert {link.href for link in feed.feed.links if link.rel == "self"} == {f"{siteurl}/feeds/all.atom.xml"}


def test_a_second_build_touches_nothing(site: NewSite) -> None:
    site.seed("story.txt", "Council reopens harbour line")
    output = site.build().output
    for path in output.rglob("*"):
        os.utime(path, (1_000_000, 1_000_000))
    site.build()
    assert {p.stat().st_mtime for p in output.rglob("*") if p.is_file()} == {1_000_000}


def test_somebody_elses_site_and_theme(site: NewSite) -> None:
    (site.folder / "pelican.conf.py").write_text(
        "SITENAME = 'Elsewhere'\nPATH = 'content'\nTIMEZONE = 'UTC'\nSITEURL = 'https://example.org'\n"
        "THEME = 'simple'\nPLUGIN_PATHS = ['plugins']\nPLUGINS = ['copydesk']\n"
    )
    site.seed("story.txt", "Council <b>reopens</b> & more")
    built = site.build()
    assert built.status == 0, built.stderr + built.stdout
    page = BeautifulSoup(built.page("council-b-reopens-b-more.html"), "html.parser")
    assert "Council <b>reopens</b> & more" in page.get_text()
    assert page.find("h2", id="a-slow-start")
    assert built.report["totals"]["published"] == 1


def test_no_page_of_a_section_is_another_sections_first(site: NewSite) -> None:
    site.settings("DEFAULT_PAGINATION = 2")
    for number in range(6):
        site.seed(
            f"{('level', 'level2', 'level-2')[number % 3 if number > 2 else 0]}/{number}.txt", f"Story number {number}"
        )
    built = site.build()
    assert built.status == 0, built.stderr
    pages = {path for path in built.files() if path.startswith("sections/")}
    assert pages == {"sections/level.html", "sections/level/2.html", "sections/level2.html", "sections/level-2.html"}
    assert 'href="../../articles/' in built.page("sections/level/2.html")
    assert 'href="../../sections/level.html"' in built.page("sections/level/2.html")


def test_a_site_keeps_its_own_addresses_of_pages(site: NewSite) -> None:
    further = "{name}-p{number}{extension}"
    rules = [(1, "{name}{extension}", "{name}{extension}"), (2, further, further)]
    site.settings(f"DEFAULT_PAGINATION = 1\nPAGINATION_PATTERNS = {rules!r}")
    for number in range(2):
        site.seed(f"level/{number}.txt", f"Story number {number}")
    assert "sections/level-p2.html" in site.build().files()


def test_drafts_of_one_address_are_told_and_the_first_is_there(site: NewSite) -> None:
    for folder in ("", "pages/"):
        for name in ("a", "b"):
            site.write(f"content/{folder}{name}.md", f"Title: One\nDate: 2026-02-03\nStatus: draft\n\nText {name}.\n")
    built = site.build()
    assert built.status == 1
    assert built.stderr.count("has the same address as") == 2
    assert "Text a." in built.page("drafts/one.html")
    assert "Text a." in built.page("drafts/pages/one.html")


def test_links_by_hand_whose_files_are_not_there_are_told(site: NewSite) -> None:
    site.seed("a.txt", "Council reopens harbour line")
    site.write("content/images/there.jpg", photograph(40, 30))
    links = "[a]({filename}gone.md) [b]({filename}other.md) ![c]({static}/images/no.jpg) ![d]({static}images/there.jpg)"
    for name in ("one.md", "other.md", "pages/page.md"):
        head = f"Title: About {name}\nDate: 2026-02-03\n\n"
        site.write(f"content/{name}", f"{head}{links if name == 'one.md' else '[x]({filename}/no.md)'}\n")
    for _ in range(2):
        built = site.build()
        assert built.status == 0
        told = [line.partition(": ")[2] for line in built.stderr.splitlines() if "leads nowhere" in line]
        assert sorted(told) == [
            "one.md: gone.md is not there, so its link leads nowhere",
            "one.md: images/no.jpg is not there, so its link leads nowhere",
            "other.md: no.md is not there, so its link leads nowhere",
            "pages/page.md: no.md is not there, so its link leads nowhere",
        ]


def test_a_day_that_is_yet_to_come_is_told(site: NewSite) -> None:
    site.write("seeds/a.json", json.dumps({"text": tale(1, 0), "date": "2099-03-03"}))
    site.write("seeds/b.json", json.dumps({"text": tale(2, 0), "date": "2026-03-03"}))
    site.write("content/hand.md", "Title: By hand\nDate: 2099-03-03\n\nText.\n")
    said = ["a.json: its day, 2099-03-03, is yet to come; date = ... in its override puts it right"]
    assert site.build().report["warnings"] == said
    site.write("seeds/b.json", json.dumps({"text": tale(2, 1), "date": "2026-03-03"}))
    assert site.build().report["warnings"] == said
    site.write("content/overrides/a.toml", "date = 2026-03-03")
    assert site.build().report["warnings"] == []


def test_topics_of_one_slug_list_a_story_once(site: NewSite) -> None:
    text = "Title: T{0}\nDate: 2026-03-0{0}\nAuthors: Ann Hale; ann hale\nTags: C++, C#, C\n\nText of it, {0}.\n"
    for number in (1, 2):
        site.write(f"content/{number}.md", text.format(number))
    site.seed("world/a.txt", "Council reopens harbour line")
    site.write("content/overrides/world/a.toml", 'tags = ["C++", "C#"]\nauthors = ["Ann Hale", "Ann  Hále"]\n')
    for headline in ("Ferry sails again", "Ferry sails once more"):
        site.seed("world/b.txt", headline, 4)
        built = site.build()
        assert built.page("feeds/topics/c.rss.xml").count("<item>") == 3
        assert built.page("topics/c.html").count('class="card-head"') == 3
        assert built.page("authors/ann-hale.html").count('class="card-head"') == 3
        assert "(3)" in built.page("topics.html") or ">3<" in built.page("topics.html")


def test_seeds_that_are_not_there_are_told(site: NewSite) -> None:
    (site.folder / "seeds").rmdir()
    site.write("content/a.md", "Title: A\nDate: 2026-03-01\n\nText of it.\n")
    built = site.build()
    assert built.status == 0
    assert "seeds: there is no such folder" in built.stderr
    site.settings('COPYDESK_SEEDS = "sedes"')
    built = site.build()
    assert built.status != 0
    assert "COPYDESK_SEEDS" in built.stdout + built.stderr
    assert "sedes" in built.stdout + built.stderr
    assert (built.output / "articles" / "a.html").is_file()


def test_a_text_by_hand_that_cannot_be_read_is_told_with_the_reason(site: NewSite) -> None:
    site.write("content/world/bad.md", "Title: Bad date\nDate: 2026-13-45\n\nText.\n")
    site.write("content/latin.md", "Title: Café\nDate: 2026-03-04\n\nText.\n".encode("latin-1"))
    built = site.build()
    assert built.status == 1
    assert "world/bad.md: can't be read ('2026-13-45' is not a valid date)" in built.stderr
    assert "latin.md: can't be read ('utf-8' codec can't decode byte 0xe9" in built.stderr


def test_sources_and_languages_whose_names_are_alike_are_told_apart(site: NewSite) -> None:
    site.settings("COPYDESK_LANGUAGE_FEED = 'feeds/languages/{slug}.rss.xml'")
    hosts = ("a-b.example", "a.b.example", "bucher.example", "bücher.example")
    for number, host in enumerate(hosts):
        site.write(f"seeds/{number}.txt", f"URL: https://{host}/{number}\n{tale(number, 0)}")
        site.write(f"content/overrides/{number}.toml", f'language = "{("pt-BR", "pt_BR", "pt", "PT")[number]}"\n')
    built = site.build()
    assert built.status == 0, built.stderr
    pages = [path for path in built.files() if path.startswith("sources/")]
    assert len(pages) == len(hosts)
    assert {"sources/a-b-example.html", "sources/bucher-example.html"} < set(pages)
    assert all(built.page(path).count('class="card-head"') == 1 for path in pages)


@pytest.mark.parametrize("headline", ["Corrections", "Sources", "Offline", "Index"])
def test_no_story_stands_in_the_place_of_the_sites_own_pages(site: NewSite, headline: str) -> None:
    site.settings("ARTICLE_SAVE_AS = ARTICLE_URL = '{slug}.html'")
    site.seed("world/a.txt", headline)
    site.write("content/overrides/world/a.toml", f'headline = "{headline}"\nwas = ["archives"]\n')
    built = site.build()
    assert built.status == 0, built.stderr
    own = {path for path in built.files() if path.startswith(f"{headline.lower()}")}
    assert len(own) == 2


def test_a_title_by_hand_is_text_everywhere(site: NewSite) -> None:
    site.write(
        "content/a.md", "Title: Salt &amp; <i>Pepper</i>, R&D at 3 < 4, the <input> field\nDate: 2026-05-07\n\nText.\n"
    )
    site.write("content/pages/p.md", "Title: On <em class=x>us</em>\n\nText of it.\n")
    built = site.build(SITEURL="https://paper.example")
    assert built.status == 0, built.stderr
    title = "Salt & Pepper, R&D at 3 < 4, the <input> field"
    (path,) = (path for path in built.files() if path.startswith("articles/"))
    for place, element in ((path, "h1"), ("index.html", ".card-head"), (path, "title")):
        found = BeautifulSoup(built.page(place), "html.parser").select_one(element)
        assert found is not None
        assert title in found.text
    assert title in [item["title"] for item in json.loads(built.page("feeds/all.json"))["items"]]
    assert "<h1>On us</h1>" in built.page("on-us.html")


def test_an_id_by_hand_is_an_address_and_of_one_text(site: NewSite) -> None:
    text = "Title: {}\nDate: 2026-05-0{}\nId: {}\n{}\nText of it.\n"
    site.write("content/a.md", text.format("A", 1, "my own id", ""))
    site.write("content/b.md", text.format("B", 2, "tag:paper.example,2026:b", ""))
    site.write("content/c.md", text.format("C", 3, "tag:paper.example,2026:b", ""))
    site.write("content/draft.md", text.format("D", 4, "tag:paper.example,2026:d", "Status: draft\n"))
    site.write("content/pages/e.md", text.format("E", 5, "tag:paper.example,2026:d", ""))
    built = site.build(SITEURL="https://paper.example")
    assert 'a.md: its Id "my own id" is no whole address' in built.stderr
    assert "c.md: its Id is that of b.md, so it has one of its own" in built.stderr
    assert "e.md: its Id is that of draft.md" in built.stderr
    assert built.stderr.count("its Id") == 3
    told = {item["title"]: item["id"] for item in json.loads(built.page("feeds/all.json"))["items"]}
    assert told["B"] == "tag:paper.example,2026:b"
    assert told["A"].startswith("urn:uuid:")
    assert len({*told.values()}) == 3
    (site.folder / "content/b.md").unlink()
    assert "tag:paper.example,2026:b" in site.build(SITEURL="https://paper.example").page("feeds/all.json")
