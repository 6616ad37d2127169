"""Names and days that lines tell among other facts, also glued to other words."""

from __future__ import annotations

import pytest

from copydesk.cleaning.credits import authors, declared_names, named, told
from copydesk.cleaning.dates import days_told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann HaleMarch 3, 2021No Comments", ("Ann Hale",)),
        ("Ann Hale 7 hours", ("Ann Hale",)),
        ("by Ann Hale—10 min read", ("Ann Hale",)),
        ("Written by Ann Hale, Tom Brandt, and Eva Kuhn", ("Ann Hale", "Tom Brandt", "Eva Kuhn")),
        ("Ann Hale avatar", ("Ann Hale",)),
        ("Picture of Ann Hale Ann Hale", ("Ann Hale",)),
        ("by annh", ("annh",)),
        ("한수진 기자", ("한수진",)),
        ("The harbour by night", ()),
        ("Get Started", ()),
        ("Request Info | Ann Hale", ("Ann Hale",)),
        ("Frequently Asked Questions", ()),
        ("By Harbour News", ("Harbour News",)),
    ],
)
def test_names_among_what_scrapes_leave_beside_them(text: str, names: tuple[str, ...]) -> None:
    assert told(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Hale", ("Ann Hale",)),
        ("Maria de los Santos", ("Maria de los Santos",)),
        ("Contact Us", ()),
        ("Budget Travel Guides", ()),
        ("By Ann Hale", ("Ann Hale",)),
        ("By admin", ()),
    ],
)
def test_entries_of_menus_are_no_names_without_a_marker(text: str, names: tuple[str, ...]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Hale and Tom Brandt, Nairobi", ("Ann Hale", "Tom Brandt")),
        ("Ann Hale, Reuters", ("Ann Hale",)),
        ("Ann Hale, Tom Brandt", ("Ann Hale", "Tom Brandt")),
        ("Ann Hale, MS, RD", ("Ann Hale, MS, RD",)),
        ("Hale, Ann", ("Hale, Ann",)),
        ("Ann Hale", ("Ann Hale",)),
        ("By Ann Hale", ("Ann Hale",)),
        ("Von Anna Hall und Tom Brandt", ("Anna Hall", "Tom Brandt")),
        ("By Staff", ()),
        ("Ann Hale, Staff Writer", ("Ann Hale",)),
        ("Anna Hall und Tom Brandt, dpa", ("Anna Hall", "Tom Brandt")),
        ("Le Figaro et AFP", ("Le Figaro et AFP",)),
        ("BBC News", ("BBC News",)),
    ],
)
def test_names_that_a_page_declares_as_one(text: str, names: tuple[str, ...]) -> None:
    assert declared_names(text) == names


def test_functions_are_no_authors() -> None:
    assert authors("By Ann Hale, AP Sports Writer") == ("Ann Hale",)
    assert authors("By Ann Hale and Tom Brandt, Yomiuri Shimbun Staff Writers") == ("Ann Hale", "Tom Brandt")
    assert authors("By The Associated Press") == ("The Associated Press",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Hale, 3 March 2021", ("Ann Hale",)),
        ("By Ann Hale on 3 March 2021", ("Ann Hale",)),
        ("By Ann Hale Thursday, 4 March 2021", ("Ann Hale",)),
        ("By Anna Do, 3 March 2021", ("Anna Do",)),
        ("By Ann Hale in London, 3 March 2021", ("Ann Hale",)),
        ("by Piet van 't Hoff, 3 June 2003", ("Piet van 't Hoff",)),
        ("By Ann Hale | 3 March 2021 | 4 min read", ("Ann Hale",)),
        ("By Ann Hale • March 3, 2021", ("Ann Hale",)),
        ("By Ann Hale - 3 March 2021 at 07:45", ("Ann Hale",)),
        ("By Ann Hale and Tom Brandt, Staff Writers | Published: 3 March 2021", ("Ann Hale", "Tom Brandt")),
        ("Par Élodie Lefèvre, le 4 mars 2026", ("Élodie Lefèvre",)),
        ("Von Anna Weiß, 3. März 2021", ("Anna Weiß",)),
        ("By Ann HalePublished 3 March 2021Share", ("Ann Hale",)),
        ("By Staff, 3 March 2021", ()),
        ("By 3 March 2021 No Comments", None),
        ("By Ann Hale, 3 March 2021: the day the harbour stood still", None),
        ("By Monday, 3 March 2021", None),
        ("By 3 March 2021", None),
        ("By the old harbour, 3 March 2021", None),
        ("By Night Train in Bavaria to the Sea", None),
        ("Ann Hale | 3 March 2021 | 4 min read", None),
    ],
)
def test_a_byline_with_its_day(text: str, names: tuple[str, ...] | None) -> None:
    assert authors(text) == names


