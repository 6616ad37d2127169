"""Addresses that stories had before lead on; a change of address is told."""

from __future__ import annotations

from bs4 import BeautifulSoup

from newsite import NewSite


def test_a_former_address_leads_on(site: NewSite) -> None:
    site.seed("world/a.txt", "Council reopens harbour line")
    site.seed("world/b.txt", "Ferry sails again", 3)
    old = str(site.build().seed("world/a.txt")["url"])
    site.write("content/overrides/world/a.txt.toml", 'headline = "The line is open"\n')
    built = site.build()
    assert built.seed("world/a.txt")["url"] == "articles/the-line-is-open.html"
    assert f"its address was {old} and is articles/the-line-is-open.html" in built.stdout + built.stderr
    assert 'was = ["council-reopens-harbour-line"]' in built.stdout + built.stderr
    site.write(
        "content/overrides/world/a.txt.toml",
        'headline = "The line is open"\n'
        'was = ["council-reopens-harbour-line", "../../etc/passwd", "articles/old-line.html", "ferry-sails-again"]\n',
    )
    built = site.build()
    assert "its address was" not in built.stdout + built.stderr
    page = BeautifulSoup(built.page(old), "html.parser")
    assert page.select_one("meta[http-equiv=refresh]")["content"] == "0; url=../articles/the-line-is-open.html"  # type: ignore[index]
    assert {"articles/passwd.html", "articles/old-line.html"} <= built.files().keys()
    assert "Ferry sails again" in built.page("articles/ferry-sails-again.html")
    assert 'http-equiv="refresh"' not in built.page("articles/ferry-sails-again.html")


def test_articles_by_hand_have_former_addresses_too(site: NewSite) -> None:
    site.write("content/world/mill.md", "Title: A mill\nDate: 2026-03-02\nWas: the-mill, our-mill\n\nText of it.\n")
    built = site.build()
    for slug in ("the-mill", "our-mill"):
        assert "url=../articles/a-mill.html" in built.page(f"articles/{slug}.html")


def test_translations_and_pages_have_former_addresses_too(site: NewSite) -> None:
    site.settings("ARTICLE_LANG_SAVE_AS = ARTICLE_LANG_URL = 'articles/{slug}.{lang}.html'")
    text = "Title: {0}\nDate: 2026-03-02\nSlug: {1}\nLang: {2}\nWas: old-{0}\n{3}\nText of {0}.\n"
    for folder in ("", "pages/"):
        for language in ("en", "de"):
            site.write(f"content/{folder}{language}.md", text.format(f"{folder[:4]}{language}", "a-mill", language, ""))
    site.write("content/pages/secret.md", text.format("draft", "draft", "en", "Status: draft\n"))
    site.write("content/pages/front.md", "Title: Front\nWas: search, a-mill\n\nText of it.\n")
    built = site.build()
    assert built.status == 0, built.stderr
    moved = {
        "articles/old-en.html": "../articles/a-mill.html",
        "articles/old-de.html": "../articles/a-mill.de.html",
        "articles/old-de.de.html": "../articles/a-mill.de.html",
        "old-pageen.html": "./a-mill.html",
        "old-pagede.html": "./a-mill-de.html",
    }
    for path, target in moved.items():
        assert f"url={target}" in built.page(path)
    assert "old-draft.html" not in built.files()
    assert not any('http-equiv="refresh"' in built.page(path) for path in ("search.html", "a-mill.html"))
