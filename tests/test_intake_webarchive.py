"""Packed web archives: read as streams, and refused by name where they can't be."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.intake.pieces import WACZ, WHOLE, form_of, pieces
from test_intake_pieces import MOST, PAGE, article


def warc(*addresses: str, packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for address in addresses:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(PAGE.encode()), http_headers=headers)
        )
    return out.getvalue()


def wacz(path: Path, members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as packed:
        for name, data in {"datapackage.json": b"{}", **members}.items():
            packed.writestr(name, data)
    return path


def test_the_pages_of_all_its_archives(tmp_path: Path) -> None:
    one, two = "https://news.example/1", "https://news.example/2"
    members = {"archive/a.warc.gz": warc(one), "archive/b.warc": warc(two, packed=False), "pages/pages.jsonl": b"{}"}
    path = wacz(tmp_path / "crawl.wacz", members)
    assert form_of(path) == WACZ
    found = list(pieces(path, path.name, MOST))
    assert [piece.name for piece in found] == ["crawl.wacz#1", "crawl.wacz#2"]
    assert [article(piece).provenance.url for piece in found] == [one, two]


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    path = wacz(tmp_path / "crawl.wacz", {"archive/../../out.warc.gz": warc("https://news.example/1")})
    assert len(list(pieces(path, path.name, MOST))) == 1
    assert sorted(tmp_path.parent.rglob("out.warc*")) == []


def encrypted(path: Path) -> Path:
    """Set the flag that says so on every member."""
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(signature)
        while place >= 0:
            struct.pack_into("<H", data, place + offset, 1)
            place = data.find(signature, place + 4)
    path.write_bytes(data)
    return path


def test_an_encrypted_one_is_refused(tmp_path: Path) -> None:
    path = encrypted(wacz(tmp_path / "crawl.wacz", {"archive/a.warc": warc("https://news.example/1", packed=False)}))
    (found,) = pieces(path, path.name, MOST)
    assert "is a web archive (WACZ) that is encrypted" in str(found.refusal)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = wacz(tmp_path / "crawl.wacz", {"archive/a.warc": bytes(20_000_000)}, zipfile.ZIP_DEFLATED)
    (found,) = pieces(path, path.name, MOST)
    assert "grows beyond all measure" in str(found.refusal)


def test_one_that_breaks_off_gives_what_was_before(tmp_path: Path) -> None:
    whole = warc(*(f"https://news.example/{n}" for n in range(100)))
    path = wacz(tmp_path / "crawl.wacz", {"archive/a.warc.gz": whole[: len(whole) - 60]})
    *before, last = pieces(path, path.name, MOST)
    assert before and all(piece.refusal is None for piece in before)
    assert "can't be read further" in str(last.refusal)


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"mimetype": b"application/epub+zip"}, "is an e-book"),
        ({"word/document.xml": b"<w/>"}, "is a Word document"),
        ({"xl/workbook.xml": b"<x/>"}, "is a spreadsheet"),
        ({"a.txt": b"text"}, "is a ZIP archive"),
    ],
)
def test_other_zip_files_are_refused_by_what_they_are(tmp_path: Path, members: dict[str, bytes], what: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    assert form_of(path) == WHOLE
    with pytest.raises(RefusedSeed, match=what):
        read(path.read_bytes(), path.name)


def test_a_packed_archive_that_is_packed_once_more_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz.gz"
    path.write_bytes(gzip.compress(wacz(tmp_path / "a.wacz", {"archive/a.warc": b""}).read_bytes()))
    assert form_of(path) == WHOLE
