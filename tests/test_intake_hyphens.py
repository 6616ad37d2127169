"""Words that the end of a line has parted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.intake.hyphens import joined, words_of


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the dispute is end-", "ing"], "the dispute is ending"),
        (["the well-", "known mayor"], "the well-known mayor"),
        (["a government, a govern-", "ment"], "a government, a government"),
        (["the tide-mill, the tide-", "mill"], "the tide-mill, the tide-mill"),
        (["a tide, a mill, a tide-", "mill"], "a tide, a mill, a tide-mill"),
        (["zwischen Nord-", "Süd"], "zwischen Nord-Süd"),
        (["Haupt-", "und Nebenstraßen"], "Haupt- und Nebenstraßen"),
        (["die Bundes-", "regierung"], "die Bundesregierung"),
        (["Que pense-t-", "elle"], "Que pense-t-elle"),
        (["the years 1987-", "1990"], "the years 1987- 1990"),
        (["a dash -", "here"], "a dash - here"),
        (["plain", "lines"], "plain lines"),
    ],
)
def test_parted_words_are_whole_again(lines: list[str], text: str) -> None:
    assert joined(lines, words_of(lines)) == text


def test_a_paragraph_of_very_many_lines_is_joined() -> None:
    lines = ["the harbour line of the bay is end-", "ing"] * 50_000
    assert joined(lines, words_of(lines)).count("ending") == 50_000
    assert joined(["a" * 1_000_000, "b"], words_of(["a" * 1_000_000, "b"])).endswith("a b")


@given(
    st.lists(st.text(alphabet="ab-A1 é", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1, max_size=6)
)
def test_no_letter_is_lost(lines: list[str]) -> None:
    found = joined(lines, words_of(lines))
    assert [c for c in found if c not in "- "] == [c for line in lines for c in line if c not in "- "]
