"""Code in saved pages: its line ends and blanks stay, in every format; prose in a `pre` is prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from pelican.readers import MarkdownReader
from pelican.settings import DEFAULT_CONFIG

from copydesk.intake import read
from copydesk.model import Code, Label, LabelledBlock, Role
from copydesk.packing import pack, unpack
from copydesk.render.escape import plain
from copydesk.render.html import body_html, feed_html, safe_html
from copydesk.render.markdown import to_markdown
from copydesk.render.record import to_record
from copydesk.render.text import body_text
from copydesk.structure.article import structure
from newarticle import hostile_text, new_article

CODE = "def lamp(n):\n    if n:\n\n        return '<b>'"
WRITTEN = CODE.replace("<", "&lt;").replace(">", "&gt;")


def blocks(body: str) -> list[object]:
    """Return the blocks of a page, each of its lines kept."""
    source = read(f"<!DOCTYPE html><html><body><p>Before it.</p>{body}</body></html>".encode(), "a.html")
    kept = Label(True, Role.PARAGRAPH, "override", "kept")
    article = structure(source, tuple(LabelledBlock(block, kept) for block in source.blocks))
    return list(article.body())[1:]


@pytest.mark.parametrize(
    "body",
    [
        f"<pre><code>{WRITTEN}\n</code></pre>",
        f"<pre>\n<code class=python>\n{WRITTEN}   </code></pre>",
        f"<div class=highlight><pre><code>{WRITTEN}</code></pre></div>",
    ],
)
def test_code_keeps_its_lines(body: str) -> None:
    assert blocks(body) == [Code(CODE)]


def test_code_whose_lines_are_parted_by_elements_is_one_block() -> None:
    found = blocks(f"<pre><code>{'<br>'.join(WRITTEN.split(chr(10)))}</code></pre>")
    assert [type(block) for block in found] == [Code]


def test_code_is_one_line_for_the_tagger() -> None:
    source = read(f"<html><body><pre><code>{WRITTEN}</code></pre></body></html>".encode(), "a.html")
    assert source.lines == (" ".join(CODE.split()),)


@pytest.mark.parametrize("body", ["<pre>Prose in a pre\nof two lines</pre>", "<pre>Say <code>lamp</code> to see</pre>"])
def test_prose_in_a_pre_is_prose(body: str) -> None:
    assert not any(isinstance(block, Code) for block in blocks(body))


@pytest.mark.parametrize(
    "text",
    [
        "Saltmarsh   57 points\nEllery      56 points\nTarn        12 points",
        "a  b\nc  d",
        "The boats lie down like cattle in the mud,\n  their ropes gone slack;\na gull walks through the town.",
    ],
)
def test_columns_and_verse_in_a_pre_stay_set_out(text: str) -> None:
    assert blocks(f"<pre>\n{text}\n</pre><p>{'After it. ' * 20}</p>")[0] == Code(text)


def test_wrapped_prose_in_a_pre_is_prose_and_no_section_head() -> None:
    width = "word " * 14
    long = f"<pre>{width}\n{width}\n{width}\nend</pre>"
    assert not any(isinstance(block, Code) for block in blocks(long))
    page = f"<html><body><p>Before it.</p><pre>A short line</pre><p>{'After it. ' * 20}</p></body></html>"
    source = read(page.encode(), "a.html")
    likely = Label(True, Role.PARAGRAPH, "evidence:body", "kept", 0.9, 0.9)
    article = structure(source, tuple(LabelledBlock(block, likely) for block in source.blocks))
    assert "A short line" not in [section.heading for section in article.headings]


def test_every_format_has_it() -> None:
    article = new_article(Code(CODE))
    written = "<pre><code>def lamp(n):\n    if n:\n\n        return '&lt;b&gt;'</code></pre>"
    assert body_html(article) == feed_html(article) == safe_html(written) == written
    assert body_text(article) == f"{CODE}\n"
    assert to_record(article)["sections"][0]["blocks"] == [{"kind": "code", "text": CODE}]  # type: ignore[index]
    again = unpack(pack(article).data)
    assert again is not None
    assert again.sections == article.sections


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("markdown")


@given(hostile_text, hostile_text)
def test_hostile_code_is_text(folder: Path, first: str, second: str) -> None:
    text = f"{first}\n\n    {second}"
    file = folder / "article.md"
    file.write_text(to_markdown(new_article(Code(text))), encoding="utf-8", newline="\n")
    html, _ = MarkdownReader(DEFAULT_CONFIG).read(str(file))
    for written in (html, body_html(new_article(Code(text)))):
        soup = BeautifulSoup(written, "html.parser")
        assert [element.name for element in soup.find_all()] == ["pre", "code"]
        assert soup.get_text().split() == plain(text).split()
