"""What pages of one source share: furniture on two or more others, never a story that was scraped several times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.label import label
from copydesk.cleaning.rulebook import rule_book
from copydesk.cleaning.siblings import STEPS, familiar_lines, in_steps, key_of_line, sketch_of
from copydesk.commands.batch import Order, clean_all, find_all
from copydesk.intake import read
from copydesk.intake.links import host_of
from copydesk.model import Source

MENU = "Harbour Gazette: news from the quays since 1907"
SLOGAN = "Tide tables"


def page(*lines: str, url: str = "") -> Source:
    """Return a dump of `lines`, scraped from `url` where one is given."""
    return read("\n".join([*([f"URL: {url}"] if url else []), *lines]).encode(), "a.txt")


def story(number: int) -> str:
    """Return a sentence that no other story has."""
    return (
        f"On day {number} the council of quay {number} voted to mend its harbour wall before the storms of autumn come."
    )


def familiar(*pages: Source) -> list[dict[int, int]]:
    """Return what is familiar on each page."""
    return [dict(found) for found in familiar_lines([sketch_of(one) for one in pages])]


def test_a_line_on_two_other_pages_is_familiar_and_a_line_on_one_is_not() -> None:
    pages = [page(MENU, SLOGAN, story(n), url=f"https://www.gazette.example/{n}") for n in range(3)]
    pages.append(page("Only here and there", story(9), url="https://gazette.example/9"))
    pages.append(page("Only here and there", story(8), url="https://gazette.example/8"))
    found = familiar(*pages)
    assert found[0] == {key_of_line(MENU): 2, key_of_line(SLOGAN): 2}
    assert found[3] == found[4] == {}


def test_pages_of_other_hosts_do_not_count() -> None:
    pages = [page(SLOGAN, story(n), url=f"https://paper{n}.example/") for n in range(4)]
    assert familiar(*pages) == [{}] * 4


def test_pages_of_unknown_host_hang_together_by_a_line_that_is_no_chance() -> None:
    together = familiar(*(page(MENU, SLOGAN, story(n)) for n in range(3)))
    assert together[0] == {key_of_line(MENU): 2, key_of_line(SLOGAN): 2}
    assert familiar(*(page(SLOGAN, story(n)) for n in range(3))) == [{}] * 3


def test_scrapes_of_one_story_are_one_page() -> None:
    url = "https://gazette.example/"
    scrapes = [page(MENU, story(1), story(2), story(3), url=f"{url}{n}") for n in range(4)]
    assert familiar(*scrapes) == [{}] * 4
    others = [page(MENU, story(n), url=f"{url}{n}") for n in (7, 8)]
    assert familiar(*scrapes, *others)[0] == {key_of_line(MENU): 2}


@given(st.integers(2, 500))
def test_numbers_are_told_in_steps(pages: int) -> None:
    step = in_steps(pages)
    assert step in STEPS
    assert step <= pages


@given(st.lists(st.lists(st.sampled_from([MENU, SLOGAN, *(story(n) for n in range(9))]), min_size=1), max_size=7))
def test_the_order_of_pages_does_not_matter(pages: list[list[str]]) -> None:
    sources = [page(*lines) for lines in pages]
    assert familiar(*sources) == familiar(*reversed(sources))[::-1]


def test_familiar_lines_are_dropped_with_their_reason_and_nothing_else_changes_hands() -> None:
    source = page("Wall to be mended", story(1), SLOGAN, story(2), story(3))
    labelled = label(source, rule_book([]), familiar={key_of_line(SLOGAN): 10})
    assert [lb.block for lb in labelled] == list(source.blocks)
    shared = labelled[2].label
    assert (shared.keep, shared.reason) == (False, "evidence:siblings")
    assert shared.why == "stands on at least 10 other pages of this source"


@pytest.mark.parametrize("alone", [False, True])
def test_files_cleaned_together_are_siblings_unless_told_otherwise(tmp_path: Path, alone: bool) -> None:
    shared = "The Harbour Gazette is printed on the quay every morning but Sunday, and read in nine towns."
    for n in range(4):
        lines = [f"Wall {n} to be mended", *(story(10 * n + k) for k in range(1, 7)), shared]
        (tmp_path / f"{n}.txt").write_text("\n\n".join(lines), "utf-8")
    jobs, _ = find_all([str(tmp_path)])
    list(clean_all(jobs, Order(("json",), tmp_path / "out", alone=alone), 1))
    texts = [
        json.dumps(json.loads(path.read_text("utf-8"))["sections"]) for path in sorted((tmp_path / "out").iterdir())
    ]
    assert len(texts) == 4
    assert all((shared in text) is alone for text in texts)


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://www.a.example/b", "a.example"), ("http://A.example:80", "a.example"), (None, ""), ("http://[bad", "")],
)
def test_hosts(url: str | None, host: str) -> None:
    assert host_of(url) == host
