"""Figures in HTML and Markdown: sizes, widths, captions. A hostile caption is text."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from pelican.readers import MarkdownReader
from pelican.settings import DEFAULT_CONFIG

from copydesk.model import Emphasis, Figure, MediaKind, Paragraph, Picture
from copydesk.render.escape import one_line, plain
from copydesk.render.html import body_html, feed_html, safe_html
from copydesk.render.markdown import to_markdown
from copydesk.render.record import to_record
from copydesk.render.text import body_text
from newarticle import PICTURE, figures, hostile_text, new_article

OURS = {"figure", "img", "figcaption", "small", "p", *map(str, Emphasis)}
SHOWN = Figure(PICTURE, "A lamp", "The lamp.", "Photo: M. Holt", ("The lamp.", "Photo: M. Holt"))
ELSEWHERE = Figure(None, "A film", "", "", (), href="https://film.example/4?a=1&b=2", kind=MediaKind.EMBED)


def test_a_picture_on_the_page_has_its_size_its_widths_and_what_is_said_about_it() -> None:
    small = Figure(Picture("cd" * 32, "image/png", 300, 200, 99), "", "", "", ())
    first, second = body_html(new_article(SHOWN, small), "..").splitlines()
    path = f"../pictures/{'ab' * 10}"
    assert first == (
        f'<figure><img src="{path}.jpg" alt="A lamp" width="1200" height="800" decoding="async"'
        f' srcset="{path}-480.webp 480w, {path}-960.webp 960w, {path}.jpg 1200w"'
        ' sizes="(min-width: 40rem) 38rem, 100vw">'
        "<figcaption>The lamp. <small>Photo: M. Holt</small></figcaption></figure>"
    )
    assert second == (
        f'<figure><img src="../pictures/{"cd" * 10}.png" alt="" width="300" height="200" decoding="async"'
        ' loading="lazy"></figure>'
    )


def test_the_other_formats() -> None:
    article = new_article(SHOWN, ELSEWHERE)
    picture = f'<figure><img src="https://a.example/pictures/{"ab" * 10}.jpg" alt="A lamp" width="1200" height="800">'
    caption = "<figcaption>The lamp. <small>Photo: M. Holt</small></figcaption></figure>"
    link = '<p><a href="https://film.example/4?a=1&amp;b=2">A film</a></p>'
    assert feed_html(article, "https://a.example") == f"{picture}{caption}\n{link}"
    assert safe_html(feed_html(article, "https://a.example")) == feed_html(article, "https://a.example")
    assert body_text(article) == "The lamp.\nPhoto: M. Holt\n"
    assert "[A film](<https://film.example/4?a=1&b=2>)" in to_markdown(article)
    shown, elsewhere = to_record(article)["sections"][0]["blocks"]  # type: ignore[index]
    assert (shown["file"], shown["width"], shown["credit"]) == (f"pictures/{'ab' * 10}.jpg", 1200, "Photo: M. Holt")
    assert (elsewhere["of"], elsewhere["href"]) == ("embed", "https://film.example/4?a=1&b=2")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//x", "", None])
def test_what_leads_nowhere_safe_is_no_link(href: str | None) -> None:
    figure = Figure(None, "Words", "", "", (), href=href)
    for html in (body_html(new_article(figure)), feed_html(new_article(figure))):
        assert "Words" in html
        assert "<a" not in html


@given(figures(hostile_text), st.sampled_from(["..", "https://a.example", ""]))
def test_a_hostile_figure_has_no_element_address_or_attribute_but_ours(figure: Figure, site: str) -> None:
    for html in (body_html(new_article(figure), site), feed_html(new_article(figure), site)):
        soup = BeautifulSoup(html, "html.parser")
        _is_ours(soup)
        read = "".join(soup.get_text().split())
        said = "".join(plain(f"{figure.caption}{figure.credit}").split())
        assert read == said if figure.picture else read or not said


def _is_ours(soup: BeautifulSoup) -> None:
    assert {element.name for element in soup.find_all()} <= OURS
    for element in soup.find_all():
        allowed = {"src", "alt", "width", "height", "decoding", "srcset", "sizes", "loading"}
        assert set(element.attrs) <= (allowed if element.name == "img" else {"href", "class"})
    for image in soup.find_all("img"):
        assert f"pictures/{'ab' * 10}.jpg" in str(image["src"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("markdown")


@given(figures(hostile_text))
def test_markdown_gives_a_hostile_figure_back(folder: Path, figure: Figure) -> None:
    file = folder / "article.md"
    between = [Paragraph("Before."), figure, Paragraph("After.")]
    file.write_text(to_markdown(new_article(*between), "{static}/images"), encoding="utf-8", newline="\n")
    html, _ = MarkdownReader(DEFAULT_CONFIG).read(str(file))
    soup = BeautifulSoup(html, "html.parser")
    assert [p.get_text() for p in soup.find_all("p") if p.get_text() in ("Before.", "After.")] == ["Before.", "After."]
    found = soup.find("figure")
    assert isinstance(found, Tag) == (figure.picture is not None)
    if isinstance(found, Tag) and isinstance(image := found.find("img"), Tag):
        assert {element.name for element in soup.find_all()} <= OURS
        assert image["src"] == f"{{static}}/images/{'ab' * 10}.jpg"
        assert " ".join(str(image["alt"]).split()) == " ".join(one_line(figure.alt).split())
        said = f"{one_line(figure.caption)} {one_line(figure.credit)}"
        assert "".join(found.get_text().split()) == "".join(said.split())
