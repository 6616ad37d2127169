from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

import pytest
from measures import Counts, Facts, Known, days, names, row, strip_title, summary, tokens


def test_words_and_characters() -> None:
    assert tokens("The cat, 3 dogs") == ["The", "cat", "3", "dogs"]
    assert tokens("東京 Tokyo") == ["東", "京", "Tokyo"]


def test_the_headline_is_no_part_of_the_body() -> None:
    assert strip_title("# Harbour vote\n\nText.", "Harbour vote") == "\nText."
    assert strip_title("Text.\nHarbour vote", "Harbour vote") == "Text.\nHarbour vote"


def test_a_perfect_document_and_a_lossy_one() -> None:
    body = "one two three four five six seven eight"
    perfect, lossy = row("a", body, body, ""), row("b", "one two three four", body, "")
    assert (perfect.text, perfect.lost) == (Counts(5, 0, 0), 0)
    assert (lossy.text, lossy.lost) == (Counts(1, 0, 4), 0.8)
    both = summary([perfect, lossy])
    assert (both.precision, both.recall, both.lost, both.good) == (1, pytest.approx(0.6), 0.5, 0.5)
    assert both.f1 == pytest.approx(0.75)


def test_only_what_a_dump_offers_can_be_lost() -> None:
    found = row("a", "one two three four", "one two three four\nfive six", "", "Menu\none two three four", "01")
    assert found.lost == 0
    assert found.lines == Counts(1, 0, 0)


def test_lines_that_stand_twice_count_twice() -> None:
    assert row("a", "Yes\nYes", "Yes\nYes", "", "Yes\nNo\nYes\nYes", "1011").lines == Counts(2, 0, 1)


def test_days_in_both_zones() -> None:
    assert days("2021-03-03T23:30:00-05:00") == {"2021-03-03", "2021-03-04"}
    assert days("3 March") == set()


def test_names_however_they_are_joined() -> None:
    assert names("By Ann Hale and Bo Lind") == names(["Bo Lind", "Ann Hale"])


def test_facts_count_what_is_known_alone() -> None:
    facts = Facts()
    facts.add(Known("A", ["Bo"], None, ["x", "y"]), Known("a", None, "2021-03-03", ["x", "z", "x"]))
    assert (facts.headline, facts.authors, facts.day) == ((1, 1), (0, 0), (0, 1))
    assert facts.headings == Counts(1, 1, 2)
