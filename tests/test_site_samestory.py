"""Which scrapes tell one story: nearly the same words under headlines alike; in doubt they are two."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.enrich.likeness import likeness, sketch_of
from copydesk.model import Paragraph, Status
from copydesk.packing import abstract_of
from copydesk.site.report import ADOPTED
from copydesk.site.samestory import mark_duplicates, with_own_ids
from copydesk.site.seeds import Seed
from newarticle import new_article
from newsite import STORY, Built, NewSite

DAY = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = [
    f"{start}{end}" for start in ("har", "bri", "sto", "mar", "lin") for end in ("bour", "dge", "rm", "ket", "es", "ow")
]


def words(count: int, seed: int = 1) -> list[str]:
    rng = random.Random(seed)
    return [rng.choice(WORDS) + str(rng.randrange(30)) for _ in range(count)]


def seed(name: str, text: list[str], title: str = "Harbour line reopens", day: int = 0, **facts: object) -> Seed:
    article = new_article(Paragraph(" ".join(text)), title=title, url=f"https://{name}.example/x", word_count=len(text))
    article = replace(article, id=f"urn:{name}", **facts)  # type: ignore[arg-type]
    return Seed(name, name, DAY + timedelta(days=day), abstract=abstract_of(article))


def told(seeds: list[Seed], percent: int = 80) -> dict[str, str | None]:
    return {found.name: found.duplicate_of for found in mark_duplicates(seeds, percent)}


TEXT = words(300)
OTHER = [*TEXT[:150], "changed", *TEXT[151:]]


def test_nearly_the_same_text_is_one_story() -> None:
    assert told([seed("a", TEXT), seed("b", OTHER, day=1)]) == {"a": None, "b": "a"}
    assert told([seed("a", TEXT), seed("b", OTHER, "The harbour line reopens today", 1)])["b"] == "a"
    assert told([seed("a", TEXT), seed("b", words(300, 2), day=1)])["b"] is None


@pytest.mark.parametrize("title", ["Storm takes the market", "Harbour line 2 reopens", "Weather"])
def test_under_another_headline_it_is_another_story(title: str) -> None:
    assert told([seed("a", TEXT), seed("b", OTHER, title, 1)])["b"] is None


def test_a_site_may_want_the_same_words() -> None:
    assert told([seed("a", TEXT), seed("b", OTHER, day=1)], 100)["b"] is None
    assert told([seed("a", TEXT), seed("b", TEXT, day=1)], 100)["b"] == "a"


def test_the_fullest_is_published_with_the_identity_of_the_first() -> None:
    longer = [*TEXT, *words(40, 3)]
    first, second, third = with_own_ids(
        mark_duplicates([seed("a", TEXT), seed("b", longer, day=1), seed("c", OTHER, day=2)], 80)
    )
    assert (first.duplicate_of, second.duplicate_of, third.duplicate_of) == ("b", None, "b")
    assert second.article is not None
    assert (second.article.id, second.first_seen) == ("urn:a", DAY)
    assert second.others == ("https://a.example/x", "https://c.example/x")


def test_one_file_under_three_names_and_headlines_is_three_stories(site: NewSite) -> None:
    for name in ("a", "b", "c"):
        site.seed(f"{name}.txt", "Council reopens harbour line")
    for name, headline in (("a", "Council decides"), ("b", "The line opens"), ("c", "Trains run again")):
        site.write(f"content/overrides/{name}.toml", f'headline = "{headline}"')
    built = site.build()
    assert built.status == 0, built.stdout
    assert [seed["status"] for seed in built.report["seeds"]] == ["published"] * 3
    assert built.stderr.count("holds the same bytes as a.txt, but tells another story") == 2
    assert len(set(map(itemgetter("id"), json.loads(built.page("provenance.json"))["articles"]))) == 3


@given(st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from("pq"), st.integers(0, 1)), max_size=8))
def test_no_two_stories_have_one_id(told: list[tuple[str, str, int]]) -> None:
    seeds = []
    for number, (claimed, data, day) in enumerate(told):
        one = seed(str(number), words(80, number), day=day)
        assert one.abstract
        article = replace(one.abstract.article, id=claimed)
        seeds.append(replace(one, sha256=data, abstract=replace(one.abstract, article=article)))
    found = [one.article.id for one in with_own_ids(seeds) if one.article]
    assert len(set(found)) == len(seeds)
    assert {claimed for claimed, _, _ in told} <= set(found)


def test_reports_of_one_kind_are_told_by_their_numbers() -> None:
    first, second = [*TEXT, "1701", "to", "2"], [*TEXT, "1802", "to", "2"]
    assert told([seed("a", first), seed("b", second, day=1)])["b"] is None
    assert told([seed("a", first), seed("b", TEXT, day=1)])["b"] == "a"


def test_what_was_taken_back_takes_no_other_with_it() -> None:
    back = seed("a", TEXT, status=Status.WITHDRAWN)
    assert told([back, seed("b", OTHER, day=1)])["b"] is None


def test_short_texts_are_compared_word_for_word_alone() -> None:
    assert told([seed("a", TEXT[:40]), seed("b", [*TEXT[:39], "x"], day=1)])["b"] is None


def test_writing_without_spaces_has_a_sketch() -> None:
    rng = random.Random(4)
    text = "".join(chr(rng.randrange(0x4E00, 0x5E00)) for _ in range(400))
    assert likeness(sketch_of([text]), sketch_of([text[:380]])) > 0.85
    assert likeness(sketch_of([text]), sketch_of([text[::-1]])) < 0.1


@given(st.permutations(range(5)), st.integers(50, 95))
def test_the_order_of_the_seeds_does_not_matter(order: list[int], percent: int) -> None:
    seeds = [seed(str(n), [*TEXT[: 100 + 40 * n], *words(20, n)], day=n % 3) for n in range(5)]
    assert told([seeds[n] for n in order], percent) == told(seeds, percent)


def test_a_site_publishes_the_story_once_and_names_its_sources(tmp_path: Path) -> None:
    site = NewSite(tmp_path)
    more = "\nThe ferry company said in a statement that it would wait for the council's timetable before it decides.\n"
    longer = STORY.format(headline="Council reopens the harbour line", number=12).replace("\nShare", f"{more}\nShare")
    site.seed("a.txt", "Council reopens harbour line")
    site.write("seeds/b.txt", longer)
    site.settings("COPYDESK_SAME_STORY = 60")
    built = site.build()
    found = [name for name in built.files() if name.startswith("articles/")]
    assert found == ["articles/council-reopens-the-harbour-line.html"]
    assert built.seed("a.txt")["duplicate_of"] == "b.txt"
    assert "nearly the same words" in built.seed("a.txt")["reason"]


def test_what_an_editor_makes_of_one_scrape_parts_it_from_no_other(site: NewSite) -> None:
    for name in "ac":
        story = STORY.format(headline="Council reopens the harbour line", number=12)
        site.write(f"seeds/{name}.txt", f"URL: https://{name}.example/line\n{story}")
    site.seed("other.txt", "Ferry crews vote to strike", 4)
    assert len(stories_of(site.build())) == 2
    for name in "ca":
        site.write(f"content/overrides/{name}.toml", f'headline = "The line is back, says {name}"\n')
        built = site.build()
        assert len(stories_of(built)) == 2
        assert f"The line is back, says {name}" in built.page(built.seed(f"{name}.txt")["url"])
        assert built.files() == site.copy(site.folder.parent / f"anew-{name}").build().files()
        (site.folder / "content" / "overrides" / f"{name}.toml").unlink()


def test_an_adopted_story_stands_for_its_other_scrapes_too(site: NewSite) -> None:
    for name in "ac":
        story = STORY.format(headline="Council reopens the harbour line", number=12)
        site.write(f"seeds/{name}.txt", f"URL: https://{name}.example/line\n{story}")
    before = site.build()
    page = before.seed("a.txt")["url"]
    assert "c.example" in before.page(page)
    run = [sys.executable, "-m", "copydesk", "adopt"]
    refused = subprocess.run([*run, site.folder / "seeds" / "c.txt"], capture_output=True, text=True, check=False)
    assert "shares the page of a.txt. Adopt that one" in refused.stderr
    subprocess.run([*run, site.folder / "seeds" / "a.txt"], check=True, capture_output=True)
    after = site.build()
    assert stories_of(after) == [page]
    assert "c.example" in after.page(page)
    assert {seed["reason"] for seed in after.report["seeds"]} == {ADOPTED}


def stories_of(built: Built) -> list[str]:
    return [path for path in built.files() if path.startswith("articles/")]
