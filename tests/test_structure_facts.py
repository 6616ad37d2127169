"""Headline, day and authors of saved pages: which of the places where a page tells them counts."""

from __future__ import annotations

import pytest

from copydesk.cleaning.dates import days_in, days_told
from copydesk.cleaning.label import label
from copydesk.cleaning.rulebook import load_rules
from copydesk.intake import read
from copydesk.intake.headlines import without_site
from copydesk.model import Article
from copydesk.render.text import body_text
from copydesk.structure.article import structure
from test_cleaning_pages import PROSE

ADDRESS = "<link rel=canonical href='https://news.example/2026/03/20/tide-mill'>"


def article(head: str, body: str) -> Article:
    source = read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")
    return structure(source, label(source, load_rules()))


def told(*headlines: str) -> str:
    first, second = headlines
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{first}"}}</script>'
    return f"{data}<meta property=og:title content='{second}'><meta property=og:site_name content='Tide News'>"


@pytest.mark.parametrize(
    ("head", "title", "headline"),
    [
        (told("The mill: It grinds again today", "The mill: It grinds again today"), "It grinds again today", 0),
        (told("The mill: It grinds again today", "Elsewhere: no"), "It grinds again today", "It grinds again today"),
        (told("Old mill / It grinds again", "Mills"), "<i>Old mill</i><i>It grinds again</i>", 0),
        (told("Mills turn where they stood", "Mills"), "It grinds again today", "It grinds again today"),
    ],
)
def test_the_headline_is_the_line_told_in_full_where_the_page_agrees(
    head: str, title: str, headline: str | int
) -> None:
    wanted = headline or head.split('"headline": "')[1].split('"')[0]
    assert article(head, f"<h1>{title}</h1>{PROSE}").headline == wanted


@pytest.mark.parametrize(
    ("declared", "title", "headline"),
    [
        (("It grinds again", "It grinds again"), "<h1>Old mill - It grinds again</h1>", "It grinds again"),
        (("It grinds again", "Elsewhere: no"), "<h1>Old mill - It grinds again</h1>", "Old mill - It grinds again"),
        (("It grinds again", "It grinds again"), "<h1>Old mill: It grinds again</h1>", "Old mill: It grinds again"),
        (("Mill: It grinds", "Mill: It grinds"), "<p>Mill</p><h1>: It grinds</h1>", "Mill: It grinds"),
        (("Mills", "The old mill grinds"), "<h1>The old mill</h1><h1>grinds</h1>", "The old mill grinds"),
        (("Mills", "The old mill grinds"), "<h1>The old mill</h1><p>grinds</p>", "The old mill"),
    ],
)
def test_a_kicker_is_no_part_of_the_headline_and_its_second_line_is(
    declared: tuple[str, str], title: str, headline: str
) -> None:
    assert article(told(*declared), f"{title}{PROSE}").headline == headline


def test_the_declared_title_is_the_headline_also_behind_a_line_of_another_story() -> None:
    words, before = "The tide mill grinds again", "The harbour board has published its report on the quay wall."
    found = article(told(words, words), f"<h2>A report from the harbour</h2><p>{before}</p><h1>{words}</h1>{PROSE}")
    assert found.headline == words


def test_the_only_title_is_the_headline_where_nothing_is_declared() -> None:
    assert article("", f"<h1>Mills</h1>{PROSE}").headline == "Mills"


def test_the_line_that_is_marked_up_as_the_title_goes_before_one_with_the_same_words() -> None:
    words = "The tide mill grinds again"
    found = article(told(words, words), f"<h1>{words}</h1><p>A dek of a few words</p><p>{words}</p>{PROSE}")
    assert found.provenance.headline_from == "line 1"


def test_the_name_of_the_site_is_no_part_of_a_declared_headline() -> None:
    assert article(told("Mills grind - Tide News", "x"), PROSE).headline == "Mills grind"
    assert without_site("Tide News | Mills grind", {"tidenews"}) == "Mills grind"
    assert without_site("Mills grind - again", {"tidenews"}) == "Mills grind - again"


