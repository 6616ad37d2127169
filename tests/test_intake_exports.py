"""Exports of publishing systems: what was published comes along whole, and nothing that was not."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.rulebook import load_rules
from copydesk.errors import RefusedPicture
from copydesk.intake.album import Album
from copydesk.intake.paragraphs import paragraphs
from copydesk.intake.picturefiles import BesideExport, files_of
from copydesk.intake.pieces import FEED, JSON, WORDPRESS, Piece, form_of, pieces
from copydesk.model import Article, Code, Table
from copydesk.pipeline import clean
from copydesk.render.text import body_text
from newpicture import photograph

FORMS = Path(__file__).with_name("forms")
MOST = 1_000_000


def found(path: Path) -> list[Piece]:
    return list(pieces(path, path.name, MOST))


def article(piece: Piece) -> Article:
    assert piece.refusal is None, piece.refusal
    return clean(piece.data, piece.name, load_rules())


@pytest.mark.parametrize(
    ("name", "form", "titles"),
    [
        ("wordpress.xml", WORDPRESS, ["Harbour line opens & closes again", "bad char"]),
        ("wordpress-api.json", JSON, ["Harbour line’s back"]),
        ("blogger.xml", FEED, ["Story"]),
        ("ghost.json", JSON, ["Harbour line"]),
    ],
)
def test_only_published_posts_are_articles(name: str, form: str, titles: list[str]) -> None:
    assert form_of(FORMS / name) == form
    assert [article(piece).title for piece in found(FORMS / name)] == titles


@pytest.mark.parametrize("name", ["wordpress.xml", "wordpress-api.json", "blogger.xml", "ghost.json"])
def test_no_line_of_a_post_is_dropped_without_a_rule(name: str) -> None:
    for piece in found(FORMS / name):
        dropped = [line.label.reason for line in article(piece).ledger.lines() if not line.label.keep]
        assert all(reason.startswith("rule:") for reason in dropped)


def test_a_post_of_wordpress() -> None:
    post = article(found(FORMS / "wordpress.xml")[0])
    assert (post.authors, post.section_name, post.topics) == (("Ann Hale",), "Local & Region", ("Tram",))
    assert post.keywords == post.topics
    assert post.dek == "A short excerpt."
    assert post.published == datetime(2004, 3, 12, 8, tzinfo=UTC)
    assert [section.heading for section in post.sections] == [None, "What it costs"]
    text = body_text(post)
    assert "\n\nThe council voted by nineteen to twelve.\n\n" in text
    assert "• The last one leaves at midnight." in text
    assert "> “Nine years,” he said." in text
    assert [media.label.keep for media in post.ledger.media] == [True, True]
    assert not re.search(r"caption|embed|gallery|short excerpt|comment", text)


def test_a_post_of_short_lines_or_links_is_a_story_and_one_without_text_is_none(tmp_path: Path) -> None:
    text = (FORMS / "wordpress.xml").read_text("utf-8")
    start, rest = text.split("<content:encoded><![CDATA[", 1)
    for typed, lines in (
        ("Alone\n\n<a href='https://a.example'>Another</a>", 2),
        ("[gallery ids='1']&nbsp;\n<img src='a.jpg'>[/gallery]", 0),
    ):
        path = tmp_path / "short.xml"
        path.write_text(
            f"{start}<content:encoded><![CDATA[{typed}]]>{rest[rest.index('</content:encoded>') :]}", "utf-8"
        )
        first = found(path)[0]
        assert (len(body_text(article(first)).split("\n\n")) == lines) if lines else first.name.endswith("#1")
        assert ("second story" in body_text(article(first))) == (not lines)


def test_a_post_of_ghost() -> None:
    post = article(found(FORMS / "ghost.json")[0])
    assert (post.authors, post.section_name) == (("Ann Hale",), "Local")
    assert "GHOST" not in body_text(post)


def test_a_post_of_wordpress_api() -> None:
    post = article(found(FORMS / "wordpress-api.json")[0])
    assert post.published == date(2026, 3, 2)
    assert "• Midnight" in body_text(post)


@pytest.mark.parametrize(
    "place", ["bay_files/a-300.jpg", "bay_files/up/a-300.jpg", "bay-Dateien/n.example/up/a-300.jpg"]
)
def test_pictures_stand_in_a_folder_beside_the_export(tmp_path: Path, place: str) -> None:
    export = tmp_path / "bay.xml"
    text = (FORMS / "wordpress.xml").read_text("utf-8")
    export.write_text(
        text.replace("https://news.example/a-300.jpg", "https://x.example/n.example/up/a-300.jpg"), "utf-8"
    )
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_bytes(photograph(400, 300))
    post = found(export)[0]
    album = Album(files_of(post, export))
    media = clean(post.data, post.name, load_rules(), album=album).ledger.media
    assert (media[0].picture is not None) == (place != "bay_files/a-300.jpg")


def test_a_smaller_width_is_shown_by_the_picture_itself(tmp_path: Path) -> None:
    (tmp_path / "bay_files" / "2026").mkdir(parents=True)
    (tmp_path / "bay_files" / "2026" / "quay.jpg").write_bytes(b"whole")
    files = BesideExport(tmp_path / "bay.xml")
    assert files.read("https://n.example/2026/quay-300x200.jpg", "") == b"whole"
    assert files.read("https://n.example/2027/quay-300x200.jpg", "") is None
    for address in (
        "https://n.example/../2026/quay.jpg",
        "http://[",
        f"https://n.example/a/{'b' * 300}.jpg",
        "data:,a",
    ):
        assert files.read(address, "") is None
    (tmp_path / "bay_files" / "2026" / "away.jpg").symlink_to(tmp_path / "secret")
    with pytest.raises(RefusedPicture, match="is a link"):
        files.read("https://n.example/2026/away.jpg", "")


def test_an_export_that_breaks_off_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    whole = (FORMS / "wordpress.xml").read_bytes()
    path = tmp_path / "cut.xml"
    path.write_bytes(whole[: whole.rindex(b"</content:encoded>") - 40])
    first, told = found(path)
    assert article(first).title.startswith("Harbour")
    assert told.refusal is not None
    assert "breaks off" in str(told.refusal)


def test_no_entity_of_an_export_is_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("never to be read by anybody")
    start = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "{"x" * 900}">]>'
    path = tmp_path / "entities.xml"
    text = (FORMS / "wordpress.xml").read_text("utf-8").replace("<!-- generator", f"{start}<!-- generator", 1)
    path.write_text(
        text.replace("<title>About", "<title>&a;&b;").replace("The council voted", "]]>&a;&b;<![CDATA[ The")
    )
    for piece in found(path):
        assert b"never" not in piece.data
        assert b"xxx" not in piece.data


VERSE = """The boats lie down like cattle in the mud,
their ropes gone slack, their names half under weed;
a gull walks through the middle of the town."""

WRAPPED = """The boats lie down like cattle in the mud of the harbour, their
ropes gone slack, and their names are half under weed; a gull
walks through the middle of the town, and nobody has seen it."""


def post_of(typed: str, folder: Path) -> Article:
    """The first post of an export, with another text."""
    start, _, rest = (FORMS / "wordpress.xml").read_text("utf-8").partition("<content:encoded>")
    path = folder / "typed.xml"
    text = f"{start}<content:encoded><![CDATA[{typed}]]>{rest[rest.index('</content:encoded>') :]}"
    path.write_text(text, "utf-8")
    return article(found(path)[0])


def test_what_is_set_out_in_a_post_stays_so(tmp_path: Path) -> None:
    rows = ("<th>Beach</th><th>2026</th>", "<td>North</td><td></td>", "<td>South</td><td>3</td>")
    table = "".join(f"<tr>{row}</tr>\n" for row in rows)
    post = post_of(
        f"The office said so on Tuesday.\n\n<pre>a  b\nc  d</pre>\n\n<table>\n{table}</table>\n\n{VERSE}", tmp_path
    )
    blocks = list(post.body())
    assert blocks[1:3] == [Code("a  b\nc  d"), Table((("Beach", "2026"), ("North", ""), ("South", "3")), True)]
    assert [block.text for block in blocks[3:]] == VERSE.split("\n")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One.\n\nTwo,\nthree.", "<p>One.</p><p>Two,<br>three.</p>"),
        ("One.\r\n\r\nTwo.", "<p>One.</p><p>Two.</p>"),
        (f"{'long ' * 12}line\nthat goes on.\nNo.", f"<p>{'long ' * 12}line that goes on.<br>No.</p>"),
        (VERSE, f"<p>{VERSE.replace(chr(10), '<br>')}</p>"),
        (WRAPPED, f"<p>{WRAPPED.replace(chr(10), ' ')}</p>"),
        ("<p>One.\n\nTwo.</p>", "<p>One.\n\nTwo.</p>"),
        ('[button url="x"]Buy[/button] See [sic] it.', "<p>Buy See [sic] it.</p>"),
        ("One [note]two[/note], [Note] three [1] [a b]", "<p>One two, [Note] three [1] [a b]</p>"),
        ("Of them [see p=0.05] few.", "<p>Of them [see p=0.05] few.</p>"),
        ("[gallery ids='1,2']\n\n[box type=“a b”]One.[/box]", "<p>[gallery ids='1,2']</p><p>One.</p>"),
        ("[audio src='a.mp3'][/audio]", "<p>[audio src='a.mp3'][/audio]</p>"),
        ("<pre>[a b='c']d[/a]</pre>", "<pre>[a b='c']d[/a]</pre>"),
        ("<a title='[x y=z]'>One</a>", "<p><a title='[x y=z]'>One</a></p>"),
        ("<!-- wp:paragraph --><p>[x y='z']One[/x]</p>", "<!-- wp:paragraph --><p>One</p>"),
        ("<h2>Head</h2>\nOne.", "<h2>Head</h2><p>One.</p>"),
        ("<div>One.\n\nTwo.</div>", "<div><p>One.</p><p>Two.</p></div>"),
        ("<pre>\n\na\n\n<b></pre>b", "<pre>\n\na\n\n<b></pre><p>b</p>"),
        ("<!-- wp:paragraph -->\n\n<p>One.</p>", "<!-- wp:paragraph -->\n\n<p>One.</p>"),
        (
            '[caption id="a"]<img src="a.jpg"> Words.[/caption]',
            '<figure><img src="a.jpg"> <figcaption>Words.</figcaption></figure>',
        ),
        ("https://youtu.be/dQw4w9WgXcQ", '<figure><iframe src="https://youtu.be/dQw4w9WgXcQ"></iframe></figure>'),
        ("https://a.example/b", '<p><a href="https://a.example/b">https://a.example/b</a></p>'),
    ],
)
def test_paragraphs_of_a_post(typed: str, html: str) -> None:
    assert paragraphs(typed).replace(" <figcaption", " <figcaption") == html


_PARTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<pre>",
        "</pre>",
        "<div>",
        "</div>",
        "<li>",
        "\n",
        "\n\n",
        "word ",
        "[caption]",
        "[/caption]",
        "<b>",
        "[",
    ]
)


@given(st.lists(_PARTS, max_size=30).map("".join))
def test_no_word_of_a_post_is_lost(typed: str) -> None:
    def words(html: str) -> int:
        return BeautifulSoup(html, "lxml").get_text(" ").count("word")

    assert words(paragraphs(typed)) >= words(typed)


def test_no_post_takes_long() -> None:
    for typed in (
        "[caption",
        "<pre>",
        "<p",
        "[caption]<img ",
        "[embed]https://",
        "\n \n",
        "<!--",
        "https://a\n",
        "[a b=c ",
        '[a b="c',
        "[/a] ",
    ):
        paragraphs(typed * 60_000)
