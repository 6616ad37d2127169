"""The search index: every published story, in its own language, for Pagefind (pagefind.app) to read in the browser.

Pagefind is given small documents made for it rather than the site's pages, so that nothing but the stories is found.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from copydesk.render.days import iso
from copydesk.render.escape import html_attribute, html_text
from copydesk.render.text import text_of_html
from copydesk.site.code import code_digest
from copydesk.site.documents import Documents
from copydesk.site.fingerprints import article_told
from copydesk.site.pagefind import finish, start
from copydesk.site.reads import Depth
from copydesk.store import key_of

FOLDER = "search"
LIBRARIES = ("cbor2", "pagefind-bin-extended")
"""Libraries that have a say in what the index looks like."""


class SearchIndex:
    """The search index of one build, written by a process of its own while the pages are.

    Where somebody waits for the pages, the old index stays until they are published, and is written anew `afterwards`.
    """

    def __init__(self, documents: Documents, default_language: str, afterwards: bool) -> None:
        """Begin with none; an index of the same stories is taken over from the published site."""
        self._afterwards = afterwards
        self._waiting: Sequence[Any] = ()
        self._documents = documents
        self._language = default_language
        self._made_from = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._problem: str | None = None

    def begin(self, articles: Sequence[Any]) -> None:
        """Start to index articles, unless the index is there."""
        if not articles:
            return
        sections = _sections(articles)
        told = sorted(f"{article.save_as} {article_told(article, Depth.TEXT)}" for article in articles)
        self._made_from = key_of(code_digest(LIBRARIES), self._language, repr(sorted(sections.items())), *told)
        if self._documents.keeps_folder(FOLDER, self._made_from):
            return
        if self._afterwards:
            self._waiting = articles
            self._documents.leave_folder(FOLDER)
        else:
            self._start(articles, sections)

    @property
    def late(self) -> bool:
        """Whether the index is still to be written."""
        return bool(self._waiting)

    def write_late(self) -> str | None:
        """Write the index that has waited; return what went wrong, None where nothing did."""
        self._start(self._waiting, _sections(self._waiting))
        self._waiting = ()
        return self.end()

    def _start(self, articles: Sequence[Any], sections: Mapping[str, str]) -> None:
        self._folder = TemporaryDirectory(prefix="copydesk-search-")
        stories = Path(self._folder.name) / "stories"
        for article in articles:
            path = stories / article.save_as
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_document(article, sections[article.category.slug], self._language), "utf-8")
        try:
            self._process = start(stories, self._index(self._folder))
        except (ImportError, OSError) as error:
            self._problem = _told(error)

    def end(self) -> str | None:
        """Wait until the index is written; return what went wrong, None where nothing did."""
        if self._process and self._folder:
            try:
                finish(self._process, self._index(self._folder))
                self._documents.clear_folder(FOLDER)
                shutil.copytree(self._index(self._folder), self._documents.staged(FOLDER), dirs_exist_ok=True)
                self._documents.wrote_folder(FOLDER, self._made_from)
            except (OSError, subprocess.SubprocessError) as error:
                self._problem = _told(error)
        return self._problem

    @staticmethod
    def _index(folder: TemporaryDirectory[str]) -> Path:
        """Return where Pagefind writes: not into the site, where it would go on after a build that was killed."""
        return Path(folder.name) / "index"

    def close(self) -> None:
        """Stop what is still running, for a build that has failed, and clear up."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._folder:
            self._folder.cleanup()


def _sections(articles: Iterable[Any]) -> dict[str, str]:
    """Return the sections' names by slug; Pelican takes names of one slug for one section, the first one's."""
    sections: dict[str, str] = {}
    for article in articles:
        sections.setdefault(article.category.slug, text_of_html(str(article.category)))
    return sections


def _told(error: Exception) -> str:
    return f"the search has no index: Pagefind could not be run ({error}). COPYDESK_SEARCH = False builds without"


def search_languages(articles: Iterable[Any], default: str) -> list[str]:
    """Return the languages that the index has a part for, the site's own first."""
    return sorted({_language(article, default) for article in articles}, key=lambda name: (name != default, name))


def _language(article: Any, default: str) -> str:
    return str(article.copydesk.language or default).partition("-")[0].lower()


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