TOLD = (
    "Ferry crews met the minister in the harbour office on Thursday, for the third time since the strike began.",
    "The union has four demands, which it read to the minister, and he listened to them all.",
    "Talks resume on Monday at the offices of the conciliation service, the ministry said.",
)


@pytest.mark.parametrize(
    ("line", "names", "day"),
    [
        ("By Ann Hale, 3 March 2021", ("Ann Hale",), "2021-03-03"),
        ("By Ann de Groot, 3 March 2021", ("Ann de Groot",), "2021-03-03"),
        ("By Ann Hale in London, 3 March 2021", ("Ann Hale",), "2021-03-03"),
        ("By Ann Hale | 3 March 2021 | 4 min read", ("Ann Hale",), "2021-03-03"),
        ("Ann Hale | 3 March 2021 | 4 min read", ("Ann Hale",), "2021-03-03"),
        ("Local News | 3 March 2021 | 4 min read", (), "2021-03-03"),
        ("Par Élodie Lefèvre, le 4 mars 2026", ("Élodie Lefèvre",), "2026-03-04"),
        ("Av Kari Nordmann, 3. mars 2026", ("Kari Nordmann",), "2026-03-03"),
    ],
)
def test_a_line_of_a_dump_tells_the_author_and_the_day(line: str, names: tuple[str, ...], day: str) -> None:
    source = read("\n".join(("Crews meet the minister in the harbour office", line, *TOLD)).encode(), "a.txt")
    found = structure(source, label(source, load_rules()))
    assert (found.authors, str(found.published)) == (names, day)
    assert line not in body_text(found)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("by Ann Hale on 3 March 2021", ["2021-03-03"]),
        ("Ann Hale | Senior Writer | March 3, 2021", ["2021-03-03"]),
        ("Published March 3, 2021 by Ann Hale", ["2021-03-03"]),
        ("Published on Mar 3, 2021 Updated on Mar 9, 2022", ["2021-03-03", "2022-03-09"]),
        ("on Friday March 5, 2021 @08:00PM", ["2021-03-05"]),
        ("2021 Mar 3", ["2021-03-03"]),
        ("Publisert 3. mars 2026", ["2026-03-03"]),
        ("Publisert 03.03.2026", ["2026-03-03"]),
        ("Publicerad 3 augusti 2026 kl. 14.30", ["2026-08-03"]),
        ("Offentliggjort tirsdag den 1. marts 2026", ["2026-03-01"]),
        ("Opublikowano 3 marca 2026", ["2026-03-03"]),
        ("Julkaistu 3.3.2026 klo 8.15", ["2026-03-03"]),
        ("Julkaistu 3. maaliskuuta 2026", ["2026-03-03"]),
        ("Pubblicato il 1° marzo 2026", ["2026-03-01"]),
        ("1. marts 2026", ["2026-03-01"]),
        ("Le 1er mars 2026 à 8h", ["2026-03-01"]),
        ("Közzétéve: 2026. márc. 3.", ["2026-03-03"]),
        ("Publicat la 3 martie 2026", ["2026-03-03"]),
        ("Yayınlanma: 3 Mart 2026 Salı", ["2026-03-03"]),
        ("Δημοσιεύθηκε: 3 Μαρτίου 2026", ["2026-03-03"]),
        ("Опубліковано 3 березня 2026", ["2026-03-03"]),
        ("3 d'abril de 2026", ["2026-04-03"]),
        ("Diterbitkan 3 Maret 2026", ["2026-03-03"]),
        ("Ngày đăng: 3 tháng 3, 2026", ["2026-03-03"]),
        ("Video - March 3, 2021", ["2021-03-03"]),
        (
            "He wrote the letter on 3 March 2021 and posted it from the harbour on the next morning, before the ferry.",
            [],
        ),
        ("The fair opens on 3 March 2021 at noon for those who hold tickets", []),
    ],
)
def test_days_beside_other_short_facts(text: str, days: list[str]) -> None:
    assert [str(day.when) for day in days_in(text)] == days


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("Published: 12 March 2026, 07:45 GMT", ["2026-03-12T07:45:00+00:00"]),
        ("2026-03-12 07:45:10 UTC", ["2026-03-12T07:45:10+00:00"]),
        ("March 3, 2026 at 12:05 a.m. EST", ["2026-03-03T00:05:00-05:00"]),
        ("March 12, 2026 7 p.m. EDT", ["2026-03-12T19:00:00-04:00"]),
        ("Thu 12 Mar 2026 07.45 CET", ["2026-03-12T07:45:00+01:00"]),
        ("12 March 2026, 07:45 +01:00", ["2026-03-12T07:45:00+01:00"]),
        ("12 March 2026, 07:45 GMT+1", ["2026-03-12T07:45:00+01:00"]),
        ("07:45 GMT, 12 March 2026", ["2026-03-12T07:45:00+00:00"]),
        ("3 March 2026 07:45 GMT | 4 March 2026", ["2026-03-03T07:45:00+00:00", "2026-03-04"]),
        ("12 March 2026, 07:45", ["2026-03-12"]),
        ("12 March 2026 at 7.45pm BST", ["2026-03-12"]),
        ("12 July 2026, 07:45 EST", ["2026-07-12"]),
        ("23 October 2025, 17:50 CET", ["2025-10-23"]),
        ("26 October 2025, 17:50 CET", ["2025-10-26T17:50:00+01:00"]),
        ("12 January 2026, 07:45 CEST", ["2026-01-12"]),
        ("12 March 2026, 25:45 GMT", ["2026-03-12"]),
        ("12 March 2026, 13:45 p.m. EDT", ["2026-03-12"]),
        ("12 March 2026, 10:00-12:00", ["2026-03-12"]),
        ("12 March 2026, 10:00 - 12:00 GMT", ["2026-03-12"]),
        ("12 March 2026, 07:45 +19:00", ["2026-03-12"]),
        ("12 March 2026 Updated 07:45 GMT", ["2026-03-12"]),
    ],
)
def test_a_time_with_a_zone_that_has_one_meaning_makes_a_moment(text: str, moments: list[str]) -> None:
    assert [day.when.isoformat() for day in days_told(text)] == moments


