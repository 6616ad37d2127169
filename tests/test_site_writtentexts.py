"""What texts by hand tell of themselves is kept from build to build, and looked into again only where it is lost."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from copydesk.site import writtentexts
from copydesk.site.kept import Kept
from copydesk.site.writtentexts import Heading, ShownImage, WrittenText, WrittenTexts
from newsite import NewSite

HTML = (
    "<p><img src=a.png></p><p>The keeper rows out at dawn. He rows back at dusk.</p><h2>The boat</h2>"
    '<table><tr><td style="text-align: right;">3</td></tr></table><h3 id="oars">The oars</h3>'
)


def refuse(html: str, anchors: bool) -> WrittenText:
    raise AssertionError("a text that is known was looked into")


def test_what_a_text_tells(tmp_path: Path) -> None:
    found = WrittenTexts(Kept(tmp_path), anchors=True).of(HTML)
    assert found.headings == (Heading("The boat", "the-boat", 2), Heading("The oars", "oars", 3))
    assert [(section.heading, section.fragment, section.level) for section in found.contents()] == [*found.headings]
    assert found.summary.startswith("The keeper rows out at dawn.")
    assert found.images == (ShownImage("a.png", ""),)
    assert found.direction == "ltr"
    assert found.words == 16
    assert 'class="align-right"' in found.feed_html
    assert "anchor" not in found.feed_html
    assert 'href="#the-boat"' in found.page_html


def test_without_anchors_a_text_stays_as_it_is(tmp_path: Path) -> None:
    found = WrittenTexts(Kept(tmp_path), anchors=False).of("<h2>The boat</h2><p>Read.</p>")
    assert found.page_html == found.feed_html == "<h2>The boat</h2><p>Read.</p>"
    assert found.headings == ()


def test_what_the_last_build_found_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Kept(tmp_path)) as kept:
        found = WrittenTexts(kept, anchors=True).of(HTML)
    monkeypatch.setattr(writtentexts, "_look_into", refuse)
    with closing(Kept(tmp_path)) as kept:
        assert WrittenTexts(kept, anchors=True).of(HTML) == found
        with pytest.raises(AssertionError):
            WrittenTexts(kept, anchors=False).of(HTML)


REFUSING = """
from copydesk.site import writtentexts
def _refuse(html, anchors):
    raise RuntimeError("is looked into")
writtentexts._look_into = _refuse
"""
"""Settings with which no text can be looked into."""


def test_a_site_asks_for_each_text_by_hand_once(site: NewSite) -> None:
    site.write("content/pages/about.md", "Title: About\n\n## Who we are\n\nThe keepers of the harbour light.\n")
    site.seed("world/a.txt", "Council reopens harbour line")
    before = site.build().page("about.html")
    site.settings(REFUSING)
    assert 'id="who-we-are"' in before
    assert 'id="who-we-are"' in site.build().page("about.html")
    site.write("content/pages/about.md", "Title: About\n\n## Who we were\n\nThe keepers of the harbour light.\n")
    assert "is looked into" in site.build().stdout
