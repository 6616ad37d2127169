"""Related stories: those that share rare keywords, in one language, the same whatever the order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.enrich import related as relating
from copydesk.enrich.related import COMMON, Story, Subject, features_of, relate, related

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def subject(number: int, headline: str, *keywords: str, language: str | None = "en", day: int = 0) -> Subject:
    return Subject(f"urn:{number:04}", language, headline, keywords, DAY + timedelta(days=day))


OTHERS = [subject(100 + n, f"Quiet{n}", f"matter {n}") for n in range(12)]


def test_a_rare_keyword_relates_and_the_headline_helps() -> None:
    found = related(
        [
            subject(1, "Sea grass returns", "sea grass", "Oona Pell"),
            subject(2, "Storm takes the meadow", "sea grass"),
            subject(3, "Grass of the stadium cut", "stadium"),
            *OTHERS,
        ],
        4,
    )
    assert found["urn:0001"] == ["urn:0002"]
    assert found["urn:0003"] == []


def test_another_language_is_not_related() -> None:
    found = related([subject(1, "A", "Norderhever"), subject(2, "B", "Norderhever", language="de"), *OTHERS], 4)
    assert found["urn:0001"] == []


def test_what_most_stories_have_relates_none_and_the_nearer_day_goes_first() -> None:
    everywhere = [subject(n, "", "Harrow Bay") for n in range(20)]
    assert set(map(len, related(everywhere, 4).values())) == {0}
    line = [
        subject(1, "", "harbour line"),
        subject(2, "", "harbour line", day=9),
        subject(3, "", "harbour line", day=2),
    ]
    assert related([*line, *OTHERS], 4)["urn:0001"] == ["urn:0003", "urn:0002"]
    assert related([*line, *OTHERS], 1)["urn:0001"] == ["urn:0003"]


words = st.sampled_from(["harbour line", "sea grass", "dike", "clay", "ferry", "chess", "lamp"])


@given(st.lists(st.tuples(st.lists(words, max_size=4), st.integers(0, 9)), max_size=20), st.randoms())
def test_order_does_not_matter_and_nothing_is_related_to_itself(
    stories: list[tuple[list[str], int]], shuffle: random.Random
) -> None:
    subjects = [subject(n, "", *keywords, day=day) for n, (keywords, day) in enumerate(stories)]
    found = related(subjects, 3)
    other = subjects[:]
    shuffle.shuffle(other)
    assert related(other, 3) == found
    assert all(id not in near and len(near) <= 3 for id, near in found.items())


def test_some_are_related_as_all_are_however_they_are_portioned(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)
    themes = [f"matter {n}" for n in range(40)]
    subjects = [subject(n, "", *chance.sample(themes, 3), day=chance.randrange(9)) for n in range(200)]
    stories = [Story(s.id, features_of(s), s.appeared.timestamp()) for s in subjects]
    whole = relate(stories, 3)
    assert sum(map(len, whole.values())) > 300
    some = {place: stories[place].id for place in chance.sample(range(200), 50)}
    assert relate(stories, 3, some) == {id: whole[id] for id in some.values()}
    monkeypatch.setattr(relating, "PAIRS", 100)
    assert relate(stories, 3) == whole
    assert relate(stories, 3, some) == {id: whole[id] for id in some.values()}


def test_a_keyword_of_very_many_stories_costs_nothing() -> None:
    many = [subject(n, "", "police", f"own {n}") for n in range(COMMON * 4)]
    assert not any(related(many, 4).values())
