"""Files of pictures: found where they may be and nowhere else, read within bounds, written anew and as pixels alone."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.cleaning.rulebook import load_rules
from copydesk.errors import RefusedPicture
from copydesk.intake import album as album_module
from copydesk.intake import raster as raster_module
from copydesk.intake.album import Album
from copydesk.intake.archivepictures import InArchive
from copydesk.intake.picturefiles import BesidePage, InPage, files_of
from copydesk.intake.pieces import pieces
from copydesk.intake.raster import HIGHEST, WIDEST, raster
from copydesk.model import Article, Figure
from copydesk.pipeline import clean
from newpicture import data_address, photograph
from write_cases import PAGES, pictures_of, saved_pages


def clear() -> bytes:
    data = io.BytesIO()
    Image.new("RGBA", (300, 200), (200, 30, 30, 90)).save(data, "WEBP")
    return data.getvalue()


CLEAR = clear()


@pytest.mark.parametrize("page", saved_pages(), ids=lambda page: page.name)
def test_saved_pages(page: Path) -> None:
    assert pictures_of(page) == page.with_suffix(f"{page.suffix}.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (photograph(), "image/jpeg", (640, 400)),
        (photograph(kind="WEBP"), "image/jpeg", (640, 400)),
        (photograph(kind="AVIF"), "image/jpeg", (640, 400)),
        (photograph(kind="PNG"), "image/png", (640, 400)),
        (photograph(kind="GIF", mode="P"), "image/png", (640, 400)),
        (photograph(kind="PNG", mode="RGBA"), "image/png", (640, 400)),
        (CLEAR, "image/png", (300, 200)),
        (photograph(mode="CMYK"), "image/jpeg", (640, 400)),
        (photograph(kind="PNG", mode="I;16"), "image/png", (640, 400)),
        (photograph(5760, 200), "image/jpeg", (WIDEST, 100)),
        (photograph(200, 2 * HIGHEST), "image/jpeg", (100, HIGHEST)),
    ],
)
def test_pictures_are_written_anew(data: bytes, kind: str, size: tuple[int, int]) -> None:
    found = raster(data, "a")
    assert (found.picture.media_type, (found.picture.width, found.picture.height)) == (kind, size)
    assert found.picture.length == len(found.data)
    assert raster(data, "b") == found
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.size == size
        assert not image.getexif()
        assert not {"icc_profile", "comment", "xmp", "exif", "Comment"} & set(image.info)


def test_pictures_are_upright_and_tell_nothing_of_the_camera() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "<script>alert(1)</script>"
    found = raster(photograph(exif=exif, comment=b"<script>"), "a")
    assert (found.picture.width, found.picture.height) == (400, 640)
    assert b"<script" not in found.data
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<script>alert(1)</script>")
    assert b"<script" not in raster(photograph(kind="PNG", pnginfo=told), "a").data


def test_what_stands_behind_a_picture_is_not_taken_along() -> None:
    assert b"PK\x03\x04" not in raster(photograph() + b"PK\x03\x04<script>alert(1)</script>", "a").data


def bomb(width: int, height: int) -> bytes:
    """Return a picture of a few kilobytes that says that it is of any size."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    body = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """Return a picture with hundreds of megabytes of text in it, packed."""
    told = PngImagePlugin.PngInfo()
    told.add_text("a", "x" * 30_000_000, zip=True)
    return photograph(kind="PNG", pnginfo=told)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "broken"),
        (photograph()[:2000], "broken"),
        (photograph(kind="PNG")[:300], "broken"),
        (photograph(kind="WEBP")[:200], "broken"),
        (b"\xff\xd8\xff" + os.urandom(0) + b"no picture" * 50, "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"GIF89a" + b"\xff" * 500, "broken"),
        (bomb(50_000, 50_000), "too-large"),
        (bomb(2**31 - 1, 2**31 - 1), "too-large"),
        (bomb(10_000, 10_000), "too-large"),
        (text_bomb(), "broken"),
        (bomb(400, 0), "broken"),
        (photograph(1, 1), "small"),
        (photograph(300, 20), "small"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "svg"),
        (b"<html><script>alert(1)</script>", "no-picture"),
        (b"%PDF-1.7", "no-picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "no-picture"),
        (photograph(kind="TIFF"), "no-picture"),
        (photograph(kind="BMP"), "no-picture"),
        (photograph(kind="ICO"), "no-picture"),
    ],
)
def test_what_is_no_picture_that_can_be_shown(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedPicture) as refused:
        raster(data, "a")
    assert refused.value.reason == reason
    assert "0x" not in str(refused.value)


def test_a_picture_of_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster_module, "MOST_BYTES", 1000)
    with pytest.raises(RefusedPicture, match="larger than"):
        raster(photograph(), "a")


@given(st.data())
def test_a_damaged_picture_is_refused_or_shown_and_nothing_else(data: st.DataObject) -> None:
    good = bytearray(photograph(130, 70, data.draw(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]))))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = raster(bytes(good), "a")
    except RefusedPicture:
        return
    assert found.picture.media_type in ("image/jpeg", "image/png")


@pytest.fixture
def page(tmp_path: Path) -> BesidePage:
    (tmp_path / "a_files" / "more").mkdir(parents=True)
    for name in ("a_files/p.jpg", "a_files/more/q r.jpg", "secret.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(photograph())
    (tmp_path / "a_files" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (tmp_path / "a_files" / "out").symlink_to(tmp_path)
    (tmp_path / "a_files" / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "a_files" / "pipe.jpg")
    (tmp_path / "b_files").mkdir()
    (tmp_path / "b_files" / "p.jpg").write_bytes(photograph())
    (tmp_path / "a.html").write_text("<html>")
    return BesidePage(tmp_path / "a.html")


@pytest.mark.parametrize(
    "address",
    ["a_files/p.jpg", "./a_files/p.jpg", "a%5Ffiles/p.jpg?x=1#y", "a_files/more/q%20r.jpg", "a_files/./p.jpg"],
)
def test_files_beside_a_page(page: BesidePage, address: str) -> None:
    assert page.read(address, "") == photograph()


@pytest.mark.parametrize(
    "address",
    [
        "../secret.jpg", "a_files/../secret.jpg", "a_files/%2e%2e/secret.jpg", "a_files/..%2fsecret.jpg", "b.jpg",
        "/etc/passwd", "//etc/passwd", "file:///etc/passwd", "a_files//etc/passwd", "a_files\\..\\secret.jpg",
        "b_files/p.jpg", "a_files/none.jpg", "a_files/p.jpg/", "a_files/p.jpg/x", "a_files", "a_files/", "a_files/\0",
        "http://[", "https://a.example/a_files/p.jpg", "a_files/" + "x" * 5000, "",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_folder(page: BesidePage, address: str) -> None:
    try:
        assert page.read(address, "") is None
    except RefusedPicture as refused:
        assert refused.reason == "broken"


@pytest.mark.parametrize(
    "address", ["a_files/link.jpg", "a_files/out/secret.jpg", "a_files/folder.jpg", "a_files/pipe.jpg"]
)
def test_links_folders_and_pipes_are_refused(page: BesidePage, address: str) -> None:
    with pytest.raises(RefusedPicture):
        page.read(address, "")


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("data:image/png;base64,aGFsbG8=", b"hallo"),
        ("DATA:image/png;BASE64,aGFs bG8", b"hallo"),
        ("data:image/png;base64,aGFsbG8%3D", b"hallo"),
        ("data:text/plain,a%20b", b"a b"),
        ("data:", b""),
    ],
)
def test_files_in_addresses(address: str, data: bytes) -> None:
    assert InPage().read(address, "") == data


def archive(path: Path, packed: bool = True) -> Path:
    """Write a crawl with a page and, behind it, its pictures."""
    page = (PAGES / "lighthouse.html").read_text("utf-8").replace("./lighthouse_files/", "/img/")
    page = page.replace('srcset="https://bay-post.example/img/lantern-1200.jpg 1200w"', "")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)

        def put(address: str, kind: str, data: bytes, status: str = "200 OK") -> None:
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record: Any = writer.create_warc_record(address, "response", payload=io.BytesIO(data), http_headers=headers)
            writer.write_record(record)

        put("https://bay-post.example/local/lighthouse-lamp", "text/html; charset=utf-8", page.encode())
        put("https://bay-post.example/img/lantern.jpg", "text/html", b"gone", "404 Not Found")
        for name in ("keeper.png", "lantern.jpg", "teaser.jpg"):
            put(f"https://bay-post.example/img/{name}", "image/any", (PAGES / "lighthouse_files" / name).read_bytes())
        put("https://bay-post.example/img/steps.jpg", "image/jpeg", b"\xff\xd8\xff no picture")
    return path


def article_in(path: Path) -> tuple[Article, Album]:
    piece = next(iter(pieces(path, path.name, 10_000_000)))
    album = Album(files_of(piece, path))
    return clean(piece.data, piece.name, load_rules(), album=album), album


@pytest.mark.parametrize("packed", [True, False])
def test_pictures_of_a_crawl_are_found_in_it(tmp_path: Path, packed: bool) -> None:
    article, album = article_in(archive(tmp_path / "crawl.warc", packed))
    shown = [figure for figure in article.body() if isinstance(figure, Figure)]
    assert [(figure.alt, bool(figure.picture)) for figure in shown] == [
        ("The lantern room, seen from the stairs", True),
        ("A keeper's log, open at the year 1911", True),
        ("The steps", False),
        ("The lamp is carried up the steps", False),
        ("Map of the harbour", False),
    ]
    assert shown[4].href == "https://bay-post.example/img/map.svg"
    assert set(album.taken) == {figure.picture.digest for figure in article.figures if figure.picture}


def test_an_archive_that_breaks_off_has_the_pictures_before(tmp_path: Path) -> None:
    path = archive(tmp_path / "crawl.warc.gz")
    keeper = InArchive(path)
    assert keeper.read("/img/keeper.png", "https://bay-post.example/a") is not None
    assert keeper.read("/img/none.png", "https://bay-post.example/a") is None
    path.write_bytes(path.read_bytes()[:-300])
    assert InArchive(path).read("/img/keeper.png", "https://bay-post.example/a") is not None
    assert InArchive(path).read("file:///etc/passwd", "") is None


STORY = "The lamp that burned above the harbour from 1911 to 1998 has come home, in nineteen pieces and {} crates."


def story(pictures: list[str]) -> bytes:
    body = "".join(f"<p>{STORY.format(number)}</p>{picture}" for number, picture in enumerate([*pictures, ""]))
    return f"<!DOCTYPE html><html><body><article><h1>The Lamp Comes Home</h1>{body}</article></body></html>".encode()


def figure(address: str) -> str:
    return f'<figure><img src="{address}" alt="A lamp"><figcaption>The lamp.</figcaption></figure>'


def test_an_article_has_no_more_pictures_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(album_module, "MOST", 3)
    several = [figure(data_address(photograph(200 + number, 100))) for number in range(6)]
    article = clean(story(several), "a.html", load_rules())
    assert len(article.figures) == 3
    assert [one.label.reason for one in article.ledger.media][3:] == ["media:too-many"] * 3


def test_an_article_has_no_more_pixels_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(album_module, "MOST_PIXELS", 30_000)
    several = [figure(data_address(photograph(200 + number, 100))) for number in range(6)]
    assert len(clean(story(several), "a.html", load_rules()).figures) == 2


def test_damaged_pictures_are_not_read_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []
    monkeypatch.setattr(album_module, "MOST", 3)
    monkeypatch.setattr(album_module, "raster", lambda data, name: tries.append(name) or raster(data, name))
    damaged = [figure(data_address(photograph(200 + number, 100)[:400])) for number in range(6)]
    article = clean(story([*damaged, damaged[0]]), "a.html", load_rules())
    assert len(tries) == 3
    reasons = [one.label.reason for one in article.ledger.media]
    assert reasons == ["media:broken"] * 3 + ["media:too-many"] * 3 + ["media:again"]


def test_the_same_picture_is_shown_once() -> None:
    article = clean(story([figure(data_address(photograph()))] * 3), "a.html", load_rules())
    assert len(article.figures) == 1
    assert [one.label.reason for one in article.ledger.media] == ["media:text", "media:again", "media:again"]


def test_remote_pictures_are_left_out_where_a_site_wants_it() -> None:
    page = story([figure("https://a.example/lamp.jpg")])
    linked = clean(page, "a.html", load_rules())
    left_out = clean(page, "a.html", load_rules(), album=Album(links=False))
    assert [block.href for block in linked.body() if isinstance(block, Figure)] == ["https://a.example/lamp.jpg"]
    assert [block for block in left_out.body() if isinstance(block, Figure)] == []
    assert left_out.ledger.media[0].label.reason == "media:elsewhere"
