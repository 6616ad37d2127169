"""Markdown by hand: rendered as Pelican renders it, and only where it is new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from copydesk.site.kept import RECORD, Kept
from copydesk.site.markdownreader import KeptMarkdown, is_told_by_text
from copydesk.store import UNUSED_BUILDS
from newsite import NewSite

EXTRA: dict[str, Any] = {
    "extensions": ["markdown.extensions.toc", "markdown.extensions.meta", "smarty", "admonition", "wikilinks"],
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
    },
    "output_format": "html5",
}
OPTIONS = {**EXTRA, "extensions": [*EXTRA["extensions"], *EXTRA["extension_configs"]]}
LINES = """
title: The boat
summary: It *rows*.

# Dawn
## Dawn
[TOC]
A [link][a] and a note[^1].
[a]: b.html
[^1]: The note.
*[oar]: A pole
An oar -- "quoted".
    code
```python
print(1)
```
!!! note
    Told.
| a | b |
| --- | :-: |
| 1 | 2 |
Term
: Meaning
<div markdown="1">
*in*
</div>
[[Page]]
![p](p.jpg)
1. one
- two
> three
<p>raw
{: #id .class }
""".split("\n")

ABOUT = "Title: About\nSummary: Who *we* are\n\nWe keep the **light**.\n"


REFUSING = """
from copydesk.site.markdownreader import KeptMarkdown
def _refuse(self, text):
    raise RuntimeError("is rendered")
KeptMarkdown._render = _refuse
"""
"""Settings with which no text can be rendered."""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join), max_size=4))
def test_one_renderer_makes_of_each_text_what_a_new_one_would(texts: list[str]) -> None:
    class Nothing:
        def of(self, key: str, kind: object, make: Any) -> Any:
            return make()

    kept = KeptMarkdown(OPTIONS, Nothing())  # type: ignore[arg-type]
    for text in texts:
        fresh = Markdown(**OPTIONS)
        assert kept.convert(text) == fresh.convert(text)
        assert kept.Meta == fresh.Meta  # type: ignore[attr-defined]


def test_facts_are_looked_for_until_pelican_says_otherwise(tmp_path: Path) -> None:
    kept = KeptMarkdown(OPTIONS, Kept(tmp_path))
    assert (kept.convert("title: A\n\nB"), kept.Meta) == ("<p>B</p>", {"title": ["A"]})
    kept.preprocessors.deregister("html_block")
    kept.preprocessors.deregister("meta")
    kept.reset()
    assert (kept.convert("title: A\n\nB"), kept.Meta) == ("<p>title: A</p>\n<p>B</p>", {})


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, True),
        ({"tab_length": 2}, True),
        ({"extensions": ["toc"]}, True),
        ({"extensions": ["markdown_include.include"]}, False),
        ({"extensions": [object()]}, False),
        ({"extension_configs": {"pymdownx.snippets": {}}}, False),
        ({"extension_configs": {"toc": {"slugify": str.lower}}}, False),
        ({"extension_configs": {"footnotes": {"UNIQUE_IDS": True}}}, False),
    ],
)
def test_only_what_a_text_alone_tells_is_kept(more: dict[str, Any], told: bool) -> None:
    assert is_told_by_text({**OPTIONS, **more}) is told


def test_a_site_renders_each_text_by_hand_once(site: NewSite) -> None:
    site.write("content/pages/about.md", ABOUT)
    site.write("content/world/bell.md", "Title: The bell\nSummary: It *rings*\n\nThe bell is home.\n")
    first = site.build()
    site.settings(REFUSING)
    second = site.build()
    assert second.status == 0, second.stderr
    assert "We keep the <strong>light</strong>." in second.page("about.html")
    page = "articles/the-bell.html"
    assert "The bell is home." in second.page(page)
    assert "It <em>rings</em>" in first.page(page) or "It rings" in first.page(page)
    for path in ("index.html", page):
        assert second.page(path).count("rings") == first.page(path).count("rings") > 0
    site.write("content/pages/about.md", f"{ABOUT}\nAnd the bell.\n")
    assert "Could not process pages/about.md" in site.build().stdout


def test_what_another_extension_makes_is_made_in_every_build(site: NewSite) -> None:
    extension = "from markdown.extensions import Extension\nfrom markdown.preprocessors import Preprocessor\n"
    extension += "class P(Preprocessor):\n    def run(self, lines):\n        return [*lines, open('tide.txt').read()]\n"
    extension += "class E(Extension):\n    def extendMarkdown(self, md):\n"
    extension += "        md.preprocessors.register(P(md), 'tide', 1)\n"
    extension += "MARKDOWN = {'extensions': [E()], 'extension_configs': {}}\n"
    site.settings(extension)
    site.write("content/pages/about.md", ABOUT)
    site.write("tide.txt", "High at six.")
    assert "High at six." in site.build().page("about.html")
    site.write("tide.txt", "High at seven.")
    site.seed("world/a.txt", "Council reopens harbour line")
    assert "High at seven." in site.build().page("about.html")


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_record_is_begun_anew(site: NewSite, damage: bytes | None) -> None:
    site.write("content/pages/about.md", ABOUT)
    site.build()
    record = site.folder / ".copydesk" / RECORD
    assert record.exists()
    record.unlink() if damage is None else record.write_bytes(damage)
    site.seed("world/a.txt", "Council reopens harbour line")
    built = site.build()
    assert built.status == 0, built.stderr
    assert "We keep the <strong>light</strong>." in built.page("about.html")


def test_a_kept_value_of_another_kind_is_made_anew(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert kept.of("a", int, lambda: 3) == 3
    assert kept.of("a", str, lambda: "three") == "three"
    assert kept.of("a", str, lambda: "four") == "three"
    kept.let_go()
    kept.let_go()
    assert kept.of("a", str, lambda: "four") == "three"
    kept.let_go()
    kept.close()
    kept.close()
    assert kept.of("a", str, lambda: "four") == "three"


def test_what_no_build_asks_for_is_thrown_away(tmp_path: Path) -> None:
    for number in range(UNUSED_BUILDS + 2):
        kept = Kept(tmp_path)
        kept.of("used", int, lambda: 1)
        if number == 0:
            kept.of("unused", int, lambda: 2)
        kept.close()
    kept = Kept(tmp_path)
    assert kept.of("used", int, lambda: 3) == 1
    assert kept.of("unused", int, lambda: 4) == 4
