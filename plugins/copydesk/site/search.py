"""The search index: every published story, in its own language, for Pagefind (pagefind.app) to read in the browser.

Pagefind is given small documents made for it rather than the site's pages, so that nothing but the stories is found.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from copydesk.render.days import iso
from copydesk.render.escape import html_attribute, html_text
from copydesk.render.text import text_of_html
from copydesk.settings import BUILD
from copydesk.site.code import code_digest
from copydesk.site.digests import article_told
from copydesk.site.documents import Documents
from copydesk.site.pagefind import finish, start
from copydesk.site.reads import Depth
from copydesk.site.volumes import Volume, language_of, volumes_of
from copydesk.store import key_of

FOLDER, SCRATCH = "search", "search-"
"""Where the index stands in the site; how the names of the folders begin in which it is written."""

LIBRARIES = ("cbor2", "pagefind-bin-extended")
"""Libraries that have a say in what the index looks like."""


class SearchIndex:
    """The search index of one build, a part for each volume, written by processes of its own while the pages are.

    Where somebody waits for the pages, the old index stays until they are published, and is written anew `afterwards`.
    """

    def __init__(
        self, documents: Documents, state: Path, default_language: str, smallest: int, afterwards: bool
    ) -> None:
        """Begin with none; the index of a volume of the same stories is taken over from the published site.

        Pagefind works in the folder `state`; `smallest` is the number of stories from which a volume may end.
        """
        self._afterwards = afterwards
        self._volumes: Sequence[Volume] = ()
        self._sections: Mapping[str, str] = {}
        self._documents = documents
        self._language = default_language
        self._smallest = smallest
        self._made_from: dict[str, str] = {}
        self._state = state
        self._scratch = state
        self._thread = ThreadPoolExecutor(1)
        self._runs: dict[str, Future[None]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self.late = False
        self._closed = False

    def begin(self, articles: Sequence[Any]) -> None:
        """Start to index the volumes of articles that are not there yet."""
        self._sections = _sections(articles)
        self._volumes = volumes_of(articles, self._language, self._smallest)
        self._made_from = {_folder(volume.name): self._told(volume) for volume in self._volumes}
        stale = self._stale()
        self.late = self._afterwards and bool(stale)
        if self.late:
            self._documents.leave_folder(FOLDER)
        else:
            self._start(stale)

    def write_late(self) -> str | None:
        """Write the index that has waited; return what went wrong, None where nothing did."""
        self.late = False
        self._documents.drop_folder(FOLDER)
        self._start(self._stale())
        return self.end()

    def kept(self) -> set[str]:
        """Return the paths of the index's files that were taken over."""
        return {path for path in self._documents.kept if path.startswith(f"{FOLDER}/")}

    def _told(self, volume: Volume) -> str:
        """Return what stands for all that the index of a volume is made from."""
        own = {article.category.slug: self._sections[article.category.slug] for article in volume.stories}
        told = sorted(f"{article.save_as} {article_told(article, Depth.TEXT)}" for article in volume.stories)
        return key_of(code_digest(LIBRARIES), self._language, repr(sorted(own.items())), *told)

    def _stale(self) -> list[Volume]:
        """Take over the volumes whose index is there, and return the others."""
        keeps = self._documents.keeps_folder
        return [
            volume for volume in self._volumes if not keeps(_folder(volume.name), self._made_from[_folder(volume.name)])
        ]

    def _start(self, volumes: Sequence[Volume]) -> None:
        """Start to index volumes, one after the other: Pagefind takes all processors for one."""
        if not volumes:
            return
        self._clear()  # a build that was killed may have left something, and a Pagefind that goes on
        self._scratch = Path(mkdtemp(prefix=SCRATCH, dir=self._state))
        for volume in volumes:
            stories = self._stories(volume.name)
            folders = set[Path]()
            for article in volume.stories:
                path = stories / article.save_as
                if path.parent not in folders:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    folders.add(path.parent)
                path.write_text(_document(article, self._sections[article.category.slug], self._language), "utf-8")
            self._runs[volume.name] = self._thread.submit(self._run, volume.name)

    def _run(self, name: str) -> None:
        if not self._closed:
            self._process = start(self._stories(name), self._index(name))
            finish(self._process, self._index(name))

    def end(self) -> str | None:
        """Wait until the index is written; return what went wrong, None where nothing did."""
        if self.late:
            return None
        self._documents.clear_folder(FOLDER, self._made_from)
        try:
            for name, run in self._runs.items():
                run.result()
                folder = _folder(name)
                self._documents.clear_folder(folder)
                _move(self._index(name), self._documents.staged(folder))
                self._documents.wrote_folder(folder, self._made_from[folder])
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            return (
                f"the search has no index: Pagefind could not be run ({error}). COPYDESK_SEARCH = False builds without"
            )
        return None

    def _stories(self, name: str) -> Path:
        return self._scratch / name / "stories"

    def _index(self, name: str) -> Path:
        """Return where Pagefind writes: not into the site, where it would go on after a build that was killed."""
        return self._scratch / name / "index"

    def close(self) -> None:
        """Stop what is still running, for a build that has failed, and clear up."""
        self._closed = True
        if self._process and self._process.poll() is None:
            self._process.kill()
        self._thread.shutdown(cancel_futures=True)
        self._clear()

    def _clear(self) -> None:
        for folder in self._state.glob(f"{SCRATCH}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _move(folder: Path, target: Path) -> None:
    """Move a folder; where files stand at `target`, or on another disk, its files are copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.rename(target)
    except OSError:
        shutil.copytree(folder, target, dirs_exist_ok=True)


def _folder(name: str) -> str:
    return f"{FOLDER}/{name}"


def _sections(articles: Iterable[Any]) -> dict[str, str]:
    """Return the sections' names by slug; Pelican takes names of one slug for one section, the first one's."""
    sections: dict[str, str] = {}
    for article in articles:
        sections.setdefault(article.category.slug, text_of_html(str(article.category)))
    return sections


def is_searched(settings: Mapping[str, Any]) -> bool:
    """Tell whether a site with Pelican's settings has a search."""
    return bool(settings[BUILD].settings.search and "search" in settings["DIRECT_TEMPLATES"])


def search_volumes(articles: Sequence[Any], default: str, smallest: int) -> list[tuple[str, str]]:
    """Return the folder and the language of each of the index's volumes, the site's own language first."""
    return [(volume.name, volume.language) for volume in volumes_of(articles, default, smallest)]


def _document(article: Any, section: str, default_language: str) -> str:
    """Return a story as Pagefind reads it: text and section heads, what it can be filtered and sorted by."""
    facts = article.copydesk
    language = language_of(article, default_language)
    title = text_of_html(article.title)
    year = str(facts.published.year) if facts.published else ""
    since = iso(facts.published or facts.first_seen)[:10]
    filters = {"section": section, "source": facts.source_name, "year": year, "language": language}
    told = {
        "title": title,
        "section": section,
        "source": facts.source_name,
        "day": iso(facts.published)[:10],
        "since": since,
        "language": language,
        "direction": facts.direction,
    }
    head = [
        *_metas("filter", filters.items()),
        *_metas("meta", told.items()),
        *_metas("sort", [("date", since)]),
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
