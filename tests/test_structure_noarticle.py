"""Pages that are no articles: refused by name."""

from __future__ import annotations

import pytest

from copydesk.cleaning.rulebook import load_rules
from copydesk.errors import RefusedSeed
from copydesk.model import LineOverride, Override
from copydesk.pipeline import clean
from test_cleaning_pages import PROSE, SENTENCES

LIST_PAGE = '<script type="application/ld+json">{"@type": "CollectionPage", "name": "World"}</script>'
ARTICLE = '<script type="application/ld+json">[{"@type": "CollectionPage"}, {"@type": "NewsArticle"}]</script>'
ROOT = "<link rel=canonical href='https://news.example/'>"
STORIES = "".join(f"<p><a href=/{n}>{sentence}</a></p>" for n, sentence in enumerate(SENTENCES))
TEASERS = "".join(f"<h2><a href=/{n}>Story {n} of the day</a></h2><p>{one}</p>" for n, one in enumerate(SENTENCES))


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
