"""The search index: every published story, in its own language, for Pagefind (pagefind.app) to read in the browser.

Pagefind is given small documents made for it rather than the site's pages, so that nothing but the stories is found.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from copydesk.render.days import iso
from copydesk.render.escape import html_attribute, html_text
from copydesk.render.text import text_of_html
from copydesk.site.documents import Documents
from copydesk.site.pagefind import index
from copydesk.site.reading import code_digest
from copydesk.store import key_of

FOLDER = "search"
LIBRARIES = ("cbor2", "pagefind-bin-extended")
"""Libraries that have a say in what the index looks like."""


def index_stories(articles: Sequence[Any], documents: Documents, default_language: str) -> str | None:
    """Write the index of `articles` to the site's folder `search`; return what went wrong, None where nothing did.

    An index of the same stories is taken from the published site.
    """
    sections: dict[str, str] = {}
    for article in articles:  # Pelican takes names of one slug for one section
        sections.setdefault(article.category.slug, text_of_html(str(article.category)))
    stories = {
        article.save_as: _document(article, sections[article.category.slug], default_language) for article in articles
    }
    if not stories:
        return None
    told = (f"{name}\0{text}" for name, text in sorted(stories.items()))
    made_from = key_of(code_digest(LIBRARIES), *told)
    try:
        documents.folder(FOLDER, made_from, partial(_write, stories))
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        return f"the search has no index: Pagefind could not be run ({error}). COPYDESK_SEARCH = False builds without"
    return None


def search_languages(articles: Iterable[Any], default: str) -> list[str]:
    """Return the languages that the index has a part for, the site's own first."""
    return sorted({_language(article, default) for article in articles}, key=lambda name: (name != default, name))


def _language(article: Any, default: str) -> str:
    return str(article.copydesk.language or default).partition("-")[0].lower()


def _write(stories: dict[str, str], target: Path) -> None:
    with TemporaryDirectory(prefix="copydesk-search-") as folder:
        for name, text in stories.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        index(Path(folder), target)


def _document(article: Any, section: str, default_language: str) -> str:
    """Return a story as Pagefind reads it: text and section heads, what it can be filtered and sorted by."""
    facts = article.copydesk
    language = _language(article, default_language)
    title = text_of_html(article.title)
    year = str(facts.published.year) if facts.published else ""
    filters = {"section": section, "source": facts.source_name, "year": year, "language": language}
    told = {
        "title": title,
        "section": section,
        "source": facts.source_name,
        "day": iso(facts.published)[:10],
        "language": language,
        "direction": facts.direction,
    }
    head = [
        *_metas("filter", filters.items()),
        *_metas("meta", told.items()),
        *_metas("sort", [("date", iso(facts.published or facts.first_seen)[:10])]),
    ]
    dek = f"<p>{html_text(facts.dek)}</p>" if facts.dek else ""
    body = f"<h1>{html_text(title)}</h1>{dek}{article._content}"
    return (
        f'<!DOCTYPE html><html lang="{html_attribute(language)}"><head>{"".join(head)}</head>'
        f"<body data-pagefind-body>{body}</body></html>"
    )


def _metas(kind: str, values: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in values:
        if value:
            yield f'<meta data-pagefind-{kind}="{name}[content]" content="{html_attribute(value)}">'
