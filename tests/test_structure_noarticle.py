"""Pages that are no articles: refused by name."""

from __future__ import annotations

import json

import pytest

from copydesk.cleaning.rulebook import load_rules
from copydesk.errors import NoArticle, RefusedSeed
from copydesk.model import LineOverride, Override
from copydesk.pipeline import clean
from test_cleaning_pages import PROSE, SENTENCES

LIST_PAGE = '<script type="application/ld+json">{"@type": "CollectionPage", "name": "World"}</script>'
ARTICLE = '<script type="application/ld+json">[{"@type": "CollectionPage"}, {"@type": "NewsArticle"}]</script>'
ROOT = "<link rel=canonical href='https://news.example/'>"
STORIES = "".join(f"<p><a href=/{n}>{sentence}</a></p>" for n, sentence in enumerate(SENTENCES))
TEASERS = "".join(f"<h2><a href=/{n}>Story {n} of the day</a></h2><p>{one}</p>" for n, one in enumerate(SENTENCES))


LONG = f"<p>{' '.join(SENTENCES)}</p>"


def page(head: str, body: str) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><h1>World news of today</h1>{body}</body></html>".encode()


@pytest.mark.parametrize(("head", "body"), [(LIST_PAGE, TEASERS), ("", STORIES), (ROOT, TEASERS)])
def test_front_pages_and_lists_of_stories_are_refused(head: str, body: str) -> None:
    with pytest.raises(RefusedSeed, match="is a front page or a list of stories, not an article"):
        clean(page(head, body), "a.html", load_rules())


@pytest.mark.parametrize(("head", "body"), [(ARTICLE, PROSE), ("", PROSE), (ROOT, PROSE), ("", TEASERS)])
def test_articles_are_not(head: str, body: str) -> None:
    assert clean(page(head, body), "a.html", load_rules()).word_count


def test_what_an_editor_keeps_is_an_article() -> None:
    kept = Override("a.toml", (LineOverride(keep=True, text=SENTENCES[0]),))
    assert clean(page(LIST_PAGE, STORIES), "a.html", load_rules(), kept).word_count


def crawled(head: str, body: str, mirrored: bool) -> tuple[bytes, str]:
    whole = page(head, body)
    if mirrored:
        return whole, "www.herald.example/world/a.html"
    record = {"copydesk crawled": True, "html": whole.decode(), "url": "https://news.example/a/b"}
    return json.dumps(record).encode(), "crawl.warc.gz#1"


@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize("body", [TEASERS, f"<p>{SENTENCES[0][:90]}</p>"])
def test_of_a_crawl_pages_that_look_like_lists_are_none(body: str, mirrored: bool) -> None:
    with pytest.raises(NoArticle):
        clean(*crawled("", body, mirrored), load_rules())


@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize(
    ("head", "body"),
    [("", PROSE), (ARTICLE, TEASERS), ("<meta property=og:type content=article>", TEASERS), ("", TEASERS + LONG)],
)
def test_of_a_crawl_articles_are_not(head: str, body: str, mirrored: bool) -> None:
    assert clean(*crawled(head, body, mirrored), load_rules()).word_count
