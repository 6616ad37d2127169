"""Pictures and embeds in pages: found beside the lines, with their addresses, words, figures and captions."""

from __future__ import annotations

import pytest

from copydesk.intake import read
from copydesk.intake.media import MOST
from copydesk.model import Media, MediaKind


def media(body: str, head: str = "") -> tuple[Media, ...]:
    return read(
        f"<!DOCTYPE html><html><head>{head}</head><body><p>Text</p>{body}</body></html>".encode(), "a.html"
    ).media


@pytest.mark.parametrize(
    ("element", "addresses"),
    [
        ("<img src=a.jpg>", ["a.jpg"]),
        ('<img src=" a b.jpg ">', ["a b.jpg"]),
        ('<img src=s.jpg srcset="a.jpg 400w, b.jpg 800w,c.jpg 1.5x">', ["b.jpg", "a.jpg", "c.jpg", "s.jpg"]),
        ("<img src=data:image/gif;base64,R0 data-src=a.jpg>", ["a.jpg", "data:image/gif;base64,R0"]),
        ("<picture><source srcset=a.webp><img src=a.jpg></picture>", ["a.webp", "a.jpg"]),
        ("<img src=data:,x><noscript><img src=a.jpg></noscript>", ["data:,x", "a.jpg"]),
        ("<img>", []),
    ],
)
def test_where_a_picture_may_be(element: str, addresses: list[str]) -> None:
    found = media(element)
    assert [one.kind for one in found] == [MediaKind.PICTURE]
    assert sorted(found[0].addresses) == sorted(addresses)
    assert found[0].addresses[:1] == tuple(addresses[:1])


@pytest.mark.parametrize(
    ("element", "page"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abc-123_x?start=4"></iframe>',
            "https://www.youtube.com/watch?v=abc-123_x",
        ),
        ('<iframe src="//player.vimeo.com/video/1234"></iframe>', "https://vimeo.com/1234"),
        (
            '<iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=true&id=99&x=1"></iframe>',
            "https://x.com/i/status/99",
        ),
        (
            '<iframe src="https://www.instagram.com/p/Ab_1/embed/captioned/"></iframe>',
            "https://www.instagram.com/p/Ab_1/",
        ),
        ('<video><source src="https://a.example/film.mp4"></video>', "https://a.example/film.mp4"),
        ('<audio src="https://a.example/talk.mp3"></audio>', "https://a.example/talk.mp3"),
        ('<iframe src="https://ads.example/frame.html"></iframe>', None),
        ('<iframe src="https://youtube.com.evil.example/embed/abcdef"></iframe>', None),
        ('<iframe src="https://[/embed/abcdef"></iframe>', None),
        ('<iframe src="javascript:alert(1)"></iframe>', None),
        ('<video src="blob:https://a.example/1"></video>', None),
    ],
)
def test_where_an_embed_can_be_seen(element: str, page: str | None) -> None:
    found = media(element)
    assert [(one.kind, one.addresses) for one in found] == [(MediaKind.EMBED, (page,) if page else ())]


def test_a_figure_its_caption_and_what_is_around() -> None:
    found = media(
        "<div class=story><h2>Head</h2><figure><a href=big.html class=zoom><img src=a.jpg alt=' The   lamp '"
        " width=400px height=20%></a><figcaption><p>One</p><p>Two</p></figcaption></figure><p>After</p></div>"
    )[0]
    assert (found.place, found.words, found.width, found.height, found.link) == (2, "The lamp", 400, 0, "big.html")
    assert (found.figure, found.caption) == ((3, 4), (3, 4))
    assert found.around == ((3, 4), (2, 5), (1, 5))
    assert "article" in found.hints
    assert "figure" in found.landmarks


def test_a_caption_before_its_picture_and_a_figure_that_is_never_closed() -> None:
    first, second = media("<figure><figcaption>One</figcaption><img src=a.jpg></figure><figure><img src=b.jpg><p>Two")
    assert (first.place, first.caption) == (2, (2, 2))
    assert (second.place, second.figure, second.caption) == (2, (3, 3), None)


@pytest.mark.parametrize("words", ["IMG_1234", "photo.jpg", "image 3", ""])
def test_a_file_name_says_nothing_of_what_a_picture_shows(words: str) -> None:
    assert media(f'<img src=a.jpg alt="{words}">')[0].words == ""


def test_the_base_of_a_page_counts() -> None:
    found = media("<img src=a.jpg>", '<base href="https://a.example/b/">')[0]
    assert found.addresses == ("a.jpg", "https://a.example/b/a.jpg")


def test_pictures_change_no_line() -> None:
    with_pictures = (
        "<h1>A</h1><figure><img src=a.jpg alt=x><figcaption>Two</figcaption></figure><p>B<iframe></iframe></p>"
    )
    without = "<h1>A</h1><figure><br><figcaption>Two</figcaption></figure><p>B</p>"
    sources = [read(f"<html><body>{body}</body></html>".encode(), "a.html") for body in (with_pictures, without)]
    assert sources[0].blocks == sources[1].blocks


def test_a_page_of_nothing_but_pictures_is_read_to_a_bound() -> None:
    found = media("<img src=a.jpg>" * (3 * MOST))
    assert len(found) == MOST


def test_pictures_deep_in_a_page() -> None:
    found = media("<div>" * 3000 + "<img src=a.jpg>" + "</div>" * 3000 + "<div>" * 50 + "<figure><img src=b.jpg>")
    assert [one.addresses for one in found] == [("a.jpg",), ("b.jpg",)]
