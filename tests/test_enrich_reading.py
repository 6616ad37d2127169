"""Word counts and reading times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.enrich.reading import count_words, reading_minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("The U.S.-led talks won’t end.", 5),
        ("one – two — * three", 3),
        ("1,200 people", 2),
        ("東京都で大会", 6),
        ("iPhoneを買う", 4),
        ("สวัสดีครับ", 3),
        ("हिन्दी समाचार", 2),
        ("학교에 갔다", 2),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(), st.text())
def test_texts_add_up(one: str, other: str) -> None:
    assert count_words(f"{one}\n\n{other}") == count_words(one) + count_words(other)


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [(0, None, 1), (100, "en", 1), (238, "en", 1), (357, "en", 2), (952, "de", 4), (714, "ja", 2), (510, "zh", 2)],
)
def test_reading_minutes(words: int, language: str | None, minutes: int) -> None:
    assert reading_minutes(words, language) == minutes
