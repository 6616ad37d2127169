"""Saved web pages: each text of the page is a line, nothing of the page runs, and what its head declares is checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.model import Article, Declared, Label, LabelledBlock, Role, Source
from copydesk.render.marked import marked_html
from copydesk.structure.article import structure

WORDS = "the tide turned and the old wheel began to move"


def page(body: str, head: str = "") -> Source:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def article_of(source: Source) -> Article:
    """The article of a page, each of its lines kept as a paragraph."""
    kept = Label(True, Role.PARAGRAPH, "override", "kept")
    return structure(source, tuple(LabelledBlock(block, kept) for block in source.blocks))


def lines(body: str) -> list[str]:
    return list(page(body).lines)


def test_each_block_element_is_a_line() -> None:
    assert lines("<h1>A head</h1><p>One <b>bold</b> <a href=/x>link</a>, two.</p>tail<div>Three<br>four</div>") == [
        "A head",
        "One bold link, two.",
        "tail",
        "Three",
        "four",
    ]


def test_lists_and_quotations_keep_their_marks() -> None:
    assert lines(
        "<ul><li>one<li><p>two</p></ul><ol><li>first</li><li>second</li></ol><blockquote><p>said</blockquote>"
    ) == [
        "• one",
        "• two",
        "1. first",
        "2. second",
        "> said",
    ]


@pytest.mark.parametrize(
    ("body", "numbered"),
    [
        ("<ol start=3><li>a<li>b</ol>", ["3. a", "4. b"]),
        ("<ol><li>a<li value=7>b<li>c</ol>", ["1. a", "7. b", "8. c"]),
        ("<ol start=0><li>a</ol>", ["0. a"]),
        ("<ol start=1987><li>a</ol>", ["1987. a"]),
        (f"<ol start={'9' * 5000}><li value=x>a<li value=-2>b</ol>", ["1. a", "2. b"]),
    ],
)
def test_numbers_of_items_are_the_pages(body: str, numbered: list[str]) -> None:
    assert lines(body) == numbered


@pytest.mark.parametrize(
    ("body", "read_as"),
    [
        ("<p>He said <q>Never <q>alone</q> there</q>.", "He said “Never ‘alone’ there”."),
        ("<p><q>One</q> and <q><b>two</b></q>", "“One” and “two”"),
        ("<p><q><q>One</q> two</q>", "“‘One’ two”"),
        ("<p>He said <q>“Never”</q>.", "He said “Never”."),
        ("<p>Nothing <q> </q> here, <q>left open", "Nothing here, “left open”"),
    ],
)
def test_quotations_in_a_sentence_have_their_marks(body: str, read_as: str) -> None:
    assert lines(body) == [read_as]


@pytest.mark.parametrize(
    ("formula", "read_as"),
    [
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x<sup>2</sup>"),
        ("<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>", "x<sub>i</sub><sup>2</sup>"),
        ("<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>", "E = mc<sup>2</sup>"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>", "(a+b)/2"),
        ("<math><msqrt><mi>x</mi></msqrt></math>", "√(x)"),
        (f"<math><mtable>{'<mtr><mtd>1</mtd><mtd>0</mtd></mtr>' * 2}</mtable></math>", "1 0; 1 0"),
        ("<math>\n <semantics><mi>x</mi> <annotation>\\xi</annotation></semantics></math>", "x"),
        ("<math><semantics><annotation>\\xi</annotation></semantics></math>", "\\xi"),
        ("<math alttext='y squared'></math>", "y squared"),
        ("<math><script>alert(1)</script><mi>x</mi></math>", "x"),
        ("<span class=katex><span class=katex-mathml><math><mi>x</mi></math></span><span class=s>x</span></span>", "x"),
        (f"<math><mi>{'x' * 3000}</mi></math>", ""),
    ],
)
def test_a_formula_stays_in_its_sentence(formula: str, read_as: str) -> None:
    block = page(f"<p>Of {formula} they knew.").blocks[0]
    assert marked_html(block.text, block.spans) == f"Of {read_as} they knew.".replace("  ", " ")
    assert page(f"<noscript>{formula}</noscript><p>Text.").lines == ("Text.",)


def test_section_heads_are_marked_up() -> None:
    blocks = page("<h1>A</h1><h2>B</h2><h3>C</h3><p>D</p>").blocks
    assert [(block.text, block.is_heading) for block in blocks] == [
        ("A", False),
        ("B", True),
        ("C", True),
        ("D", False),
    ]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<noscript>Please turn on scripts</noscript>",
        "<template><p>slot</p></template>",
        "<svg><text>drawn</text></svg>",
        "<iframe>old</iframe>",
        "<textarea>typed</textarea>",
        "<!-- a comment -->",
        "<img src=x onerror=alert(1) alt=picture>",
    ],
)
def test_what_a_reader_does_not_see_is_no_line(unseen: str) -> None:
    assert lines(f"<p>Before</p>{unseen}<p>After</p>") == ["Before", "After"]


@pytest.mark.parametrize(
    "left_open", ["<embed src=x>", "<object data=x><embed src=x>", "<img src=x>", "<b>", "<section>"]
)
def test_an_element_that_is_never_closed_takes_no_text_with_it(left_open: str) -> None:
    assert lines(f"<p>Before</p>{left_open}<p>After</p>") == ["Before", "After"]


def test_entities_are_read_once() -> None:
    assert lines("<p>AT&amp;T &amp;lt;b&amp;gt; &ldquo;said&rdquo;&nbsp;he</p>") == ["AT&T &lt;b&gt; “said” he"]


def test_entities_that_the_page_declares_are_not_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    source = read(bomb + b"<html><body><p>x &b; &f; y</p></body></html>", "a.xhtml")
    assert "haha" not in "".join(source.lines)
    assert "root:" not in "".join(source.lines)
    assert "x" in "".join(source.lines)


@pytest.mark.parametrize("opened", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<span><p>"])
def test_deep_nesting_ends_nothing(opened: str) -> None:
    assert page(opened * 20_000 + WORDS).lines[-1].endswith(WORDS)


@pytest.mark.parametrize(
    ("named", "written_as"),
    [("shift_jis", "cp932"), ("windows-1251", "cp1251"), ("latin1", "cp1252"), ("big5", "big5"), ("euc-kr", "cp949")],
)
def test_the_encoding_that_a_page_names(named: str, written_as: str) -> None:
    text = {"cp932": "東京", "cp1251": "Москва", "cp1252": "“Köln”", "big5": "臺北", "cp949": "서울"}[written_as]
    data = f"<html><meta charset={named}><body><p>{text} {WORDS}</p></body></html>".encode(written_as)
    source = read(data, "a.html")
    assert source.lines == (f"{text} {WORDS}",)
    assert source.encoding == written_as.replace("big5", "big5hkscs")


@pytest.mark.parametrize(
    "named", ["rot13", "idna", "unicode_escape", "utf-7", "zlib", "replacement", "utf-16", "no-such"]
)
def test_an_encoding_that_is_none_of_the_web_does_not_count(named: str) -> None:
    data = f"<html><meta charset={named}><body><p>Caf\xe9 {WORDS} \\x3c</p></body></html>".encode("cp1252")
    assert read(data, "a.html").lines == (f"Café {WORDS} \\x3c",)


def test_bytes_before_the_encoding_that_a_page_names() -> None:
    data = f"<html><meta charset=windows-1251><body><p>Café {WORDS}</p></body></html>".encode()
    assert read(data, "a.html").lines == (f"Café {WORDS}",)


def test_a_page_without_text() -> None:
    with pytest.raises(RefusedSeed, match="is a web page without any text"):
        page("<script>document.write('later')</script>")


JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "headline": "The site's own"},
 {"@type": "NewsArticle", "headline": "The tide  mill", "datePublished": "2026-03-20T07:30:00+01:00",
  "dateModified": "2026-03-21", "author": [{"@type": "Person", "name": "Joan Tregenna"}, {"name": "Ana Ruiz"}]}]}
</script>"""


