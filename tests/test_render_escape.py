"""Escaping, context by context: what a parser of that context reads is the text, and nothing else."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from copydesk.render import escape
from newarticle import hostile_text


@given(hostile_text)
def test_html_text_is_read_back(text: str) -> None:
    soup = BeautifulSoup(f"<p>{escape.html_text(text)}</p>", "html.parser")
    assert [element.name for element in soup.find_all()] == ["p"]
    assert soup.get_text().split() == escape.plain(text).split()


@given(hostile_text)
def test_html_attribute_is_read_back(text: str) -> None:
    soup = BeautifulSoup(f'<p title="{escape.html_attribute(text)}">x</p>', "html.parser")
    assert soup.p is not None
    assert soup.p.attrs == {"title": escape.plain(text)}


@given(st.text())
def test_plain_text_fits_into_xml_and_utf8(text: str) -> None:
    element = etree.Element("a")
    element.text = escape.xml_text(text)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (escape.xml_text(text) or None)
    escape.plain(text).encode()


def test_what_is_left_out_is_no_text_and_words_stay_apart() -> None:
    assert escape.plain("a\x00b\x07\ud800\ufffe\U0010ffff c\x0bd\x0ce\x85f\tg\nh") == "ab c d e f\tg\nh"
    assert escape.plain("naïve 東京 مرحبا 🎉\u200d\u00a0\u2066") == "naïve 東京 مرحبا 🎉\u200d\u00a0\u2066"


@given(st.dictionaries(hostile_text, st.one_of(hostile_text, st.lists(hostile_text))))
def test_json_in_script_is_the_same_value_and_can_not_end_the_element(value: dict[str, object]) -> None:
    written = escape.json_in_script(value)
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == json.loads(escape.plain(json.dumps(value, ensure_ascii=False)))


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://news.example/a?b=c&d=e#f", "https://news.example/a?b=c&d=e#f"),
        ("HTTP://News.example/", "http://News.example/"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ('https://a.example/"onclick="x', "https://a.example/%22onclick=%22x"),
        ("https://a.example/a b<c>", "https://a.example/a%20b%3Cc%3E"),
        ("https://a.example/%20", "https://a.example/%20"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/", None),
        ("/relative", None),
        ("https:", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_url(address: str, safe: str | None) -> None:
    assert escape.url(address) == safe


@given(st.text())
def test_url_is_ascii_of_a_safe_scheme_or_none(address: str) -> None:
    for text in (address, f"https://{address}", f"http://a.example/{address}"):
        safe = escape.url(text)
        assert safe is None or (safe.isascii() and safe.startswith(("http://", "https://", "mailto:")))


@given(hostile_text)
def test_metadata_can_not_become_a_second_line(text: str) -> None:
    for function in (escape.metadata_value, escape.metadata_html, escape.metadata_name, escape.markdown_text):
        assert len(function(text).splitlines()) <= 1
    assert not set(escape.metadata_name(text)) & set(";<>")
