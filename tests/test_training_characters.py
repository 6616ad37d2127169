"""The table of characters that comes along is what Python's own knowledge of Unicode gives."""

from __future__ import annotations

import unicodedata

import numpy as np

from copydesk.cleaning.tagger.characters import class_table, letter_table
from copydesk.training.characters import classes, steps_down


def known() -> list[int]:
    """Code units that every Python since 3.11 knows, and that changed in no version of Unicode since."""
    return [code for code in range(0x10000) if unicodedata.category(chr(code)) != "Cn" and code < 0x0C00]


def test_the_table_is_what_its_script_writes() -> None:
    codes = known()
    assert (classes()[codes] == class_table()[codes]).all()
    assert (classes() != class_table()).mean() < 0.005


def test_letters_are_one_in_both_cases_and_digits_are_all_one() -> None:
    letters = letter_table()
    for one, other in ("Aa", "Éé", "Жж", "09", "٣7"):
        assert letters[ord(one)] == letters[ord(other)] != 0
    assert letters[ord(" ")] == letters[ord(".")] == 0
    assert len(np.unique(letters[[ord(c) for c in "abcxyz"]])) == 6
    assert not steps_down(classes())[ord("a")]
