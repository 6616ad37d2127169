"""Texts by hand in several languages: of one slug, each with an address of its own, each leading to the others."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from copydesk.site.pages import language_name
from newsday import tale
from newsite import Built, NewSite
from test_site_listpages import SITE, dead_links

TEXT = "Title: {}\nDate: 2026-05-07\nSlug: harbour-line\nLang: {}\n{}\n\nText of it, {}.\n"


LANGUAGES = {"en": "", "de": "-de", "pt-BR": "-pt-br"}
"""What ends the slug of a text in each language."""


def translate(site: NewSite, folder: str, more: str = "") -> None:
    """Write a text in three languages."""
    for language, title in (("en", "The harbour line"), ("de", "Die Hafenbahn"), ("pt-BR", "A linha do porto")):
        site.write(f"content/{folder}harbour-{language}.md", TEXT.format(title, language, more, language))


def alternates(built: Built, path: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return languages and addresses that a page tells search engines, and those that it shows, each by its name."""
    soup = BeautifulSoup(built.page(path), "lxml")
    told = [(str(link["hreflang"]), str(link["href"])) for link in soup.select("head link[hreflang]")]
    shown = [(link.text, str(link["href"])) for link in soup.select(".dateline a[hreflang]")]
    return told, shown


@pytest.mark.parametrize(("folder", "place"), [("", "articles/"), ("pages/", "")])
def test_translations_lead_to_each_other(site: NewSite, folder: str, place: str) -> None:
    site.write("seeds/world/a.txt", tale(1, 0))
    translate(site, folder)
    built = site.build(SITEURL=SITE)
    assert built.status == 0, built.stderr
    paths = {language: f"{place}harbour-line{ending}.html" for language, ending in LANGUAGES.items()}
    everywhere = {(language, f"{SITE}/{path}") for language, path in paths.items()}
    for language, path in paths.items():
        told, shown = alternates(built, path)
        assert set(told) == everywhere
        names = {language_name(other): f"{SITE}/{paths[other]}" for other in paths if other != language}
        assert dict(shown) == names
        assert f"<loc>{SITE}/{path}</loc>" in built.page("sitemap-1.xml")
    assert dead_links(built) == set()


def test_a_listing_shows_one_of_them(site: NewSite) -> None:
    translate(site, "")
    built = site.build(SITEURL=SITE)
    assert "The harbour line" in built.page("index.html")
    assert "Die Hafenbahn" not in built.page("index.html")
    assert built.page("provenance.json").count("harbour-line") == 3


def test_a_feed_of_a_language_has_its_translations(site: NewSite) -> None:
    site.settings("COPYDESK_LANGUAGE_FEED = 'feeds/languages/{slug}.rss.xml'")
    site.write("seeds/world/a.txt", tale(1, 0))
    translate(site, "")
    built = site.build(SITEURL=SITE)
    assert "Die Hafenbahn" in built.page("feeds/languages/de.rss.xml")
    assert "Die Hafenbahn" not in built.page("feeds/sections/news.rss.xml")


def test_their_order_is_the_same_in_every_process(site: NewSite) -> None:
    translate(site, "")
    for language in ("fr", "es", "zh", "ar", "it"):
        site.write(f"content/harbour-{language}.md", TEXT.format(f"Line {language}", language, "", language))
    copy = site.copy(site.folder.parent / "copy")
    assert site.build(SITEURL=SITE).files() == copy.build(SITEURL=SITE).files()


def test_a_changed_translation_is_seen_by_the_others(site: NewSite) -> None:
    site.settings("COPYDESK_LANGUAGE_FEED = 'feeds/languages/{slug}.rss.xml'")
    site.write("seeds/world/a.txt", tale(1, 0))
    translate(site, "")
    site.build(SITEURL=SITE)
    for number, change in enumerate(
        (
            lambda: site.write("content/harbour-de.md", TEXT.format("Die Bahn", "de", "Slug: hafenbahn", "neu")),
            lambda: translate(site, "", "Tags: Harbour"),
            lambda: (site.folder / "content/harbour-de.md").unlink(),
            lambda: (site.folder / "content/harbour-en.md").unlink(),
        )
    ):
        change()
        rebuilt = site.build(SITEURL=SITE)
        fresh = site.copy(site.folder.parent / str(number)).build(SITEURL=SITE)
        assert rebuilt.files() == fresh.files()
        assert rebuilt.status == fresh.status == 0


@pytest.mark.parametrize(
    ("language", "name"), [("de", "Deutsch"), ("pt-BR", "português (Brasil)"), ("x!", "x!"), ("", "")]
)
def test_what_a_language_calls_itself(language: str, name: str) -> None:
    assert language_name(language) == name
