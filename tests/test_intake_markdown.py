"""Texts in Markdown: what they are told by, what comes along of them, and what stands above them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.rulebook import load_rules
from copydesk.intake import read
from copydesk.intake.pieces import pieces
from copydesk.intake.recognise import is_markdown
from copydesk.model import Article, Emphasis, ItemList, Paragraph, Quote
from copydesk.pipeline import clean
from copydesk.render.html import body_html

FORMS = Path(__file__).parent / "forms"
ONE = "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years."
TWO = "Members of both parties said that the trains, which last ran in 1987, would carry four thousand people a day."
MARKDOWN = f"# Line reopens\n\n{ONE}\n\n## Plans\n\n{TWO}\n"
ADDRESS = "https://news.example/transport/harbour-line"


def cleaned(text: str | bytes, name: str = "a.md") -> Article:
    return clean(text if isinstance(text, bytes) else text.encode(), name, load_rules())


@pytest.mark.parametrize(
    ("name", "authors", "published"),
    [
        ("reader.md", ("Ann Hale",), datetime(2026, 3, 4, 8, tzinfo=UTC)),
        ("clipper.md", ("Ann Hale", "Tom Brandt"), date(2026, 3, 4)),
        ("scraped-markdown.json", ("Ann Hale",), datetime(2026, 3, 4, 8, tzinfo=UTC)),
    ],
)
def test_what_scrapers_and_clippers_write(name: str, authors: tuple[str, ...], published: date) -> None:
    found = cleaned((FORMS / name).read_bytes(), name)
    assert found.headline == "The harbour line opens again"
    assert found.authors == authors
    assert found.published == published
    assert found.provenance.url == ADDRESS
    assert [section.heading for section in found.sections] == [None, "A slow start"]
    texts = [block.text for block in found.body() if isinstance(block, Paragraph | Quote)]
    assert texts[0].startswith("The council of Harrow Bay voted on Tuesday to reopen the old harbour line")
    assert texts[-1].endswith("until the end of next year, engineers said.")
    assert not any(mark in text for text in texts for mark in ("**", "](", "##"))


@pytest.mark.parametrize(
    ("answer", "addresses"),
    [
        ({"code": 200, "data": {"title": "Line reopens", "url": f"{ADDRESS}/1", "content": MARKDOWN}}, ["/1"]),
        ({"url": f"{ADDRESS}/1", "markdown": {"raw_markdown": MARKDOWN, "fit_markdown": MARKDOWN}}, ["/1"]),
        (
            {"data": [{"markdown": MARKDOWN, "metadata": {"sourceURL": f"{ADDRESS}/{n}"}} for n in (1, 2)]},
            ["/1", "/2"],
        ),
    ],
)
def test_answers_of_scrapers(tmp_path: Path, answer: object, addresses: list[str]) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer), "utf-8")
    found = [cleaned(piece.data, piece.name) for piece in pieces(path, path.name, 1_000_000)]
    assert [one.provenance.url for one in found] == [ADDRESS + end for end in addresses]
    for one in found:
        assert [block.text for block in one.body() if isinstance(block, Paragraph)] == [ONE, TWO]
        assert [section.heading for section in one.sections] == [None, "Plans"]


def test_links_emphasis_lists_and_quotations_come_along() -> None:
    found = cleaned((FORMS / "clipper.md").read_bytes())
    first = next(iter(found.body()))
    assert isinstance(first, Paragraph)
    assert [(span.kind, first.text[span.start : span.end], span.href) for span in first.spans] == [
        (Emphasis.STRONG, "Harrow Bay", None),
        (Emphasis.LINK, "old harbour line", "https://news.example/transport"),
    ]
    assert any(isinstance(block, Quote) for block in found.body())
    listed = cleaned(f"# Line reopens\n\n{ONE}\n\n## Plans\n\n* Twelve new stations\n* A bridge for the creek\n\n{TWO}")
    assert [block.items for block in listed.body() if isinstance(block, ItemList)] == [
        ("Twelve new stations", "A bridge for the creek")
    ]


@pytest.mark.parametrize(
    "marks",
    [
        "[words](javascript:alert(1))",
        "[words](<javascript:alert(1)>)",
        "[words][1]\n\n[1]: data:text/html,x",
        "<javascript:alert(1)>",
        "<a href='javascript:alert(1)' onclick=alert(1)>words</a>",
        "![words](javascript:alert(1))",
        "<script>alert(1)</script>",
    ],
)
def test_nothing_in_it_runs(marks: str) -> None:
    found = cleaned(f"# Line reopens\n\n{ONE}\n\n{ONE} Some {marks} here.\n\n## Plans\n\n{TWO}")
    tags = " ".join(re.findall(r"<[^>]*>", body_html(found)))
    assert not any(danger in tags for danger in ("<script", "javascript:", "data:", "onclick"))


@pytest.mark.parametrize(
    "text",
    [
        f"# Line reopens\n\n{ONE}\n\n## Plans\n\n{TWO}",
        f"## Plans\n\n{ONE} See [the plan](https://news.example/plan).",
        f"# Plans\n\nThe **council** voted.\n\n{ONE}",
        "[a](/a)\n[b](/b)\n[c](https://news.example/c)",
        f"---\ntitle: Line reopens\nauthor: Ann Hale\n---\n{ONE}",
        f"Title: Line reopens\n\nMarkdown Content:\n{ONE}",
    ],
)
def test_markdown_is_told_by_its_marks(text: str) -> None:
    assert is_markdown(text.encode())
    assert read(text.encode(), "a.txt").form == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        f"Line reopens\n\n{ONE}\n\n{TWO}",
        f"# 1 in the charts\n# 2 in the charts\n\n{ONE}",
        f"* Home\n* News\n\n{ONE}\n\n** a note\n\n- by the mayor",
        f"{ONE}\n\n#harbour #railway",
        f"---\n\n{ONE}\n\n---\n\n{TWO}",
        "\n".join(
            [ONE, TWO] * 60 + ["[1](https://a.example) [2](https://b.example)", "[3](https://c.example)", "[4](/d)"]
        ),
        "Array[0](x) and f[1](y) are calls; so is g[2](z)",
    ],
)
def test_plain_text_is_no_markdown(text: str) -> None:
    assert not is_markdown(text.encode())


def test_a_picture_of_the_same_words_at_one_place_comes_along_once() -> None:
    pictures = "![A train](https://a.example/1.jpg) ![A train](https://a.example/1-small.jpg)"
    found = cleaned(f"# Line reopens\n\n{ONE}\n\n{pictures}\n\n{TWO}\n\n## Plans\n\n{ONE[:60]}.")
    assert [one.label.keep for one in found.ledger.media] == [True, False]


def test_lines_that_no_width_has_wrapped_stay_lines() -> None:
    menu = "[Home](/a)\n[News](/b)\n[Sport](/c)"
    assert [block.text for block in read(f"{menu}\n\n{ONE}".encode(), "a.md").blocks] == ["Home", "News", "Sport", ONE]
    wrapped = (
        "# The harbour line of Harrow Bay opens again after nine years of\nwaiting\n\n"
        "The council of **Harrow Bay** voted on Tuesday to reopen the old\n"
        "harbour line, ending a dispute that lasted nine years, and the mayor\n"
        "said that work would begin as soon as the snow had gone from the hills.\n\n"
        "Members of both parties said that the trains, which last ran in the\n"
        "year 1987, would carry [four thousand](https://news.example/four-\nthousand) passengers a day, and that\n"
        "the line would pay for itself within twenty years of its opening.\n"
    )
    head, one, two = read(wrapped.encode(), "a.md").blocks
    assert head.text == "The harbour line of Harrow Bay opens again after nine years of waiting"
    assert one.text.endswith("from the hills.")
    assert [span.href for span in two.spans] == ["https://news.example/four-thousand"]


@pytest.mark.parametrize(
    "front",
    [
        "title: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "title: " + "[" * 5000,
        "title: {[}",
        "title: !!python/object/apply:os.system [ls]",
        "title",
    ],
)
def test_facts_that_are_none_are_read_as_text(front: str) -> None:
    source = read(f"---\n{front}\n---\n\n# Line reopens\n\n{ONE}\n\n## Plans\n\n{TWO}\n".encode(), "a.md")
    assert source.declared.headline is None
    assert {ONE, TWO, "Line reopens"} <= {block.text for block in source.blocks}


def test_windows_line_ends_change_nothing() -> None:
    for name in ("reader.md", "clipper.md"):
        plain = read((FORMS / name).read_bytes(), name)
        ended = read((FORMS / name).read_bytes().replace(b"\n", b"\r\n"), name)
        assert (ended.blocks, ended.declared, ended.url) == (plain.blocks, plain.declared, plain.url)


def test_facts_are_checked_as_a_pages_are() -> None:
    facts = "title: Line reopens\nsource: javascript:alert(1)\nauthor: <b>x</b>\npublished: yesterday"
    declared = read(f"---\n{facts}\n---\n{ONE}".encode(), "a.md")
    assert (declared.url, declared.declared.authors, declared.declared.published) == (None, (), None)
    assert declared.declared.headline == "Line reopens"


@pytest.mark.parametrize("element", ["<!-- a comment without an end", "<textarea>", "<script>", "<iframe src=x>"])
def test_html_that_hides_the_text_hides_none(element: str) -> None:
    text = f"{element}\n\n# Line reopens\n\n{ONE}\n\n## Plans\n\n{TWO}"
    source = read(text.encode(), "a.md")
    assert [block.text for block in source.blocks][-4:] == ["Line reopens", ONE, "Plans", TWO]
    assert cleaned(text).headline == "Line reopens"


@given(st.text(alphabet=st.sampled_from("#*_[]()<>!`~|-\\ \nab&;:/.=1"), max_size=200))
def test_any_marks_are_read(text: str) -> None:
    source = read(f"# Line reopens\n\n{ONE}\n\n## Plans\n\n{TWO}\n\n{text}".encode(), "a.md")
    assert any(ONE in block.text for block in source.blocks)
    assert all(0 <= span.start < span.end <= len(block.text) for block in source.blocks for span in block.spans)
