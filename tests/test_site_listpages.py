"""What pages lead to: no list that a site leaves out, the links that it adds."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup

from newsday import tale
from newsite import Built, NewSite

SITE = "https://paper.example"
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action"}
IN_FEEDS = re.compile(rb"(?:<link>|<loc>|href=\"|htmlUrl=\"|xmlUrl=\"|<uri>)(https://paper\.example[^<\"]*)")
IN_DATA = re.compile(rb'"(?:item|url|@id|og:url)":\s*"(https://paper\.example[^"]*)"')

LEFT_OUT = {
    "nothing": "",
    "sections": "CATEGORY_SAVE_AS = CATEGORIES_SAVE_AS = ''",
    "topics": "TAG_SAVE_AS = TAGS_SAVE_AS = ''",
    "authors": "AUTHOR_SAVE_AS = ''",
    "the archive": "ARCHIVES_SAVE_AS = ''",
    "all that is made once but the front page": "DIRECT_TEMPLATES = ['index']",
    "feeds": "FEED_ALL_RSS = FEED_ALL_ATOM = CATEGORY_FEED_RSS = CATEGORY_FEED_ATOM = AUTHOR_FEED_RSS = None\n"
    "TAG_FEED_RSS = None\nCOPYDESK_SOURCE_FEED = ''",
    "the files beside the pages": "COPYDESK_SITE_FILES = False",
    "whole texts in feeds": "RSS_FEED_SUMMARY_ONLY = True\nFEED_ALL_ATOM = CATEGORY_FEED_ATOM = None",
    "whole texts in RSS": "RSS_FEED_SUMMARY_ONLY = True\nFEED_ALL_ATOM = 'whole.atom.xml'\n"
    "CATEGORY_FEED_ATOM = 'whole/{slug}.atom.xml'",
    "lists in folders": "ARCHIVES_URL = 'all/'\nARCHIVES_SAVE_AS = 'all/index.html'\nTAGS_URL = 'topics/'\n"
    "TAGS_SAVE_AS = 'topics/index.html'\nSEARCH_SAVE_AS = 'find/index.html'",
}


def dead_links(built: Built) -> set[tuple[str, str]]:
    """Return pages and feeds of a site with the addresses in them at which nothing stands."""
    files = built.files()
    told = set[tuple[str, str]]()
    for path, data in files.items():
        if path.endswith(".html"):
            elements = BeautifulSoup(data, "lxml").find_all([*LINKS])
            links = [str(element[LINKS[element.name]]) for element in elements if LINKS[element.name] in element.attrs]
            told |= {(path, urljoin(f"{SITE}/{path}", link)) for link in links}
            told |= {(path, found.decode()) for found in IN_DATA.findall(data)}
        elif path.endswith((".xml", ".opml")):
            told |= {(path, found.decode()) for found in IN_FEEDS.findall(data)}
    return {(path, address) for path, address in told if address.startswith(SITE) and _path_of(address) not in files}


def _path_of(address: str) -> str:
    path = unquote(re.split(r"[?#]", address.removeprefix(SITE).removeprefix("/"))[0])
    return f"{path}index.html" if not path or path.endswith("/") else path


@pytest.mark.parametrize("settings", LEFT_OUT.values(), ids=LEFT_OUT)
def test_nothing_leads_to_a_list_that_is_left_out(site: NewSite, settings: str) -> None:
    site.settings(f"COPYDESK_NAV_SECTIONS = 1\n{settings}")
    for number in range(7):
        site.write(f"seeds/{'world' if number % 2 else 'local'}/{number}.txt", tale(number, 0))
    site.write("content/told.md", "Title: Told\nDate: 2026-05-07\nTags: Salt\nAuthors: Ann Hale\n\nText of it.\n")
    site.write("content/pages/about.md", "Title: About\nTemplate: page\n\nText of it.\n")
    built = site.build(SITEURL=SITE)
    assert built.status == 0, built.stdout
    assert dead_links(built) == set()
    assert "Ann Hale" in built.page("articles/told.html")
    assert "Salt" in built.page("articles/told.html")


@pytest.mark.parametrize("status", ["hidden", "draft"])
def test_a_story_that_is_not_listed_leads_to_no_list(site: NewSite, status: str) -> None:
    site.write("seeds/world/a.txt", tale(1, 0))
    text = (
        f"Title: Told\nDate: 2026-05-07\nStatus: {status}\nCategory: Weather\nTags: Salt\nAuthors: Ann Hale\n\nText.\n"
    )
    site.write("content/told.md", text)
    built = site.build(SITEURL=SITE)
    assert built.status == 0, built.stdout
    assert dead_links(built) == set()
    page = next(built.output.glob("*/told.html")).read_text("utf-8")
    assert all(name in page for name in ("Weather", "Salt", "Ann Hale"))


def test_pelicans_cache_is_left_alone(site: NewSite) -> None:
    site.settings("CACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True")
    site.write("content/told.md", "Title: Told\nDate: 2026-05-07\n\nText of it.\n")
    for number in range(2):
        site.write("seeds/world/a.txt", tale(number, 0))
        assert site.build().status == 0
    assert not (site.folder / "cache").exists()


def test_pelicans_own_lists_of_links_are_shown(site: NewSite) -> None:
    site.settings(
        "MENUITEMS = (('Shop', 'https://shop.example/?a=1&b=2'),)\nLINKS = [('Tides', 'https://tides.example')]"
    )
    site.settings("SOCIAL = (('Mastodon', 'https://social.example/@bay'),)")
    site.write("seeds/world/a.txt", tale(1, 0))
    page = site.build().page("index.html")
    links = {link.text: str(link["href"]) for link in BeautifulSoup(page, "lxml").find_all("a")}
    assert links["Shop"] == "https://shop.example/?a=1&b=2"
    assert links["Tides"] == "https://tides.example"
    assert links["Mastodon"] == "https://social.example/@bay"
