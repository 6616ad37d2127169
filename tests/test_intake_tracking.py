"""Addresses without what tells who followed them; everything else in them stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.intake import read
from copydesk.intake.metadata import address

STORY = (
    "\n\nThe council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years.\n"
)


def url_of(address: str) -> str | None:
    return read(f"URL: {address}\n{STORY}".encode(), "a.txt").url


@pytest.mark.parametrize(
    ("given_address", "plain"),
    [
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?id=7&fbclid=Abc&page=2#part", "https://a.example/x?id=7&page=2#part"),
        ("https://a.example/x?UTM_Source=rss", "https://a.example/x"),
        ("https://a.example/x?id=7&empty=&flag", "https://a.example/x?id=7&empty=&flag"),
        ("https://a.example/x?futm_source=1", "https://a.example/x?futm_source=1"),
    ],
)
def test_tracking_goes_and_the_rest_stays(given_address: str, plain: str) -> None:
    assert url_of(given_address) == plain


def test_it_is_told() -> None:
    notes = read(f"URL: https://a.example/x?utm_source=rss&gclid=1\n{STORY}".encode(), "a.txt").notes
    assert notes == ("tracking parameters taken out of its address: utm_source, gclid",)


@given(st.from_regex(r"[a-z0-9=&%_.~-]{0,60}", fullmatch=True))
def test_twice_is_once(query: str) -> None:
    once = url_of(f"https://a.example/x?{query}")
    assert once is not None
    assert url_of(once) == once


def test_an_address_with_half_a_character_is_none() -> None:
    assert address("https://a.example/\ud800") is None
