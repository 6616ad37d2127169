"""Which line of a dump is its headline, where the likeliest one tells that another is, or looks like none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from copydesk.cleaning.evidence import Credits, Evidence
from copydesk.cleaning.features import look_at_all
from copydesk.cleaning.headline import find_headline, with_likeliest

BODY = "The council voted to reopen the harbour line on Tuesday, ending a long dispute about the harbour."
OWN = "The harbour line reopens"


def evidence_for(shares: Sequence[float]) -> Evidence:
    nothing = [0.0] * (len(shares) + 1)
    return Evidence([0.1] * len(shares) + [1.0], nothing, [*shares, 0.0], lambda: Credits(nothing, nothing))


def headline_among(*lines: str, shares: Sequence[float]) -> str | None:
    texts = [*lines, BODY]
    looks = look_at_all(texts)
    place = find_headline(texts, looks, with_likeliest(evidence_for(shares), texts, looks), len(lines))
    return None if place is None else texts[place]


@pytest.mark.parametrize(
    "longer",
    [
        f"{OWN} — Bay Herald",
        f"{OWN} | The Bay Herald",
        f"Home › News › {OWN}",
        f"Bay Herald - {OWN}",
        f"NewsLocal{OWN}",
    ],
)
def test_the_line_without_names_of_site_and_sections_is_the_headline(longer: str) -> None:
    assert headline_among(longer, "Menu", OWN, shares=(0.8, 0.0, 0.1)) == OWN
    assert headline_among(longer, "Menu", OWN, shares=(0.3, 0.0, 0.6)) == OWN
    assert headline_among(longer, "Menu", "Weather", shares=(0.8, 0.0, 0.1)) == longer


@pytest.mark.parametrize(
    ("longer", "part"),
    [
        ("Why the harbour line matters: The harbour line reopens", "Why the harbour line matters"),
        ("International | The harbour line reopens", "International"),
        ("The harbour line reopens today", "The harbour line reopens"),
    ],
)
def test_a_part_that_is_no_whole_headline_does_not_replace_it(longer: str, part: str) -> None:
    assert headline_among(longer, part, shares=(0.8, 0.1)) == longer


def test_a_line_that_is_certainly_the_headline_may_look_like_a_statement() -> None:
    statement = "Go ahead. Start with the easiest step."
    assert headline_among("Menu", statement, shares=(0.0, 0.95)) == statement
    assert headline_among("Menu", statement, shares=(0.0, 0.8)) is None


def test_the_only_line_of_a_text_is_not_taken_from_it() -> None:
    texts = ["The harbour line reopens on Tuesday."]
    alone = Evidence([0.1], [0.0], [1.0], lambda: Credits([0.0], [0.0]))
    assert with_likeliest(alone, texts, look_at_all(texts)) == alone