def test_json_ld_comes_before_meta_elements() -> None:
    source = page("<p>x</p>", JSON_LD + "<meta property=og:title content='Other'><meta name=author content=Other>")
    assert source.declared == Declared(
        headline="The tide mill",
        authors=("Joan Tregenna", "Ana Ruiz"),
        published=datetime.fromisoformat("2026-03-20T07:30:00+01:00"),
        updated=date(2026, 3, 21),
        language=None,
        headlines=("The tide mill", "Other"),
        is_article=True,
    )


def test_meta_elements() -> None:
    source = read(
        b"<!doctype html><html lang=pt-BR><link rel=canonical href='https://news.example/a?b=c'>"
        b"<meta property=og:title content='A title'><meta name=author content='Rui Costa'>"
        b"<meta property=article:published_time content='2026-03-20T07:30:00Z'><p>x",
        "a.html",
    )
    assert source.url == "https://news.example/a?b=c"
    moment = datetime(2026, 3, 20, 7, 30, tzinfo=UTC)
    assert source.declared == Declared(
        "A title", ("Rui Costa",), moment, None, "pt", days=("2026-03-20T07:30:00Z",), headlines=("A title",)
    )


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=canonical href='javascript:alert(1)'>",
        "<link rel=canonical href='//news.example/a'>",
        "<link rel=canonical href='https://[bad/'>",
        "<link rel=canonical href='https:///a'>",
        "<link rel=canonical href='https://news.example/a b'>",
        "<meta name=author content='https://news.example/people/a'>",
        "<meta name=author content='<b>Joan</b>'>",
        f"<meta name=author content='{'A long name ' * 20}'>",
        "<meta property=article:published_time content='yesterday'>",
        "<meta property=article:published_time content='0001-01-01'>",
        "<meta property=og:title content=''>",
        f"<meta property=og:title content='{'x' * 400}'>",
        "<script type=application/ld+json>{not json</script>",
        "<script type=application/ld+json>" + "[" * 50_000 + "</script>",
        "<script type=application/ld+json>{'@type': 'NewsArticle', 'author': 7, 'headline': []}</script>".replace(
            "'", '"'
        ),
        "<script type=application/ld+json>{'@type': [1, null], 'headline': 'x'}</script>".replace("'", '"'),
    ],
)
def test_a_declared_fact_that_can_not_be_one_is_left_out(head: str) -> None:
    source = page("<p>x</p>", head)
    assert (source.url, replace(source.declared, days=(), is_article=False)) == (None, Declared())
    assert article_of(source).published is None


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('{"@type": "NewsArticle", "author": "Joan Tregenna"}', ("Joan Tregenna",)),
        ('{"@type": "NewsArticle", "author": ["Joan Tregenna", {"name": "Ana Ruiz"}]}', ("Joan Tregenna", "Ana Ruiz")),
        ('[{"@type": ["Article", "Report"], "author": {"@id": "#j"}}, {"@id": "#j", "name": "Joan T."}]', ("Joan T.",)),
        ('{"@type": "WebPage", "mainEntity": {"@type": "Article", "author": {"name": "Joan T."}}}', ("Joan T.",)),
        ('{"@type": "Article", "author": {"name": "Tom &amp; Ann"}}', ("Tom & Ann",)),
        ('{"@type": "Article", "author": {"name": "Ana Ruiz and Joan Tregenna"}}', ("Ana Ruiz", "Joan Tregenna")),
        ('{"@type": "Article", "author": {"@type": "Organization", "name": "The Weekly"}}', ("Joan Rowe",)),
    ],
)
def test_authors_in_json_ld(head: str, authors: tuple[str, ...]) -> None:
    body = f"<h1>A tide mill grinds again</h1><p class=byline>By Joan Rowe</p><p>{WORDS}.</p>"
    source = page(body, f"<script type=application/ld+json>{head}</script>")
    assert article_of(source).authors == authors


