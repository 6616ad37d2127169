"""Labels: what is kept, as what, and why, in situations that scrapes have."""

from __future__ import annotations

from functools import cache

import pytest

from copydesk.cleaning.label import label
from copydesk.cleaning.rulebook import RuleBook, load_rules
from copydesk.intake import read
from copydesk.model import LabelledBlock, Role
from copydesk.pipeline import clean

STORY = [
    "Council Reopens the Harbour Line",
    "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years.",
    "Members of both parties said that the trains, which last ran in 1987, would carry four thousand passengers.",
    "Work on the bridge, which was closed after the flood, will take until the end of next year, engineers said.",
]


@cache
def rules() -> RuleBook:
    return load_rules()


def labels(lines: list[str]) -> dict[str, LabelledBlock]:
    source = read("\n".join(lines).encode(), "a.txt")
    return {labelled.block.text: labelled for labelled in label(source, rules())}


def test_a_bare_article_is_kept_whole() -> None:
    found = labels(STORY)
    assert all(labelled.label.keep for labelled in found.values())
    assert found[STORY[0]].label.role is Role.HEADLINE


def test_reasons_are_words_and_names() -> None:
    found = labels(["Menu", *STORY, "Leave A Reply"])
    assert found["Menu"].label.reason.startswith("rule:")
    assert found["Leave A Reply"].label.reason.startswith("rule:")
    assert found[STORY[1]].label.reason.startswith("evidence:")
    assert all(labelled.label.why for labelled in found.values())


def test_the_first_paragraph_stays_when_furniture_stands_before_it() -> None:
    furniture = ["Listen to this article", "5 min", "Share on Facebook", "Share on X", "Copy link"]
    found = labels(["Menu", STORY[0], *furniture, *STORY[1:]])
    assert all(found[line].label.keep for line in STORY)


@pytest.mark.parametrize(
    "lead_in", ["Read also:", "Lire aussi", "Lesen Sie auch", "Te puede interesar", "関連記事", "اقرأ أيضا"]
)
def test_an_announced_teaser_goes_and_what_follows_stays(lead_in: str) -> None:
    found = labels([*STORY[:2], lead_in, "Ferry workers end their strike", *STORY[2:]])
    assert not found["Ferry workers end their strike"].label.keep
    assert all(found[line].label.keep for line in STORY)


def test_prose_after_a_lead_in_stays() -> None:
    found = labels([*STORY[:2], "Read also:", *STORY[2:]])
    assert all(found[line].label.keep for line in STORY)


def test_bylines_and_dates_are_told_and_nothing_is_invented() -> None:
    found = labels([STORY[0], "By Ines Varga and Tom Lee", "12 March 2026", *STORY[1:]])
    assert found["By Ines Varga and Tom Lee"].label.role is Role.BYLINE
    assert found["12 March 2026"].label.role is Role.DATELINE
    assert labels([STORY[0], "By the sea", *STORY[1:]])["By the sea"].label.role is not Role.BYLINE


def test_verse_is_kept_in_doubt_and_a_menu_is_not() -> None:
    verse = [
        "The tide came in across the bay",
        "and took the lamp we left",
        "it brought another back by day",
        "of glass",
    ]
    found = labels(verse)
    assert all(labelled.label.keep and labelled.label.confidence <= 0.5 for labelled in found.values())
    assert not any(
        labelled.label.keep for labelled in labels(["World", "Sports", "Videos", "Opinion", "Jobs"]).values()
    )


FERRY = (
    "The ferry sank in the harbour on Friday with nobody aboard, the coastguard said, after a pump had failed.",
    "Divers will look at the wreck on Monday, when the wind is expected to drop, and a crane ship will come.",
)


@pytest.mark.parametrize(
    "headline",
    [
        "Ferry sinks in the harbour at night",
        "School closes after roof falls in",
        "Rain stops play at Saltmarsh",
        "Bridge to open in May, six months early",
        "Why the tide tables are wrong",
    ],
)
def test_the_line_above_a_text_of_two_paragraphs_is_its_headline(headline: str) -> None:
    found = labels([headline, *FERRY])
    assert found[headline].label.role is Role.HEADLINE
    assert all(found[line].label.role is Role.PARAGRAPH for line in FERRY)


def test_a_brief_document_is_kept_to_its_last_short_sentence() -> None:
    vote = [
        "Council votes to reopen harbour line",
        "The council of Harrow Bay voted on Tuesday to reopen the harbour line.",
        "Nineteen of thirty members were for it.",
    ]
    assert all(labelled.label.keep for labelled in labels(vote).values())
    page = ["Home", "Sport", "Ferry sinks in the harbour at night", "By Ann Hale", "3 March 2021", "Share", *FERRY]
    found = labels([*page, "Nobody was hurt.", "Sign up to our newsletter.", "Contact", "All rights reserved."])
    assert found["Nobody was hurt."].label.role is Role.PARAGRAPH
    assert not any(found[line].label.keep for line in ("Home", "Sign up to our newsletter.", "Contact"))
    assert not found["All rights reserved."].label.keep


@pytest.mark.parametrize(
    ("first", "second", "headline"),
    [
        ("The Saltmarsh Gazette", "Ferry workers walk out over new rosters as ministers call for calm", 1),
        ("Ferry Strike Grows", "Workers walk out over new rosters as ministers call for calm", 0),
    ],
)
def test_the_name_of_the_paper_is_no_headline(first: str, second: str, headline: int) -> None:
    told = [
        "By Marta Neill",
        "Published: 12 March 2026",
        "Ferry crews on the Saltmarsh crossing walked off the job at dawn, the first strike since 1998, and left many.",
        "The walkout follows three months of failed talks over rosters that the union says require long shifts.",
        "A spokesperson for Saltmarsh Ferries said the rosters complied with maritime law and had been approved.",
    ]
    assert labels([first, second, *told])[(first, second)[headline]].label.role is Role.HEADLINE


def test_confidence_is_a_probability() -> None:
    assert all(0.5 <= labelled.label.confidence <= 1 for labelled in labels(["Menu", *STORY, "x"]).values())


def test_a_correction_and_the_last_items_of_a_list_stay() -> None:
    text = (
        "The council of Harrow Bay voted on Tuesday to reopen the harbour line, ending a dispute of nine years.\n"
        "Members of both parties said that the trains would carry some four thousand passengers on each working day.\n"
        "The crews have tabled four demands, which the ministry has had on its desk since the winter:\n"
        "- a cap of 11 hours on any shift\n- two crews on every winter sailing\n- pay of £18 an hour\n- no reprisals\n"
        "What happens next\n"
        "Correction: An earlier version of this article misstated the year of the last strike. It was 1998, not 1989.\n"
        "Sign up to our daily newsletter\nMost read\n1. Bridge toll to rise by 20p\n2. Man fined for feeding gulls\n"
    )
    article = clean(text.encode(), "a.txt", load_rules())
    roles = {line.text: line.label.role for line in article.ledger.lines() if line.label.keep}
    assert roles["- no reprisals"] is Role.LIST_ITEM
    assert {role for line, role in roles.items() if line.startswith("Correction:")} == {Role.NOTE}
    assert "2. Man fined for feeding gulls" not in roles
