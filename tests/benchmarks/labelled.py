"""Labelled pages for the benchmarks: whose taggers may judge one, what was found out about it, what people noted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from measures import Known

from copydesk.cleaning.evidence import Taggers
from copydesk.model import Article
from copydesk.training.pages import NO_HEADINGS


@cache
def taggers_of(folds: Path, fold: int) -> Taggers:
    """Return the taggers of a cross-validation that saw no page of a fold."""
    return Taggers(*(folds / f"{kind}{fold}.npz" for kind in ("", "pages-", "roles-")))


def known(article: Article | None) -> Known:
    """Return what was found out about an article."""
    if article is None:
        return Known(headings=())
    heads = tuple(section.heading for section in article.sections if section.heading)
    day = article.published.isoformat() if article.published else None
    return Known(article.headline, article.authors, day, heads)


def true_facts(truth: Mapping[str, Any]) -> Known:
    """Return what people noted of a page."""
    authors = truth.get("authors") or None
    listed = [authors] if isinstance(authors, str) else authors
    heads = None if truth["source"] in NO_HEADINGS else truth.get("headings")
    return Known(truth.get("title") or None, listed, str(truth.get("date") or "") or None, heads)
