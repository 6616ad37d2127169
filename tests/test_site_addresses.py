"""Addresses: never empty, never one for two, never moved by a newcomer."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from copydesk.site.addresses import MAX_SLUG, Candidate, assign_slugs, section_name, slug_of, slug_of_name
from copydesk.site.rivals import slugs_of
from copydesk.site.stories import StoryRecord


def candidate(number: int, title: str, day: int = 0) -> Candidate:
    return Candidate(f"urn:uuid:{number:08x}-0000-5000-8000-000000000000", slug_of(title), day)


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


def test_a_title_may_hold_what_tells_another_from_its_namesake() -> None:
    titles = ["Same", "Same 00000004", "Same 00000004 0000 5000", "Same", "Same 00000004"]
    titles[2] = f"Same {candidate(4, '').id.rpartition(':')[2].replace('-', '')}"
    slugs = assign_slugs([candidate(number, title, number) for number, title in enumerate(titles, start=1)])
    assert len(set(slugs.values())) == len(titles)
    assert list(slugs.values())[:3] == [slug_of(title) for title in titles[:3]]


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


TITLES = st.sampled_from(["Same", "Other", "Article", "..", *(f"Same {number:08x}" for number in range(3)), *"abc"])
STORIES = st.dictionaries(st.integers(0, 5), st.tuples(TITLES, st.integers(0, 2)), max_size=6)
TAKEN = st.sets(st.sampled_from(["same", "Other", "same-00000001", "article", "a"]), max_size=2)


@given(STORIES, STORIES, TAKEN, TAKEN)
def test_only_rivals_of_what_changed_are_looked_at(
    before: dict[int, tuple[str, int]], changes: dict[int, tuple[str, int]], were_taken: set[str], taken: set[str]
) -> None:
    told = {number: candidate(number, *story) for number, story in before.items()}
    slugs = assign_slugs(told.values(), were_taken)
    records = {n: record(told[n], before[n][0], slugs[told[n].id]) for n in before}
    gone = {number for number, (title, _) in changes.items() if title in "abc"} | changes.keys()
    new = [candidate(number, *story) for number, story in changes.items() if story[0] not in "abc"]
    kept = [record for number, record in records.items() if number not in gone]
    former = [records[number] for number in gone & records.keys()]
    found = {record.id: record.slug for record in kept} | slugs_of(new, former, kept, [*taken], were_taken)
    assert found == assign_slugs([*new, *(told[number] for number in before.keys() - gone)], taken)


def record(told: Candidate, title: str, slug: str) -> StoryRecord:
    fields = dict.fromkeys(StoryRecord._fields, "") | {"id": told.id, "title": title, "slug": slug}
    return StoryRecord(**fields | {"first_seen": told.first_seen})  # type: ignore[arg-type]


def test_a_folder_names_a_section_in_plain_characters() -> None:
    assert section_name("Mu\u0308nchen-\u202eund_umland") == "München und umland"
    assert section_name("\u202e") == ""
