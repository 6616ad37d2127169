"""Summaries are whole sentences of the article."""

from __future__ import annotations

import pytest
from hypothesis import given

from copydesk.enrich.summary import LONGEST, first_sentences, sentences, summary_of
from newarticle import hostile_text

LONG = "The council voted on Tuesday to reopen the old harbour line, ending a dispute that lasted for nine years."


def test_dek_is_the_summary() -> None:
    assert summary_of("The dek", [LONG]) == "The dek"


def test_one_sentence_is_enough_when_it_says_enough() -> None:
    assert summary_of(None, [f"{LONG} Trains will run in spring."]) == LONG


def test_short_sentences_are_joined_until_they_say_enough() -> None:
    assert summary_of(None, ["He came. He saw.", f"He won. {LONG}", "More."]) == f"He came. He saw. He won. {LONG}"


def test_no_sentence_is_added_that_makes_it_too_long() -> None:
    long = "It " + "really " * 40 + "is."
    assert summary_of(None, [f"He came. {long}"]) == "He came."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The U.S. Senate met Dr. Smith at 5 p.m. on Jan. 5 in St. Louis, Mo., to hear Sen. Jones."),
        ("en", "It cost $3.5 million, said J. R. Lee of Acme Inc. in Washington, D.C., on Monday evening."),
        ("de", "Am 12. September traf Dr. Meyer z. B. den Sprecher der Bahn und ca. 40 Gäste im Rathaus der Stadt."),
        ("fr", "M. Dupont et Mme Leroy ont rencontré le Dr. Martin à Paris mardi soir, dans le cadre de la visite."),
    ],
)
def test_abbreviations_end_no_sentence(language: str, text: str) -> None:
    assert next(sentences(f"{text} Then he left.", language)).strip() == text


def test_japanese_sentences() -> None:
    assert list(sentences("雨が降った。風も吹いた。", "ja")) == ["雨が降った。", "風も吹いた。"]
    assert first_sentences("雨が降った。風も吹いた。", "ja") == "雨が降った。風も吹いた。"


def test_lines_without_a_full_stop_are_passed_over() -> None:
    assert summary_of(None, ["September 12, 2024", LONG]) == LONG
    assert summary_of(None, ["September 12, 2024"]) == "September 12, 2024"


def test_text_without_sentences_is_cut_between_words() -> None:
    summary = first_sentences("word " * 1000)
    assert len(summary) <= LONGEST + 1
    assert summary.endswith("word…")


def test_no_text_no_summary() -> None:
    assert summary_of(None, []) == ""


@given(hostile_text.map(lambda text: text.encode("utf-8", "ignore").decode()))
def test_summary_is_the_start_of_the_text(text: str) -> None:
    whole = " ".join(text.split())
    assert whole.startswith(first_sentences(text).removesuffix("…"))
