"""Addresses: never empty, never one for two, never moved by a newcomer."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from copydesk.site.addresses import MAX_SLUG, Candidate, assign_slugs, slug_of_name

START = datetime(2026, 1, 1, tzinfo=UTC)


def candidate(number: int, title: str, day: int = 0) -> Candidate:
    return Candidate(f"urn:uuid:{number:08x}-0000-5000-8000-000000000000", title, START + timedelta(days=day))


def test_readable() -> None:
    assert assign_slugs([candidate(1, "Belarus Extends Olive Branch")]) == {
        candidate(1, "").id: "belarus-extends-olive-branch"
    }


def test_other_scripts_are_transliterated() -> None:
    slugs = assign_slugs([candidate(1, "北京新闻"), candidate(2, "Привет, мир"), candidate(3, "Größe")])
    assert list(slugs.values()) == ["bei-jing-xin-wen", "privet-mir", "grosse"]


def test_a_newcomer_moves_nobody() -> None:
    old = candidate(9, "Same Headline", day=0)
    new = candidate(1, "Same Headline!", day=1)
    slugs = assign_slugs([new, old])
    assert slugs[old.id] == "same-headline"
    assert slugs[new.id] == "same-headline-00000001"


def test_hand_written_articles_come_first() -> None:
    assert assign_slugs([candidate(1, "Taken")], taken=["taken"]) == {candidate(1, "").id: "taken-00000001"}


def test_names_without_letters() -> None:
    assert assign_slugs([candidate(1, "..")]) == {candidate(1, "").id: "article-00000001"}
    assert slug_of_name("🎉") != slug_of_name("🎈")


@given(st.lists(st.text(max_size=300), max_size=12))
def test_every_slug_is_safe_and_its_own(titles: list[str]) -> None:
    numbers = count(1)
    slugs = list(assign_slugs([candidate(next(numbers), title) for title in titles]).values())
    assert len({slug.lower() for slug in slugs}) == len(titles)
    for slug in slugs:
        assert slug.isascii()
        assert 0 < len(slug) <= MAX_SLUG + 9
        assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert slug not in ("index", "con", "404")
