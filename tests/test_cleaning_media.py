"""Which pictures are an article's: those that its text stands around, by where they stand, their size and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.cleaning.rulebook import load_rules
from copydesk.desk.explain import as_lines, as_record
from copydesk.desk.overridefile import parse_override
from copydesk.model import Article, Figure, LineOverride, Override, Role
from copydesk.pipeline import clean
from copydesk.render.text import body_text

FIRST = "The lamp that burned above the harbour from 1911 to 1998 has come home, in nineteen pieces and four crates."
SECOND = (
    "It had stood in a museum two valleys away, between a butter churn and a fire engine, since the winter of 2001."
)
THIRD = "Volunteers carried it up the hundred and twelve steps of the tower on Saturday, and nobody dropped a thing."


def article(before: str = "", first: str = "", second: str = "", after: str = "", outside: str = "") -> Article:
    """Return the article of a page with something before its headline, between its paragraphs, after it, outside."""
    page = (
        "<html lang=en><head><link rel=canonical href='https://bay.example/lamp'></head><body>"
        "<nav><a href=/>Home</a> <a href=/local>Local</a></nav><main><article class=story>"
        f"{before}<h1>The Old Lamp Comes Home</h1>{first}<p>{FIRST}</p><p>{SECOND}</p>{second}<p>{THIRD}</p>{after}"
        f"</article></main>{outside}<footer>Privacy policy</footer></body></html>"
    )
    return clean(page.encode(), "a.html", load_rules())


IMAGE = '<img src="/i/lamp-room.jpg" alt="The lamp room">'
FIGURE = f"<figure>{IMAGE}<figcaption>The room below the lamp.</figcaption></figure>"


@pytest.mark.parametrize(
    "place",
    [
        {"second": FIGURE},
        {"second": IMAGE},
        {"second": f"<p>{IMAGE}</p>"},
        {"second": f"<div><div>{IMAGE}</div></div>"},
        {"second": f'<a href="https://bay.example/attachment/4">{IMAGE}</a>'},
        {"second": f'<a href="https://cdn.example/lamp-room.jpg">{IMAGE}</a>'},
        {"second": IMAGE.replace("<img", "<img width=800 height=500")},
        {"first": FIGURE},
        {"first": f"<header>{FIGURE}</header>"},
        {"before": FIGURE},
        {"after": FIGURE},
        {"second": FIGURE.replace("lamp-room", "new-logo")},
        {"second": f"<div class='gallery-item carousel'>{FIGURE}</div>"},
    ],
)
def test_pictures_of_the_article(place: dict[str, str]) -> None:
    found = article(**place)
    assert [one.label.keep for one in found.ledger.media] == [True]
    assert [block.alt for block in found.body() if isinstance(block, Figure)] == ["The lamp room"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ({"second": '<img src="https://c.example/p.gif" width=1 height=1 alt="x">'}, "pixel"),
        ({"second": '<img src="/i/a.png" width=24 height=24 alt="x">'}, "small"),
        ({"second": '<img src="/i/print-icon.png" alt="Print">'}, "sign"),
        ({"second": '<img src="/i/a.png" alt="Company logo">'}, "sign"),
        ({"second": '<img src="/i/spacer.gif" alt="x">'}, "counter"),
        ({"second": '<img class="lazy-placeholder" src="/i/a.gif" alt="x">'}, "counter"),
        ({"first": f"<div class=byline>By Mira Holt {IMAGE.replace('<img', '<img class=avatar')}</div>"}, "portrait"),
        ({"first": f"<div>{IMAGE}<p>By Mira Holt</p></div>"}, "byline"),
        ({"first": "<p>By Mira Holt</p><img src=/i/mh.jpg alt='Mira Holt'>"}, "portrait"),
        ({"second": f'<div class="ad-slot">{IMAGE}</div>'}, "surroundings"),
        ({"second": f'<a href="https://shoes.example/">{IMAGE}</a>'}, "link"),
        (
            {"second": f'<div class="related"><a href="/ferry">{IMAGE}</a><a href="/ferry">Ferry sails</a></div>'},
            "surroundings",
        ),
        ({"second": f"<aside>{FIGURE}</aside>"}, "surroundings"),
        ({"second": f"<div hidden>{FIGURE}</div>"}, "surroundings"),
        ({"after": f"<div class=comments>{FIGURE}<p>What a nice lamp!</p></div>"}, "surroundings"),
        ({"after": IMAGE}, "after"),
        ({"outside": f"<div><a href=/ferry>{IMAGE}<h3>Ferry sails on Sundays again</h3></a></div>"}, "surroundings"),
        ({"second": "<img alt='The lamp room'>"}, "nowhere"),
        ({"second": '<iframe src="https://ads.example/x"></iframe>'}, "nowhere"),
        ({"second": '<img src="/i/lamp-room.jpg" alt="">'}, "elsewhere"),
        ({"second": '<img src="file:///etc/passwd" alt="x">'}, "missing"),
        ({"second": '<img src="a_files/none.jpg" alt="x">'}, "missing"),
    ],
)
def test_pictures_that_are_none_of_the_article_and_why(place: dict[str, str], reason: str) -> None:
    found = article(**place)
    assert [(one.label.keep, one.label.reason) for one in found.ledger.media] == [(False, f"media:{reason}")]
    assert found.ledger.media[0].label.why
    assert not [block for block in found.body() if isinstance(block, Figure)]


def test_captions_come_along_and_get_their_roles() -> None:
    caption = "<figcaption><p>The room below the lamp.</p><p>Photo: Mira Holt</p></figcaption>"
    found = article(second=f"<figure>{IMAGE}{caption}</figure>")
    figure = next(block for block in found.body() if isinstance(block, Figure))
    assert (figure.caption, figure.credit) == ("The room below the lamp.", "Photo: Mira Holt")
    roles = {line.text: line.label.role for line in found.ledger.with_text()}
    assert roles["The room below the lamp."] is roles["Photo: Mira Holt"] is Role.CAPTION
    assert found.ledger.kept + found.ledger.dropped == len(found.ledger.with_text())


def test_of_several_pictures_in_a_figure_the_last_has_the_caption() -> None:
    several = f"<figure>{IMAGE}{IMAGE.replace('lamp-room', 'stairs')}<figcaption>Up and down.</figcaption></figure>"
    figures = [block for block in article(second=several).body() if isinstance(block, Figure)]
    assert [figure.caption for figure in figures] == ["", "Up and down."]


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ({"first": FIGURE, "second": IMAGE}, [True, False]),
        ({"first": f"<p>{IMAGE}</p>", "second": FIGURE}, [False, True]),
        ({"second": f"<p>{IMAGE}{IMAGE.replace('room.jpg', 'room-2.jpg')}</p>"}, [True, True]),
        ({"first": FIGURE, "second": IMAGE.replace("room.jpg", "room-2.jpg")}, [True, True]),
    ],
)
def test_a_picture_comes_along_once(place: dict[str, str], kept: list[bool]) -> None:
    assert [one.label.keep for one in article(**place).ledger.media] == kept


def test_a_headline_in_a_figure_stays_one() -> None:
    found = clean(
        f"<html><body><article><figure>{IMAGE}<h1>The Old Lamp Comes Home</h1></figure>"
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>".encode(),
        "a.html",
        load_rules(),
    )
    assert found.headline == "The Old Lamp Comes Home"


def test_pictures_change_nothing_in_the_text() -> None:
    assert body_text(article(first=FIGURE, second=IMAGE, after=IMAGE)) == body_text(article())


def test_explain_tells_of_pictures_where_they_stand() -> None:
    found = article(second=FIGURE)
    rows = [row.split("\t") for row in as_lines(found.ledger).splitlines()]
    place = next(number for number, row in enumerate(rows) if row[2] == "picture")
    assert rows[place][1:4] == ["keep", "picture", "lamp-room.jpg (The lamp room)"]
    assert rows[place][0] == f"{rows[place - 1][0]}+"
    assert "(media:text)" in rows[place][4]
    assert as_record(found.ledger)["media"][0]["name"] == "lamp-room.jpg"  # type: ignore[index]


def test_an_editor_drops_and_keeps_pictures(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        '[[drop]]\npicture = "lamp-room.jpg"\n[[keep]]\npicture = "shoes.jpg"\n[[drop]]\npicture = "none.jpg"\n'
    )
    override = parse_override(path, "a.toml")
    assert override.lines[1] == LineOverride(False, picture="lamp-room.jpg")
    page = (
        f"<html><body><article><h1>The Old Lamp Comes Home</h1><p>{FIRST}</p>"
        f"{FIGURE.replace('/i/', 'https://a.example/')}<p>{SECOND}</p>"
        f"<div class=advert><img src='https://a.example/shoes.jpg' alt='Shoes'></div><p>{THIRD}</p></article>"
    )
    found = clean(page.encode(), "a.html", load_rules(), override)
    assert [block.alt for block in found.body() if isinstance(block, Figure)] == ["Shoes"]
    assert [one.label.reason for one in found.ledger.media] == ["override", "override"]
    assert [warning for warning in found.warnings if "none.jpg" in warning]
    assert clean(page.encode(), "a.html", load_rules(), Override("x")).figures == ()