@pytest.mark.parametrize(
    ("markup", "authors", "day"),
    [
        ("<a rel=author href=/joan>Joan Rowe</a><time datetime=2026-03-20>Friday</time>", ("Joan Rowe",), "2026-03-20"),
        (
            "<div class=post-author>Joan Rowe<br>Editor</div><p class=date>20 March 2026</p>",
            ("Joan Rowe",),
            "2026-03-20",
        ),
        (
            "<meta itemprop=author content='Joan Rowe'><meta itemprop=datePublished content=2026/03/20>",
            ("Joan Rowe",),
            "2026-03-20",
        ),
        ("<span class=author>Opinion</span><time>last week</time>", (), None),
        ("<p>March 20, 2026</p>", (), "2026-03-20"),
        (f"{'<p>An odd line</p>' * 40}<a rel=author>Joan Rowe</a><time datetime=2026-03-20></time>", (), None),
    ],
)
def test_authors_and_days_that_the_markup_around_the_title_tells(
    markup: str, authors: tuple[str, ...], day: str | None
) -> None:
    found = article_of(page(f"<h1>A tide mill grinds again</h1>{markup}<p>{WORDS}. {WORDS}.</p><p>{WORDS}.</p>"))
    assert found.authors == authors
    assert found.published == (date.fromisoformat(day) if day else None)


PIECES = "<p> </p> <li> <ul> </ul> <ol> </ol> <b > </ <!-- --> <script> </script> <h2> </h2> <table> <td>".split()
PIECES += ["<blockquote>", "word", " ", "&amp;", "&#0;", "<![CDATA[", "]]>", "\x00", "é"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_page_is_read_or_refused(body: str) -> None:
    try:
        source = page(body)
    except RefusedSeed:
        return
    assert [block.text for block in source.blocks] == list(source.lines)
    assert all(line == " ".join(line.split()) and line for line in source.lines)


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><title>x</title><main><p>Read.</p></main>",
        "<!doctype html><meta charset=utf-8><title>x</title><link rel=icon href=i><article><p>Read.</p></article>",
        "<html><head><noscript><img src=p></noscript><title>x</title></head><body><p>Read.</p></body></html>",
        "<html><head><title>x</title></head><p>Read.</p><title>y</title></html>",
        "<!doctype html><title>x</title>Read.",
    ],
)
def test_a_head_ends_where_the_text_begins(page: str) -> None:
    assert read(page.encode(), "a.html").lines == ("Read.",)
