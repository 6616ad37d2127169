"""Cards for link previews: whole at any headline, in all scripts of the fonts, the same bytes each time."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from copydesk.render.socialcard import Card, png, writable

INK = (28, 27, 26)


def image(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(png(card))).convert("RGB")


def dark(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    return sum(count for count, colour in picture.crop(box).getcolors(1 << 24) or () if colour == INK)


@pytest.mark.parametrize(
    "headline",
    [
        "Snow",
        "A headline of more words than the card has room for, and then some more of them, " * 5,
        "مكتبة متنقلة على ظهر قارب",
        "大熊猫幼崽首次在野外被记录到",
        "東京の灯台守",
        "Снег в апреле",
        "ספרייה על גלגלים",
        "등대지기의 일기",
        "ข่าววันนี้",
    ],
)
def test_headlines_are_drawn_inside_the_margins(headline: str) -> None:
    assert writable(headline)
    picture = image(Card(headline, "World", "The Courier", rtl="م" in headline))
    assert picture.size == (1200, 630)
    assert dark(picture, (80, 150, 1120, 510)) > 500
    assert dark(picture, (0, 20, 70, 630)) == dark(picture, (1130, 20, 1200, 630)) == 0


def test_right_to_left_headlines_stand_at_the_right() -> None:
    left, right = (80, 150, 600, 240), (600, 150, 1120, 240)
    picture = image(Card("مكتبة", "ثقافة", "The Courier", rtl=True))
    assert dark(picture, left) == 0 < dark(picture, right)


def test_what_the_fonts_cant_write_is_left_out() -> None:
    assert not writable("हिन्दी समाचार")
    assert png(Card("हिन्दी", "World", "The Courier")) == png(Card("नमस्ते", "World", "The Courier"))


@settings(max_examples=30)
@given(st.text(max_size=300), st.booleans())
def test_any_text_gives_the_same_picture_twice(text: str, rtl: bool) -> None:
    card = Card(text, text[:20], text[:30], rtl)
    assert png(card) == png(card)