@pytest.mark.parametrize(
    ("before", "after", "day", "note"),
    [
        ("", "<div>Published</div><div>20 March 2026</div>", "2026-03-20", "away from the headline"),
        ("", "<div>Published on 20 March 2026</div><div>Posted on 21 March 2026</div>", "None", ""),
        (f"<div class=date>20 March 2026</div>{'<p>Menu</p>' * 30}", "", "2026-03-20", ""),
        ("", "<div class=teaser><time datetime=2026-03-20></time></div>", "None", ""),
        ("", "<div>Last updated: 20 March 2026</div>", "None", ""),
    ],
)
def test_a_day_away_from_the_headline(before: str, after: str, day: str, note: str) -> None:
    found = article("", f"{before}<h1>The tide mill grinds again</h1>{PROSE}{'<p>Menu</p>' * 30}{after}")
    assert str(found.published) == day
    assert note in "".join(found.provenance.notes)


def test_the_day_in_the_address_comes_last() -> None:
    found = article(ADDRESS, f"<h1>The tide mill grinds again</h1>{PROSE}")
    assert str(found.published) == "2026-03-20"
    assert found.provenance.notes == ("The day of publication is from the page's address",)
    shown = article(ADDRESS, f"<h1>The tide mill grinds again</h1><time>21 March 2026</time>{PROSE}")
    assert (str(shown.published), shown.provenance.notes) == ("2026-03-21", ())


def test_the_day_of_a_change_is_never_that_of_publication() -> None:
    found = article("", f"<h1>The mill turns</h1><time>May 3, 2026</time><p>Last updated on May 3, 2026</p>{PROSE}")
    assert (found.published, str(found.updated)) == (None, "2026-05-03")


def test_authors_beside_a_day() -> None:
    found = article("", f"<h1>The tide mill grinds again</h1><p>Ann Hale | Senior Writer | 3 March 2021</p>{PROSE}")
    assert found.authors == ("Ann Hale",)
