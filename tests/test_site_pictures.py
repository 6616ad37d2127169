"""Pictures of hand-written articles: their sizes, smaller widths, what waits, and files that are none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from newsite import NewSite
from test_site_listpages import SITE

PAGE = "articles/a-lamp.html"


def photograph(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(data, kind, **options)
    return data.getvalue()


@pytest.fixture
def site(site: NewSite) -> NewSite:
    site.write(
        "content/local/lamp.md",
        'Title: A lamp\nDate: 2026-03-02\n\n![The lamp]({static}/images/a lamp.jpg "At dusk.")\n\nText.\n\n'
        "![Again]({static}/images/small.png)\n\n![Broken]({static}/images/broken.jpg) stands here.\n",
    )
    site.write("content/images/a lamp.jpg", photograph(1600, 900))
    site.write("content/images/small.png", photograph(300, 200, "PNG"))
    site.write("content/images/broken.jpg", b"\xff\xd8\xff no picture")
    return site


def test_pictures_have_sizes_and_smaller_widths(site: NewSite) -> None:
    built = site.build()
    assert built.status == 0, built.stderr
    first, second, broken = BeautifulSoup(built.page(PAGE), "html.parser").select(".story-text img")
    assert (first["width"], first["height"], first.get("loading")) == ("1600", "900", None)
    assert (second["width"], second["loading"], second.get("srcset")) == ("300", "lazy", None)
    assert broken.get("width") is None
    figure = first.parent
    assert figure is not None
    assert (figure.name, figure.get_text(strip=True)) == ("figure", "At dusk.")
    offered = [entry.split() for entry in str(first["srcset"]).split(", ")]
    assert [width for _, width in offered] == ["480w", "960w", "1440w", "1600w"]
    for address, width in offered[:-1]:
        path = built.output / "articles" / address
        with Image.open(path) as variant:
            assert (variant.format, variant.width) == ("WEBP", int(width[:-1]))
            assert abs(variant.height - variant.width * 900 / 1600) <= 1


def test_smaller_widths_are_upright_and_tell_nothing_of_the_camera(site: NewSite) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "A camera"
    site.write("content/images/a lamp.jpg", photograph(1600, 900, exif=exif))
    built = site.build()
    picture = next(path for path in built.output.glob("pictures/*-480.webp"))
    with Image.open(picture) as variant:
        assert variant.height > variant.width
        assert not variant.getexif()


def test_a_second_build_makes_none_anew(site: NewSite) -> None:
    site.build()
    old = {path: path.stat().st_ino for path in (site.folder / "output" / "pictures").iterdir()}
    site.write("content/local/other.md", "Title: Another\nDate: 2026-03-03\n\nText.\n")
    site.build()
    assert {path: path.stat().st_ino for path in (site.folder / "output" / "pictures").iterdir()} == old


def test_aligned_tables_need_no_styles_in_attributes(site: NewSite) -> None:
    site.write("content/local/table.md", "Title: A table\nDate: 2026-03-04\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n")
    page = site.build().page("articles/a-table.html")
    assert '<td class="align-right">2</td>' in page
    assert "style=" not in page


def test_all_that_has_a_page_has_its_widths(site: NewSite) -> None:
    text = "Title: {0}\nDate: 2026-03-02\nSlug: {1}\nLang: {2}\nStatus: {3}\n\n![A]({{static}}/images/{0}.jpg)\n"
    for folder in ("", "pages/"):
        for status in ("published", "hidden", "draft"):
            for language in ("en", "de"):
                name = f"{folder[:4]}-{status}-{language}"
                site.write(f"content/{folder}{name}.md", text.format(name, f"the-{status}", language, status))
                site.write(f"content/images/{name}.jpg", photograph(500, 10 + len(name)))
    built = site.build(SITEURL=SITE)
    assert built.status == 0, built.stderr
    offered = {path for path in built.files() if path.endswith("-480.webp")}
    assert len(offered) == 13
    told = "".join(built.page(path) for path in built.files() if path.endswith(".html"))
    assert all(f"{SITE}/{path} 480w" in told for path in offered)


def test_a_picture_that_breaks_off_is_told_and_shown_as_it_is(tmp_path: Path, site: NewSite) -> None:
    site.settings("COPYDESK_SEARCH = False")
    whole = photograph(1600, 900)
    site.write("content/images/a lamp.jpg", whole[: len(whole) // 2])
    for _ in range(2):
        built = site.build()
        assert built.status == 0, built.stdout
        told = [text for text in built.report["warnings"] if text.startswith("images/a lamp.jpg: ")]
        assert len(told) == 1
        assert "truncated" in told[0]
        image = BeautifulSoup(built.page(PAGE), "html.parser").select(".story-text img")[0]
        assert (image["width"], image.get("srcset")) == ("1600", None)
        site.write("content/local/other.md", "Title: Another\nDate: 2026-03-03\n\nText.\n")
    assert built.files() == site.copy(tmp_path / "fresh").build().files()
    site.write("content/images/a lamp.jpg", whole)
    assert "srcset" in site.build().page(PAGE)
