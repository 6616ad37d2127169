"""Articles for tests of what comes after structure: made from a few blocks, or by Hypothesis from hostile text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from copydesk.model import (
    Article,
    BodyBlock,
    Emphasis,
    Figure,
    ItemList,
    Ledger,
    Note,
    Paragraph,
    Picture,
    Provenance,
    Quote,
    Section,
    Source,
    Span,
    Table,
)

SHA256 = "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592"

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "]]> <![CDATA[ <!-- --> ",
    "&lt;b&gt; &amp;amp; &#60; AT&T &copy",
    "[a](javascript:alert(1)) ![b](x) [c][d] [d]: http://e.example/ [^1]: f",
    "{filename}x.md |filename|y.md {static}/z {{ 7*7 }} {% raw %} {: .c #d }",
    "# a", "a #", "1. b", "١. b", "- c", "+ c", "* c", "> d", ": e", "~~~", "```", "    f", "---", "===", "***",
    "| a | b |",
    "_a_ **b** `c` \\d \\* a_b_c", "Title: forged", "*[abbr]: x", "[TOC]", "$$ x $$", "http://a.example/ <http://b.example/>",
    "klzzwxh:0001 \x02wzxhzdk:0\x03 \x02amp\x03", "a\x00b\x0bc\x0cd\x85e\x1ff", "\ud800 \udfff \ufffe \U0001ffff",
    "\u202eabc\u2066",
    "مرحبا بالعالم", "東京都で大会が開かれた。", "a\u2028b\u2029c\r\nd\te", "\ufeffx", "\u00a0y\u3000z",
]  # fmt: skip
"""Text that means something in HTML, XML, Markdown, Pelican or Jinja, and text that breaks writers."""

hostile_text = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.text(alphabet="#*_`-+>=~:|[](){}<>&;!\\.1ax \n\t\"'/", max_size=25),
    st.tuples(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE)).map(" ".join),
)


ADDRESSES = ["https://e.example/a_b*c?d=(e)&f=[g]", "javascript:alert(1)", "mailto:a@e.example", "//x", "http://[", ""]


@st.composite
def marked(draw: st.DrawFn, text: st.SearchStrategy[str]) -> tuple[str, tuple[Span, ...]]:
    """A text with stretches of it marked up, over each other and beside each other."""
    drawn = draw(text)
    spans = []
    for _ in range(draw(st.integers(0, 3)) if drawn else 0):
        start = draw(st.integers(0, len(drawn) - 1))
        kind = draw(st.sampled_from(list(Emphasis)))
        href = draw(st.sampled_from(ADDRESSES) | hostile_text) if kind is Emphasis.LINK else None
        spans.append(Span(start, draw(st.integers(start + 1, len(drawn))), kind, href))
    return drawn, tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def tables(text: st.SearchStrategy[str]) -> st.SearchStrategy[Table]:
    """Tables of two or three columns."""
    cells = marked(text)
    rows = st.integers(2, 3).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=2, max_size=3))
    return st.tuples(rows, st.booleans()).map(
        lambda drawn: Table(
            tuple(tuple(text for text, _ in row) for row in drawn[0]),
            drawn[1],
            tuple(tuple(spans for _, spans in row) for row in drawn[0]),
        )
    )


PICTURE = Picture("ab" * 32, "image/jpeg", 1200, 800, 54321)


def figures(text: st.SearchStrategy[str]) -> st.SearchStrategy[Figure]:
    """Pictures with what is said about them, and links to ones that are elsewhere."""
    said = st.tuples(marked(text), text, text, st.sampled_from([PICTURE, None]), st.none() | st.sampled_from(ADDRESSES))
    return said.map(lambda t: Figure(t[3], t[2], t[0][0], t[1], (t[0][0], t[1]), t[0][1], None if t[3] else t[4]))


def block_strategy(text: st.SearchStrategy[str] = hostile_text) -> st.SearchStrategy[BodyBlock]:
    """Blocks of every kind that hold such texts."""
    texts = st.lists(text, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        marked(text).map(lambda drawn: Paragraph(*drawn)),
        marked(text).map(lambda drawn: Note(*drawn)),
        marked(text).map(lambda drawn: Quote(drawn[0], (f"> {drawn[0]}",), drawn[1])),
        tables(text),
        st.tuples(texts, st.booleans(), st.sampled_from([1, 1, 0, 7])).map(
            lambda drawn: ItemList(drawn[0], drawn[1], tuple(f"- {item}" for item in drawn[0]), (), drawn[2])
        ),
    )


@st.composite
def articles(draw: st.DrawFn, text: st.SearchStrategy[str] = hostile_text) -> Article:
    """Articles whose every text is hostile."""
    sections = []
    for number in range(draw(st.integers(0, 3))):
        heading = draw(st.none() | text)
        blocks = draw(st.lists(block_strategy(text), max_size=4))
        sections.append(Section(heading, f"s-{number}" if heading else None, tuple(blocks), draw(st.integers(2, 4))))
    return new_article(
        sections=sections,
        title=draw(text),
        dek=draw(st.none() | text),
        authors=tuple(draw(st.lists(text, max_size=2))),
        summary=draw(text),
        keywords=tuple(draw(st.lists(text, max_size=2))),
        section_name=draw(st.none() | text),
    )


def new_article(
    *blocks: BodyBlock, sections: Sequence[Section] = (), url: str | None = None, title: str = "A title", **facts: Any
) -> Article:
    """Return an article with these blocks in one section without a head, or with these sections."""
    source = Source("a.txt", SHA256, "text", "utf-8", (), ())
    return Article(
        id="urn:uuid:00000000-0000-5000-8000-000000000001",
        headline=title,
        title=title,
        dek=facts.pop("dek", None),
        authors=facts.pop("authors", ()),
        published=facts.pop("published", None),
        sections=tuple(sections) or (Section(None, None, blocks),),
        ledger=Ledger(source, ()),
        provenance=Provenance("a.txt", SHA256, "text", "utf-8", url, "line", 1, 0, 0),
        **facts,
    )


def texts_of(article: Article) -> list[str]:
    """Return the body's texts in order: section heads, paragraphs, items."""
    texts: list[str] = []
    for section in article.sections:
        if section.heading:
            texts.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Table):
                texts.extend(cell for row in block.rows for cell in row)
            elif isinstance(block, Quote):
                texts.extend(paragraph for paragraph in block.text.split("\n\n") if paragraph.strip())
            else:
                texts.extend(block.items if isinstance(block, ItemList) else [block.text])
    return texts
