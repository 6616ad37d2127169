"""What a seed is: a text dump or a saved page with all its lines, or a form that is refused with the way in."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.intake.registry import MOST_UNPACKED


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is an empty file"),
        (b" \n\t\n", "holds nothing but white space"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (gzip.compress(b"text", mtime=0), "gzip-compressed"),
        (b"PK\x03\x04" + bytes(40), "a ZIP archive"),
        (b"<!doctype html><title>x</title>", "a web page without any text"),
        (b"<!-- saved from -->\n<html lang=en>", "a web page without any text"),
        (b"<?xml version='1.0'?><rss/>", "an XML document"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "MHTML"),
        (json.dumps({"title": "x", "story": "y"}).encode(), "JSON"),
        (json.dumps([{"title": "x"}]).encode(), "JSON"),
        (b'{"title": "x", "text": "A story."}\n] and then something else', "JSON"),
        (b'{"title": "x"}\n{"title": "y"}\n', "JSON"),
        (bytes(range(32)) * 40, "binary data"),
    ],
)
def test_what_is_no_text_dump_is_refused_by_its_content(data: bytes, said: str) -> None:
    with pytest.raises(RefusedSeed) as refused:
        read(data, "world/story.txt")
    assert said in str(refused.value)
    assert str(refused.value).startswith("world/story.txt: ")
    assert refused.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "<3 was all that he wrote\nin the note",
        "{ An opening brace is no JSON\nand this is a story",
        "[Update] The vote was held again on Monday.",
        "Content-Type: a drama in three acts",
    ],
)
def test_text_that_resembles_another_form_is_read(text: str) -> None:
    assert read(text.encode(), "a.txt").form == "text"


def test_deep_nesting_is_no_way_to_stop_a_build() -> None:
    assert read(b"[" * 200_000, "a.txt").form == "text"


def test_a_packed_seed_is_read_where_its_name_says_so() -> None:
    assert read(gzip.compress(b"A line\n", mtime=0), "a.txt.gz").lines == ("A line", "")
    assert read(gzip.compress(b"<!doctype html><p>A line", mtime=0), "a.html.GZ").form == "html"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x1f\x8b not gzip", "is broken gzip data"),
        (gzip.compress(b"A story. " * 99, mtime=0)[:-12], "is gzip data that breaks off"),
        (gzip.compress(b"", mtime=0), "is gzip data that breaks off"),
        (gzip.compress(bytes(MOST_UNPACKED + 1), 1, mtime=0), "holds more than 100,000,000 bytes"),
    ],
)
def test_a_packed_seed_that_is_broken_or_a_bomb(data: bytes, said: str) -> None:
    with pytest.raises(RefusedSeed, match=said):
        read(data, "a.txt.gz")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_all_line_ends(end: str) -> None:
    source = read(end.join(["One line", "", "Another line"]).encode(), "a.txt")
    assert source.lines == ("One line", "", "Another line")
    assert [(block.text, block.first, block.last) for block in source.blocks] == [
        ("One line", 1, 1),
        ("Another line", 3, 3),
    ]


def test_the_address_above_the_text() -> None:
    source = read(b"URL: https://news.example/2026/story\n\nA line", "a.txt")
    assert source.url == "https://news.example/2026/story"
    assert read(b"One\nTwo\nThree\nURL: https://news.example/", "a.txt").url is None
    assert read(b"URL: javascript:alert(1)\nA line", "a.txt").url is None


@given(st.text(min_size=1, max_size=300))
def test_every_line_with_text_is_in_exactly_one_block(text: str) -> None:
    try:
        source = read(text.encode("utf-8", "ignore"), "a.txt")
    except RefusedSeed:
        return
    covered = [number for block in source.blocks for number in range(block.first, block.last + 1)]
    assert covered == [number for number, line in enumerate(source.lines, 1) if line.strip()]
    for block in source.blocks:
        assert block.text == " ".join(line.strip() for line in source.lines[block.first - 1 : block.last])
