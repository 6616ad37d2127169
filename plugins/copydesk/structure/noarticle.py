"""Tells saved pages that are no articles: errors, paywalls and robot checks, front pages and lists of stories."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from copydesk.errors import NoArticle
from copydesk.model import LabelledBlock, Source

ERROR_PAGE_SIZE = 400
"""Characters of text that an error page has at most."""

LIST, FRONT_PAGE = 0.5, 0.1
"""Share of the text's letters in links from which a page is a list of stories, and one that stands at a site's root."""

WHOLLY = 0.9
"""Share of a line's letters in links from which all of it leads elsewhere."""

LINKED_LINES, PROSE, LITTLE = 0.25, 300, 150
"""Of a crawled page that does not call itself an article: share of lines that are links as a whole from which it is a
list, letters of a line that no list has, and letters of text up to which it has none to speak of.

Of 751 pages of articles five have such a share and no such line; they are lists of ten projects, which call themselves
articles.
"""

REMEDY = "keep its lines in an override file"

_ERROR_PAGES = frozenset(
    headline.rstrip(".")
    for headline in tomllib.loads(Path(__file__).with_name("errorpages.toml").read_text("utf-8"))["headlines"]
)


def no_article(source: Source, body: Sequence[LabelledBlock], labelled: Sequence[LabelledBlock]) -> NoArticle | None:
    """Return why a page is no article, None where it can be one.

    `body` are the kept blocks of the text, `labelled` all that there are.
    """
    if source.is_story:
        return None
    if _is_error_page(labelled, body):
        what = "is a saved error page, paywall or robot check, not an article"
        return NoArticle(what, source.name, remedy=f"Scrape the page again; if it is an article after all, {REMEDY}")
    if source.is_page and _is_list(source, body):
        what = "is a front page or a list of stories, not an article"
        remedy = f"Save the stories that it leads to; if it is an article after all, {REMEDY}"
        return NoArticle(what, source.name, remedy=remedy)
    return None


def _is_error_page(labelled: Sequence[LabelledBlock], body: Sequence[LabelledBlock]) -> bool:
    """Tell the page of a server's error, a paywall or a robot check: little text, and one of their headlines."""
    if sum(len(lb.block.text) for lb in body) > ERROR_PAGE_SIZE:
        return False
    return any(lb.block.text.casefold().rstrip(".") in _ERROR_PAGES for lb in labelled)


def _is_list(source: Source, body: Sequence[LabelledBlock]) -> bool:
    """Tell a page that leads to stories: it says so itself, or what would be its text is links."""
    letters = sum(len(lb.block.text) for lb in body)
    linked = sum(len(lb.block.text) * lb.block.markup.linked for lb in body if lb.block.markup)
    root = source.url is not None and urlsplit(source.url).path in ("", "/")
    if source.is_crawled and not source.declared.is_article and _looks_like_list(body, letters):
        return True
    return source.declared.is_list or linked >= (FRONT_PAGE if root else LIST) * letters


def _looks_like_list(body: Sequence[LabelledBlock], letters: int) -> bool:
    """Tell a page that leads to stories, or says next to nothing, by its lines."""
    leads = sum(lb.block.markup is not None and lb.block.markup.linked >= WHOLLY for lb in body)
    return letters < LITTLE or (leads >= LINKED_LINES * len(body) and all(len(lb.block.text) < PROSE for lb in body))