def test_a_name_beside_a_day_and_the_length_of_the_text() -> None:
    assert named("Ann Hale | 3 March 2021 | 4 min read") == ("Ann Hale",)
    assert named("4 min read | 3 March 2021 | Ann Hale") == ("Ann Hale",)
    assert named("3 March 2021 By Ann Hale In") == ("Ann Hale",)
    assert named("Local News | 3 March 2021 | 4 min read") == ()
    assert named("5. Januar 2026 18:58 Uhr zur Merkliste") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Piet van 't Hoff", "Piet van 't Hoff"),
        ("By Piet van ’t Hoff", "Piet van ’t Hoff"),
        ("Par Jean d'Ormesson", "Jean d'Ormesson"),
        ("By Ahmed al-Masri", "Ahmed al-Masri"),
        ("BY LENA HOLT", "LENA HOLT"),
        ("Interview by Lena Holt", "Lena Holt"),
        ("Av Kari Nordmann", "Kari Nordmann"),
        ("Af Mette Sørensen", "Mette Sørensen"),
        ("Text & foto: Åsa Öberg", "Åsa Öberg"),
        ("Teksti: Aino Virtanen", "Aino Virtanen"),
        ("Tekst: Jan Kowalski", "Jan Kowalski"),
        ("Napsal Jan Novák", "Jan Novák"),
        ("Írta: Nagy Péter", "Nagy Péter"),
        ("Scris de Ion Popescu", "Ion Popescu"),
        ("Yazan: İsmail Demir", "İsmail Demir"),
        ("Γράφει ο Νίκος Παπαδόπουλος", "Νίκος Παπαδόπουλος"),
        ("Автор: Олена Коваль", "Олена Коваль"),
        ("Escrit per Joan Puig", "Joan Puig"),
        ("Oleh Budi Santoso", "Budi Santoso"),
        ("Tác giả: Nguyễn Văn An", "Nguyễn Văn An"),
    ],
)
def test_markers_and_names_of_many_languages(text: str, name: str) -> None:
    assert authors(text) == (name,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Av hensyn til Kari Nordmann", None),
        ("Oleh Sentsov", None),
        ("Del av Stora Torget", None),
        ("Interview: Lena Holt", None),
    ],
)
def test_words_that_open_a_byline_before_a_name_alone(text: str, names: None) -> None:
    assert authors(text) is names


def test_a_name_like_a_marker_stays_whole() -> None:
    assert told("Ann Hale, Oleh Sentsov") == ("Ann Hale", "Oleh Sentsov")
    assert told("Av Kari Nordmann 3. mars 2026") == ("Kari Nordmann",)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("By Ann HaleMarch 3, 2021February 18, 2026No Comments", [("2021-03-03", False), ("2026-02-18", False)]),
        ("By Ann Hale | Updated on 19-Dec-2025", [("2025-12-19", True)]),
        ("Fri 5 Dec 2025 12.00 CETLast modified on Mon 8 Dec 2025", [("2025-12-05", False), ("2025-12-08", True)]),
        ("Jul. 11. 2025", [("2025-07-11", False)]),
        ("Remarch 3, 2021", []),
    ],
)
def test_days_that_a_scrape_put_right_behind_other_words(text: str, days: list[tuple[str, bool]]) -> None:
    assert [(str(day.when), day.updated) for day in days_told(text)] == days
