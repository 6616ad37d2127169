"""The search index: every published story and nothing else, the same bytes each time, kept while nothing changes."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from newsite import Built, NewSite


@pytest.fixture
def site(site: NewSite) -> NewSite:
    for number in range(6):
        site.seed(f"{'world' if number % 2 else 'local'}/{number}.txt", f"Council reopens line number {number}", number)
    return site


def fragments(built: Built) -> list[dict[str, object]]:
    paths = (built.output / "search").glob("*/fragment/*.pf_fragment")
    return [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in paths]


def volumes(built: Built) -> set[str]:
    return {path.name for path in (built.output / "search").iterdir() if path.is_dir()}


def asked(built: Built) -> set[str]:
    """The volumes that the page asks."""
    told = re.search(r'data-volumes="([^"]+)"', built.page("search.html"))
    return {volume.partition(":")[0] for volume in told[1].split()} if told else set()


def entry(built: Built) -> Path:
    """The description of the only volume's index."""
    (found,) = (built.output / "search").glob("*/pagefind-entry.json")
    return found


def test_the_same_stories_give_the_same_bytes(site: NewSite) -> None:
    first = {name: data for name, data in site.build().files().items() if name.startswith("search/")}
    for _ in range(3):
        (site.folder / ".copydesk" / "documents.json").unlink()
        (site.folder / ".copydesk" / "last-build.json").unlink()
        assert {name: data for name, data in site.build().files().items() if name.startswith("search/")} == first


def test_published_stories_are_found_and_no_others(site: NewSite) -> None:
    site.write("content/overrides/world/1.txt.toml", 'status = "withdrawn"\n')
    site.write("content/overrides/world/3.txt.toml", 'status = "hidden"\n')
    built = site.build()
    found = fragments(built)
    assert len(found) == 4
    for fragment in found:
        assert (built.output / str(fragment["url"]).lstrip("/")).is_file()
        assert "Share this article" not in str(fragment["content"])
        section = "World" if any(f"number {odd}" in str(fragment["content"]) for odd in (1, 3, 5)) else "Local"
        assert fragment["filters"] == {"section": [section], "language": ["en"]}


def test_translations_by_hand_are_found_in_their_language(site: NewSite) -> None:
    text = "Title: {}\nDate: 2026-05-07\nSlug: harbour-line\nLang: {}\nCategory: Local\n\nText of it, {}.\n"
    site.write("content/line.md", text.format("The harbour line", "en", "English"))
    site.build()
    site.write("content/line-de.md", text.format("Die Hafenbahn", "de", "deutsch"))
    built = site.build()
    found = {fragment["url"]: fragment for fragment in fragments(built)}
    filters = {"section": ["Local"], "language": ["de"], "year": ["2026"]}
    assert found["/articles/harbour-line-de.html"]["filters"] == filters
    assert len(found) == 8
    assert asked(built) == volumes(built)
    site.write("content/line-de.md", text.format("Die Hafenbahn", "de", "noch eines"))
    built = site.build()
    assert any("noch eines" in str(fragment["content"]) for fragment in fragments(built))
    (site.folder / "content" / "line-de.md").unlink()
    built = site.build()
    assert len(fragments(built)) == 7
    assert asked(built) == volumes(built)


def test_a_changed_story_is_indexed_anew(site: NewSite) -> None:
    before = site.build()
    kept = entry(before).stat().st_ino
    site.write("content/pages/about.md", "Title: About\n\nA page.\n")
    assert entry(site.build()).stat().st_ino == kept
    site.seed("world/1.txt", "Council closes line number 1")
    assert any("closes" in str(fragment["content"]) for fragment in fragments(site.build()))


def test_where_a_site_is_written_over_the_old_one_no_old_index_stays(site: NewSite) -> None:
    site.settings("COPYDESK_ATOMIC = False")
    site.build()
    site.seed("world/1.txt", "Council closes line number 1", 99)
    found = sorted(name for name in site.build().files() if name.startswith("search/"))
    shutil.rmtree(site.folder / "output")
    shutil.rmtree(site.folder / ".copydesk")
    assert sorted(name for name in site.build().files() if name.startswith("search/")) == found


def test_an_index_has_the_programs_that_its_language_needs(site: NewSite) -> None:
    built = site.build()
    assert [path.name for path in built.output.glob("search/*/wasm.*")] == ["wasm.en.pagefind"]
    site.write(
        "seeds/world/7.txt", "港口重新开放\n\n" + "市长周二宣布，港口在关闭三年之后重新开放，居民们表示欢迎。\n\n" * 9
    )
    built = site.build()
    assert sorted(path.name for path in built.output.glob("search/*/wasm.*")) == [
        "wasm.en.pagefind",
        "wasm.unknown.pagefind",
    ]
    volumes = {
        tuple(json.loads(path.read_text())["languages"]) for path in built.output.glob("search/*/pagefind-entry.json")
    }
    assert volumes == {("en",), ("zh",)}


def test_a_site_can_do_without(site: NewSite) -> None:
    site.settings("COPYDESK_SEARCH = False")
    built = site.build()
    assert not [name for name in built.files() if name.startswith("search/")]
    for name in ("index.html", "search.html"):
        for word in ("to-search", "search.js", "<kbd>/</kbd>", 'class="search"', "without-search"):
            assert word not in built.page(name)
    assert '<ul class="directory">' in built.page("search.html")


def test_a_damaged_index_is_made_anew(site: NewSite) -> None:
    whole = site.build().files()
    next((site.folder / "output" / "search").glob("*/fragment/*")).write_bytes(b"")
    assert site.build().files() == whole
