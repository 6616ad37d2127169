"""Paginated texts: what stands at the edge of every page goes, what the story says stays."""

from __future__ import annotations

from copydesk.cleaning.rulebook import load_rules
from copydesk.pipeline import clean
from copydesk.render.text import body_text

HEAD = "The Harrow Bay Herald                                   {} March 2026"
PAGES = (
    "Council reopens harbour line after nine\nyears of dispute\n\nBy Ann Hale\n\n"
    "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, end-\n"
    "ing a dispute that lasted nine years and divided the town like few others in its\n"
    "history. Members of both parties said that evening that trains would be well-\n"
    "known far beyond the bay, and would carry some four thousand passengers a day.\n",
    "A slow start\n\n"
    "Nobody expects the line to earn money in its first year. The company that runs\n"
    "the ferries has asked for help, since it fears to lose a third of its customers,\n"
    "and the bus drivers want to know what becomes of their jobs in the spring, when\n"
    "the first train leaves the station at seven minutes past five in the morning.\n",
)


def paginated(pages: tuple[str, ...]) -> bytes:
    return "\f".join(f"{HEAD.format(4)}\n\n{page}\n{n:>40}\n" for n, page in enumerate(pages, 1)).encode() + b"\f"


def test_running_heads_and_page_numbers_go() -> None:
    found = clean(paginated(PAGES), "a.txt", load_rules())
    assert found.headline == "Council reopens harbour line after nine years of dispute"
    assert found.authors == ("Ann Hale",)
    text = body_text(found)
    assert "Herald" not in text
    assert "\n1\n" not in text
    assert "line, ending a dispute" in text
    assert "would be well-known far beyond the bay" in text
    assert [section.heading for section in found.sections] == [None, "A slow start"]
    reasons = [lb.label.reason for lb in found.ledger.labelled]
    assert reasons.count("layout:running-head") == 4
    assert found.ledger.source.notes == ("2 words joined that the end of a line had parted",)


def test_without_pages_nothing_is_a_running_head() -> None:
    found = clean(paginated(PAGES).replace(b"\f", b""), "a.txt", load_rules())
    assert "layout:running-head" not in [lb.label.reason for lb in found.ledger.labelled]


def test_what_stands_at_the_edge_of_one_page_stays() -> None:
    one, two = PAGES
    found = clean(f"{one}\n\f{two}\f".encode(), "a.txt", load_rules())
    assert "layout:running-head" not in [lb.label.reason for lb in found.ledger.labelled]
    assert "A slow start" in [section.heading for section in found.sections]
