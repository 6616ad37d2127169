"""Pictures of saved pages in the site: files, widths, feeds, metadata; and rebuilds that give the same bytes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from newpicture import data_address, photograph
from newsite import ROOT, Built, NewSite
from test_intake_pictures import archive

PAGE = "articles/the-lamp-comes-home.html"
SITE = "https://paper.example/news"
TEXT = (
    "<p>The lamp that burned above the harbour from 1911 to 1998 has come home in nineteen pieces and four crates.</p>"
    "<p>It had stood in a museum two valleys away, between a butter churn and a fire engine, since that winter.</p>"
)


def saved(*figures: str) -> str:
    story = f"<h1>The Lamp Comes Home</h1>{''.join(figures)}{TEXT}"
    head = '<meta property="og:title" content="The Lamp Comes Home">'
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{story}</article></body></html>"


def figure(address: str, caption: str = "The lamp.", alt: str = "A lamp") -> str:
    return f'<figure><img src="{address}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


@pytest.fixture
def site(site: NewSite) -> NewSite:
    site.settings("COPYDESK_SEARCH = False")
    site.write("seeds/local/lamp.html", saved(figure("lamp_files/lamp.jpg"), figure("lamp_files/small.png", "A wick.")))
    site.write("seeds/local/lamp_files/lamp.jpg", photograph(1600, 900))
    site.write("seeds/local/lamp_files/small.png", photograph(300, 200, "PNG"))
    return site


def images(built: Built, page: str = PAGE) -> list[dict[str, str]]:
    found = BeautifulSoup(built.page(page), "html.parser").select(".story-text img")
    return [{name: str(value) for name, value in image.attrs.items()} for image in found]


def test_pictures_are_taken_into_the_site(site: NewSite) -> None:
    built = site.build()
    assert built.status == 0, built.stderr
    lead, small = images(built)
    assert (lead["alt"], lead["width"], lead["height"], lead.get("loading")) == ("A lamp", "1600", "900", None)
    assert (small["width"], small["loading"], small.get("srcset")) == ("300", "lazy", None)
    offered = [entry.split() for entry in lead["srcset"].split(", ")]
    assert [width for _, width in offered] == ["480w", "960w", "1440w", "1600w"]
    for address, width in offered:
        with Image.open(built.output / "articles" / address) as picture:
            assert picture.width == int(width[:-1])
    assert sorted(path.suffix for path in (built.output / "pictures").iterdir()) == [".jpg", ".png", *[".webp"] * 3]


def test_feeds_and_metadata_have_them_with_whole_addresses(site: NewSite) -> None:
    built = site.build(SITEURL=SITE)
    path = next(path for path in built.output.glob("pictures/*.jpg")).relative_to(built.output).as_posix()
    address, size = f"{SITE}/{path}", str((built.output / path).stat().st_size)
    page = BeautifulSoup(built.page(PAGE), "html.parser")
    assert page.find("meta", property="og:image")["content"] == address  # type: ignore[index]
    facts = json.loads(str(page.select_one('script[type="application/ld+json"]').string))  # type: ignore[union-attr]
    assert next(one for one in facts["@graph"] if one["@type"] == "NewsArticle")["image"] == [address]
    for kind in ("rss", "atom"):
        feed = BeautifulSoup(built.page(f"feeds/all.{kind}.xml"), "xml")
        enclosure = feed.find("enclosure") or feed.find("link", rel="enclosure")
        assert (enclosure.get("url") or enclosure.get("href"), enclosure["length"]) == (address, size)  # type: ignore[union-attr,index]
        assert feed.find("media:content", url=address) or kind == "atom"
        assert f'src="{address}"' in feed.get_text()
    item = json.loads(built.page("feeds/all.json"))["items"][0]
    assert item["image"] == address
    assert f'<img src="{address}" alt="A lamp" width="1600" height="900">' in item["content_html"]


PICTURE = "seeds/local/lamp_files/lamp.jpg"
CHANGES: dict[str, Callable[[NewSite], object]] = {
    "another picture": lambda site: site.write(PICTURE, photograph(1600, 800)),
    "a picture that breaks": lambda site: site.write(PICTURE, photograph()[:900]),
    "a picture that is gone": lambda site: (site.folder / PICTURE).unlink(),
    "a picture that comes later": lambda site: site.write(PICTURE, photograph(1600, 900)),
    "the editor's word": lambda site: site.write(
        "content/overrides/local/lamp.toml", '[[drop]]\npicture = "small.png"\n'
    ),
    "another page": lambda site: site.write("seeds/local/lamp.html", saved(figure("lamp_files/small.png", "Small."))),
    "a folder that is gone": lambda site: shutil.rmtree(site.folder / "seeds/local/lamp_files"),
}


def test_a_changed_picture_is_seen_and_gives_what_a_build_from_nothing_gives(site: NewSite, tmp_path: Path) -> None:
    page = site.build().page(PAGE)
    for name, change in CHANGES.items():
        change(site)
        files = site.build().files()
        assert (files[PAGE].decode() != page) == (name not in SAME), name
        page = files[PAGE].decode()
        fresh = site.copy(tmp_path / "fresh")
        assert fresh.build().files() == files, name
        shutil.rmtree(tmp_path / "fresh")


SAME = ("a picture that is gone", "a folder that is gone")
"""Changes of a picture that was not shown before."""


def test_pictures_outlive_a_lost_site_and_a_damaged_store(site: NewSite) -> None:
    files = site.build().files()
    shutil.rmtree(site.folder / "output")
    assert site.build().files() == files
    shutil.rmtree(site.folder / "output")
    store = site.folder / ".copydesk/store.sqlite"
    store.write_bytes(store.read_bytes()[:5000])
    assert site.build().files() == files


def test_what_has_not_changed_is_not_made_again(site: NewSite) -> None:
    built = site.build()
    old = {path: path.stat().st_ino for path in (built.output / "pictures").iterdir()}
    site.seed("other.txt", "Council reopens harbour line")
    site.build()
    assert {path: path.stat().st_ino for path in (built.output / "pictures").iterdir()} == old


def test_pages_that_hold_their_pictures_and_crawls(site: NewSite) -> None:
    site.write("seeds/local/lamp.html", saved(figure(data_address(photograph(1600, 900)))))
    archive(site.write("seeds/crawl.warc.gz", b""))
    built = site.build()
    assert built.status == 0, built.stderr
    assert [image["width"] for image in images(built)] == ["1600"]
    assert [image["width"] for image in images(built, "articles/the-lighthouse-gets-its-old-lamp-back.html")] == [
        "480",
        "360",
    ]


def test_a_site_may_leave_out_what_is_elsewhere(site: NewSite) -> None:
    site.write("seeds/local/lamp.html", saved(figure("https://a.example/lamp.jpg")))
    linked = site.build()
    link = BeautifulSoup(linked.page(PAGE), "html.parser").select_one(".elsewhere a")
    assert link is not None
    assert (link["href"], link.get_text()) == ("https://a.example/lamp.jpg", "The lamp.")
    assert images(linked) == []
    site.settings('COPYDESK_REMOTE_PICTURES = "leave out"')
    left_out = site.build()
    assert "a.example" not in left_out.page(PAGE)


def test_hostile_pictures_cost_no_article(site: NewSite) -> None:
    figures = [
        figure(address)
        for address in (
            "lamp_files/a.svg", "lamp_files/cut.jpg", "lamp_files/../../../../pelican.conf.py", "lamp_files/link.jpg",
            "/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "data:image/svg+xml,<svg onload=alert(1)>",
            "data:text/html;base64,PHNjcmlwdD4=", "lamp_files/text.jpg", "lamp_files/a.jpg%00.png",
            '" onerror="alert(1)',
        )
    ]  # fmt: skip
    site.write("seeds/local/lamp.html", saved(*figures, figure("lamp_files/lamp.jpg", "<b>ok</b>", "&quot;><script>x")))
    site.write("seeds/local/lamp_files/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    site.write("seeds/local/lamp_files/cut.jpg", photograph()[:900])
    site.write("seeds/local/lamp_files/text.jpg", "<script>alert(1)</script>")
    (site.folder / "seeds/local/lamp_files/link.jpg").symlink_to(ROOT / "README.md")
    site.seed("other.txt", "Council reopens harbour line")
    built = site.build()
    assert built.status == 0, built.stderr
    assert [image["alt"] for image in images(built)] == ['"><script>x']
    assert sorted(path.suffix for path in (built.output / "pictures").iterdir()) == [".jpg", *[".webp"] * 3]
    told = "\n".join(built.report["warnings"])
    for name in ("a.svg", "cut.jpg", "text.jpg", "link.jpg"):
        assert f"picture {name} is left out" in told or f"picture lamp_files/{name} is left out" in told


def test_an_adopted_article_has_its_pictures(site: NewSite) -> None:
    seed = site.folder / "seeds/local/lamp.html"
    subprocess.run([sys.executable, "-m", "copydesk", "adopt", str(seed)], check=True, cwd=site.folder)
    assert len(list((site.folder / "content/images").iterdir())) == 2
    built = site.build()
    assert built.status == 0, built.stderr
    assert [(image["width"], image["alt"]) for image in images(built)] == [("1600", "A lamp"), ("300", "A lamp")]
    captions = BeautifulSoup(built.page(PAGE), "html.parser").select("figcaption")
    assert [caption.get_text() for caption in captions] == ["The lamp.", "A wick."]


@pytest.mark.parametrize(
    "kept", ['picture = "b.jpg"', 'text = "A grey mare waits to be sold. She was not."', "line = 3"]
)
def test_a_story_of_pictures_alone_is_one_where_an_editor_says_so(site: NewSite, kept: str) -> None:
    captions = {
        "a": "A grey mare waits to be sold. She was not.",
        "b": "Two boys lead a foal over the bridge at noon.",
        "c": "The last horse leaves the market square.",
    }
    shown = "".join(figure(f"fair_files/{name}.jpg", caption) for name, caption in captions.items())
    site.write("seeds/local/fair.html", f"<!DOCTYPE html><html><body><h1>The horse fair</h1>{shown}</body></html>")
    for number, name in enumerate(captions):
        site.write(f"seeds/local/fair_files/{name}.jpg", photograph(900, 600 + number))
    built = site.build()
    assert "local/fair.html: no article text found: all 4 lines are furniture, headline or caption" in built.stderr
    site.write("content/overrides/local/fair.toml", f"[[keep]]\n{kept}\n")
    built = site.build()
    assert built.status == 0, built.stderr
    assert len(images(built, "articles/the-horse-fair.html")) == 3
    assert all(caption in built.page("articles/the-horse-fair.html") for caption in captions.values())
